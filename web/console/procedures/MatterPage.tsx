import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { type Matter, matters } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { useEffect, useMemo } from 'react'
import { useActor } from '../../ui/actor.ts'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Page, Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useNamedPage } from '../shell/pageNames.ts'
import { Trail } from '../shell/Trail.tsx'
import { AboutForm } from './about.ts'
import { Beside } from './Beside.tsx'
import { ClockMark } from './ClockMark.tsx'
import { DecisionLink } from './DecisionLink.tsx'
import { FilledForm } from './FieldValue.tsx'
import { FileLinks } from './FileLinks.tsx'
import { Hints } from './Hints.tsx'
import { Holder } from './Holder.tsx'
import { KindName } from './KindName.tsx'
import { MatterActs } from './MatterActs.tsx'
import { MatterPapers } from './MatterPapers.tsx'
import { Passages } from './Passages.tsx'
import './procedures.css'
import { ProcessPicture } from './ProcessPicture.tsx'
import { Related } from './Related.tsx'
import { Review } from './Review.tsx'
import { StateOf } from './StateOf.tsx'
import { UnitName } from './UnitName.tsx'
import { matterWords } from './words.ts'

/** One matter: who, where it stands, in whose hands, until when; what was said, by whom; and the next act. */
export default function MatterPage() {
  const t = useWords(matterWords)
  const { id = '', kind } = useParams({ strict: false }) as { id?: string; kind?: string }
  const navigate = useNavigate()
  const asked = useAsk(matters.get, { params: { id } })
  const real = asked.data?.kind
  // A link that knows only the id may name any business; the address then says the right one.
  useEffect(() => {
    if (real && real !== kind) void navigate({ to: `/matters/${real}/${id}`, replace: true })
  }, [real, kind, id, navigate])
  if (asked.isPending) return <Waiting rows={10} />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const procedure = procedureOf(asked.data.kind)
  if (!procedure) return <EmptyState why="nothing" what={t('unknownKind')} hint={t('unknownKindHint')} />
  return <Shown key={id} matter={asked.data} of={procedure} />
}

function Shown({ matter, of }: { matter: Matter; of: Procedure }) {
  const t = useWords(matterWords)
  const actor = useActor()
  const say = useSpoken()
  const title = t('about', { business: say(of), who: matter.who })
  useNamedPage(`/matters/${matter.kind}/${matter.id}`, title)
  const about = useMemo(
    () => ({ matter: matter.id, person: matter.person?.id ?? null, org: matter.org }),
    [matter.id, matter.person?.id, matter.org],
  )
  return (
    <AboutForm value={about}>
      <Trail via={{ to: `/matters/${of.id}`, name: say(of) }} last={matter.who} />
      <Page title={title} actions={<MatterActs of={of} matter={matter} />}>
        <Panel>
          <dl className="zj-facts">
            <Fact name={t('who')}>
              {matter.person ? (
                <Link to={`/people/${matter.person.id}`}>
                  {matter.person.name} <span className="zj-mono">{matter.person.number}</span>
                </Link>
              ) : (
                <>
                  {matter.who} <Mark>{t('outsider')}</Mark>
                </>
              )}
            </Fact>
            <Fact name={t('state')}>
              <StateOf kind={matter.kind} step={matter.step} end={matter.end} />
            </Fact>
            {of.against ? (
              <Fact name={t('against')}>
                <Contested matter={matter} />
              </Fact>
            ) : null}
            {matter.end ? null : (
              <>
                <Fact name={t('holder')}>
                  <Holder of={matter.holder} />
                </Fact>
                <Fact name={t('clock')}>
                  <ClockMark of={matter.clock} />
                </Fact>
              </>
            )}
            <Fact name={t('opened')}>
              {minute(matter.openedAt)} · {actor(matter.openedBy)}{' '}
              {matter.imported ? <Mark>{t('importedMark')}</Mark> : null}
            </Fact>
            {matter.endedAt ? <Fact name={t('endedAt')}>{minute(matter.endedAt)}</Fact> : null}
            <Fact name={t('unit')}>
              {matter.orgName}
              {matter.otherOrg ? (
                <>
                  {' '}
                  → <UnitName code={matter.otherOrg} />
                </>
              ) : null}
            </Fact>
          </dl>
        </Panel>
        {of.steps.length > 0 ? (
          <Panel title={t('picture')}>
            <ProcessPicture of={of} matter={matter} />
          </Panel>
        ) : null}
        <div className="zj-matter">
          <div>
            <Review of={of} matter={matter} />
            <Panel title={t('registered')}>
              <FilledForm fields={of.form} form={matter.register} />
            </Panel>
            {of.steps.length > 0 ? (
              <Panel title={t('passages')}>
                <Passages of={of} matter={matter} />
              </Panel>
            ) : null}
          </div>
          <div>
            {matter.hints.length > 0 ? (
              <Panel title={t('hints')}>
                <Hints of={matter.hints} />
              </Panel>
            ) : null}
            <Beside matter={matter} />
            <MatterPapers id={matter.id} />
            <Panel title={t('files')}>
              <FileLinks />
            </Panel>
            {matter.related.length > 0 || matter.origin ? (
              <Panel title={t('related')}>
                <Related of={matter} />
              </Panel>
            ) : null}
            <Panel>
              {matter.person ? (
                <p className="zj-tight">
                  <Link to={`/people/${matter.person.id}`} search={{ tab: 'timeline' } as never}>
                    {t('ledger')}
                  </Link>
                </p>
              ) : null}
              <p className="zj-muted zj-small zj-tight">
                {t('ledgerNote')} {t('rulesOf', { rev: matter.lawRevision })}
              </p>
            </Panel>
          </div>
        </div>
      </Page>
    </AboutForm>
  )
}

/** The decision that a matter is against. */
function Contested({ matter }: { matter: Matter }) {
  const say = useSpoken()
  const { origin, person, related } = matter
  const cause = related.find((one) => one.how === 'from')
  if (origin && person)
    return (
      <DecisionLink of={{ what: origin.kind, id: origin.id }} person={person.id}>
        {say(origin.said)} · {origin.on}
      </DecisionLink>
    )
  if (!cause) return <>{origin ? say(origin.said) : '—'}</>
  return (
    <Link to={`/matters/${cause.kind}/${cause.id}`}>
      <KindName of={cause.kind} /> <StateOf kind={cause.kind} step={null} end={cause.end} />
    </Link>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
