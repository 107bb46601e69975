import { Link } from '@tanstack/react-router'
import { type MatterRow, matters } from '@zhijiao/contract/matters'
import { type Procedure, withdrawn } from '@zhijiao/contract/procedures/describe'
import { Input } from 'antd'
import type { ReactNode } from 'react'
import { AnyOf } from '../../ui/AnyOf.tsx'
import { useActor } from '../../ui/actor.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { type Column, type Condition, type Listed, SearchTable } from '../../ui/SearchTable.tsx'
import { common } from '../../ui/words.ts'
import { OrgPick } from '../pick.tsx'
import { ClockMark } from './ClockMark.tsx'
import { Holder } from './Holder.tsx'
import { KindName } from './KindName.tsx'
import { StateOf } from './StateOf.tsx'
import { endSaid } from './said.ts'
import { valueSaid } from './values.ts'
import { matterWords } from './words.ts'

export type View = 'all' | 'todo' | 'running' | 'overdue' | 'ended' | 'mine' | 'passed'
/** 超期 is no view of the server but a condition: running, and past its clock. */
export const queryOf = (view: View): Record<string, unknown> =>
  view === 'overdue' ? { view: 'running', overdue: true } : { view }

export const matterPath = (m: { kind: string; id: string }): string => `/matters/${m.kind}/${m.id}`

/** Matters as every list of them shows them; of one business with its own columns and conditions, or of all. */
export function MatterTable({
  of,
  view,
  empty,
  tools,
  batch,
}: {
  of?: Procedure
  view: View
  empty: { what: string; hint?: string; action?: ReactNode }
  tools?: (now: Listed) => ReactNode
  batch?: (chosen: readonly MatterRow[], clear: () => void) => ReactNode
}) {
  const t = useWords(matterWords)
  const conditions = useConditions(of, view)
  const columns = useColumns(of, view)
  return (
    <SearchTable
      key={`${of?.id ?? 'all'}.${view}`}
      name={`matters.${of?.id ?? 'all'}.${view}`}
      label={t('matters')}
      kept={matters.list}
      fixed={{ ...queryOf(view), ...(of ? { kind: of.id } : {}) }}
      rowKey={(m) => m.id}
      rowName={(m) => m.who}
      rowTone={(m) => (m.clock.overdue && !m.end ? 'zj-row-over' : '')}
      numbered
      conditions={conditions}
      columns={columns}
      empty={empty}
      {...(tools ? { tools } : {})}
      {...(batch ? { batch } : {})}
    />
  )
}

function useConditions(of: Procedure | undefined, view: View): Condition[] {
  const t = useWords(matterWords)
  const c = useWords(common)
  const say = useSpoken()
  const language = useLanguage()
  const open = view !== 'ended' && (of?.steps.length ?? 0) > 0
  const over = view === 'ended' || view === 'all'
  return [
    { name: 'q', label: t('q'), first: true, field: <Input maxLength={40} /> },
    {
      name: 'from',
      label: t('from'),
      first: true,
      rules: [isDay(c('badDay'))],
      field: <DayField style={{ width: 130 }} />,
    },
    {
      name: 'until',
      label: t('until'),
      first: true,
      rules: [isDay(c('badDay'))],
      field: <DayField style={{ width: 130 }} />,
    },
    ...(of && open
      ? [
          {
            name: 'step',
            label: t('step'),
            says: (v: unknown) => say(of.steps.find((s) => s.id === v) ?? { zh: String(v), en: String(v) }),
            field: <AnyOf options={of.steps.map((s) => ({ value: s.id, label: say(s) }))} />,
          },
        ]
      : []),
    ...(of && over
      ? [
          {
            name: 'end',
            label: t('result'),
            says: (v: unknown) => endSaid(of, String(v), language),
            field: (
              <AnyOf
                options={[...of.ends, ...(of.steps.length > 0 ? [withdrawn] : [])].map((e) => ({
                  value: e.id,
                  label: say(e),
                }))}
              />
            ),
          },
        ]
      : []),
    { name: 'org', label: t('unit'), field: <OrgPick /> },
    ...(view === 'todo' || view === 'mine' || view === 'passed'
      ? [
          {
            name: 'overdue',
            label: t('overdue'),
            says: (v: unknown) => c(v === 'true' || v === true ? 'yes' : 'no'),
            field: (
              <AnyOf
                options={[
                  { value: true, label: c('yes') },
                  { value: false, label: c('no') },
                ]}
              />
            ),
          },
        ]
      : []),
  ]
}

function useColumns(of: Procedure | undefined, view: View): Column<MatterRow>[] {
  const t = useWords(matterWords)
  const actor = useActor()
  const say = useSpoken()
  const language = useLanguage()
  const over = view === 'ended'
  return [
    {
      key: 'who',
      title: t('who'),
      render: (m) => (
        <>
          <Link to={matterPath(m)}>{m.who}</Link> {m.imported ? <Mark>{t('importedMark')}</Mark> : null}
        </>
      ),
    },
    ...(of ? [] : [{ key: 'kind', title: t('business'), render: (m: MatterRow) => <KindName of={m.kind} /> }]),
    ...(of?.about === 'outsider'
      ? []
      : [
          {
            key: 'number',
            title: t('number'),
            spare: !of,
            render: (m: MatterRow) =>
              m.person ? (
                <Link to={`/people/${m.person.id}`} className="zj-mono">
                  {m.person.number}
                </Link>
              ) : (
                '—'
              ),
          } as Column<MatterRow>,
        ]),
    {
      key: 'state',
      title: over ? t('result') : t('state'),
      render: (m) => <StateOf kind={m.kind} step={m.step} end={m.end} />,
    },
    ...(over || of?.steps.length === 0
      ? []
      : [
          { key: 'holder', title: t('holder'), render: (m: MatterRow) => <Holder of={m.holder} short /> },
          {
            key: 'clock',
            title: t('clock'),
            sort: 'due',
            render: (m: MatterRow) => (m.end ? '—' : <ClockMark of={m.clock} />),
          },
        ]),
    // After state and due date: what a form asks may be long, and those two must stand in sight on a narrow screen.
    ...(of?.form ?? [])
      .filter((field) => field.column)
      .map(
        (field): Column<MatterRow> => ({
          key: `f.${field.id}`,
          title: say(field),
          ellipsis: true,
          width: field.kind === 'text' || field.kind === 'long' ? 180 : undefined,
          render: (m) => valueSaid(field, m.columns[field.id], language),
        }),
      ),
    { key: 'opened', title: t('opened'), sort: 'opened', render: (m) => minute(m.openedAt) },
    { key: 'openedBy', title: t('openedBy'), render: (m) => actor(m.openedBy) },
    { key: 'unit', title: t('unit'), render: (m) => m.orgName },
    {
      key: 'ended',
      title: t('endedAt'),
      sort: 'ended',
      spare: !over,
      render: (m) => (m.endedAt ? minute(m.endedAt) : '—'),
    },
    { key: 'on', title: t('on'), sort: 'on', spare: true, render: (m) => m.on },
  ]
}
