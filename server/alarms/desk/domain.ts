import { type AlarmCause, alarmActs, type settledNames } from '@zhijiao/contract/alarms'
import { Refusal, refuse } from '../../core/refusals.ts'
import * as says from './refusals.ts'

/**
 * Who may do what with an alarm (报警), and when. raised → claimed → submitted → approved or returned. The machine raised
 * it, a named officer finds out, another person reviews; nothing closes by silence, and not handling one (不予处理) is
 * itself a form with a reason and somebody else's approval.
 */
export interface Case {
  readonly state: 'gathering' | 'raised' | 'submitted' | 'settled'
  readonly level: number
  /** Milliseconds UTC. */
  readonly beganAt: number
  readonly settledAt: number | null
  readonly settledAs: keyof typeof settledNames | null
  /** The one it was delivered to or who claimed it. */
  readonly owner: { readonly id: string; readonly name: string } | null
  readonly claimed: boolean
  /** Everyone the roster has called for it. */
  readonly called: readonly string[]
  readonly closure: {
    readonly way: 'handled' | 'notHandled'
    readonly submittedBy: string | null
    readonly review: 'approved' | 'returned' | null
  } | null
  /** What was gathered by people, counted. */
  readonly gathered: { readonly files: number; readonly calls: number; readonly visits: number }
}

export interface Actor {
  readonly id: string
  readonly permissions: ReadonlySet<string>
}

export type Act = (typeof alarmActs)[number]

/** Fewest characters of a reason for not handling an alarm, of a finding "other", of a returning note. */
export const least = { reason: 10, other: 10, finding: 4, returned: 4, merge: 4 } as const
const dayMs = 86_400_000

const over = (alarm: Case) =>
  refuse(says.Over, {
    at: alarm.settledAt === null ? '—' : new Date(alarm.settledAt).toISOString(),
    as: alarm.settledAs ?? '—',
  })

/** Whether anything may be added to its record: from the moment it reached an officer until it is settled. */
export function open(alarm: Case): true | Refusal {
  if (alarm.state === 'settled') return over(alarm)
  return alarm.state === 'gathering' ? refuse(says.NotRaised) : true
}

/** Whoever may see it may take it while nobody has; the claim of the one who has it changes nothing. */
export function claim(alarm: Case, who: Actor): true | Refusal {
  const may = open(alarm)
  if (may !== true) return may
  if (alarm.claimed && alarm.owner && alarm.owner.id !== who.id) return refuse(says.Taken, { owner: alarm.owner.name })
  return alarm.state === 'submitted' ? refuse(says.UnderReview) : true
}

/** Whether this person may say how it ended: who claimed it, or anyone while nobody has. */
function mayConclude(alarm: Case, who: Actor): true | Refusal {
  const may = open(alarm)
  if (may !== true) return may
  if (alarm.state === 'submitted') return refuse(says.UnderReview)
  if (alarm.claimed && alarm.owner && alarm.owner.id !== who.id)
    return refuse(says.NotYours, { owner: alarm.owner.name })
  return true
}

/** What a closure still lacks. A level-1 alarm is not closed from the desk alone. */
export function lacks(alarm: Pick<Case, 'level' | 'gathered'>): typeof says.EvidenceMissing | null {
  const { files, calls, visits } = alarm.gathered
  return alarm.level === 1 && files + calls + visits === 0 ? says.EvidenceMissing : null
}

/** Submits the closure form (结案单). */
export function submit(
  alarm: Case,
  who: Actor,
  form: { readonly cause: AlarmCause; readonly finding: string },
): true | Refusal {
  const may = mayConclude(alarm, who)
  if (may !== true) return may
  const missing = lacks(alarm)
  if (missing) return refuse(missing)
  const needed = form.cause === 'C99' ? least.other : least.finding
  return form.finding.trim().length >= needed ? true : refuse(says.FindingShort, { least: needed })
}

/** Asks that nothing be done (不予处理). */
export function dismiss(alarm: Case, who: Actor, reason: string): true | Refusal {
  const may = mayConclude(alarm, who)
  if (may !== true) return may
  return reason.trim().length >= least.reason ? true : refuse(says.ReasonShort, { least: least.reason })
}

