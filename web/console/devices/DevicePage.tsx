import { Link, useParams } from '@tanstack/react-router'
import { devices } from '@zhijiao/contract/devices'
import { actorSaid, wordsOfFact } from '@zhijiao/contract/facts'
import { Alert } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { DetailTabs } from '../../ui/DetailTabs.tsx'
import { Freshness } from '../../ui/Freshness.tsx'
import { dayOf, minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { Screen } from '../Screen.tsx'
import { useNamedPage } from '../shell/pageNames.ts'
import { CommandsTab } from './CommandsTab.tsx'
import { DeviceActs } from './DeviceActs.tsx'
import { HealthTab } from './HealthTab.tsx'
import { useSpelling } from './spelling.ts'
import { deviceWords, proofWord, protocolWord, stateOf } from './words.ts'

/** One device: who holds it, how it is, what it was told and answered, where it has been in the register. */
export default function DevicePage() {
  const t = useWords(deviceWords)
  const say = useSpoken()
  const spelling = useSpelling()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const [tab, setTab] = useState('health')
  const asked = useAsk(devices.get, { params: { id } }, { every: 60_000 })
  useNamedPage(`/devices/${id}`, asked.data?.identity)
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const d = asked.data
  const facts: [string, React.ReactNode][] = [
    [t('kind'), t(d.kind)],
    [t('protocol'), t(protocolWord[d.protocol])],
    [t('model'), d.model || '—'],
    [t('state'), <Mark key="s">{t(stateOf[d.state])}</Mark>],
    [
      t('holder'),
      d.holder ? (
        <Link key="h" to={`/people/${d.holder.id}`}>
          {d.holder.name}
        </Link>
      ) : (
        t('nobody')
      ),
    ],
    [t('online'), d.online ? t('yesOnline') : t('noOnline')],
    [t('lastSeen'), <Freshness key="f" at={d.lastSeenAt} />],
    [t('battery'), d.batteryPct === null ? '—' : `${d.batteryPct}%`],
    [
      t('term'),
      d.activation
        ? t('termUntil', { no: d.activation.no, day: dayOf(new Date(d.activation.endsAt).getTime() - 1) })
        : t('noTerm'),
    ],
    [
      t('secret'),
      !d.hasSecret ? (
        t('noSecret')
      ) : (
        <Mark key="p" tone={d.proof === 'lapsed' ? 'yellow' : 'quiet'}>
          {t(proofWord[d.proof])}
        </Mark>
      ),
    ],
    [t('proofAt'), <Freshness key="pa" at={d.provenAt} />],
    ...(d.secretOpenUntil
      ? ([
          [
            t('openUntil'),
            <Mark key="ou" tone="yellow">
              {t('openUntilSays', { at: minute(d.secretOpenUntil) })}
            </Mark>,
          ],
        ] satisfies [string, ReactNode][])
      : []),
    [t('sim'), d.sim ?? '—'],
    [t('crs'), d.crs],
  ]
  return (
    <Screen title={d.identity} last={d.identity} actions={<DeviceActs device={d} />}>
      {d.proof === 'lapsed' ? (
        <Alert
          className="zj-gap"
          type="warning"
          showIcon
          title={t('lapsedAt', { at: d.unprovenAt ? minute(d.unprovenAt) : '—' })}
          description={t('lapsedNote')}
        />
      ) : null}
      <Panel>
        <dl className="zj-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <DetailTabs
        active={tab}
        onChange={setTab}
        tabs={[
          { key: 'health', label: t('health'), render: () => <HealthTab id={id} /> },
          { key: 'commands', label: t('commands'), render: () => <CommandsTab id={id} /> },
          {
            key: 'history',
            label: t('history'),
            render: () => (
              <SearchTable
                name="device.history"
                label={t('history')}
                kept={devices.history}
                params={{ id }}
                rowKey={(line) => `${line.at}${line.kind}`}
                empty={{ what: t('noLines') }}
                columns={[
                  { key: 'at', title: t('at'), render: (line) => minute(line.at) },
                  { key: 'kind', title: t('what'), render: (line) => say(wordsOfFact(line.kind)) },
                  {
                    key: 'person',
                    title: t('person'),
                    render: (line) =>
                      line.person ? <Link to={`/people/${line.person.id}`}>{line.person.name}</Link> : '—',
                  },
                  { key: 'by', title: t('by'), render: (line) => say(actorSaid(line.by)) },
                  { key: 'reason', title: t('why'), width: 260, render: (line) => line.reason || '—' },
                  { key: 'detail', title: t('detail'), width: 260, render: (line) => spelling.line(line.detail) },
                ]}
              />
            ),
          },
        ]}
      />
    </Screen>
  )
}
