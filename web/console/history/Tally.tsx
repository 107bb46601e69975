import { useStringing, useWords } from '../../ui/language.ts'
import { Figures } from './Figures.tsx'
import type { Run } from './runs.ts'
import { historyWords } from './words.ts'

/** An import in numbers: what came in, what was there, what was left out. */
export function Tally({ run }: { run: Run }) {
  const t = useWords(historyWords)
  const { named } = useStringing()
  const came = t(run.trial ? 'wouldCreate' : 'created')
  const figures: readonly (readonly [string, number])[] = run.tracks
    ? [
        [named(came, t('terms')), run.tracks.activations],
        [named(came, t('days')), run.tracks.days],
        [named(came, t('fixes')), run.tracks.fixes],
        [t('termsKnown'), run.known],
        [t('refusedLines'), run.leftLines],
      ]
    : [
        [came, run.created],
        [t('known'), run.known],
        [t('refused'), run.leftLines],
      ]
  return <Figures figures={figures} />
}
