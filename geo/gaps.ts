import { isHis, isPlace } from './counts.ts'
import { DAY, HOUR, MINUTE, SECOND } from './day.ts'
import { apartM } from './distance.ts'
import { type Fix, FixFault, FixFlag } from './fix.ts'
import { byTime } from './order.ts'

/** Limits of silence (positioning.md §3.6). Provincial configuration. */
export interface GapParameters {
  /** Without a usable fix for this long: yellow, then red; by day and while the plan says the device sleeps, ms. */
  readonly yellowMs: { readonly awake: number; readonly asleep: number }
  readonly redMs: { readonly awake: number; readonly asleep: number }
  /** A plan sparser than that waits for so many of its intervals instead. */
  readonly yellowIntervals: number
  readonly redIntervals: number
  /** No byte for so many heartbeats, and at least this long, ms: the link is down. */
  readonly heartbeats: number
  readonly offlineAtLeastMs: number
  /** Then the search procedure begins, ms. */
  readonly searchMs: number
  /** At or below this charge a device ran down, percent. */
  readonly emptyPct: number
  /** A step between stored fixes above this leaves a gap uncovered, ms. */
  readonly coverStepMs: number
  /** More than this share of a cell's devices silent together: the network failed, not the person. */
  readonly outageShare: number
}

export const gapDefaults: GapParameters = {
  yellowMs: { awake: 30 * MINUTE, asleep: 60 * MINUTE },
  redMs: { awake: 60 * MINUTE, asleep: 120 * MINUTE },
  yellowIntervals: 3,
  redIntervals: 6,
  heartbeats: 3,
  offlineAtLeastMs: 180 * SECOND,
  searchMs: DAY,
  emptyPct: 5,
  coverStepMs: 30 * MINUTE,
  outageShare: 0.3,
}

/** What a device was told to do. */
export interface Plan {
  readonly intervalS: number
  readonly heartbeatS: number
  readonly asleep: boolean
}

/** When silence grows serious if nothing more is heard, ms UTC; what the timing wheel is set to. */
export interface GapDeadlines {
  readonly offlineAt: number
  readonly yellowAt: number
  readonly redAt: number
  readonly searchAt: number
}

/**
 * Deadlines from the last byte and the last usable fix. A device that said it was being switched off is yellow from then;
 * `shutdownAt` counts only when nothing was heard after it.
 */
export function gapDeadlines(
  plan: Plan,
  heard: { readonly lastByteTs: number; readonly lastFixTs: number; readonly shutdownAt: number | null },
  parameters: GapParameters = gapDefaults,
): GapDeadlines {
  const rhythm = plan.asleep ? 'asleep' : 'awake'
  const interval = plan.intervalS * SECOND
  const yellow = Math.max(parameters.yellowMs[rhythm], interval * parameters.yellowIntervals)
  const red = Math.max(parameters.redMs[rhythm], interval * parameters.redIntervals)
  const beats = Math.max(parameters.offlineAtLeastMs, plan.heartbeatS * SECOND * parameters.heartbeats)
  const off = heard.shutdownAt !== null && heard.shutdownAt >= heard.lastByteTs ? heard.shutdownAt : null
  return {
    offlineAt: off ?? heard.lastByteTs + beats,
    yellowAt: Math.min(off ?? Number.POSITIVE_INFINITY, heard.lastFixTs + yellow),
    redAt: heard.lastFixTs + red,
    searchAt: heard.lastFixTs + parameters.searchMs,
  }
}

/** Whether so many silent devices of one cell mean that the cell failed. One or two devices prove nothing. */
export function isCellOutage(silent: number, total: number, parameters: GapParameters = gapDefaults): boolean {
  return total >= 3 && silent / total > parameters.outageShare
}

/** Something the device or the network said about itself. */
export interface DeviceEvent {
  readonly ts: number
  readonly kind: 'shutdown' | 'boot' | 'power-off-alarm' | 'low-battery' | 'cell-outage' | 'cell-restored'
}

/** Why there may have been silence, the most telling first. None of them excuses or accuses by itself. */
export type GapExplanation =
  | { readonly kind: 'blind-covered'; readonly fixes: number }
  | { readonly kind: 'blind-partly-covered'; readonly fixes: number }
  | { readonly kind: 'ran-down'; readonly batteryPct: number }
  | { readonly kind: 'shut-down'; readonly ts: number }
  | { readonly kind: 'rebooted'; readonly ts: number }
  | { readonly kind: 'cell-outage'; readonly from: number; readonly to: number }
  | { readonly kind: 'clock-wrong'; readonly fixes: number }
  | { readonly kind: 'simulated'; readonly fixes: number }
  | { readonly kind: 'unexplained' }

export interface Gap {
  /** Last usable fix before and first after, ms UTC; an end of the examined time where there is none. */
  readonly start: number
  readonly end: number
  readonly weight: 'yellow' | 'red' | 'search'
  readonly lastFix: Fix | null
  readonly firstAfter: Fix | null
  /** Last charge known before the gap, percent. */
  readonly lastBatteryPct: number | null
  readonly charging: boolean
  /** Metres between the last and the first place; null where one is missing. */
  readonly movedM: number | null
  readonly explanations: readonly GapExplanation[]
}

