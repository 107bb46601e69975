import { type Refusal, refuse } from '../refusals.ts'
import { NotYours, Over, ReceiverUnfit, Taken } from './refusals.ts'

export type TaskState = 'open' | 'claimed' | 'submitted' | 'done' | 'cancelled'

/** What the decisions need to know of a task. */
export interface Duty {
  readonly state: TaskState
  readonly owner: { readonly id: string; readonly name: string } | null
  /** Milliseconds UTC. */
  readonly claimedAt: number | null
  readonly dueAt: number | null
  readonly endedAt: number | null
  /** Everyone called so far. */
  readonly called: readonly string[]
}

export interface Actor {
  readonly id: string
  readonly permissions: ReadonlySet<string>
}

export const running = (state: TaskState) => state === 'open' || state === 'claimed' || state === 'submitted'

/** Past its clock: while it is still to be done, or for good when it was done too late. What awaits review is done in time or not by its submission. */
export function overdue(
  { state, dueAt, endedAt, paused }: Pick<Duty, 'state' | 'dueAt' | 'endedAt'> & { readonly paused?: boolean },
  now: number,
): boolean {
  if (dueAt === null || paused || state === 'cancelled' || state === 'submitted') return false
  return (state === 'done' ? (endedAt ?? now) : now) > dueAt
}

/** Claims a task: whoever may see it may take it while nobody has; the clock is none of a claim's business. */
export function claim(duty: Duty, who: Actor): 'already' | 'claimed' | Refusal {
  if (!running(duty.state)) return refuse(Over)
  if (duty.state === 'open') return 'claimed'
  if (duty.owner?.id === who.id) return 'already'
  return refuse(Taken, {
    owner: duty.owner?.name ?? '—',
    since: duty.claimedAt === null ? '—' : new Date(duty.claimedAt).toISOString(),
  })
}

/** Hands a task on (转办): its owner may, a head may, and whoever the ladder has called over the owner's head. */
export function transfer(
  duty: Duty,
  who: Actor,
  receiver: { readonly permissions: ReadonlySet<string> } | undefined,
  needs: string,
): true | Refusal {
  if (!running(duty.state)) return refuse(Over)
  const allowed =
    duty.owner?.id === who.id || who.permissions.has('task.transfer') || duty.called.includes(who.id) || !duty.owner
  if (!allowed) return refuse(NotYours, { owner: duty.owner?.name ?? '—' })
  return receiver?.permissions.has(needs) ? true : refuse(ReceiverUnfit)
}

/** The post of a duty that the supervised person has himself: no list of the staff shows it, no ladder is climbed for it. */
export const supervised = 'subject'

/** One place on the ladder of a unit: 1 office duty, 2 office head, 3 county duty, 4 county head. */
export interface Rung {
  readonly staff: { readonly id: string; readonly name: string }
  readonly step: number
}

/**
 * Where on the ladder the post of a duty stands: what an officer leaves undone goes to the head of his office first, what
 * the county agency leaves undone to its head. Above the county nobody is called; the duty stays shown as overdue.
 */
export function baseRung(role: string): number {
  if (role === 'officer' || role === 'socialWorker') return 1
  if (role === 'officeHead') return 2
  return role === 'county' ? 3 : 4
}

/** Whom to call next: the lowest rung above the highest called whose holder has not been called yet; null at the top. */
export function nextRung(ladder: readonly Rung[], reached: number, called: readonly string[]): Rung | null {
  return (
    [...ladder]
      .sort((a, b) => a.step - b.step)
      .find(({ step, staff }) => step > reached && !called.includes(staff.id)) ?? null
  )
}
