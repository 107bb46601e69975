import type { RuleId } from '@zhijiao/law/rule'
import { lawFor } from '../core/circumstances.ts'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Ledger } from '../core/ledger/append.ts'
import { firstClimbAt, nextReminderAt } from '../core/tasks/clock.ts'
import type { Opened } from '../core/tasks.ts'

/**
 * One clock may run through several hands (调查评估: INV-01 for the whole of it). More time that was agreed for one hand
 * was agreed for the business: the next hand has it too. Answers the instant it falls due, null where nothing was agreed.
 */
export async function keepAgreedTime(
  { db, ledger }: { db: ScopedDb; ledger: Ledger },
  house: House,
  opened: Opened,
  of: { readonly rule: RuleId; readonly subject: string },
): Promise<Date | null> {
  const agreed = await db
    .selectFrom('task_clock')
    .innerJoin('task', 'task.id', 'task_clock.task_id')
    .selectAll('task_clock')
    .select('task.due_on')
    .where('task.subject_id', '=', of.subject)
    .where('task.clock_rule', '=', of.rule)
    .where('task.id', '<>', opened.id)
    .where('task_clock.what', '=', 'extend')
    .orderBy('task_clock.at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!agreed?.due_on || !agreed.due_after || (opened.dueOn !== null && agreed.due_on <= opened.dueOn)) return null
  const task = await db.selectFrom('task').selectAll().where('id', '=', opened.id).executeTakeFirstOrThrow()
  const now = house.chance.now()
  const law = await lawFor(house, task.org_code, now)
  const clock = { ...task, due_on: agreed.due_on, due_at: agreed.due_after }
  await db
    .updateTable('task')
    .set({
      due_on: clock.due_on,
      due_at: clock.due_at,
      next_climb_at: firstClimbAt(clock, law),
      next_remind_at: nextReminderAt(clock, now, law),
    })
    .where('id', '=', task.id)
    .execute()
  const { due_on: _, ...change } = agreed
  await db
    .insertInto('task_clock')
    .values({ ...change, id: house.chance.id(), task_id: task.id, at: new Date(now), due_before: task.due_at })
    .execute()
  await ledger.append({
    kind: 'task.extended',
    org: task.org_code,
    person: task.person_id,
    subject: task.id,
    cites: [of.rule],
    payload: { carried: true, from: task.due_on, to: agreed.due_on, agreedWith: agreed.agreed_with },
  })
  return agreed.due_after
}
