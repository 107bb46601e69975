import type { Entrustment } from '@zhijiao/contract/entrustments'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { entrustWords } from './words.ts'

/** What of a request is new, and what waits for an answer. */
export function Signs({ of }: { of: Entrustment }) {
  const t = useWords(entrustWords)
  return (
    <>
      {of.news.some((one) => !one.seen) ? <Mark tone="blue">{t('isNew')}</Mark> : null}{' '}
      {of.asks.some((ask) => ask.state === 'open') ? <Mark tone="yellow">{t('a_open')}</Mark> : null}
    </>
  )
}
