import { refusal } from '../../core/refusals.ts'

export const Overlap = refusal('ZJ_ROSTER_OVERLAP', 409, {
  zh: '第 {row} 行与 {from} 开始的班次重叠。同一岗位同一时间只排一人，请先结束或改期。',
  en: 'Row {row} overlaps the shift from {from}. One person at a time in one place: end or move that one first.',
})
export const StaffUnfit = refusal('ZJ_ROSTER_STAFF_UNFIT', 422, {
  zh: '第 {row} 行的人员不能值班：须为本单位或其上级单位在岗且有报警处置权限的人员。请从候选名单中选择。',
  en: 'The person of row {row} cannot be on duty: active staff of the unit or above who handle alarms. Choose from the candidates.',
})
export const Span = refusal('ZJ_ROSTER_SPAN', 422, {
  zh: '第 {row} 行的时间不合适：结束须晚于开始和现在，一班不超过 31 天。请改正。',
  en: 'The times of row {row} do not fit: the end must be after the start and after now, a shift at most 31 days long.',
})
export const Elsewhere = refusal('ZJ_ROSTER_ELSEWHERE', 403, {
  zh: '只能编排本单位及下级司法所的值班表。请选择本辖区的县或司法所。',
  en: 'You set the roster of your own county or office and those below only. Choose one of them.',
})
export const ShiftOver = refusal('ZJ_ROSTER_OVER', 409, {
  zh: '此班次已结束，不能再变更。',
  en: 'This shift is over and can no longer be changed.',
})
export const ShiftNotYours = refusal('ZJ_ROSTER_NOT_YOURS', 403, {
  zh: '只有当班人员或负责人可以办理交接。',
  en: 'Only the one on duty, or a head, hands a shift over.',
})
