import { refusal } from '../core/refusals.ts'

export const TypeNeeded = refusal('ZJ_CARE_TYPE', 422, {
  zh: '转违规核查须选明违规类型和法律上属于哪一种。请补充后提交。',
  en: 'A violation needs its kind, and what it is in law. Choose both and send again.',
})
export const NotHisFault = refusal('ZJ_GAP_NOT_HIS', 422, {
  zh: '缺失原因是平台或运营商故障、当地没有信号，不能据此认定违规。请选择“有正当理由”。',
  en: 'The cause is the platform, the carrier or the lack of a signal; nobody answers for that. Excuse it.',
})
export const GapTurned = refusal('ZJ_GAP_TIMES', 400, {
  zh: '缺失结束早于开始。请核对起止时间。',
  en: 'The gap ends before it begins. Check the times.',
})
export const NotOutside = refusal('ZJ_REPORT_CATEGORY', 422, {
  zh: '身体情况报告、病情复查只适用于暂予监外执行（{article}）。请改选报告种类。',
  en: 'Reports of the body and reviews are for temporary service outside prison ({article}). Choose another kind.',
})
export const InjunctionNotHere = refusal('ZJ_INJUNCTION_CATEGORY', 422, {
  zh: '禁止令只适用于管制、缓刑对象。请核对矫正类别；类别有误的，先办理档案更正。',
  en: 'Only control and suspended sentences carry an injunction. Check the category; correct the record first if it is wrong.',
})
export const InjunctionTerm = refusal('ZJ_INJUNCTION_TERM', 422, {
  zh: '禁止令止日不能晚于矫正止日 {end}。请对照裁判文书核对。',
  en: 'The injunction cannot outlast the correction, which ends on {end}. Check the judgment.',
})
