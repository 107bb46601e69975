import { useParams } from '@tanstack/react-router'
import { type Entrustment, entrustments } from '@zhijiao/contract/entrustments'
import { type ReactNode, useMemo } from 'react'
import { useAsk } from '../../ui/api.ts'
import { Cite } from '../../ui/Cite.tsx'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { AboutForm } from '../procedures/about.ts'
import { FilledForm } from '../procedures/FieldValue.tsx'
import { FileLinks } from '../procedures/FileLinks.tsx'
import '../procedures/procedures.css'
import { Screen } from '../Screen.tsx'
import { useNamedPage } from '../shell/pageNames.ts'
import { AdoptionPanel } from './AdoptionPanel.tsx'
import { AsksPanel } from './AsksPanel.tsx'
import { Due } from './Due.tsx'
import { EntrustmentPath } from './EntrustmentPath.tsx'
import { saidFields } from './fields.ts'
import { NewsPanel } from './NewsPanel.tsx'
import { OpinionPanel } from './OpinionPanel.tsx'
import { annexesOf, isFruitless, isRunning } from './stands.ts'
import { WithdrawButton } from './WithdrawButton.tsx'
import { entrustWords } from './words.ts'

/** One request: where it stands, until when the county has time, what was sent, and the opinion once it is signed. */
export default function EntrustmentPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const asked = useAsk(entrustments.get, { params: { id } }, { every: 60_000 })
  if (asked.isPending) return <Waiting rows={8} />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  return <Shown key={id} of={asked.data} />
}

function Shown({ of }: { of: Entrustment }) {
  const t = useWords(entrustWords)
  const say = useSpoken()
  const title = t('titleOf', { name: of.who })
  const about = useMemo(() => ({ matter: of.id, person: null, org: null }), [of.id])
  const annexes = annexesOf(of)
  useNamedPage(`/entrustments/${of.id}`, title)
  return (
    <AboutForm value={about}>
      <Screen title={title} last={of.who} actions={<WithdrawButton of={of} />}>
        <Panel>
          <dl className="zj-facts">
            <Fact name={t('state')}>
              <Mark tone={isFruitless(of) ? 'yellow' : of.adoption ? 'quiet' : of.opinion ? 'green' : 'blue'}>
                {say(of.said)}
              </Mark>
            </Fact>
            <Fact name={t('letter')}>{String(of.form.letter ?? '—')}</Fact>
            <Fact name={t('county')}>{of.countyName}</Fact>
            <Fact name={t('received')}>{minute(of.times.receivedAt)}</Fact>
            <Fact name={t('due')}>
              <Due of={of} />
              {isRunning(of) && of.dueAt ? <div className="zj-small zj-muted">{minute(of.dueAt)}</div> : null}
            </Fact>
            {of.citation ? (
              <Fact name={t('lawful')}>
                <Cite of={of.citation} />
              </Fact>
            ) : null}
            {of.reason ? <Fact name={t('reason')}>{of.reason}</Fact> : null}
          </dl>
        </Panel>
        <Panel title={t('path')}>
          <EntrustmentPath of={of} />
        </Panel>
        <div className="zj-columns-2">
          <div>
            <AsksPanel of={of} />
            {of.opinion ? <OpinionPanel id={of.id} opinion={of.opinion} fetchedAt={of.fetchedAt} /> : null}
            <AdoptionPanel of={of} />
            <Panel title={t('body')}>
              <FilledForm fields={saidFields} form={of.form} />
            </Panel>
          </div>
          <div>
            <NewsPanel of={of} />
            <Panel title={t('annexes')}>
              {annexes.length > 0 ? <FileLinks ids={annexes} /> : <span className="zj-muted">{t('noAnnexes')}</span>}
            </Panel>
          </div>
        </div>
      </Screen>
    </AboutForm>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
