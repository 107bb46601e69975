import { refusal } from '../core/refusals.ts'

export const Settled = refusal('ZJ_OBLIGATION_SETTLED', 409, {
  zh: '此项义务已由{by}登记。请刷新后查看；登记有误的，请在档案中更正并说明。',
  en: '{by} has settled this duty already. Refresh and look; if it is wrong, correct the file and say why.',
})
export const DayUnfit = refusal('ZJ_OBLIGATION_DAY', 400, {
  zh: '履行日期须在 {from} 至 {today} 之间。请核对后重新填写。',
  en: 'The day it was done lies between {from} and {today}. Check it and enter it again.',
})
export const FilesUnknown = refusal('ZJ_OBLIGATION_FILES', 400, {
  zh: '所附文件有的不存在或不在您的权限范围内。请重新上传后再提交。',
  en: 'Some of the files do not exist or are outside your scope. Upload them again.',
})
