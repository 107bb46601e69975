import { noPlace } from './counts.ts'
import { MINUTE, SECOND } from './day.ts'
import { breachSide, type Fence, type Side } from './fence.ts'
import { type Fix, FixFault, FixFlag, type FixSource } from './fix.ts'

/** Limits of deciding in or out (positioning.md §3.2, §3.3). Provincial configuration; stored with each verdict. */
export interface PresenceParameters {
  /** A radius above this never decides, metres. */
  readonly accuracyGateM: number
  /** Past the line by this, beyond the radius, to count as out: county outlines and small places, metres. */
  readonly outBufferM: { readonly county: number; readonly small: number }
  readonly inBufferM: number
  /** Decisive fixes in a row that make a side firm, and the time they must span, ms. */
  readonly confirmations: number
  readonly spanMs: { readonly county: number; readonly small: number }
  /** Without any usable fix for this long the side is unknown, ms. A plan sparser than that needs more. */
  readonly silenceMs: number
  /** Fixes this far apart are two witnesses; nearer ones share their errors (a reflection lasts minutes), ms. */
  readonly independentMs: number
}

export const presenceDefaults: PresenceParameters = {
  accuracyGateM: 200,
  outBufferM: { county: 100, small: 30 },
  inBufferM: 0,
  confirmations: 3,
  spanMs: { county: 120 * SECOND, small: 60 * SECOND },
  silenceMs: 60 * MINUTE,
  independentMs: 15 * MINUTE,
}

/**
 * What is believed of one person and one fence. Plain data of some hundred bytes; survives JSON.
 *
 * `at` is unknown until one decisive fix; it is `firm` after several. While a firm side stands, a run of decisive fixes
 * for the other side grows in `run`; one decisive fix for the standing side ends it.
 */
export interface PresenceState {
  readonly at: Side | 'unknown'
  readonly firm: boolean
  /** When the side was taken: time of the first fix past the line, ms UTC; 0 while never known. */
  readonly since: number
  /** Latest fix that could have told anything, ms UTC; 0 before the first. */
  readonly lastTs: number
  readonly run: Run | null
}

/** Consecutive decisive fixes for one side, with what spoke against them meanwhile. */
export interface Run {
  readonly to: Side
  readonly count: number
  readonly firstTs: number
  readonly lastTs: number
  /** Chance that all of them mislead, 0–1; see `sureness`. */
  readonly doubt: number
  /** The first and the latest few, for an officer to see. */
  readonly marks: readonly Mark[]
  /** Fixes in the band along the line, and fixes not allowed to decide. */
  readonly neutral: number
  readonly ignored: number
}

export interface Mark {
  readonly ts: number
  /** Metres past the line, radius not subtracted. */
  readonly marginM: number
  readonly accuracyM: number
  readonly source: FixSource
}

export type Evidence =
  | ({ readonly kind: 'past-the-line' } & Mark)
  | { readonly kind: 'near-the-line'; readonly count: number }
  | { readonly kind: 'not-usable'; readonly count: number }

/**
 * suspected: first decisive fix for a side that does not stand firm; ask the device for more (0x8202).
 * confirmed: the side is now firm. cleared: a suspicion was answered by a decisive fix for the side that keeps the rule
 * or stood firm.
 */
export interface PresenceSignal {
  readonly kind: 'suspected' | 'confirmed' | 'cleared'
  readonly to: Side
  /** When it happened: first fix past the line, ms UTC. */
  readonly eventTs: number
  /** When it became known, ms UTC. */
  readonly detectedTs: number
  /** 0–1. */
  readonly sureness: number
  readonly evidenceFor: readonly Evidence[]
  readonly evidenceAgainst: readonly Evidence[]
}

export interface Observation {
  readonly state: PresenceState
  readonly signal: PresenceSignal | null
}

export const nothingKnown: PresenceState = { at: 'unknown', firm: false, since: 0, lastTs: 0, run: null }

/** How a fix may be used: live decisions refuse what arrived late or was stored; history allows both. */
export type Use = 'live' | 'history'

