import { dictionary } from '../../ui/language.ts'

export const packWords = dictionary({
  button: ['导出证据包', 'Export evidence'],
  title: ['导出证据包', 'Export an evidence pack'],
  note: [
    '证据包只涉及一个人，内含记录、文件摘要、证明和规则版本，可离线验证。导出会记入审计和留痕。',
    'A pack is about one person only: entries, file digests, proofs and rule versions, verifiable offline. The export is recorded.',
  ],
  from: ['起', 'From'],
  until: ['止', 'Until'],
  make: ['导出', 'Export'],
  ready: ['证据包已下载：{name}', 'Downloaded: {name}'],
  how: ['在任何装有 Node 的电脑上离线验证：', 'Verify it offline on any computer with Node:'],
  head: [
    '树头由外部机构保存；没有树头时，程序会说明能证明到什么程度。',
    'The tree head is kept by an outside holder; without one the program says what it can prove.',
  ],
  getHead: ['下载当前树头', 'Download the current tree head'],
})
