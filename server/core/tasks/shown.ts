import type { Static } from '@zhijiao/contract/kernel'
import type { Clock, Task } from '@zhijiao/contract/tasks'
import type { PauseCause } from '@zhijiao/law/clock-changes'
import type { Law } from '@zhijiao/law/in-force'
import { isRuleId } from '@zhijiao/law/rule'
import { termsOf } from './clock-acts.ts'
import { countedIn, uncountedIn } from './counted.ts'
import { overdue } from './domain.ts'
import { taskKind } from './kinds.ts'
import type { ListedTask } from './list.ts'
import type { Called, ClockChangeRow, TaskRow } from './store.ts'

/** A rule of the law as screens quote it. */
export function citationOf(law: Law, rule: string | null) {
  if (rule === null || !isRuleId(rule)) return null
  const { id, source, article, zh, recalled } = law.cite(rule)
  return { rule: id, source, article, zh, recalled }
}

type CivilColumns =
  | 'clock_rule'
  | 'clock_from'
  | 'due_on'
  | 'clock_counted'
  | 'clock_unknown'
  | 'clock_min'
  | 'clock_said'
  | 'paused_at'

/** The clock of a task, with the article or the table it comes from. */
export function clockOf(
  row: Pick<TaskRow, 'state' | 'delivered_at' | 'due_at' | 'ended_at' | 'rule'> & Partial<Pick<TaskRow, CivilColumns>>,
  law: Law,
  now: number,
): Static<typeof Clock> {
  const citation = citationOf(law, row.clock_rule ?? row.rule)
  return {
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: overdue(
      {
        state: row.state,
        dueAt: row.due_at?.getTime() ?? null,
        endedAt: row.ended_at?.getTime() ?? null,
        paused: Boolean(row.paused_at),
      },
      now,
    ),
    source: row.due_at === null && !row.clock_rule ? 'none' : citation ? 'law' : 'configured',
    citation,
    dueOn: row.due_on ?? null,
    counted: countedIn(row, law),
    uncounted: uncountedIn(row),
  }
}

const pauseCauses: readonly string[] = ['custody', 'away', 'hospital'] satisfies PauseCause[]
const causeOf = (cause: string | null) => (cause && pauseCauses.includes(cause) ? (cause as PauseCause) : null)

/** What was done to a clock, as screens show it. */
const changeShown = (row: ClockChangeRow, law: Law) => ({
  what: row.what,
  at: row.at.toISOString(),
  by: row.by_name,
  cause: causeOf(row.cause),
  reason: row.reason,
  dueBefore: row.due_before?.toISOString() ?? null,
  dueAfter: row.due_after?.toISOString() ?? null,
  agreedWith: row.agreed_with,
  agreedOn: row.agreed_on,
  files: row.files,
  citation: citationOf(law, row.basis),
})

function termsShown(row: TaskRow, law: Law): Task['clockTerms'] {
  const { extension, pause } = termsOf(row)
  const citation = extension && citationOf(law, extension.basis)
  return {
    extension: extension && citation ? { by: extension.by, whose: { ...extension.whose }, citation } : null,
    pauses: [...(pause?.causes ?? [])],
  }
}

export function taskShown(
  row: ListedTask,
  called: readonly Called[],
  changes: readonly ClockChangeRow[],
  law: Law,
  now: number,
): Task {
  const { zh, en, toKnow = false, outcome, byHand } = taskKind(row.kind)
  return {
    id: row.id,
    kind: row.kind,
    kindName: { zh, en },
    org: row.org_code,
    orgName: row.org_name,
    person:
      row.person_id !== null && row.person_name !== null
        ? { id: row.person_id, name: row.person_name, number: row.person_number ?? '' }
        : null,
    subject: row.subject_id,
    title: { zh: row.named_zh ?? row.title_zh, en: row.named_en ?? row.title_en },
    level: row.level,
    state: row.state,
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    ownerRole: row.owner_role,
    nobodyOnDuty: row.nobody_on_duty,
    claimedAt: row.claimed_at?.toISOString() ?? null,
    clock: clockOf(row, law, now),
    paused: row.paused_at
      ? { since: row.paused_at.toISOString(), reason: changes.findLast((c) => c.what === 'pause')?.reason ?? '' }
      : null,
    clockTerms: termsShown(row, law),
    clockChanges: changes.map((c) => changeShown(c, law)),
    remindedAt: row.reminded_at?.toISOString() ?? null,
    leftBy: row.left_by ? { id: row.left_by, name: row.left_name ?? '' } : null,
    climbed: row.climbed,
    called: called.map((c) => ({ id: c.id, name: c.name, step: c.step, at: c.at.toISOString() })),
    nextClimbAt: row.next_climb_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    toKnow,
    outcome: row.outcome,
    outcomeSaid: row.outcome === null ? null : (outcome?.(row.outcome) ?? null),
    outcomeNote: row.outcome_note,
    answeredBy: row.answered_by,
    byHand: byHand ? { begins: [...(byHand.begins ?? [])] } : null,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  }
}
