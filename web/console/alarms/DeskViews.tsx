import type { alarms } from '@zhijiao/contract/alarms'
import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import { Segmented } from 'antd'
import { useWords } from '../../ui/language.ts'
import { alarmWords } from './words.ts'

/** What still goes on, kept fresh beside the alarm that is open. */
export type LiveView = 'open' | 'review' | 'gathering'
export type DeskView = LiveView | 'settled'
const views = ['open', 'review', 'gathering', 'settled'] as const

/** The parts of the desk, each with how many it holds; the archive says its own number. */
export function DeskViews({
  view,
  counts,
  onView,
}: {
  view: DeskView
  counts: AnswerOf<SpecOf<(typeof alarms)['counts']>> | undefined
  onView: (view: DeskView) => void
}) {
  const t = useWords(alarmWords)
  const numbers = {
    open: counts ? counts.raised + counts.claimed : 0,
    review: counts?.submitted ?? 0,
    gathering: counts?.gathering ?? 0,
    settled: 0,
  }
  return (
    <Segmented
      block
      aria-label={t('views')}
      value={view}
      onChange={onView}
      options={views.map((value) => ({
        value,
        label: numbers[value] > 0 ? `${t(value)} ${numbers[value]}` : t(value),
      }))}
    />
  )
}
