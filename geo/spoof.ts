import { isHis } from './counts.ts'
import { metresBetween } from './distance.ts'
import { type Fix, FixFault, FixFlag } from './fix.ts'
import { byTime } from './order.ts'
import { replayedRuns } from './replayed.ts'

/** Limits of suspecting a made-up track (虚拟定位, positioning.md §3.8). */
export interface SpoofParameters {
  /** So many moving fixes in a row with one radius and one height to the last digit. */
  readonly sameFixes: number
  /** So many moving fixes in a row at one speed to the last digit. */
  readonly noiselessFixes: number
  /** Share of places lying exactly on a grid of `gridDegrees`, and how many places that takes. */
  readonly gridShare: number
  readonly gridDegrees: number
  readonly gridFixes: number
  /** A step above this is movement, metres. */
  readonly movingM: number
  /** Moved at least this far by at most `footKmh` while the step counter stood still, metres. */
  readonly footM: number
  readonly footKmh: number
  /** Steps that repeat an earlier day's exactly. */
  readonly replaySteps: number
  /** From this score on it is worth a random face check. */
  readonly suspiciousScore: number
}

export const spoofDefaults: SpoofParameters = {
  sameFixes: 50,
  noiselessFixes: 50,
  gridShare: 0.95,
  gridDegrees: 1e-4,
  gridFixes: 20,
  movingM: 5,
  footM: 1_000,
  footKmh: 6,
  replaySteps: 20,
  suspiciousScore: 0.6,
}

/** One thing that speaks for a made-up track; `weight` 0–1 is how much by itself. */
export interface SpoofSignal {
  readonly kind:
    | 'mock-flag'
    | 'teleport'
    | 'same-accuracy-and-height'
    | 'noiseless-speed'
    | 'exact-grid'
    | 'no-steps'
    | 'replay'
    | 'elsewhere'
  readonly weight: number
  /** Fixes, steps or metres: what the kind counts. */
  readonly measure: number
  readonly from: number
  readonly to: number
}

/** All signals and their joint score, 0–1. `suspicious` never rests on a single signal. */
export interface SpoofScore {
  readonly score: number
  readonly suspicious: boolean
  readonly signals: readonly SpoofSignal[]
}

/** What else is known about the same time. */
export interface SpoofContext {
  /** Fixes of up to thirty earlier days, to find a track played again. */
  readonly earlier?: readonly Fix[]
  /** Teleports that `validate` reported. */
  readonly teleports?: readonly { readonly ts: number; readonly metres: number }[]
  /** Places told by cells, WiFi or address while satellites told another: metres beyond both radii. */
  readonly disagreements?: readonly { readonly ts: number; readonly metres: number }[]
}

/** Scores a stretch of one person's fixes, without what came on a line that was not believed. A lead for an officer, never an accusation. */
export function scoreSpoofing(
  fixes: readonly Fix[],
  context: SpoofContext = {},
  parameters: SpoofParameters = spoofDefaults,
): SpoofScore {
  const ordered = fixes.filter(isHis).sort(byTime)
  const sound = ordered.filter((fix) => fix.fault === FixFault.none && (fix.flags & FixFlag.notFixed) === 0)
  const moves = movesOf(sound, parameters.movingM)
  const signals = [
    mockSignal(ordered),
    teleportSignal(context.teleports ?? []),
    runSignal('same-accuracy-and-height', moves, parameters.sameFixes, 0.4, sameRadiusAndHeight),
    runSignal('noiseless-speed', moves, parameters.noiselessFixes, 0.35, sameSpeed),
    gridSignal(sound, parameters),
    stepSignal(sound, parameters),
    replaySignal(sound, context.earlier ?? [], parameters),
    elsewhereSignal(context.disagreements ?? []),
  ].filter((signal) => signal !== null)
  const score = Math.round((1 - signals.reduce((left, signal) => left * (1 - signal.weight), 1)) * 100) / 100
  return { score, suspicious: signals.length >= 2 && score >= parameters.suspiciousScore, signals }
}

/** Two neighbouring fixes between which the device moved. */
interface Move {
  readonly before: Fix
  readonly after: Fix
}

function movesOf(fixes: readonly Fix[], movingM: number): Move[] {
  return fixes.flatMap((after, i) => {
    const before = fixes[i - 1]
    if (!before || metresBetween(before.lat, before.lon, after.lat, after.lon) < movingM) return []
    return [{ before, after }]
  })
}

