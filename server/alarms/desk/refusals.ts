import { refusal } from '../../core/refusals.ts'

export const NotRaised = refusal('ZJ_ALARM_NOT_RAISED', 409, {
  zh: '此警情仍在自动核实，尚未转为报警，暂不需要处置。核实后如需处置会立即通知值班人员。',
  en: 'This episode is still being verified and has not become an alarm. Whoever is on duty is told at once if it does.',
})
export const Over = refusal('ZJ_ALARM_OVER', 409, {
  zh: '此报警已于 {at} 办结（{as}），不能再处置。如有新情况，请在一人一档中登记。',
  en: 'This alarm was settled at {at} ({as}). Record anything new in the person file.',
})
export const Taken = refusal('ZJ_ALARM_TAKEN', 409, {
  zh: '此报警已由{owner}认领。您可以补充记录；如需接手，请其转办或由负责人转办。',
  en: '{owner} has claimed this alarm. You may add to its record; to take it over, ask for a transfer.',
})
export const NotYours = refusal('ZJ_ALARM_NOT_YOURS', 403, {
  zh: '此报警由{owner}办理，须由其提交。您可以补充通话、走访和照片，或请其转办。',
  en: '{owner} handles this alarm and must submit it. You may add calls, visits and photos, or ask for a transfer.',
})
export const EvidenceMissing = refusal('ZJ_ALARM_EVIDENCE_MISSING', 422, {
  zh: '一级报警结案须有照片（文件）、通话记录或走访记录中的至少一项。请先补充，再提交；已填写内容会保留。',
  en: 'A level-1 alarm closes only with a photo or file, a call or a visit on record. Add one and submit again; your entries are kept.',
})
export const FindingShort = refusal('ZJ_ALARM_FINDING_SHORT', 422, {
  zh: '查明情况请写清楚（至少 {least} 个字）：向谁核实、核实到什么。',
  en: 'Say what you found in at least {least} characters: whom you asked, and what they said.',
})
export const ReasonShort = refusal('ZJ_ALARM_REASON_SHORT', 422, {
  zh: '不予处理须写明理由（至少 {least} 个字），由他人审批。',
  en: 'State the reason for not handling it in at least {least} characters; somebody else approves.',
})
export const UnderReview = refusal('ZJ_ALARM_UNDER_REVIEW', 409, {
  zh: '已提交审核，等待审核结果。如需修改，请先撤回。',
  en: 'It is under review. To change it, take it back first.',
})
export const NotUnderReview = refusal('ZJ_ALARM_NOT_UNDER_REVIEW', 409, {
  zh: '此报警没有待审核的结案单或申请，可能已被审核或撤回。请刷新查看。',
  en: 'Nothing of this alarm awaits review; it may have been reviewed or taken back. Refresh to see.',
})
export const ReviewOwn = refusal('ZJ_ALARM_REVIEW_OWN', 403, {
  zh: '不能审核自己提交的结案单或申请。请由本所负责人或县级值班负责人审核。',
  en: 'Nobody reviews what he submitted himself. The head of the office or of the county does.',
})
export const ReviewNotCompetent = refusal('ZJ_ALARM_REVIEW_NOT_COMPETENT', 403, {
  zh: '不予处理由县级社区矫正机构审批。请转县级办理。',
  en: 'Not handling an alarm is approved by the county agency. Pass it to the county.',
})
export const ReviewNote = refusal('ZJ_ALARM_REVIEW_NOTE', 422, {
  zh: '退回时请写明需要补充什么（至少 {least} 个字）。',
  en: 'When you return it, say what is missing in at least {least} characters.',
})
export const TimeWrong = refusal('ZJ_ALARM_TIME', 422, {
  zh: '时间不能晚于现在，也不能早于报警发生前一天。请核对后再填。',
  en: 'The time cannot lie in the future, nor more than a day before the alarm began. Check it.',
})
export const NoteIdTaken = refusal('ZJ_ALARM_NOTE_ID', 409, {
  zh: '此记录编号已被使用。请关闭后重新登记。',
  en: 'This id is taken. Close the form and begin again.',
})
export const KindKeepsOn = refusal('ZJ_ALARM_KIND_KEEPS_ON', 422, {
  zh: '“{name}”不能关闭：求助和拆卸必须有人处置。可以调整级别、时限和文字。',
  en: '"{name}" cannot be switched off: calls for help and cut straps are always answered. Level, clock and words may be changed.',
})
export const KindUnknown = refusal('ZJ_ALARM_KIND_UNKNOWN', 404, {
  zh: '没有这种报警类型。请从列表中选择。',
  en: 'There is no such kind of alarm. Choose one from the table.',
})
export const MergeSelf = refusal('ZJ_ALARM_MERGE_SELF', 422, {
  zh: '不能把报警并入它自己。请选择同一对象的另一条报警。',
  en: 'An alarm cannot be merged into itself. Choose another alarm of the same person.',
})
export const MergePerson = refusal('ZJ_ALARM_MERGE_PERSON', 422, {
  zh: '两条报警不是同一对象的，不能合并。请分别处置。',
  en: 'The two alarms are about different people and cannot be merged. Handle each.',
})
export const MergeGraver = refusal('ZJ_ALARM_MERGE_GRAVER', 422, {
  zh: '{number} 号报警级别更高，不能并入较轻的报警。请打开 {number} 号，把本条并入它。',
  en: 'Alarm {number} is graver and cannot go into a milder one. Open {number} and merge this one into it.',
})
export const MergeReason = refusal('ZJ_ALARM_MERGE_REASON', 422, {
  zh: '请写明为什么是同一件事（至少 {least} 个字），该理由留痕备查。',
  en: 'Say in at least {least} characters why they are one matter; the reason is kept.',
})
