import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import { people } from '@zhijiao/contract/people'
import { codeSets } from '@zhijiao/law/codes'
import { levelNamed } from '@zhijiao/law/levels'
import { Button, Table } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { AsOf } from '../../ui/Freshness.tsx'
import { count } from '../../ui/format.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { useLevels } from '../../ui/levels.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { stateWords } from '../people/marks.tsx'
import { peopleWords } from '../people/words.ts'
import { Bars } from './Bars.tsx'
import { countWords } from './words.ts'

type Row = AnswerOf<SpecOf<(typeof people)['counts']>>['units'][number]
/** Every state a file can be in (`PersonState`), so that the columns add up. */
const states = Object.keys(stateWords) as (keyof typeof stateWords)[]
/** Whoever is under correction here, wherever he may be. */
const onRegister = ['inCorrection', 'missing', 'detained'] as const
const sum = (table: Row['byState'], keys: readonly string[]) => keys.reduce((n, key) => n + (table[key] ?? 0), 0)

/** People by unit, state, category and level: one click goes a level down, never to a name. */
export function UnitFigures() {
  const t = useWords(countWords)
  const inWords = useWords(peopleWords)
  const language = useLanguage()
  const inForce = useLevels()
  const [path, setPath] = useState<readonly string[]>([])
  const under = path[path.length - 1]
  const counted = useAsk(people.counts, { query: under === undefined ? {} : { under } }, { keep: true, every: 300_000 })
  if (counted.isPending) return <Waiting />
  if (counted.error) return <TroubleNotice error={counted.error} onRetry={() => void counted.refetch()} />
  const [own, ...below] = counted.data.units
  const rows = own ? [own, ...below] : []
  // The nation counts levels of several provinces; one that is none of its own reads by its code.
  const known = [...inForce.offered, ...inForce.former].map((l) => l.code)
  const held = new Set(rows.flatMap((r) => Object.keys(r.byLevel)))
  const levels = [...new Set([...known, ...[...held].sort()])]
    .filter((code) => held.has(code))
    .map((code) => levelNamed(inForce, code))
  const categories = codeSets.correctionCategory.items.filter((item) => rows.some((r) => r.byCategory[item.code]))
  return (
    <Panel
      title={own?.org.name ?? t('title')}
      extra={
        <>
          <AsOf at={counted.data.asOf} />
          {path.length > 0 ? (
            <Button size="small" type="link" onClick={() => setPath(path.slice(0, -1))}>
              {t('up')}
            </Button>
          ) : null}
        </>
      }
    >
      <p className="zj-muted zj-small">{t('note')}</p>
      <Table
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey={(row) => row.org.code || 'top'}
        dataSource={rows}
        columns={[
          {
            title: t('unit'),
            render: (_, row) =>
              row === own || row.org.code.length >= 9 ? (
                <strong>{row.org.name}</strong>
              ) : (
                <Button
                  type="link"
                  size="small"
                  aria-label={t('deeper', { name: row.org.name })}
                  onClick={() => setPath([...path, row.org.code])}
                >
                  {row.org.name}
                </Button>
              ),
          },
          { title: t('total'), align: 'right', render: (_, row) => count(row.total) },
          { title: t('received'), align: 'right', render: (_, row) => count(row.total - (row.byState.awaiting ?? 0)) },
          { title: t('onRegister'), align: 'right', render: (_, row) => count(sum(row.byState, onRegister)) },
          {
            title: t('byState'),
            children: states.map((state) => ({
              title: inWords(stateWords[state]),
              align: 'right' as const,
              render: (_: unknown, row: Row) => {
                const n = row.byState[state] ?? 0
                return state === 'missing' && n > 0 ? <strong className="zj-tone-red">{count(n)}</strong> : count(n)
              },
            })),
          },
          ...(categories.length > 0
            ? [
                {
                  title: t('byCategory'),
                  children: categories.map((item) => ({
                    title: item[language],
                    align: 'right' as const,
                    render: (_: unknown, row: Row) => count(row.byCategory[item.code] ?? 0),
                  })),
                },
              ]
            : []),
          ...(levels.length > 0
            ? [
                {
                  title: t('byLevel'),
                  children: levels.map((item) => ({
                    title: item[language],
                    align: 'right' as const,
                    render: (_: unknown, row: Row) => count(row.byLevel[item.code] ?? 0),
                  })),
                },
              ]
            : []),
        ]}
      />
      {below.length > 1 ? (
        <Bars
          label={t('chart')}
          rows={below.map((row) => ({ key: row.org.code, name: row.org.name, n: row.inCorrection }))}
        />
      ) : null}
    </Panel>
  )
}
