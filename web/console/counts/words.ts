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
  received: ['累计接收', 'Received'],
  onRegister: ['在册', 'On register'],
  byState: ['按状态', 'By state'],
  byCategory: ['按矫正类别', 'By category'],
  byLevel: ['按管理级别', 'By level'],
  note: [
    '只有数字，没有任何个人信息。档案总数为各状态之和；累计接收不含待报到；在册为在矫、脱管、被羁押之和。',
    'Figures only, no personal data. Files are the sum of the states; received leaves out those yet to report; on register are in correction, missing and detained.',
  ],
  chart: ['在矫人数', 'People in correction'],
})
