import { Link } from '@tanstack/react-router'
import { alarmKinds, alarms, settledNames, settledWays } from '@zhijiao/contract/alarms'
import { Input } from 'antd'
import { AnyOf } from '../../ui/AnyOf.tsx'
import { call, useAsk } from '../../ui/api.ts'
import { InstantField, isInstant } from '../../ui/DayField.tsx'
import { minute } from '../../ui/format.ts'
import { LevelMark, Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { common } from '../../ui/words.ts'
import { ListExport } from '../ListExport.tsx'
import { OrgPick } from '../pick.tsx'
import { alarmWords } from './words.ts'

/** Every settled alarm in reach, by when, where, what and how it ended. */
export function SettledList() {
  const t = useWords(alarmWords)
  const c = useWords(common)
  const say = useSpoken()
  const kinds = useAsk(alarmKinds.list, {}, { staleTime: 600_000 }).data
  const time = [isInstant(c('badInstant'))]
  return (
    <SearchTable
      name="alarms.settled"
      label={t('settledList')}
      kept={alarms.list}
      fixed={{ state: ['settled'] }}
      rowKey={(a) => a.id}
      conditions={[
        { name: 'q', label: t('search'), first: true, field: <Input allowClear maxLength={40} /> },
        {
          name: 'settledAs',
          label: t('settledAs'),
          first: true,
          field: <AnyOf options={settledWays.map((value) => ({ value, label: say(settledNames[value]) }))} />,
        },
        {
          name: 'kind',
          label: t('kind'),
          first: true,
          field: (
            <AnyOf
              mode="multiple"
              maxTagCount={1}
              popupMatchSelectWidth={false}
              options={kinds?.map((k) => ({ value: k.kind, label: say(k.name) })) ?? []}
            />
          ),
        },
        {
          name: 'level',
          label: t('level'),
          field: (
            <AnyOf
              mode="multiple"
              maxTagCount={2}
              options={([1, 2, 3, 4] as const).map((n) => ({ value: n, label: c(`level${n}`) }))}
            />
          ),
        },
        { name: 'org', label: t('unit'), field: <OrgPick /> },
        { name: 'from', label: t('detectedFrom'), field: <InstantField />, rules: time },
        { name: 'until', label: t('detectedUntil'), field: <InstantField />, rules: time },
      ]}
      empty={{ what: t('noneSettled'), hint: t('noneSettledHint') }}
      tools={({ asked, total }) => (
        <ListExport
          name={t('settledList')}
          total={total}
          fetch={(reason) => call(alarms.export, { query: { ...asked, reason } })}
        />
      )}
      columns={[
        {
          key: 'number',
          title: t('numberHead'),
          sort: 'number',
          render: (a) => (
            <Link to={`/alarms/${a.id}`} aria-label={`${a.person.name} ${say(a.kindName)} ${a.number}`}>
              {a.number}
            </Link>
          ),
        },
        { key: 'level', title: t('level'), sort: 'level', render: (a) => <LevelMark level={a.level} /> },
        { key: 'kind', title: t('kind'), render: (a) => say(a.kindName) },
        { key: 'person', title: t('who'), render: (a) => <Link to={`/people/${a.person.id}`}>{a.person.name}</Link> },
        { key: 'org', title: t('unit'), render: (a) => a.orgName },
        { key: 'detected', title: t('detected'), sort: 'detected', render: (a) => minute(a.detectedAt) },
        { key: 'settled', title: t('settledAt'), render: (a) => (a.settledAt ? minute(a.settledAt) : '—') },
        {
          key: 'settledAs',
          title: t('settledAs'),
          render: (a) => (a.settledAs ? <Mark>{say(settledNames[a.settledAs])}</Mark> : '—'),
        },
        { key: 'owner', title: t('owner'), render: (a) => a.owner?.name ?? '—' },
        { key: 'said', title: t('said'), spare: true, width: 360, render: (a) => say(a.said) },
      ]}
    />
  )
}
