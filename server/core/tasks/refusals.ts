import { refusal } from '../refusals.ts'

export const Taken = refusal('ZJ_TASK_TAKEN', 409, {
  zh: '此任务已由{owner}于 {since} 认领。如需由您办理,请其转办,或由负责人转办给您。',
  en: '{owner} claimed this task at {since}. To act on it, ask for a transfer, from the owner or from the head.',
})
export const Over = refusal('ZJ_TASK_OVER', 409, {
  zh: '此任务已办结或撤销,不能再办理。请在“已办”中查看结果。',
  en: 'This task is done or cancelled. See its result under "done".',
})
export const NotYours = refusal('ZJ_TASK_NOT_YOURS', 403, {
  zh: '此任务由{owner}办理。只有经办人或负责人可以转办。',
  en: 'This task is with {owner}. Only the owner or a head may hand it on.',
})
export const ReceiverUnfit = refusal('ZJ_TASK_RECEIVER_UNFIT', 400, {
  zh: '不能转给此人:须为本单位或上级单位在岗人员,且岗位有权办理。请在可选名单中选择。',
  en: 'It cannot go to this person: it must be active staff of the unit or above, in a post that may act. Choose from the list.',
})
