import type { Field, Step } from '../describe.ts'
import { pastDay } from '../entries.ts'

/**
 * Change of place to a county that is not on this platform (以函件方式办理): what that county does arrives by letter, and
 * the former county enters what the letter says. The clocks are those of the law, whoever keeps the record.
 */

const letter: readonly Field[] = [
  { id: 'number', kind: 'text', zh: '来函文号', en: 'Number of the letter', required: true, max: 80 },
  { id: 'signed', kind: 'text', zh: '来函单位及签发人', en: 'By whom', required: true, max: 100 },
  { id: 'scan', kind: 'files', zh: '来函扫描件', en: 'Scan of the letter' },
]

/** The new county's answer, as its letter says it. */
export const letterReply: Step = {
  id: 'letterReply',
  kind: 'outside',
  zh: '登记新执行地复函',
  en: 'Enter the answer of the new county',
  post: 'county',
  clock: { rule: 'MOV-03' },
  form: [
    pastDay('askedOn', '征求意见函发出之日', 'Asked on'),
    { ...pastDay('answeredOn', '复函之日', 'Answered on'), kind: 'day', limit: 'past', after: 'askedOn' },
    ...letter,
    { id: 'found', kind: 'long', zh: '核实结果', en: 'What was verified', required: true, max: 1000 },
  ],
  ways: [
    { id: 'accept', zh: '复函同意接收', en: 'Accepted', to: 'county', tone: 'on', cites: ['MOV-03'] },
    { id: 'decline', zh: '复函不同意接收', en: 'Declined', to: 'county', tone: 'no', cites: ['MOV-03'] },
  ],
}

/** The receipt for the file. */
export const letterReceipt: Step = {
  id: 'letterReceipt',
  kind: 'outside',
  zh: '登记新执行地收档回执',
  en: 'Enter the receipt of the new county',
  post: 'county',
  clock: { rule: 'MOV-07', from: 'transfer.sentOn' },
  form: [
    pastDay('receivedOn', '新执行地收到档案之日', 'File received on'),
    { ...pastDay('receiptOn', '回执之日', 'Receipt on'), kind: 'day', limit: 'past', after: 'receivedOn' },
    ...letter,
    { id: 'missing', kind: 'text', zh: '缺少的材料', en: 'What is missing', max: 200 },
  ],
  ways: [
    {
      id: 'received',
      zh: '回执已收到',
      en: 'Receipt received',
      to: 'letterArrival',
      tone: 'on',
      cites: ['MOV-07', 'MOV-11'],
    },
  ],
}

/** Whether the person reported there. With his report the former county's hold ends. */
export const letterArrival: Step = {
  id: 'letterArrival',
  kind: 'outside',
  zh: '登记本人到新执行地报到',
  en: 'Enter the report at the new county',
  post: 'county',
  clock: { rule: 'MOV-08', from: 'transfer.decisionOn' },
  form: [
    { id: 'on', kind: 'day', zh: '报到之日', en: 'Reported on', limit: 'past' },
    { id: 'office', kind: 'text', zh: '接收单位', en: 'Received by', max: 100 },
    ...letter,
  ],
  ways: [
    {
      id: 'reported',
      zh: '来函确认已报到',
      en: 'Reported there',
      to: 'movedOut',
      tone: 'on',
      cites: ['MOV-08', 'MOV-11'],
      confirm: {
        zh: '本人档案将标为“已转出”，定位启用、围栏和未办结的事项随即终止。',
        en: 'The file is marked as transferred; positioning, fences and whatever is under way end at once.',
      },
    },
    {
      id: 'noShow',
      zh: '来函通知未报到',
      en: 'Not arrived',
      to: 'search',
      tone: 'no',
      cites: ['MOV-09'],
    },
  ],
}
