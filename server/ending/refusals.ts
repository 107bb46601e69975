import { refusal } from '../core/refusals.ts'

export const TooEarly = refusal('ZJ_ENDING_TOO_EARLY', 422, {
  zh: '矫正止日为 {end}，到期当日方可宣告解除（{article}）。请于 {end} 办理。',
  en: 'The last day of correction is {end}; release is announced on that day ({article}). Come back then.',
})
export const SentenceUnknown = refusal('ZJ_ENDING_SENTENCE', 422, {
  zh: '暂予监外执行对象须核明刑期是否届满（{article}）。请填写“刑期”；刑期未满的，转收监执行。',
  en: 'For temporary service outside prison say whether the sentence is served ({article}). If not, recommit.',
})
export const OnlyTemporary = refusal('ZJ_ENDING_RECOMMIT', 422, {
  zh: '“转收监执行”只适用于刑期未满的暂予监外执行对象（{article}）。',
  en: 'Recommitment follows here only for temporary service outside prison with sentence left ({article}).',
})
export const NoReason = refusal('ZJ_ENDING_REASON', 422, {
  zh: '终止事由限于撤销缓刑、撤销假释、收监执行（{article}）。期满、赦免请办理解除，死亡请办理死亡登记，迁居请办理执行地变更。',
  en: 'Termination is for a revocation or recommitment ({article}). Use release, death or change of place for the others.',
})
