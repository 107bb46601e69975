import { type MatterRow, matters } from '@zhijiao/contract/matters'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { useActor } from '../../ui/actor.ts'
import { call } from '../../ui/api.ts'
import { dayOf } from '../../ui/format.ts'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { type PrintColumn, PrintTable } from '../print/PrintTable.tsx'
import { endSaid, postSaid, stepSaid } from './said.ts'
import { valueSaid } from './values.ts'
import { matterWords } from './words.ts'

/** 打印台账: the present query of one business. */
export function PrintList({ of, asked, total }: { of: Procedure; asked: Record<string, unknown>; total: number }) {
  const t = useWords(matterWords)
  const actor = useActor()
  const say = useSpoken()
  const language = useLanguage()
  const columns: readonly PrintColumn<MatterRow>[] = [
    [t('who'), (m) => m.who],
    ...(of.about === 'person' ? [[t('number'), (m: MatterRow) => m.person?.number ?? '—'] as const] : []),
    ...of.form
      .filter((f) => f.column)
      .map((f) => [say(f), (m: MatterRow) => valueSaid(f, m.columns[f.id], language)] as const),
    [t('state'), (m) => (m.end ? endSaid(of, m.end, language) : stepSaid(of, m.step, language))],
    [t('holder'), (m) => (m.holder ? `${m.holder.unitName} ${postSaid(m.holder.post, language)}` : '—')],
    [t('clock'), (m) => (m.clock.dueAt && !m.end ? dayOf(new Date(m.clock.dueAt).getTime() - 1) : '—')],
    [t('opened'), (m) => dayOf(m.openedAt)],
    [t('openedBy'), (m) => actor(m.openedBy)],
    [t('unit'), (m) => m.orgName],
  ]
  return (
    <PrintTable
      label={t('printList')}
      title={t('openListOf', { name: say(of) })}
      columns={columns}
      total={total}
      most={200}
      read={async (size) => (await call(matters.list, { query: { ...asked, size } as never })).items}
    />
  )
}
