import { Link } from '@tanstack/react-router'
import { alarms } from '@zhijiao/contract/alarms'
import { rowsOf } from '@zhijiao/contract/columns'
import type { PersonFile } from '@zhijiao/contract/people'
import { positions } from '@zhijiao/contract/positions'
import { Alert, Button } from 'antd'
import { useEffect, useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { useCode } from '../../ui/codes.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { Masked } from '../../ui/Masked.tsx'
import { common } from '../../ui/words.ts'
import { PackButton } from '../evidence/PackButton.tsx'
import { useMay } from '../me.ts'
import { AssignDialog } from './AssignDialog.tsx'
import { ColourMark, DaysLeft, StateMark } from './marks.tsx'
import { revealOf } from './reveal.ts'
import { TermDoubt } from './TermDoubt.tsx'
import { peopleWords } from './words.ts'

/** Who this is, how long still, where last seen, what rings: above every tab of the file. */
export function FileHead({ person }: { person: PersonFile }) {
  const t = useWords(peopleWords)
  const c = useWords(common)
  const code = useCode()
  const may = useMay()
  const [assigning, setAssigning] = useState(false)
  useEffect(() => {
    document.title = c('pageOf', { title: person.name })
  }, [c, person.name])
  const open = useAsk(alarms.counts, { query: { person: person.id } }, { enabled: may('alarm.see') }).data
  const seen = useAsk(
    positions.live,
    { query: { person: person.id } },
    { enabled: may('position.live'), every: 60_000 },
  ).data
  const last = seen && rowsOf(seen.items)[0]
  const ringing = open ? open.raised + open.claimed : 0
  const reveal = (what: 'identity' | 'phone') => revealOf(person.id, what)
  return (
    <header className="zj-panel">
      {person.mergedInto ? (
        <Alert
          className="zj-gap"
          type="info"
          title={
            <Link to={`/people/${person.mergedInto.id}`}>{t('mergedInto', { number: person.mergedInto.number })}</Link>
          }
        />
      ) : null}
      <div className="zj-person-head">
        <div className="zj-person-face" aria-hidden="true">
          {person.name.slice(-1)}
        </div>
        <div>
          <h1>
            {person.name} <span className="zj-muted zj-mono">{person.number}</span>
          </h1>
          <div>
            <StateMark state={person.state} /> {code('correctionCategory', person.category)} ·{' '}
            {code('supervisionLevel', person.level)} · <ColourMark colour={person.colour} />{' '}
            {person.minor ? <Mark>{t('minor')}</Mark> : null} {person.sealed ? <Mark>{t('sealed')}</Mark> : null}{' '}
            {person.injunction ? <Mark>{t('injunction')}</Mark> : null}{' '}
            {person.imported ? <Mark>{t('imported')}</Mark> : null}
          </div>
        </div>
        <div className="zj-person-facts">
          <Fact name={t('identity')}>
            <Masked
              shown={person.identity}
              label={t('identity')}
              {...(may('person.reveal') ? { reveal: reveal('identity') } : {})}
            />
          </Fact>
          <Fact name={t('phone')}>
            <Masked
              shown={person.phone ?? '—'}
              label={t('phone')}
              {...(may('person.reveal') && person.phone ? { reveal: reveal('phone') } : {})}
            />
          </Fact>
          <Fact name={t('term')}>
            {person.termStart} — {person.termEnd} · <DaysLeft days={person.daysLeft} />
          </Fact>
          <Fact name={t('officer')}>
            {person.officer?.name ?? <Mark tone="yellow">{t('nobody')}</Mark>}
            {may('person.assign') ? (
              <Button type="link" size="small" onClick={() => setAssigning(true)}>
                {t('assign')}
              </Button>
            ) : null}
          </Fact>
          {may('position.live') ? (
            <Fact name={t('lastFix')}>
              {last ? (
                <Freshness
                  at={last.ts}
                  staleMs={last.freshness === 'live' || last.freshness === 'recent' ? Number.POSITIVE_INFINITY : 0}
                />
              ) : (
                t('noFix')
              )}
              {last?.mock ? (
                <>
                  {' '}
                  <Mark tone="yellow">{t('mockFix')}</Mark>
                </>
              ) : null}
              {last?.batteryPct == null ? '' : ` · ${t('battery')} ${last.batteryPct}%`}
            </Fact>
          ) : null}
          {may('alarm.see') ? (
            <Fact name={t('openAlarms')}>
              {ringing > 0 ? (
                <Link to={`/people/${person.id}`} search={{ tab: 'alarms' } as never} className="zj-tone-red">
                  <strong>{ringing}</strong>
                </Link>
              ) : (
                0
              )}
            </Fact>
          ) : null}
        </div>
        <div className="zj-page-actions">
          {may('evidence.export') ? <PackButton about="person" id={person.id} /> : null}
        </div>
      </div>
      {person.termDoubt ? (
        <TermDoubt of={person.termDoubt}>
          {may('intake.register') ? (
            <Link to="/matters/recordCorrection/new" search={{ person: person.id } as never}>
              {t('correctRecord')}
            </Link>
          ) : null}
        </TermDoubt>
      ) : null}
      {assigning ? <AssignDialog person={person} onClose={() => setAssigning(false)} /> : null}
    </header>
  )
}

export function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <div className="zj-muted zj-small">{name}</div>
      <div>{children}</div>
    </div>
  )
}
