import { refusal } from '../core/refusals.ts'

export const BadSpan = refusal('ZJ_EVIDENCE_SPAN', 400, {
  zh: '起止日期不合适：结束不能早于开始，一次最多 {most} 天。请缩短时间段，分次导出。',
  en: 'The span does not fit: the end must not come before the start, and one pack covers at most {most} days. Shorten it and export in parts.',
})