/**
 * Gaps in one activation's time [from, to): stretches without a usable live fix that reach yellow. Stored fixes that came
 * later explain a gap and never remove it, nor do simulated ones; what came on a line that was not believed does neither.
 */
export function findGaps(
  fixes: readonly Fix[],
  {
    from,
    to,
    plan,
    events = [],
  }: { readonly from: number; readonly to: number; readonly plan: Plan; readonly events?: readonly DeviceEvent[] },
  parameters: GapParameters = gapDefaults,
): Gap[] {
  const ordered = fixes.filter(isHis).sort(byTime)
  const usable = ordered.filter((fix) => isPlace(fix) && fix.ts >= from && fix.ts < to)
  const live = usable.filter((fix) => (fix.flags & FixFlag.blind) === 0)
  const limits = gapDeadlines(plan, { lastByteTs: 0, lastFixTs: 0, shutdownAt: null }, parameters)
  const gaps: Gap[] = []
  for (let i = 0; i <= live.length; i++) {
    const lastFix = live[i - 1] ?? null
    const firstAfter = live[i] ?? null
    const [start, end] = [lastFix?.ts ?? from, firstAfter?.ts ?? to]
    const length = end - start
    if (length < limits.yellowAt) continue
    const known = ordered.filter((fix) => fix.ts <= start && fix.batteryPct !== null).at(-1)
    gaps.push({
      start,
      end,
      weight: length >= limits.searchAt ? 'search' : length >= limits.redAt ? 'red' : 'yellow',
      lastFix,
      firstAfter,
      lastBatteryPct: known?.batteryPct ?? null,
      charging: lastFix !== null && (lastFix.flags & FixFlag.charging) !== 0,
      movedM: lastFix && firstAfter ? Math.round(apartM(lastFix, firstAfter)) : null,
      explanations: explain(start, end, usable, ordered, known?.batteryPct ?? null, events, parameters),
    })
  }
  return gaps
}

function explain(
  start: number,
  end: number,
  usable: readonly Fix[],
  all: readonly Fix[],
  batteryPct: number | null,
  events: readonly DeviceEvent[],
  { coverStepMs, emptyPct }: GapParameters,
): GapExplanation[] {
  const found: GapExplanation[] = []
  const stored = usable.filter((fix) => fix.ts > start && fix.ts < end)
  const [first] = stored
  if (first) {
    const times = [start, ...stored.map((fix) => fix.ts), end]
    const covered = times.every((ts, i) => i === 0 || ts - (times[i - 1] ?? ts) <= coverStepMs)
    found.push({ kind: covered ? 'blind-covered' : 'blind-partly-covered', fixes: stored.length })
  }
  const near = (kinds: readonly DeviceEvent['kind'][]) =>
    events.find((event) => kinds.includes(event.kind) && event.ts >= start - 5 * MINUTE && event.ts <= end + 5 * MINUTE)
  if (batteryPct !== null && batteryPct <= emptyPct) found.push({ kind: 'ran-down', batteryPct })
  const shutdown = near(['shutdown', 'power-off-alarm'])
  if (shutdown) found.push({ kind: 'shut-down', ts: shutdown.ts })
  const boot = near(['boot'])
  if (boot) found.push({ kind: 'rebooted', ts: boot.ts })
  const outage = outages(events, end).find((span) => span.from <= start + HOUR && span.to > start)
  if (outage) found.push({ kind: 'cell-outage', ...outage })
  const wrongClock = all.filter((fix) => fix.fault === FixFault.clockWrong).length
  if (wrongClock > 0) found.push({ kind: 'clock-wrong', fixes: wrongClock })
  const simulated = all.filter((fix) => (fix.flags & FixFlag.mock) !== 0 && fix.ts > start && fix.ts < end).length
  if (simulated > 0) found.push({ kind: 'simulated', fixes: simulated })
  return found.length > 0 ? found : [{ kind: 'unexplained' }]
}

/** Network failures as spans; one not yet restored lasts to the end of the gap. */
function outages(events: readonly DeviceEvent[], end: number): { from: number; to: number }[] {
  const starts = events.filter((event) => event.kind === 'cell-outage')
  return starts.map(({ ts }) => {
    const restored = events.find((event) => event.kind === 'cell-restored' && event.ts > ts)
    return { from: ts, to: restored?.ts ?? end }
  })
}

/**
 * Share of required time that was covered, 0–1: each usable fix covers what follows it, at most `worthMs` (15 min). The
 * figure to rank offices by; "at least one fix today" is the one published against 95 %.
 */
export function coverage(fixes: readonly Fix[], from: number, to: number, worthMs = 15 * MINUTE): number {
  if (to <= from) return 0
  const times = fixes
    .filter((fix) => isPlace(fix) && fix.ts < to && fix.ts + worthMs > from)
    .map((fix) => fix.ts)
    .sort((a, b) => a - b)
  let covered = 0
  times.forEach((ts, i) => {
    const until = Math.min(ts + worthMs, times[i + 1] ?? to, to)
    covered += Math.max(0, until - Math.max(ts, from))
  })
  return covered / (to - from)
}
