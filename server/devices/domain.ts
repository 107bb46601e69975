import type { DeviceKind, EndReason, Regime } from '@zhijiao/contract/devices'
import { type CivilDate, endOfLegalDay, legalDayOf, plusDays, startOfLegalDay } from '@zhijiao/law/civil-date'
import { isRefusal } from '@zhijiao/law/refusals'
import type { RuleId } from '@zhijiao/law/rule'
import { type DeviceGround, deviceGrounds, deviceTerm, extendDevice } from '@zhijiao/law/term'
import { type Refusal, refuse } from '../core/refusals.ts'
import type { Circumstances } from '../core/room.ts'
import {
  NoTerm,
  NotHolder,
  OverCeiling,
  PersonState,
  RemovalDecided,
  TermRefused,
  WrongKind,
  WrongState,
} from './refusals.ts'

/** The person as far as a term depends on him. */
export interface Subject {
  readonly id: string
  readonly org: string
  readonly state: string
  /** Last day of correction. */
  readonly termEnd: CivilDate
}

export interface Holding {
  readonly id: string
  readonly kind: DeviceKind
  readonly holder: string | null
}

/** A term as decided: [startsAt, endsAt), milliseconds UTC. */
export interface Term {
  readonly regime: Regime
  readonly ground: string
  readonly article: string
  readonly rule: RuleId
  readonly startsAt: number
  readonly endsAt: number
  readonly ceilingS: number | null
  readonly intervalS: number
  readonly cites: readonly RuleId[]
}

const watched: ReadonlySet<string> = new Set(['inCorrection', 'missing', 'awaiting'])
/** Seconds between two positions of a device unless the approval says otherwise. */
const deviceIntervalS = 300
const minutes = (n: number) => n * 60

/** Least seconds between two positions under the information check: SET-03 in minutes, by default 60 (社区矫正法 26, 34). */
export function ceilingOf(law: Circumstances['law']): number {
  return minutes(Math.max(1, law.number('SET-03', 60)))
}

/**
 * Starts an information check 信息化核查 (法 26): by phone, sampled, in the caller's own name. The default lasts as long as
 * the correction.
 */
export function startCheck(
  subject: Subject,
  device: Holding,
  wish: { startsOn?: CivilDate; lastDay?: CivilDate },
  { now, today, law }: Circumstances,
): Term | Refusal {
  const unfit = unfitFor(subject, device, 'check')
  if (unfit) return unfit
  const lastDay = wish.lastDay ?? subject.termEnd
  const start = wish.startsOn ?? today
  if (start < today) return refuse(TermRefused, { detail: `${start} < ${today}` })
  if (lastDay < start || lastDay > subject.termEnd)
    return refuse(TermRefused, { detail: `${lastDay} ∉ ${start}…${subject.termEnd}` })
  const ceilingS = ceilingOf(law)
  return {
    regime: 'check',
    ground: 'informationCheck',
    article: '26',
    rule: 'EPD-09',
    startsAt: Math.max(now, startOfLegalDay(start)),
    endsAt: endOfLegalDay(lastDay),
    ceilingS,
    intervalS: ceilingS,
    cites: ['EPD-09'],
  }
}

/** Proposes an electronic positioning device 电子定位装置 (法 29); nothing runs before the head of the administration approves. */
export function proposeDevice(
  subject: Subject,
  device: Holding,
  wish: { ground: DeviceGround; startsOn?: CivilDate; lastDay: CivilDate; intervalS?: number },
  { today }: Circumstances,
): Term | Refusal {
  const unfit = unfitFor(subject, device, 'device')
  if (unfit) return unfit
  const start = wish.startsOn ?? today
  if (start < today) return refuse(TermRefused, { detail: `${start} < ${today}` })
  const term = deviceTerm({ start, lastDay: wish.lastDay }, subject.termEnd)
  if (isRefusal(term)) return refuse(TermRefused, { detail: String(term.detail.detail ?? term.zh) })
  return {
    regime: 'device',
    ground: wish.ground,
    article: `29(${deviceGrounds[wish.ground].clause})`,
    rule: 'EPD-01',
    startsAt: startOfLegalDay(start),
    endsAt: endOfLegalDay(wish.lastDay),
    ceilingS: null,
    intervalS: wish.intervalS ?? deviceIntervalS,
    cites: ['EPD-01', 'EPD-02', 'EPD-03', 'EPD-07'],
  }
}

