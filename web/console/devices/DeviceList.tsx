import { Link } from '@tanstack/react-router'
import { devices } from '@zhijiao/contract/devices'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { AnyOf } from '../../ui/AnyOf.tsx'
import { useAsk } from '../../ui/api.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { dayOf } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { Figure } from '../home/Figure.tsx'
import { useMay } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { Screen } from '../Screen.tsx'
import { RegisterForm } from './RegisterForm.tsx'
import { deviceWords, proofWord, protocols, protocolWord, stateOf } from './words.ts'

/** C34 终端管理. */
export default function DeviceList() {
  const t = useWords(deviceWords)
  const may = useMay()
  const [registering, setRegistering] = useState(false)
  const counts = useAsk(devices.counts, { query: {} }, { every: 120_000 }).data
  return (
    <Screen
      title={t('title')}
      actions={
        may('device.edit') ? (
          <Button type="primary" onClick={() => setRegistering(true)}>
            {t('register')}
          </Button>
        ) : null
      }
    >
      <div className="zj-figures">
        <Figure name={t('inStock')} n={counts ? (counts.byState.stock ?? 0) : undefined} />
        <Figure name={t('issued')} n={counts ? (counts.byState.issued ?? 0) : undefined} />
        <Figure name={t('onlineNow')} n={counts?.online} />
        <Figure name={t('runCheck')} n={counts?.running.check} to="/activations" />
        <Figure name={t('runDevice')} n={counts?.running.device} to="/activations" />
        <Figure name={t('endingSoon')} n={counts?.endingSoon} to="/activations" act />
        <Figure name={t('lapsedNow')} n={counts?.lapsed} act />
        <Figure name={t('without')} n={counts?.peopleWithout} />
      </div>
      <SearchTable
        name="devices"
        label={t('title')}
        kept={devices.list}
        rowKey={(d) => d.id}
        conditions={[
          { name: 'q', label: t('q'), first: true, field: <Input allowClear maxLength={40} /> },
          {
            name: 'state',
            label: t('state'),
            first: true,
            field: <AnyOf options={Object.entries(stateOf).map(([value, word]) => ({ value, label: t(word) }))} />,
          },
          {
            name: 'kind',
            label: t('kind'),
            first: true,
            field: (
              <AnyOf
                options={(['phone', 'wristband', 'simulator'] as const).map((value) => ({ value, label: t(value) }))}
              />
            ),
          },
          {
            name: 'online',
            label: t('online'),
            first: true,
            field: (
              <AnyOf
                options={[
                  { value: true, label: t('yesOnline') },
                  { value: false, label: t('noOnline') },
                ]}
              />
            ),
          },
          {
            name: 'protocol',
            label: t('protocol'),
            field: <AnyOf options={protocols.map((value) => ({ value, label: t(protocolWord[value]) }))} />,
          },
          {
            name: 'lapsed',
            label: t('lapsedFilter'),
            field: <AnyOf options={[{ value: true, label: t('proofLapsed') }]} />,
          },
          { name: 'org', label: t('org'), field: <OrgPick /> },
        ]}
        empty={{ what: t('empty'), hint: t('emptyHint') }}
        columns={[
          {
            key: 'identity',
            title: t('identity'),
            sort: 'identity',
            fixed: 'left',
            render: (d) => (
              <Link to={`/devices/${d.id}`} className="zj-mono">
                {d.identity}
              </Link>
            ),
          },
          { key: 'kind', title: t('kind'), render: (d) => t(d.kind) },
          { key: 'model', title: t('model'), render: (d) => d.model || '—' },
          { key: 'protocol', title: t('protocol'), render: (d) => t(protocolWord[d.protocol]) },
          {
            key: 'state',
            title: t('state'),
            render: (d) => <Mark tone={d.state === 'lost' ? 'yellow' : 'quiet'}>{t(stateOf[d.state])}</Mark>,
          },
          {
            key: 'holder',
            title: t('holder'),
            render: (d) => (d.holder ? <Link to={`/people/${d.holder.id}`}>{d.holder.name}</Link> : '—'),
          },
          {
            key: 'online',
            title: t('online'),
            render: (d) => (d.online ? t('yesOnline') : <span className="zj-muted">{t('noOnline')}</span>),
          },
          { key: 'lastSeen', title: t('lastSeen'), sort: 'lastSeenAt', render: (d) => <Freshness at={d.lastSeenAt} /> },
          {
            key: 'battery',
            title: t('battery'),
            sort: 'batteryPct',
            align: 'right',
            render: (d) =>
              d.batteryPct === null ? (
                '—'
              ) : d.batteryPct < 20 ? (
                <strong className="zj-tone-yellow">{d.batteryPct}%</strong>
              ) : (
                `${d.batteryPct}%`
              ),
          },
          {
            key: 'term',
            title: t('term'),
            render: (d) =>
              d.activation ? (
                t('termUntil', { no: d.activation.no, day: dayOf(new Date(d.activation.endsAt).getTime() - 1) })
              ) : (
                <span className="zj-muted">{t('noTerm')}</span>
              ),
          },
          {
            key: 'secret',
            title: t('secret'),
            render: (d) =>
              d.hasSecret ? (
                <Mark tone={d.proof === 'lapsed' ? 'yellow' : 'quiet'}>{t(proofWord[d.proof])}</Mark>
              ) : (
                <Mark>{t('noSecret')}</Mark>
              ),
          },
          { key: 'sim', title: t('sim'), spare: true, render: (d) => d.sim ?? '—' },
          { key: 'crs', title: t('crs'), spare: true, render: (d) => d.crs },
        ]}
      />
      {registering ? <RegisterForm onClose={() => setRegistering(false)} /> : null}
    </Screen>
  )
}
