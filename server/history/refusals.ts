import { refusal } from '../core/refusals.ts'

export const KindUnknown = refusal('ZJ_HISTORY_KIND', 404, {
  zh: '没有“{kind}”这类历史数据。可用：people、tracks、matters、leaves、documents。',
  en: 'There is no kind of old files "{kind}". There are people, tracks, matters, leaves and documents.',
})