/**
 * Takes one fix into account. Late, blind, simulated, unpositioned, doubted, imported or faulty fixes never decide live, and a fix
 * not newer than the last changes nothing. Constant cost. `detectedTs` is receive time where the caller has it.
 */
export function observe(
  state: PresenceState,
  fix: Fix,
  fence: Fence,
  parameters: PresenceParameters = presenceDefaults,
  { use = 'live', detectedTs = fix.ts }: { readonly use?: Use; readonly detectedTs?: number } = {},
): Observation {
  if (fix.ts <= state.lastTs) return { state, signal: null }
  if (!usable(fix, use, parameters)) return { state: withAgainst(state, 'ignored'), signal: null }
  const { at, firm: stands, since, run: standing } = lapse(state, fix.ts, parameters)
  const current: PresenceState = { at, firm: stands, since, lastTs: fix.ts, run: standing }
  const mark = markOf(fix, fence, parameters)
  if (mark === null) return { state: withAgainst(current, 'neutral'), signal: null }
  // Nearly every fix says again what is already firm.
  if (stands && at === mark.to && standing === null) return { state: current, signal: null }

  const run = extended(current.run, mark, parameters)
  const firm = run.count >= parameters.confirmations && run.lastTs - run.firstTs >= parameters.spanMs[fence.size]
  if (current.at === mark.to && current.firm) {
    return { state: { ...current, run: null }, signal: tell('cleared', run, detectedTs) }
  }
  if (firm) {
    return {
      state: { at: mark.to, firm: true, since: run.firstTs, lastTs: fix.ts, run: null },
      signal: tell('confirmed', run, detectedTs),
    }
  }
  const suspicion = run.count === 1
  if (current.firm) return { state: { ...current, run }, signal: suspicion ? tell('suspected', run, detectedTs) : null }

  // Nothing stands firm: the latest decisive fix is the best there is, said with the little sureness it has.
  const turned = current.at !== 'unknown' && current.at !== mark.to
  const next: PresenceState = { at: mark.to, firm: false, since: run.firstTs, lastTs: fix.ts, run }
  if (turned && mark.to !== breachSide(fence)) return { state: next, signal: tell('cleared', run, detectedTs) }
  return { state: next, signal: suspicion ? tell('suspected', run, detectedTs) : null }
}

/** A firm side rests on several fixes in a row over a while, which misled in none of 4,060 fixes of real phones at rest. */
const firmlySure = 0.95

function tell(kind: PresenceSignal['kind'], run: Run, detectedTs: number): PresenceSignal {
  const { sureness: sure, ...evidence } = asEvidence(run)
  const sureness = kind === 'confirmed' ? Math.max(firmlySure, sure) : sure
  return { kind, to: run.to, eventTs: run.firstTs, detectedTs, sureness, ...evidence }
}

/** The state at `now`: unknown after a silence longer than the parameters allow. Never turns one side into the other. */
export function lapse(
  state: PresenceState,
  now: number,
  parameters: PresenceParameters = presenceDefaults,
): PresenceState {
  if (state.lastTs === 0 || now - state.lastTs <= parameters.silenceMs) return state
  if (state.at === 'unknown') return state.run === null ? state : { ...state, run: null }
  return { at: 'unknown', firm: false, since: state.lastTs, lastTs: state.lastTs, run: null }
}

/**
 * How sure decisive fixes of one run are, 0–0.99: one minus the chance that every one of them misleads. Each is believed by
 * its source, and more the more radii it lies past the line; one that follows soon after another adds little, because what
 * misled the first still stands (two fixes of one reflection are one witness). The figure orders cases; it is not a
 * probability to quote in a decision.
 */
export function sureness(marks: readonly Mark[], parameters: PresenceParameters = presenceDefaults): number {
  let last = Number.NEGATIVE_INFINITY
  let doubt = 1
  for (const mark of marks) {
    doubt *= doubtOf(mark) ** witness(mark.ts, last, parameters)
    last = mark.ts
  }
  return surenessOf(doubt)
}

