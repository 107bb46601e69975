import { refusal } from '../core/refusals.ts'

export const BadSpan = refusal('ZJ_EVIDENCE_SPAN', 400, {
  zh: '起止日期不合适：结束不能早于开始，一次最多 {most} 天。请缩短时间段，分次导出。',
  en: 'The span does not fit: the end must not come before the start, and one pack covers at most {most} days. Shorten it and export in parts.',
})

export const TooManyEntries = refusal('ZJ_EVIDENCE_ENTRIES', 400, {
  zh: '所选范围的记录超过 {most} 条，一个证据包放不下，未导出。请缩短起止日期，分次导出；报警可改为按人员和日期导出。',
  en: 'The span holds more than the {most} entries of one pack; nothing was exported. Choose a shorter span and export in parts; for an alarm, export by person and dates instead.',
})

export const TooManyFixes = refusal('ZJ_EVIDENCE_POSITIONS', 400, {
  zh: '所选范围的定位点超过 {most} 个，一个证据包放不下，未导出。请缩短起止日期，分次导出；报警可改为按人员和日期导出。',
  en: 'The span holds more than the {most} positions of one pack; nothing was exported. Choose a shorter span and export in parts; for an alarm, export by person and dates instead.',
})

export const TooManyBytes = refusal('ZJ_EVIDENCE_FILES', 400, {
  zh: '所选范围的附件合计超过 {most} MB，一个证据包放不下，未导出。请缩短起止日期，分次导出。',
  en: 'The attachments of the span are together larger than the {most} MB of one pack; nothing was exported. Choose a shorter span and export in parts.',
})

export const PurgedMeanwhile = refusal('ZJ_EVIDENCE_PURGED', 409, {
  zh: '导出期间有记录的内容被依法清除，证据包未生成。请再次导出。',
  en: 'The content of an entry was lawfully purged while the pack was made; no pack was handed out. Export again.',
})
