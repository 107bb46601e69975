import { type MatterRow, matters } from '@zhijiao/contract/matters'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { Button } from 'antd'
import { useCallback, useState } from 'react'
import { useActor } from '../../ui/actor.ts'
import { call } from '../../ui/api.ts'
import { useBusy } from '../../ui/busy.ts'
import { dayOf } from '../../ui/format.ts'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { PrintSheet } from './PrintSheet.tsx'
import { endSaid, postSaid, stepSaid } from './said.ts'
import { valueSaid } from './values.ts'
import { matterWords } from './words.ts'

/** Rows that fit on paper somebody would still read; more is a matter for the export. */
const most = 200

/** 打印台账: the present query as a table on A4. */
export function PrintList({
  of,
  conditions,
  total,
}: {
  of: Procedure
  conditions: Record<string, unknown>
  total: number
}) {
  const t = useWords(matterWords)
  const actor = useActor()
  const say = useSpoken()
  const language = useLanguage()
  const [rows, setRows] = useState<readonly MatterRow[] | null>(null)
  const [busy, run] = useBusy()
  const done = useCallback(() => setRows(null), [])
  const load = async () => {
    await run(async () => {
      const { items } = await call(matters.list, { query: { ...conditions, size: most } as never })
      setRows(items)
    })
  }
  const fields = of.form.filter((f) => f.column)
  return (
    <>
      <Button onClick={() => void load()} loading={busy} disabled={total === 0}>
        {t('printList')}
      </Button>
      {rows ? (
        <PrintSheet title={t('openListOf', { name: say(of) })} wide onDone={done}>
          {total > most ? <p>{t('printFirst', { total, n: most })}</p> : null}
          <table>
            <thead>
              <tr>
                <th>#</th>
                <th>{t('who')}</th>
                {of.about === 'person' ? <th>{t('number')}</th> : null}
                {fields.map((f) => (
                  <th key={f.id}>{say(f)}</th>
                ))}
                <th>{t('state')}</th>
                <th>{t('holder')}</th>
                <th>{t('clock')}</th>
                <th>{t('opened')}</th>
                <th>{t('openedBy')}</th>
                <th>{t('unit')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((m, i) => (
                <tr key={m.id}>
                  <td>{i + 1}</td>
                  <td>{m.who}</td>
                  {of.about === 'person' ? <td>{m.person?.number ?? '—'}</td> : null}
                  {fields.map((f) => (
                    <td key={f.id}>{valueSaid(f, m.columns[f.id], language)}</td>
                  ))}
                  <td>{m.end ? endSaid(of, m.end, language) : stepSaid(of, m.step, language)}</td>
                  <td>{m.holder ? `${m.holder.unitName} ${postSaid(m.holder.post, language)}` : '—'}</td>
                  <td>{m.clock.dueAt && !m.end ? dayOf(new Date(m.clock.dueAt).getTime() - 1) : '—'}</td>
                  <td>{dayOf(m.openedAt)}</td>
                  <td>{actor(m.openedBy)}</td>
                  <td>{m.orgName}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </PrintSheet>
      ) : null}
    </>
  )
}
