import { outages } from '@zhijiao/contract/outages'
import { roster } from '@zhijiao/contract/roster'
import { settings } from '@zhijiao/contract/settings'
import { useAsk } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useStringing, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { useMay } from '../me.ts'
import { homeWords } from './words.ts'

/** What everybody of the unit should have read today: notice, running outages, who is on duty. */
export function Notices() {
  const t = useWords(homeWords)
  const { aside } = useStringing()
  const may = useMay()
  const open = useAsk(settings.public, {}, { staleTime: 600_000 })
  const running = useAsk(outages.list, { query: { running: true } }, { every: 120_000 })
  const duty = useAsk(roster.now, { query: {} }, { enabled: may('alarm.see') && may('task.see'), every: 300_000 })
  const notice = open.data?.notice
  return (
    <Panel title={t('notices')}>
      {notice ? <p>{notice}</p> : null}
      {running.data?.map((o) => (
        <p key={o.id}>
          <Mark tone="yellow">{o.orgName}</Mark>{' '}
          {t('outageRuns', { unit: o.orgName, reason: o.reason, from: minute(o.startsAt) })}
        </p>
      ))}
      {!notice && running.data?.length === 0 ? <p className="zj-muted">{t('noNotices')}</p> : null}
      {duty.data ? (
        <>
          <h3>{t('roster')}</h3>
          {duty.data.length === 0 ? (
            <Mark tone="yellow">{t('nobodyOnDuty')}</Mark>
          ) : (
            <p>{duty.data.map((d) => aside(d.name, d.orgName)).join(' → ')}</p>
          )}
        </>
      ) : null}
    </Panel>
  )
}