function mockSignal(fixes: readonly Fix[]): SpoofSignal | null {
  const mocked = fixes.filter((fix) => (fix.flags & FixFlag.mock) !== 0)
  return spanning('mock-flag', 0.7, mocked.length, mocked)
}

function teleportSignal(teleports: readonly { readonly ts: number }[]): SpoofSignal | null {
  return spanning('teleport', Math.min(0.6, 0.2 * teleports.length), teleports.length, teleports)
}

function elsewhereSignal(
  disagreements: readonly { readonly ts: number; readonly metres: number }[],
): SpoofSignal | null {
  const far = disagreements.filter(({ metres }) => metres > 2_000)
  return far.length < 3
    ? null
    : spanning('elsewhere', 0.6, Math.round(Math.max(...far.map(({ metres }) => metres))), far)
}

/** The longest run of moves that are alike. Constant radii alone are common in cheap devices, hence the height as well. */
function runSignal(
  kind: SpoofSignal['kind'],
  moves: readonly Move[],
  atLeast: number,
  weight: number,
  alike: (move: Move) => boolean,
): SpoofSignal | null {
  let [bestFrom, bestLength, from] = [0, 0, 0]
  moves.forEach((move, i) => {
    if (!alike(move)) from = i + 1
    else if (i + 1 - from > bestLength) [bestFrom, bestLength] = [from, i + 1 - from]
  })
  const best = moves.slice(bestFrom, bestFrom + bestLength)
  if (best.length < atLeast) return null
  return spanning(
    kind,
    weight,
    best.length,
    best.map((move) => move.after),
  )
}

function sameRadiusAndHeight({ before, after }: Move): boolean {
  return before.accuracyM === after.accuracyM && before.altitudeM !== null && before.altitudeM === after.altitudeM
}

function sameSpeed({ before, after }: Move): boolean {
  return before.speedKmh !== null && before.speedKmh > 0 && before.speedKmh === after.speedKmh
}

function gridSignal(fixes: readonly Fix[], { gridShare, gridDegrees, gridFixes }: SpoofParameters): SpoofSignal | null {
  const places = new Map(fixes.map((fix) => [`${fix.lat},${fix.lon}`, fix]))
  if (places.size < gridFixes) return null
  const onGrid = (degrees: number) => Math.abs(degrees / gridDegrees - Math.round(degrees / gridDegrees)) < 1e-3
  const exact = [...places.values()].filter((fix) => onGrid(fix.lat) && onGrid(fix.lon))
  return exact.length / places.size < gridShare ? null : spanning('exact-grid', 0.5, exact.length, exact)
}

/** A kilometre at walking pace without a step: carried in a car it would be faster, on foot it would be counted. */
function stepSignal(fixes: readonly Fix[], { footM, footKmh, movingM }: SpoofParameters): SpoofSignal | null {
  let metres = 0
  const walked: Fix[] = []
  for (let i = 1; i < fixes.length; i++) {
    const [before, after] = [fixes[i - 1], fixes[i]]
    if (!before || !after || before.steps === null || before.steps !== after.steps) continue
    const distance = metresBetween(before.lat, before.lon, after.lat, after.lon)
    const kmh = (distance / Math.max(1, after.ts - before.ts)) * 3_600
    if (distance < Math.max(movingM, before.accuracyM + after.accuracyM) || kmh > footKmh) continue
    metres += distance
    walked.push(after)
  }
  return metres < footM ? null : spanning('no-steps', 0.35, Math.round(metres), walked)
}

function replaySignal(
  fixes: readonly Fix[],
  earlier: readonly Fix[],
  { replaySteps }: SpoofParameters,
): SpoofSignal | null {
  const longest = replayedRuns(fixes, earlier, replaySteps).sort((a, b) => b.steps - a.steps)[0]
  return longest ? { kind: 'replay', weight: 0.7, measure: longest.steps, from: longest.from, to: longest.to } : null
}

function spanning(
  kind: SpoofSignal['kind'],
  weight: number,
  measure: number,
  at: readonly { readonly ts: number }[],
): SpoofSignal | null {
  const first = at[0]
  const last = at.at(-1)
  return first && last ? { kind, weight, measure, from: first.ts, to: last.ts } : null
}