/** Takes a submission back (撤回) while nobody has reviewed it. */
export function withdraw(alarm: Case, who: Actor): true | Refusal {
  if (alarm.state !== 'submitted' || !alarm.closure) return refuse(says.NotUnderReview)
  return alarm.closure.submittedBy === who.id ? true : refuse(says.NotYours, { owner: alarm.owner?.name ?? '—' })
}

/** Reviews a submission: never one's own, and not handling only by the county (handbook §6). */
export function review(alarm: Case, who: Actor, verdict: 'approved' | 'returned', note: string): true | Refusal {
  if (alarm.state === 'settled') return over(alarm)
  if (alarm.state !== 'submitted' || !alarm.closure) return refuse(says.NotUnderReview)
  if (alarm.closure.submittedBy === who.id) return refuse(says.ReviewOwn)
  if (alarm.closure.way === 'notHandled' && !who.permissions.has('alarm.dismiss.approve'))
    return refuse(says.ReviewNotCompetent)
  if (verdict === 'returned' && note.trim().length < least.returned)
    return refuse(says.ReviewNote, { least: least.returned })
  return true
}

/** One of two alarms that may be one matter. */
export interface Twin {
  readonly id: string
  readonly number: number
  readonly person: string
  readonly alarm: Case
}

/**
 * Merges `other` into `into` (合并). Both must be this person's to conclude: merging ends the other, and nobody ends what a
 * colleague is working on. The graver one stays, so that no alarm grows milder by it.
 */
export function merge(into: Twin, other: Twin, who: Actor, reason: string): true | Refusal {
  if (into.id === other.id) return refuse(says.MergeSelf)
  if (into.person !== other.person) return refuse(says.MergePerson)
  for (const each of [into, other]) {
    const may = mayConclude(each.alarm, who)
    if (may !== true) return may
  }
  if (other.alarm.level < into.alarm.level) return refuse(says.MergeGraver, { number: other.number })
  return reason.trim().length >= least.merge ? true : refuse(says.MergeReason, { least: least.merge })
}

/** When a call or visit can have been: not in the future, nor more than a day before the alarm began. */
export function timely(alarm: Pick<Case, 'beganAt'>, at: number, now: number): true | Refusal {
  // A minute of grace for the clock of the officer's own computer.
  return at <= now + 60_000 && at >= alarm.beganAt - dayMs ? true : refuse(says.TimeWrong)
}

/** Every act that would not be refused now, for buttons: the same decisions, asked in advance. */
export function actsOf(alarm: Case, who: Actor): Act[] {
  const is = (answer: unknown) => !(answer instanceof Refusal)
  const long = '填'.repeat(least.reason)
  const can: Readonly<Record<Act, boolean>> = {
    acknowledge: is(open(alarm)),
    claim: is(claim(alarm, who)) && !(alarm.claimed && alarm.owner?.id === who.id),
    note: is(open(alarm)),
    attach: is(open(alarm)),
    // Shown although evidence is missing: the form says what is.
    submit: is(mayConclude(alarm, who)),
    dismiss: is(dismiss(alarm, who, long)),
    withdraw: is(withdraw(alarm, who)),
    review: is(review(alarm, who, 'returned', long)),
    transfer:
      is(open(alarm)) &&
      (alarm.owner?.id === who.id || who.permissions.has('task.transfer') || alarm.called.includes(who.id)),
    merge: is(mayConclude(alarm, who)),
  }
  const needs: Readonly<Record<Act, string>> = {
    acknowledge: 'alarm.handle',
    claim: 'alarm.handle',
    note: 'alarm.handle',
    attach: 'alarm.handle',
    submit: 'alarm.handle',
    dismiss: 'alarm.dismiss.request',
    withdraw: 'alarm.handle',
    review: 'alarm.review',
    transfer: 'task.act',
    merge: 'alarm.handle',
  }
  return alarmActs.filter((act) => can[act] && who.permissions.has(needs[act]))
}
