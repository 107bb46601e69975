import { refusal } from '../core/refusals.ts'

export const NotNeeded = refusal('ZJ_LEAVE_NOT_NEEDED', 422, {
  zh: '目的地未离开所居住的市、县,无需请假。如情况不同,请改正目的地。',
  en: 'The destination lies within the city or county of residence; no leave is needed. Correct it if that is wrong.',
})
export const Overlap = refusal('ZJ_LEAVE_OVERLAP', 409, {
  zh: '与已有请假({from} 至 {until})重叠。请先撤销那一份,或更改日期。',
  en: 'It overlaps a leave from {from} to {until}. Cancel that one first, or change the dates.',
})
export const ReasonMissing = refusal('ZJ_LEAVE_REASON', 422, {
  zh: '请从列表选择外出事由(就医、就学、参与诉讼、家庭或工作重要事务等)。',
  en: 'Choose the reason from the list (treatment, study, litigation, important family or work matters …).',
})
export const Past = refusal('ZJ_LEAVE_PAST', 422, {
  zh: '返回日早于今天,不能再申请。已发生的外出请按违规或说明情况登记。',
  en: 'The last day is past; leave cannot be asked for afterwards. Record what happened instead.',
})
export const NotCompetent = refusal('ZJ_LEAVE_NOT_COMPETENT', 403, {
  zh: '此次请假须由{who}批准({why})。您可以填写意见后转其办理。',
  en: 'This leave is approved by {whoEn} ({whyEn}). Give your opinion and pass it on.',
})
export const Decided = refusal('ZJ_LEAVE_DECIDED', 409, {
  zh: '此申请已作出决定或已撤销({state})。请刷新查看。',
  en: 'This application has been decided or cancelled ({state}). Refresh to see.',
})
export const Begun = refusal('ZJ_LEAVE_BEGUN', 409, {
  zh: '外出已经开始,不能撤销。人已返回的,请办理销假。',
  en: 'The leave has begun and cannot be cancelled. If the person is back, record the return.',
})
export const NotAway = refusal('ZJ_LEAVE_NOT_AWAY', 409, {
  zh: '此请假未获批准或已销假,不能再销假。',
  en: 'This leave was not approved, or its return is recorded already.',
})
export const ReturnDay = refusal('ZJ_LEAVE_RETURN_DAY', 422, {
  zh: '返回日应在出发日({from})与今天之间。请改正。',
  en: 'The day of return lies between departure ({from}) and today. Correct it.',
})
