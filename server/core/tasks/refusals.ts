import { refusal } from '../refusals.ts'

export const Taken = refusal('ZJ_TASK_TAKEN', 409, {
  zh: '此任务已由{owner}于 {since} 认领。如需由您办理，请其转办，或由负责人转办给您。',
  en: '{owner} claimed this task at {since}. To act on it, ask for a transfer, from the owner or from the head.',
})
export const Over = refusal('ZJ_TASK_OVER', 409, {
  zh: '此任务已办结或撤销，不能再办理。请在“已办”中查看结果。',
  en: 'This task is done or cancelled. See its result under "done".',
})
export const NotYours = refusal('ZJ_TASK_NOT_YOURS', 403, {
  zh: '此任务由{owner}办理。只有经办人或负责人可以转办。',
  en: 'This task is with {owner}. Only the owner or a head may hand it on.',
})
export const ReceiverUnfit = refusal('ZJ_TASK_RECEIVER_UNFIT', 400, {
  zh: '不能转给此人：须为本单位或上级单位在岗人员，且岗位有权办理此任务的当前环节。请在可选名单中选择。',
  en: 'It cannot go to this person: it must be active staff of the unit or above, in a post that may act in its present step. Choose from the list.',
})
export const NotByHand = refusal('ZJ_TASK_NOT_BY_HAND', 409, {
  zh: '此任务不能这样办结：它随所属事项的办理自动办结。请打开任务对应的事项办理。',
  en: 'This task does not end this way: it ends with the matter it is about. Open the matter and act there.',
})
export const StepNotYours = refusal('ZJ_TASK_STEP_NOT_YOURS', 403, {
  zh: '此任务的当前环节不由您的岗位办理，不能认领。请由名单中的人员认领，或请负责人转办。',
  en: 'Your post does not act in the present step of this task, so you cannot claim it. Leave it to the posts that may, or ask the head to hand it on.',
})
export const ClockFixed = refusal('ZJ_TASK_CLOCK_FIXED', 422, {
  zh: '此期限（{article}）法律没有允许以此理由暂停或延长。请按期办理；确有困难的，及时向上级报告。',
  en: 'The law lets nobody stop or prolong this clock ({articleEn}) for that cause. Do it in time, or tell your superior at once.',
})
export const ClockPaused = refusal('ZJ_TASK_CLOCK_PAUSED', 409, {
  zh: '此任务已自 {since} 起暂停计时。请先恢复计时。',
  en: 'The clock of this task rests since {since}. Let it run on first.',
})
export const ClockRuns = refusal('ZJ_TASK_CLOCK_RUNS', 409, {
  zh: '此任务正在计时，没有暂停。请刷新后再看。',
  en: 'The clock of this task is running. Refresh and look again.',
})
export const ClockWaits = refusal('ZJ_TASK_CLOCK_WAITS', 409, {
  zh: '此期限尚未起算（据以起算的材料未收齐），不需要延长。材料收齐后自动起算。',
  en: 'This clock has not begun: what it is counted from is not all there. It needs no more time and begins by itself.',
})
export const NewDueInvalid = refusal('ZJ_TASK_NEW_DUE', 400, {
  zh: '新的期限须晚于现期限 {due}，按工作日计算的须为工作日。请重新选择日期。',
  en: 'The new due day must be later than {due}, and a working day where working days are counted. Choose another.',
})
export const AgreementMissing = refusal('ZJ_TASK_AGREEMENT_MISSING', 400, {
  zh: '延长此期限须经{whose}同意，并附同意的书面材料和日期。请补齐后再提交。',
  en: 'More time takes the consent of {whoseEn}, with its paper and its day. Add them and send again.',
})
export const ApprovalTooLow = refusal('ZJ_TASK_APPROVAL_LEVEL', 422, {
  zh: '延长到这一天须由{level}批准。请报批后再登记，或缩短延长的时间。',
  en: 'More time until that day takes the approval of {levelEn}. Get it first, or ask for less.',
})