/** How much a fix at `ts` witnesses beside the one before it, 0–1. */
const witness = (ts: number, lastTs: number, { independentMs }: PresenceParameters): number =>
  Math.min(1, Math.max(0, ts - lastTs) / independentMs)

const belief: Readonly<Record<FixSource, number>> = { gnss: 0.7, fused: 0.6, wifi: 0.55, cell: 0.3, unknown: 0.4 }

function doubtOf({ source, marginM, accuracyM }: Mark): number {
  const radii = Math.max(0, marginM) / Math.max(5, accuracyM)
  return 1 - belief[source] * (1 - Math.exp(-radii))
}

function surenessOf(doubt: number): number {
  return Math.min(0.99, Math.round((1 - doubt) * 100) / 100)
}

function usable(fix: Fix, use: Use, { accuracyGateM }: PresenceParameters): boolean {
  if (fix.fault !== FixFault.none || !(fix.accuracyM <= accuracyGateM)) return false
  return (fix.flags & refused[use]) === 0
}

const refused: Readonly<Record<Use, number>> = {
  live: noPlace | FixFlag.blind | FixFlag.late | FixFlag.imported,
  history: noPlace,
}

/** What a fix says for sure, or null in the band along the line. */
function markOf(fix: Fix, fence: Fence, parameters: PresenceParameters): (Mark & { readonly to: Side }) | null {
  const distance = fence.area.distanceToEdgeM(fix.lat, fix.lon)
  const to = distance > 0 ? 'out' : 'in'
  const marginM = Math.round(Math.abs(distance))
  const needed =
    to === 'out' ? parameters.outBufferM[fence.size] + fix.accuracyM : parameters.inBufferM + inwardRadius(fix, fence)
  if (Math.abs(distance) < needed) return null
  return { to, ts: fix.ts, marginM, accuracyM: fix.accuracyM, source: fix.source }
}

/**
 * The radius to subtract inside. Nobody can be farther inside a house than it is deep, so where being in keeps the rule
 * half that depth is enough; where being in breaks it, the doubt stays with the accuser.
 */
function inwardRadius(fix: Fix, fence: Fence): number {
  return fence.rule === 'keep-out' ? fix.accuracyM : Math.min(fix.accuracyM, fence.area.depthM / 2)
}

const SHOWN = 5

/** Every fix of somebody whose side is not firm yet passes here, so it copies by name and not by spreading. */
function extended(
  run: Run | null,
  { to, ts, marginM, accuracyM, source }: Mark & { readonly to: Side },
  parameters: PresenceParameters,
): Run {
  const mark: Mark = { ts, marginM, accuracyM, source }
  const doubt = doubtOf(mark)
  if (run === null || run.to !== to)
    return { to, count: 1, firstTs: ts, lastTs: ts, doubt, marks: [mark], neutral: 0, ignored: 0 }
  const { count, firstTs, neutral, ignored } = run
  return {
    to,
    count: count + 1,
    firstTs,
    lastTs: ts,
    doubt: run.doubt * doubt ** witness(ts, run.lastTs, parameters),
    marks: shown(run.marks, mark),
    neutral,
    ignored,
  }
}

/** The first and the latest few. */
function shown(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  if (marks.length < SHOWN) return marks.concat(mark)
  const next = marks.slice()
  next.splice(1, marks.length - SHOWN + 1)
  next.push(mark)
  return next
}

function withAgainst(state: PresenceState, kind: 'neutral' | 'ignored'): PresenceState {
  return state.run === null ? state : { ...state, run: { ...state.run, [kind]: state.run[kind] + 1 } }
}

function asEvidence(run: Run): Pick<PresenceSignal, 'sureness' | 'evidenceFor' | 'evidenceAgainst'> {
  const against: Evidence[] = []
  if (run.neutral > 0) against.push({ kind: 'near-the-line', count: run.neutral })
  if (run.ignored > 0) against.push({ kind: 'not-usable', count: run.ignored })
  return {
    sureness: surenessOf(run.doubt),
    evidenceFor: run.marks.map((mark) => ({ kind: 'past-the-line', ...mark })),
    evidenceAgainst: against,
  }
}
