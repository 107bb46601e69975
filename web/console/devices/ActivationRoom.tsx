import { Link } from '@tanstack/react-router'
import { activations } from '@zhijiao/contract/devices'
import { Input, InputNumber } from 'antd'
import { AnyOf } from '../../ui/AnyOf.tsx'
import { Cites } from '../../ui/Cite.tsx'
import { dayOf, duration } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { Screen } from '../Screen.tsx'
import { ActivationActs } from './ActivationActs.tsx'
import { activationWord, deviceWords } from './words.ts'

/** C33 定位启用: every term in scope; those to approve are found by their state. */
export default function ActivationRoom() {
  const t = useWords(deviceWords)
  const c = useWords(common)
  const say = useSpoken()
  const language = useLanguage()
  const may = useMay()
  return (
    <Screen title={t('activations')}>
      <SearchTable
        name="activations"
        label={t('activations')}
        kept={activations.list}
        rowKey={(a) => a.id}
        conditions={[
          { name: 'q', label: t('person'), field: <Input allowClear maxLength={40} /> },
          {
            name: 'state',
            label: t('state'),
            field: (
              <AnyOf options={Object.entries(activationWord).map(([value, word]) => ({ value, label: t(word) }))} />
            ),
          },
          {
            name: 'regime',
            label: t('regime'),
            field: <AnyOf options={(['check', 'device'] as const).map((value) => ({ value, label: t(value) }))} />,
          },
          {
            name: 'endsWithinDays',
            label: t('endsWithin'),
            field: <InputNumber min={0} max={366} precision={0} style={{ width: 80 }} />,
          },
          { name: 'org', label: t('org'), field: <OrgPick /> },
        ]}
        empty={{ what: t('noActivations') }}
        expand={(a) => (
          <p className="zj-tight">
            {say(a.groundSays)} <Cites of={a.cites} /> {a.assessment ? `· ${a.assessment}` : ''}
          </p>
        )}
        columns={[
          {
            key: 'person',
            title: t('person'),
            sort: 'person',
            render: (a) => <Link to={`/people/${a.person.id}`}>{a.person.name}</Link>,
          },
          { key: 'regime', title: t('regime'), render: (a) => t(a.regime) },
          {
            key: 'state',
            title: t('state'),
            render: (a) => <Mark tone={a.state === 'proposed' ? 'blue' : 'quiet'}>{t(activationWord[a.state])}</Mark>,
          },
          {
            key: 'left',
            title: t('left'),
            render: (a) =>
              a.state === 'running' ? (
                <Mark tone={a.daysLeft <= 7 ? 'yellow' : 'quiet'}>{t('daysLeft', { n: a.daysLeft })}</Mark>
              ) : (
                '—'
              ),
          },
          {
            key: 'device',
            title: t('whichDevice'),
            // The head of the bureau approves devices and opens none.
            render: (a) =>
              may('device.see') ? <Link to={`/devices/${a.device.id}`}>{a.device.identity}</Link> : a.device.identity,
          },
          { key: 'ground', title: t('ground'), width: 260, render: (a) => say(a.groundSays) },
          { key: 'starts', title: t('starts'), sort: 'startsAt', render: (a) => dayOf(a.startsAt) },
          { key: 'lastDay', title: t('lastDay'), sort: 'endsAt', render: (a) => a.lastDay },
          { key: 'interval', title: t('interval'), render: (a) => duration(a.intervalS * 1000, language) },
          { key: 'proposer', title: t('proposer'), render: (a) => a.proposedBy ?? '—' },
          { key: 'approver', title: t('approver'), render: (a) => a.approver || '—' },
          { key: 'document', title: t('document'), spare: true, render: (a) => a.document || '—' },
          { key: 'actions', title: c('actions'), fixed: 'right', render: (a) => <ActivationActs activation={a} /> },
        ]}
      />
    </Screen>
  )
}
