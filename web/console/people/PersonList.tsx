import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { exportAtOnce } from '@zhijiao/contract/downloads'
import { people } from '@zhijiao/contract/people'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { AnyOf } from '../../ui/AnyOf.tsx'
import { call, refresh, saveFile } from '../../ui/api.ts'
import { useBusy } from '../../ui/busy.ts'
import { useCode, useCodes } from '../../ui/codes.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { dayOf } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { type Listed, SearchTable } from '../../ui/SearchTable.tsx'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { OrgPick, StaffPick } from '../pick.tsx'
import { Screen } from '../Screen.tsx'
import { ColourMark, colourWords, DaysLeft, StateMark, stateWords } from './marks.tsx'
import { termOver } from './termOver.ts'
import { peopleWords } from './words.ts'

/** C20 矫正对象列表. */
export default function PersonList() {
  const t = useWords(peopleWords)
  const c = useWords(common)
  const code = useCode()
  const categories = useCodes('correctionCategory')
  const levels = useCodes('supervisionLevel')
  const may = useMay()
  const navigate = useNavigate()
  const over = (useSearch({ strict: false }) as { term?: string }).term === 'over'
  const { message } = App.useApp()
  const [exporting, setExporting] = useState<Listed | null>(null)
  const [busy, run] = useBusy()
  const large = (exporting?.total ?? 0) > exportAtOnce
  const yesNo = [
    { value: true, label: c('yes') },
    { value: false, label: c('no') },
  ]
  const many = (options: { value: string; label: string }[]) => (
    <AnyOf mode="multiple" maxTagCount={1} options={options} />
  )
  return (
    <Screen
      title={t('title')}
      actions={
        <>
          {may('person.import') ? (
            <Button onClick={() => void navigate({ to: '/people/import' })}>{t('importFiles')}</Button>
          ) : null}
          {may('person.edit') ? (
            <Button type="primary" onClick={() => void navigate({ to: '/people/new' })}>
              {t('add')}
            </Button>
          ) : null}
        </>
      }
    >
      {over ? (
        <p className="zj-gap">
          <Mark tone="red">{t('termOver')}</Mark> <Link to="/people">{t('showEverybody')}</Link>
        </p>
      ) : null}
      <SearchTable
        name={over ? 'people-over' : 'people'}
        {...(over ? { fixed: termOver(dayOf(now())) } : {})}
        saves
        label={t('title')}
        kept={people.list}
        rowKey={(p) => p.id}
        conditions={[
          { name: 'name', label: t('name'), first: true, field: <Input allowClear maxLength={40} /> },
          { name: 'number', label: t('number'), first: true, field: <Input allowClear maxLength={30} /> },
          { name: 'org', label: t('org'), first: true, field: <OrgPick /> },
          {
            name: 'state',
            label: t('state'),
            first: true,
            field: many(Object.entries(stateWords).map(([value, word]) => ({ value, label: t(word) }))),
          },
          { name: 'category', label: t('category'), field: many(categories) },
          { name: 'level', label: t('level'), field: many(levels) },
          {
            name: 'colour',
            label: t('colour'),
            field: many(Object.entries(colourWords).map(([value, word]) => ({ value, label: t(word) }))),
          },
          { name: 'identity', label: t('identity'), field: <Input allowClear maxLength={20} /> },
          { name: 'phone', label: t('phone'), field: <Input allowClear maxLength={20} /> },
          { name: 'officer', label: t('officer'), field: <StaffPick /> },
          {
            name: 'unassigned',
            label: t('unassigned'),
            field: <AnyOf options={yesNo} />,
          },
          { name: 'crime', label: t('crime'), field: <Input allowClear maxLength={40} /> },
          {
            name: 'sex',
            label: t('sex'),
            field: (
              <AnyOf
                options={[
                  { value: 'male', label: t('male') },
                  { value: 'female', label: t('female') },
                ]}
              />
            ),
          },
          { name: 'termEndFrom', label: t('termEndFrom'), field: <DayField />, rules: [isDay(c('badDay'))] },
          { name: 'termEndUntil', label: t('termEndUntil'), field: <DayField />, rules: [isDay(c('badDay'))] },
          {
            name: 'injunction',
            label: t('injunction'),
            field: <AnyOf options={yesNo} />,
          },
          { name: 'minor', label: t('minor'), field: <AnyOf options={yesNo} /> },
        ]}
        empty={
          over
            ? { what: t('nobodyOver'), hint: t('nobodyOverHint') }
            : { what: t('empty'), hint: t(may('person.edit') ? 'emptyHint' : 'emptyReading') }
        }
        tools={(now) =>
          may('person.export') ? (
            <Button disabled={now.total === 0} onClick={() => setExporting(now)}>
              {t('exportFiles')}
            </Button>
          ) : null
        }
        columns={[
          {
            key: 'name',
            title: t('name'),
            sort: 'name',
            fixed: 'left',
            render: (p) => (
              <Link to={`/people/${p.id}`}>
                <strong>{p.name}</strong>
              </Link>
            ),
          },
          {
            key: 'number',
            title: t('number'),
            sort: 'number',
            render: (p) => <span className="zj-mono">{p.number}</span>,
          },
          { key: 'state', title: t('state'), render: (p) => <StateMark state={p.state} /> },
          { key: 'category', title: t('category'), render: (p) => code('correctionCategory', p.category) },
          { key: 'level', title: t('level'), render: (p) => code('supervisionLevel', p.level) },
          { key: 'colour', title: t('colour'), render: (p) => <ColourMark colour={p.colour} /> },
          // What is due stands before what only describes: a narrow screen shows the first columns.
          { key: 'termEnd', title: t('termEnd'), sort: 'termEnd', render: (p) => p.termEnd },
          { key: 'days', title: t('daysLeft'), render: (p) => <DaysLeft days={p.daysLeft} /> },
          { key: 'sex', title: t('sex'), render: (p) => t(p.sex) },
          { key: 'birth', title: t('birthDate'), spare: true, render: (p) => p.birthDate },
          {
            key: 'identity',
            title: t('identity'),
            spare: true,
            render: (p) => <span className="zj-mono">{p.identity}</span>,
          },
          {
            key: 'phone',
            title: t('phone'),
            spare: true,
            render: (p) => <span className="zj-mono">{p.phone ?? '—'}</span>,
          },
          { key: 'crime', title: t('crime'), width: 140, render: (p) => p.crime || '—' },
          { key: 'org', title: t('org'), render: (p) => p.org.name },
          {
            key: 'officer',
            title: t('officer'),
            render: (p) => p.officer?.name ?? <Mark tone="yellow">{t('nobody')}</Mark>,
          },
          {
            key: 'marks',
            title: t('marks'),
            render: (p) => (
              <>
                {p.injunction ? <Mark>{t('injunction')}</Mark> : null} {p.minor ? <Mark>{t('minor')}</Mark> : null}{' '}
                {p.sealed ? <Mark>{t('sealed')}</Mark> : null}
              </>
            ),
          },
        ]}
      />
      <ReasonDialog
        open={exporting !== null}
        title={t('exportFiles')}
        note={large ? t('exportLargeNote', { n: exporting?.total ?? 0 }) : t('exportNote')}
        busy={busy}
        onCancel={() => setExporting(null)}
        onReason={async (reason) => {
          await run(async () => {
            if (large) {
              const { conditions = {}, asked } = exporting ?? {}
              const inOrder = typeof asked?.sort === 'string' ? { sort: asked.sort } : {}
              await call(people.exportLater, { body: { conditions, ...inOrder, reason } })
              refresh('downloads')
              setExporting(null)
              void navigate({ to: '/downloads' })
              return
            }
            // The table's conditions are those of the list, and the export knows the same ones.
            const answer = await call(people.export, { query: { ...exporting?.asked, reason } })
            void message.success(t('exported', { name: await saveFile(answer, 'people.xlsx') }))
            setExporting(null)
          })
        }}
      />
    </Screen>
  )
}
