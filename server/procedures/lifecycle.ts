import type { Lifecycle } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { civilDate, dayNumber } from '@zhijiao/law/civil-date'
import type { RuleId } from '@zhijiao/law/rule'
import { lawFor } from '../core/circumstances.ts'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { notFound } from '../core/refusals.ts'
import type { Circumstances } from '../core/room.ts'
import { citationOf } from '../core/tasks/shown.ts'
import { endWords, stepOf } from './domain.ts'
import { type MatterRow, matterStore } from './store.ts'

type Stage = Lifecycle['stages'][number]
type StageId = Stage['id']

/** A matter as far as the strip needs it. */
export interface Lived {
  readonly id: string
  readonly kind: string
  readonly end: string | null
  readonly on: string
}

interface StageCard {
  readonly id: StageId
  readonly zh: string
  readonly en: string
  /** Businesses of which one that ended well makes the stage done. */
  readonly by: readonly string[]
  /** May be absent from a life without anything missing. */
  readonly optional?: true
}
const stages: readonly StageCard[] = [
  { id: 'assessment', zh: '调查评估', en: 'Investigation', by: ['assessment'], optional: true },
  { id: 'reception', zh: '接收报到', en: 'Reception', by: ['reception'] },
  { id: 'announcement', zh: '入矫宣告', en: 'Announcement', by: ['announcement'] },
  { id: 'plan', zh: '矫正方案', en: 'Plan', by: ['plan'] },
  { id: 'supervision', zh: '监督管理', en: 'Supervision', by: [] },
  { id: 'ending', zh: '解除矫正', en: 'Release', by: ['ending', 'termination', 'death', 'relocation'] },
  { id: 'handover', zh: '安置帮教', en: 'Resettlement', by: ['handover'] },
]

const good = (kind: string, end: string | null) =>
  end !== null && procedureOf(kind)?.ends.find((e) => e.id === end)?.tone === 'good'

/** Where a life stands (handbook §2): what is done, what is now, what was passed over without its record. */
export function stagesOf(state: string, lived: readonly Lived[]): readonly Stage[] {
  const over = ['released', 'terminated', 'transferred'].includes(state)
  const begun = stages.map(({ by }) => lived.filter((m) => by.includes(m.kind)))
  const finished = stages.map((_, at) => begun[at]?.find((m) => good(m.kind, m.end)))
  const now = over
    ? -1
    : state === 'awaiting'
      ? 1
      : begun[5]?.some((m) => m.kind !== 'relocation' && m.end === null)
        ? 5
        : (firstMissing(finished) ?? 4)
  return stages.map(({ id, zh, en, optional }, at): Stage => {
    const ended = finished[at]
    const running = begun[at]?.find((m) => m.end === null)
    const stateOf = (): Stage['state'] => {
      if (at === now) return 'now'
      if (ended) return 'done'
      if (at === 4) return over || now > 4 ? 'done' : 'ahead'
      if (over) return 'skipped'
      if (at < now) return 'skipped'
      return optional ? 'skipped' : 'ahead'
    }
    return {
      id,
      said: { zh, en },
      state: stateOf(),
      on: ended?.on ?? running?.on ?? null,
      matter: ended?.id ?? running?.id ?? null,
    }
  })
}

/** The first of reception, announcement and plan that was not done. */
function firstMissing(finished: readonly (Lived | undefined)[]): number | undefined {
  return [1, 2, 3].find((at) => !finished[at])
}

