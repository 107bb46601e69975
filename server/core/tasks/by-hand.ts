import { notAllowed, refuse, settled } from '../refusals.ts'
import { type Actor, type Duty, running } from './domain.ts'
import { type TaskKind, taskKind } from './kinds.ts'
import { NotByHand, NotYours, Over } from './refusals.ts'
import type { TaskRow } from './store.ts'

const outcomes: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  doneByHand: { zh: '已办结', en: 'Done' },
  calledOff: { zh: '已取消', en: 'Called off' },
}
/** How a plain duty ended, in words. */
export const handOutcome = (code: string) => outcomes[code] ?? null

/** What is written on a task beside its outcome. */
export interface Answer {
  readonly note: string
  /** The matter that did what it asked for. */
  readonly matter?: string
}

interface Acts {
  readonly duty: (task: TaskRow) => Promise<Duty>
  readonly running: (kind: string, people: readonly string[]) => Promise<readonly TaskRow[]>
  readonly end: (
    task: TaskRow,
    state: 'done' | 'cancelled',
    outcome: string,
    by: Actor,
    answer: Answer,
  ) => Promise<void>
}

/** Whether this may say that it is done: its owner, a head, and where nobody has it whoever may have it. */
function mayEnd(kind: TaskKind, duty: Duty, by: Actor) {
  if (!running(duty.state)) return refuse(Over)
  if (!kind.byHand) return refuse(NotByHand)
  const free = duty.owner === null && by.permissions.has(kind.may)
  const his = duty.owner?.id === by.id || duty.called.includes(by.id)
  return his || free || by.permissions.has('task.transfer') || refuse(NotYours, { owner: duty.owner?.name ?? '—' })
}

/**
 * How a plain duty (kind `byHand`) ends: by a business that is registered from it, by the thing itself being done
 * elsewhere, by a word of its owner, or called off by a head. No other kind ends here: it ends with what it is about.
 */
export const handActs = ({ duty, running: runningOf, end }: Acts) => ({
  /** 办结: done, with what was done. */
  async complete(task: TaskRow, by: Actor, note: string): Promise<void> {
    settled(mayEnd(taskKind(task.kind), await duty(task), by))
    await end(task, 'done', 'doneByHand', by, { note })
  },

  /** 取消: a head says that it is not needed. */
  async callOff(task: TaskRow, by: Actor, reason: string): Promise<void> {
    if (!by.permissions.has('task.transfer')) throw notAllowed('task.transfer')
    settled(mayEnd(taskKind(task.kind), await duty(task), by))
    await end(task, 'cancelled', 'calledOff', by, { note: reason })
  },

  /** A business was registered from the task: it answers it where its kind says so and both are about one person. */
  async answer(
    task: TaskRow,
    by: Actor,
    matter: { readonly id: string; readonly kind: string; readonly person: string | null },
  ): Promise<void> {
    const kind = taskKind(task.kind)
    const fits = kind.byHand?.begins?.includes(matter.kind) && task.person_id === matter.person
    if (!fits) throw refuse(NotByHand)
    settled(mayEnd(kind, await duty(task), by))
    await end(task, 'done', matter.kind, by, { note: '', matter: matter.id })
  },

  /** What tasks of this kind ask for was done for these people, whoever did it. */
  async thingDone(kind: string, people: readonly string[], by: Actor, outcome: string, note: string): Promise<void> {
    for (const task of await runningOf(kind, people)) await end(task, 'done', outcome, by, { note })
  },
})
