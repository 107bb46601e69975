import { roster } from '@zhijiao/contract/roster'
import { useAsk } from '../../ui/api.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { rosterWords } from './words.ts'

/** Whom an alarm of this unit would call at this moment, in the order it climbs. */
export function OnCall({ org }: { org: string }) {
  const t = useWords(rosterWords)
  const asked = useAsk(roster.now, { query: { org } }, { every: 60_000, keep: true })
  if (asked.error) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  return (
    <section className="zj-panel" aria-label={t('now')} aria-busy={asked.isPending}>
      <h2 className="zj-roster-head">{t('now')}</h2>
      {asked.data?.length === 0 ? <p className="zj-tone-red zj-tight">{t('nowNobody')}</p> : null}
      <ol className="zj-roster-now">
        {asked.data?.map((one, i) => (
          <li key={`${one.place}.${one.id}`}>
            <span className="zj-muted zj-small">
              {t('nowStep', { n: i + 1 })} · {t(one.place)}
            </span>
            <strong>{one.name}</strong>
            <span className="zj-small">
              {one.orgName} {one.by === 'post' ? <Mark>{t('byPost')}</Mark> : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