/** What a file in correction must hold, and the rule that asks for it. */
const owed: readonly {
  readonly kind: string
  readonly zh: string
  readonly en: string
  readonly rule: RuleId
  /** Only of a file whose header names an injunction. */
  readonly injunction?: true
}[] = [
  { kind: 'reception', zh: '尚无接收登记', en: 'no reception on record', rule: 'INT-01' },
  { kind: 'team', zh: '尚未确定矫正小组', en: 'no correction team yet', rule: 'INT-02' },
  { kind: 'announcement', zh: '尚未入矫宣告', en: 'not announced yet', rule: 'INT-04' },
  { kind: 'responsibility', zh: '尚未签订矫正责任书', en: 'no statement of responsibility', rule: 'INT-05' },
  { kind: 'plan', zh: '尚未制定矫正方案', en: 'no individual plan', rule: 'INT-06' },
  {
    kind: 'injunction',
    zh: '有禁止令，尚未登记执行',
    en: 'under an injunction, not put on record',
    rule: 'INJ-01',
    injunction: true,
  },
]

export async function lifecycleOf(
  db: ScopedDb,
  house: House,
  personId: string,
  { now, today }: Circumstances,
): Promise<Lifecycle> {
  const person = await db
    .selectFrom('person')
    .select(['id', 'org_code', 'state', 'term_start', 'term_end', 'injunction'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow(notFound)
  const law = await lawFor(house, person.org_code, now)
  const rows = await matterStore(db).ofPerson(personId)
  const tasks = await db
    .selectFrom('task')
    .leftJoin('task_named as named', 'named.task_id', 'task.id')
    .select(['task.id', 'kind', 'subject_id', 'due_at', 'rule'])
    .select((eb) => [
      eb.fn.coalesce('named.title_zh', 'task.title_zh').as('title_zh'),
      eb.fn.coalesce('named.title_en', 'task.title_en').as('title_en'),
    ])
    .where('task.person_id', '=', personId)
    .where('state', 'in', ['open', 'claimed', 'submitted'])
    .execute()
  const lived = rows.map((r) => ({ id: r.id, kind: r.kind, end: r.end_id, on: r.on_day }))
  const [start, end, at] = [person.term_start, person.term_end, today].map((d) => dayNumber(civilDate(d))) as [
    number,
    number,
    number,
  ]
  const running = rows.filter((r) => r.end_id === null)
  const ids = new Set(running.map((r) => r.id))
  const due: Lifecycle['due'] = [
    ...running.map((r) => matterDue(r, now, law)),
    ...tasks
      .filter((t) => !ids.has(t.subject_id))
      .map((t) => ({
        what: 'task' as const,
        id: t.id,
        kind: t.kind,
        said: { zh: t.title_zh, en: t.title_en },
        dueAt: t.due_at?.toISOString() ?? null,
        overdue: t.due_at !== null && t.due_at.getTime() < now,
        citation: citationOf(law, t.rule),
      })),
  ].sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'))
  const has = new Set(lived.filter((m) => m.end === null || good(m.kind, m.end)).map((m) => m.kind))
  return {
    stages: [...stagesOf(person.state, lived)],
    term: {
      start: person.term_start,
      end: person.term_end,
      daysLeft: end - at,
      done: Math.min(1, Math.max(0, (at - start + 1) / Math.max(1, end - start + 1))),
    },
    due,
    missing:
      person.state === 'inCorrection'
        ? owed
            .filter(
              ({ kind, injunction }) =>
                procedureOf(kind) && !has.has(kind) && (!injunction || person.injunction !== ''),
            )
            .map(({ kind, zh, en, rule }) => ({ kind, said: { zh, en }, citation: citationOf(law, rule) }))
        : [],
  }
}

function matterDue(row: MatterRow, now: number, law: Awaited<ReturnType<typeof lawFor>>): Lifecycle['due'][number] {
  const procedure = procedureOf(row.kind)
  const step = procedure && (stepOf(procedure, row.step) ?? endWords(procedure, row.end_id))
  return {
    what: 'matter',
    id: row.id,
    kind: row.kind,
    said: {
      zh: `${procedure?.zh ?? row.kind}·${step?.zh ?? ''}`,
      en: `${procedure?.en ?? row.kind}, ${step?.en ?? ''}`,
    },
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: row.due_at !== null && row.due_at.getTime() < now,
    citation: citationOf(law, row.rule),
  }
}
