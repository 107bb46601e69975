import { Link } from '@tanstack/react-router'
import { type Leave, leaves } from '@zhijiao/contract/permits'
import { useAsk } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { useMay } from '../me.ts'
import { StateOf } from '../procedures/StateOf.tsx'
import { leaveWords, stateWord } from './words.ts'

/** What an objection made of a leave: the one against its decision, and of a wish that is decided anew the decision it follows. */
export function LeaveContest({ leave }: { leave: Leave }) {
  const t = useWords(leaveWords)
  const may = useMay()
  const { objection, anewOf } = leave
  const before = useAsk(leaves.get, { params: { id: anewOf ?? '' } }, { enabled: anewOf !== null }).data
  if (!objection && !anewOf) return null
  return (
    <section aria-label={t('contest')}>
      {objection ? (
        <p className="zj-tight">
          <strong>{t('contest')}</strong>{' '}
          {objection.end ? (
            <StateOf kind="objection" step={null} end={objection.end} />
          ) : (
            <span>{t('contestRunning')}</span>
          )}{' '}
          {may('matter.see') ? <Link to={`/matters/objection/${objection.id}`}>{t('contestSee')}</Link> : null}
        </p>
      ) : null}
      {anewOf ? (
        <p className="zj-tight">
          <strong>{t('anew')}</strong> {t('anewNote')}{' '}
          {before
            ? t('anewBefore', {
                state: t(stateWord[before.state]),
                who: before.decidedBy?.name ?? '—',
                at: before.decidedAt ? minute(before.decidedAt) : '—',
                note: before.decisionNote,
              })
            : null}
        </p>
      ) : null}
    </section>
  )
}
