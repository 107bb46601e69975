import { dictionary } from '../../ui/language.ts'

export const countWords = dictionary({
  title: ['各单位数据', 'Figures by unit'],
  unit: ['单位', 'Unit'],
  total: ['档案总数', 'Files'],
  inCorrection: ['在矫', 'In correction'],
  share: ['占比', 'Share'],
  empty: ['本单位还没有档案', 'This unit has no files yet'],
  deeper: ['查看 {name} 的下级', 'Units below {name}'],
  up: ['返回上级', 'Back up'],
  awaiting: ['待报到', 'Awaiting'],
  missing: ['脱管', 'Missing'],
  detained: ['被羁押', 'Detained'],
  note: ['只有数字，没有任何个人信息', 'Figures only, no personal data'],
  chart: ['在矫人数', 'People in correction'],
})
