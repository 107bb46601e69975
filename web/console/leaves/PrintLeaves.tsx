import { type Leave, leaves } from '@zhijiao/contract/permits'
import { Button } from 'antd'
import { useCallback, useState } from 'react'
import { call } from '../../ui/api.ts'
import { useBusy } from '../../ui/busy.ts'
import { useCode } from '../../ui/codes.ts'
import { daysBetween, minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { PrintSheet } from '../procedures/PrintSheet.tsx'
import { Competence } from './Competence.tsx'
import { LeavePath } from './LeavePath.tsx'
import { leaveWords, levelWord, meansWord, resultWord, stateWord, toldWord } from './words.ts'

/** Rows that fit on paper somebody would still read; more is a matter for the export. */
const most = 100

/** 打印清单: the present query as a table on A4. */
export function PrintLeaves({ conditions, total }: { conditions: Record<string, unknown>; total: number }) {
  const t = useWords(leaveWords)
  const code = useCode()
  const [rows, setRows] = useState<readonly Leave[] | null>(null)
  const [busy, run] = useBusy()
  const done = useCallback(() => setRows(null), [])
  const load = () =>
    run(async () => setRows((await call(leaves.list, { query: { ...conditions, size: most } as never })).items))
  return (
    <>
      <Button onClick={() => void load()} loading={busy} disabled={total === 0}>
        {t('printList')}
      </Button>
      {rows ? (
        <PrintSheet title={t('title')} wide onDone={done}>
          {total > most ? <p>{t('printFirst', { total, n: most })}</p> : null}
          <table>
            <thead>
              <tr>
                <th>#</th>
                <th>{t('person')}</th>
                <th>{t('org')}</th>
                <th>{t('state')}</th>
                <th>{t('from')}</th>
                <th>{t('until')}</th>
                <th>{t('days')}</th>
                <th>{t('reason')}</th>
                <th>{t('destination')}</th>
                <th>{t('competent')}</th>
                <th>{t('decided')}</th>
                <th>{t('on')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((l, i) => (
                <tr key={l.id}>
                  <td>{i + 1}</td>
                  <td>
                    {l.person.name} {l.person.number}
                  </td>
                  <td>{l.orgName}</td>
                  <td>
                    {t(stateWord[l.state])}
                    {l.overstayed ? ` · ${t('overstayed')}` : ''}
                  </td>
                  <td>{l.from}</td>
                  <td>{l.until}</td>
                  <td>{daysBetween(l.from, l.until) + 1}</td>
                  <td>{code('leaveReason', l.reason)}</td>
                  <td>{l.destination.text}</td>
                  <td>{t(levelWord[l.competent])}</td>
                  <td>{l.decidedBy ? `${l.decidedBy.name} ${l.decidedAt ? minute(l.decidedAt) : ''}` : '—'}</td>
                  <td>{l.returnedOn ?? '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </PrintSheet>
      ) : null}
    </>
  )
}

/** 打印此件: one leave with what it brought, who decided and what happened while he was away. */
export function PrintLeave({ leave }: { leave: Leave }) {
  const t = useWords(leaveWords)
  const code = useCode()
  const [printing, setPrinting] = useState(false)
  const done = useCallback(() => setPrinting(false), [])
  const lines: readonly (readonly [string, string])[] = [
    [t('person'), `${leave.person.name} ${leave.person.number}`],
    [t('org'), leave.orgName],
    [t('state'), t(stateWord[leave.state])],
    [`${t('from')} — ${t('until')}`, `${leave.from} — ${leave.until}`],
    [t('reason'), `${code('leaveReason', leave.reason)}：${leave.reasonText}`],
    [t('destination'), leave.destination.text],
    [
      t('contact'),
      leave.contact
        ? [`${leave.contact.name}（${leave.contact.relation}）`, leave.contact.phone, leave.contact.address]
            .filter(Boolean)
            .join('，')
        : t('contactNone'),
    ],
    [
      t('proofs'),
      leave.proofs.length > 0 ? t('proofsCount', { n: leave.proofs.length }) : (leave.unproven ?? t('proofsNone')),
    ],
    ...(leave.recall
      ? [
          [
            t('recall'),
            t('recalledSaid', {
              at: minute(leave.recall.at),
              who: leave.recall.by,
              told: t(toldWord[leave.recall.told]),
              until: minute(leave.recall.until),
              reason: leave.recall.reason,
            }),
          ] as const,
        ]
      : []),
    [t('on'), leave.returnedOn ?? '—'],
  ]
  return (
    <>
      <Button size="small" onClick={() => setPrinting(true)}>
        {t('printOne')}
      </Button>
      {printing ? (
        <PrintSheet title={`${t('title')} · ${leave.person.name}`} onDone={done}>
          <table>
            <tbody>
              {lines.map(([label, text]) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{text}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Competence of={leave.competence} />
          <LeavePath leave={leave} />
          {leave.calls.length > 0 ? (
            <>
              <h2>{t('calls')}</h2>
              <ul>
                {leave.calls.map((one) => (
                  <li key={one.id}>
                    {minute(one.at)} {t(meansWord[one.means])} {t(resultWord[one.result])} {one.note} {one.by}
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </PrintSheet>
      ) : null}
    </>
  )
}