/** Approves: the term begins now or on its first day, whichever is later, and never reaches past three months from there. */
export function approveDevice(
  proposed: { state: string; startsAt: number; endsAt: number; extends: string | null },
  subject: Subject,
  { now, today }: Circumstances,
): { startsAt: number; endsAt: number } | Refusal {
  if (proposed.state !== 'proposed') return refuse(WrongState, { state: proposed.state })
  if (!watched.has(subject.state)) return refuse(PersonState, { state: subject.state })
  // An extension goes on where the old term ends; approved after that, it would leave a gap and needs a new ground.
  if (proposed.extends && now >= proposed.startsAt)
    return refuse(TermRefused, { detail: `${today} > ${legalDayOf(proposed.startsAt - 1)}` })
  const startsAt = Math.max(now, proposed.startsAt)
  if (startsAt >= proposed.endsAt)
    return refuse(TermRefused, { detail: `${today} > ${legalDayOf(proposed.endsAt - 1)}` })
  return { startsAt, endsAt: proposed.endsAt }
}

/** Proposes an extension (EPD-04): assessed within the running term, at most three months, without a gap. */
export function extend(
  running: {
    state: string
    regime: Regime
    startsAt: number
    endsAt: number
    ground: string
    article: string
    intervalS: number
  },
  wish: { assessedOn: CivilDate; lastDay: CivilDate },
  subject: Subject,
  { today }: Circumstances,
): Term | Refusal {
  if (running.state !== 'running' || running.regime !== 'device') return refuse(WrongState, { state: running.state })
  if (wish.assessedOn > today) return refuse(TermRefused, { detail: `${wish.assessedOn} > ${today}` })
  const old = { start: legalDayOf(running.startsAt), lastDay: legalDayOf(running.endsAt - 1) }
  const term = extendDevice(
    old,
    { assessedOn: wish.assessedOn, approvedOn: today, lastDay: wish.lastDay },
    subject.termEnd,
  )
  if (isRefusal(term)) return refuse(TermRefused, { detail: String(term.detail.detail ?? term.zh) })
  return {
    regime: 'device',
    ground: running.ground,
    article: running.article,
    rule: 'EPD-04',
    startsAt: startOfLegalDay(plusDays(old.lastDay, 1)),
    endsAt: endOfLegalDay(wish.lastDay),
    ceilingS: null,
    intervalS: running.intervalS,
    cites: ['EPD-01', 'EPD-02', 'EPD-04'],
  }
}

/**
 * Whether the desk of the activations may end a term for this reason: release, custody, death and transfer are facts that end
 * it by themselves. That a device is not needed any more (社区矫正法 29, EPD-05) is decided by who approved it, in the procedure
 * 电子定位装置审批; the information check ends as it began, in the caller's own name.
 */
export function mayEndAtDesk(regime: Regime, why: EndReason): true | Refusal {
  return regime === 'device' && why === 'removal' ? refuse(RemovalDecided) : true
}

/** The rule under which a term ends. */
export const ruleOfEnd: Readonly<Record<EndReason, readonly RuleId[]>> = {
  term: ['EPD-03'],
  removal: ['EPD-05'],
  release: ['EPD-05'],
  custody: ['EPD-05'],
  death: ['EPD-05'],
  transfer: ['EPD-05'],
  deviceChanged: ['EPD-05'],
  deviceReturned: ['EPD-05'],
}

/** What ended a term when the person left correction. */
export function endedByState(state: string): EndReason | null {
  if (state === 'released') return 'release'
  if (state === 'detained') return 'custody'
  if (state === 'terminated') return 'removal'
  if (state === 'transferred') return 'transfer'
  return null
}

/** Whether a command to a device is lawful under the term that runs on it. */
export function mayCommand(
  command: { kind: string; intervalS?: number; seconds?: number },
  term: { regime: Regime; ceilingS: number | null } | null,
): true | Refusal {
  const positions = command.kind === 'locate' || command.kind === 'burst' || command.kind === 'interval'
  if (!positions) return true
  if (!term) return refuse(NoTerm, {})
  const apart = command.kind === 'burst' ? command.intervalS : command.seconds
  if (term.ceilingS !== null && command.kind !== 'locate' && (command.kind === 'burst' || (apart ?? 0) < term.ceilingS))
    return refuse(OverCeiling, { ceilingMin: Math.round(term.ceilingS / 60) })
  return true
}

/** Phones serve the information check, dedicated equipment article 29 (实施办法 37); a simulator stands for either. */
export const fitsRegime = (kind: DeviceKind, regime: Regime): boolean =>
  kind === 'simulator' || (kind === 'phone') === (regime === 'check')

/** Whether somebody in this state of his file may be positioned at all. */
export const mayBePositioned = (state: string): boolean => watched.has(state)

function unfitFor(subject: Subject, device: Holding, regime: Regime): Refusal | null {
  if (!watched.has(subject.state)) return refuse(PersonState, { state: subject.state })
  if (device.holder !== subject.id) return refuse(NotHolder, {})
  return fitsRegime(device.kind, regime) ? null : refuse(WrongKind, {})
}
