import { type Leave, leaves } from '@zhijiao/contract/permits'
import { Button } from 'antd'
import { useCallback, useState } from 'react'
import { call } from '../../ui/api.ts'
import { useCode } from '../../ui/codes.ts'
import { daysBetween, minute } from '../../ui/format.ts'
import { useStringing, useWords } from '../../ui/language.ts'
import { PrintSheet } from '../print/PrintSheet.tsx'
import { type PrintColumn, PrintTable } from '../print/PrintTable.tsx'
import { Competence } from './Competence.tsx'
import { LeavePath } from './LeavePath.tsx'
import { leaveWords, levelWord, meansWord, resultWord, stateWord, toldWord } from './words.ts'

/** 打印清单: the present query of the leaves. */
export function PrintLeaves({ asked, total }: { asked: Record<string, unknown>; total: number }) {
  const t = useWords(leaveWords)
  const code = useCode()
  const columns: readonly PrintColumn<Leave>[] = [
    [t('person'), (l) => `${l.person.name} ${l.person.number}`],
    [t('org'), (l) => l.orgName],
    [t('state'), (l) => `${t(stateWord[l.state])}${l.overstayed ? ` · ${t('overstayed')}` : ''}`],
    [t('from'), (l) => l.from],
    [t('until'), (l) => l.until],
    [t('days'), (l) => daysBetween(l.from, l.until) + 1],
    [t('reason'), (l) => code('leaveReason', l.reason)],
    [t('destination'), (l) => l.destination.text],
    [t('competent'), (l) => t(levelWord[l.competent])],
    [t('decided'), (l) => (l.decidedBy ? `${l.decidedBy.name} ${l.decidedAt ? minute(l.decidedAt) : ''}` : '—')],
    [t('on'), (l) => l.returnedOn ?? '—'],
  ]
  return (
    <PrintTable
      label={t('printList')}
      title={t('title')}
      columns={columns}
      total={total}
      most={100}
      read={async (size) => (await call(leaves.list, { query: { ...asked, size } as never })).items}
    />
  )
}

/** 打印此件: one leave with what it brought, who decided and what happened while he was away. */
export function PrintLeave({ leave }: { leave: Leave }) {
  const t = useWords(leaveWords)
  const code = useCode()
  const { aside, named, row } = useStringing()
  const [printing, setPrinting] = useState(false)
  const done = useCallback(() => setPrinting(false), [])
  const lines: readonly (readonly [string, string])[] = [
    [t('person'), `${leave.person.name} ${leave.person.number}`],
    [t('org'), leave.orgName],
    [t('state'), t(stateWord[leave.state])],
    [`${t('from')} — ${t('until')}`, `${leave.from} — ${leave.until}`],
    [t('reason'), named(code('leaveReason', leave.reason), leave.reasonText)],
    [t('destination'), leave.destination.text],
    [
      t('contact'),
      leave.contact
        ? row(
            [
              aside(leave.contact.name, leave.contact.relation),
              leave.contact.phone,
              leave.contact.address ?? '',
            ].filter(Boolean),
          )
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
