import { refusal } from '../core/refusals.ts'

export const TooEarly = refusal('ZJ_ENDING_TOO_EARLY', 422, {
  zh: '矫正止日为 {end}，到期当日方可宣告解除（{article}）。请于 {end} 办理。',
  en: 'The last day of correction is {end}; release is announced on that day ({article}). Come back then.',
})
export const StandingOpen = refusal('ZJ_ENDING_ABSENT', 409, {
  zh: '{name} 现{state}，须先由县级作出期满处置决定（{article}）。请选“脱管、被羁押，报县级决定”。',
  en: '{name} is {stateEn}: the county decides first what follows at the end of the term ({article}). Take "Missing or detained: the county decides".',
})
export const NotAbsent = refusal('ZJ_ENDING_NOT_ABSENT', 422, {
  zh: '对象未脱管、未被羁押，不需要报县级决定。请继续办理；实际已脱管、被羁押的，请先登记查找或羁押。',
  en: 'The person is neither missing nor detained; go on with the release. If that is not so, register the search or the detention first.',
})
export const StillAbsent = refusal('ZJ_ENDING_STILL_ABSENT', 409, {
  zh: '{name} 仍{state}，不能继续办理解除（{article}）。请先办结查找或羁押登记，或选“再报县级决定”。',
  en: '{name} is still {stateEn}, so the release does not go on ({article}). Close the search or the detention first, or let the county decide again.',
})
export const NothingProposed = refusal('ZJ_ENDING_NOTHING_PROPOSED', 422, {
  zh: '没有正在办理的撤销缓刑、撤销假释、收监执行或终止事项。请先提请，再转其他程序。',
  en: 'No revocation, recommitment or termination is under way. Propose it first.',
})
export const NobodyReleased = refusal('ZJ_ENDING_CERTIFICATE_NOBODY', 422, {
  zh: '解除社区矫正证明书只为解除矫正的对象制发（{article}）。请选择矫正对象。',
  en: 'A certificate of release is for a person who is released ({article}). Choose the person.',
})
export const NotReleased = refusal('ZJ_ENDING_CERTIFICATE_STATE', 409, {
  zh: '{name} 的解除矫正尚未到“解矫宣告”环节，不能制发证明书（{article}）。请先在“解除矫正”事项中完成个人总结、鉴定和县级审核。',
  en: 'The release of {name} has not come to its announcement, so there is no certificate yet ({article}). Do the summary, the appraisal and the county’s decision in the matter of release first.',
})
export const CertificateEarly = refusal('ZJ_ENDING_CERTIFICATE_EARLY', 422, {
  zh: '{name} 的矫正止日为 {end}，证明书的日期不能早于这一天（{article}）。提前打印的，请把决定日期填为 {end}。',
  en: 'The correction of {name} lasts until {end}; its certificate bears no earlier day ({article}). To print ahead, set the day of the decision to {end}.',
})
export const CertificateThere = refusal('ZJ_ENDING_CERTIFICATE_THERE', 409, {
  zh: '{name} 本次解除已有证明书（{number}），不能另编字号再发一份。遗失的，请打印原证明书；内容有误的，请先作废它再重新制发。',
  en: 'This release of {name} has its certificate ({number}); there is no second one under another number. Lost: print it again. Wrong: void it first, then issue another.',
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
export const HandedOver = refusal('ZJ_ENDING_HANDED_OVER', 409, {
  zh: '该对象的安置帮教衔接已于 {on} 办结，移交{office}（{article}），不重复移交。请打开那一件查看；住址、建议有变的，函告该部门。',
  en: 'The hand-over to resettlement was done on {on}, to {office} ({article}); there is no second one. Open that one; tell the office by letter what has changed since.',
})
export const NoGround = refusal('ZJ_ENDING_NO_GROUND', 422, {
  zh: '对象的矫正类别为{category}，没有可以终止的裁判（{article}）：撤销缓刑只对缓刑，撤销假释只对假释，收监执行只对暂予监外执行。期满、赦免请办理解除；类别登记有误的，先更正档案。',
  en: 'The category on file is {categoryEn}; no ruling ends it ({article}). Use release for expiry or pardon; where the category is wrong, correct the file first.',
})
export const OtherCategory = refusal('ZJ_ENDING_CATEGORY', 422, {
  zh: '对象的矫正类别为{category}，不能以“{ground}”终止（{article}）：撤销缓刑只对缓刑，撤销假释只对假释，收监执行只对暂予监外执行。请核对裁判文书；类别登记有误的，先更正档案。',
  en: 'The category on file is {categoryEn}; "{groundEn}" does not end it ({article}): each ground ends its own category. Check the ruling; where the category is wrong, correct the file first.',
})
