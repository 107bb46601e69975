import { Link } from '@tanstack/react-router'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { useCode } from '../../ui/codes.ts'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { DaysLeft, StateMark } from '../people/marks.tsx'
import { OrgPick, PersonPick } from '../pick.tsx'
import type { Against } from './against.ts'
import { DecisionPick } from './DecisionPick.tsx'
import { KindName } from './KindName.tsx'
import { matterWords } from './words.ts'

/** Of whom it is: a supervised person found by name or number, or the office that somebody unsupervised falls to. */
export function RegisterAbout({
  id,
  of,
  fixed,
  person,
  onPerson,
  org,
  onOrg,
  against,
  named,
  onAgainst,
}: {
  id: string
  of: Procedure
  fixed: boolean
  person: string | null
  onPerson: (person: string | null) => void
  org: string | null
  onOrg: (org: string | null) => void
  /** What it comes of; `named`: the link says so. */
  against: Against | null
  named: boolean
  onAgainst: (against: Against | null) => void
}) {
  const t = useWords(matterWords)
  const [changing, setChanging] = useState(false)
  const idOfAgainst = id.replace(/_person$/, '_against')
  return (
    <div className="zj-about">
      {against?.what === 'matter' && !of.against ? <Cause id={against.id} /> : null}
      {of.about === 'outsider' ? (
        <label className="zj-about-pick" htmlFor={`${id}_org`}>
          <span>{t('outsiderOrg')}</span>
          <OrgPick
            id={`${id}_org`}
            {...(org ? { value: org } : {})}
            onChange={(next) => onOrg(next ?? null)}
            placeholder={t('outsiderOrgHint')}
          />
        </label>
      ) : person && !changing ? (
        <div className="zj-about-person">
          <PersonLine id={person} />
          {fixed ? null : (
            <Button size="small" type="link" onClick={() => setChanging(true)}>
              {t('changePerson')}
            </Button>
          )}
        </div>
      ) : (
        <label className="zj-about-pick" htmlFor={id}>
          <span>
            {of.about === 'either' ? null : (
              <span className="zj-needed" aria-hidden="true">
                *
              </span>
            )}
            {t(of.about === 'either' ? 'personIfAny' : 'person')}
          </span>
          <PersonPick
            id={id}
            placeholder={t('personPick')}
            onChange={(next) => {
              setChanging(false)
              onPerson(next)
            }}
          />
        </label>
      )}
      {of.against ? (
        <DecisionPick id={idOfAgainst} person={person} fixed={named} value={against} onChange={onAgainst} />
      ) : null}
    </div>
  )
}

function PersonLine({ id }: { id: string }) {
  const t = useWords(matterWords)
  const code = useCode()
  const file = useAsk(people.get, { params: { personId: id } })
  if (file.error) return <TroubleNotice error={file.error} compact />
  if (!file.data) return <span className="zj-muted">…</span>
  const p = file.data
  return (
    <p className="zj-tight">
      <span className="zj-muted">{t('person')}</span> <strong>{p.name}</strong>{' '}
      <Link to={`/people/${p.id}`} className="zj-mono">
        {p.number}
      </Link>{' '}
      <StateMark state={p.state} /> {code('correctionCategory', p.category)} · {p.org.name} ·{' '}
      <DaysLeft days={p.daysLeft} />
    </p>
  )
}

function Cause({ id }: { id: string }) {
  const t = useWords(matterWords)
  const asked = useAsk(matters.get, { params: { id } })
  if (!asked.data) return null
  return (
    <p className="zj-tight">
      <span className="zj-muted">{t('comesOf')}</span>{' '}
      <Link to={`/matters/${asked.data.kind}/${id}`}>
        <KindName of={asked.data.kind} /> · {asked.data.who}
      </Link>
    </p>
  )
}
