import type { Leave } from '@zhijiao/contract/permits'
import { ApprovalSteps } from '../../ui/ApprovalSteps.tsx'
import { useWords } from '../../ui/language.ts'
import { leaveWords, stepWord } from './words.ts'

/** The picture of a leave: through whose hands it goes, who has it now, and what was written under it. */
export function LeavePath({ leave }: { leave: Leave }) {
  const t = useWords(leaveWords)
  const titleOf = ({ step, does }: Leave['path'][number]) =>
    does === 'opinion'
      ? t('opinionOf', { unit: t(stepWord[step]) })
      : does === 'decision'
        ? t('decisionOf', { unit: t(stepWord[step]) })
        : t(stepWord[step])
  const noteOf = ({ step, does, state }: Leave['path'][number]) => {
    if (state === 'passedOver') return t('passedOver')
    if (does === 'opinion' && (step === 'office' || step === 'county')) return leave.opinions[step]?.text
    if (does === 'decision' && state === 'done') return leave.decisionNote
    if (does === 'away' && leave.delay) return t('delayed', { day: leave.delay.until, reason: leave.delay.reason })
    return undefined
  }
  return (
    <section aria-label={t('path')}>
      <ApprovalSteps
        of={leave.path.map((one) => ({
          key: `${one.step}-${one.does}`,
          title: titleOf(one),
          state: one.state === 'done' ? 'done' : one.state === 'now' ? 'now' : 'wait',
          by: one.who || undefined,
          at: one.at,
          note: noteOf(one),
        }))}
      />
    </section>
  )
}
