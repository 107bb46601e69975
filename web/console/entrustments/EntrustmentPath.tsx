import type { Entrustment } from '@zhijiao/contract/entrustments'
import { ApprovalSteps } from '../../ui/ApprovalSteps.tsx'
import { duration } from '../../ui/format.ts'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { useNarrow } from '../../ui/media.ts'
import { stagesOf } from './stands.ts'
import { entrustWords } from './words.ts'

/** Five stages and how long the county took; the county's inner hands are not the organ's to see. */
export function EntrustmentPath({ of }: { of: Entrustment }) {
  const t = useWords(entrustWords)
  const say = useSpoken()
  const language = useLanguage()
  const narrow = useNarrow()
  const after = { pInstructed: of.times.minutesToInstruction, pOpinion: of.times.minutesToOpinion } as const
  const noteOf = (stage: string, state: string) => {
    if (state === 'returned') return say(of.said)
    const minutes = stage in after ? after[stage as keyof typeof after] : null
    if (minutes === 0) return t('tookNone')
    return minutes === null ? undefined : t('took', { time: duration(minutes * 60_000, language) })
  }
  return (
    <ApprovalSteps
      upright={narrow}
      of={stagesOf(of).map(({ stage, state, at }) => ({
        key: stage,
        title: t(stage),
        state,
        at,
        by: stage === 'pSent' ? String(of.form.principal ?? '') || undefined : undefined,
        note: noteOf(stage, state),
      }))}
    />
  )
}
