import { addDays, dayStart, HOUR, legalDay, MINUTE, timeOfDay } from '@zhijiao/geo/day'
import { metresBetween } from '@zhijiao/geo/distance'
import type { Fix } from '@zhijiao/geo/fix'
import { type Sign, type Signal, tells } from '../domain.ts'
import type { Said } from '../kinds.ts'
import { inHours } from './silence.ts'
import type { Slot } from './slot.ts'
import type { Thresholds } from './thresholds.ts'

/** How much of the night must be known to say anything. */
const leastCoverage = 0.3
/** A position speaks for at most this long. */
const worthMs = 15 * MINUTE
/** Of a position's radius this much is granted on top of the distance that is home, metres. */
const mostRadiusM = 200
/** Longer at home than this goes with no absence. */
const homeAtMostMs = HOUR

/** One night so far, and the nights found away. Only those outlive a restart: half a night proves nothing. */
export interface Night {
  /** Legal day it began on. */
  day: string
  homeMs: number
  awayMs: number
  lastTs: number
  lastHome: boolean
  /** Legal days whose nights were spent away, latest last. */
  away: string[]
}

type Pattern = Pick<Thresholds['night'], 'in7' | 'in30'>

/** Counts a live position towards the night it lies in (夜不归宿). Missing data is no absence: that is the gap's matter. */
export function seeNight(slot: Slot, fix: Fix, out: Signal[]): void {
  const { home } = slot.activation
  if (!home) return
  const { from, until, homeM } = slot.rules.night
  const t = timeOfDay(fix.ts) / MINUTE
  const within = inHours(t, from, until)
  // A night over midnight is named by the day of its evening.
  const day = from < until || t >= from ? legalDay(fix.ts) : addDays(legalDay(fix.ts), -1)
  const night = slot.night
  if (night && night.lastTs > 0 && (!within || night.day !== day)) close(slot, night, out)
  if (!within) return
  const now = slot.night ?? { day, homeMs: 0, awayMs: 0, lastTs: 0, lastHome: false, away: [] }
  slot.night = now
  now.day = day
  if (now.lastTs > 0) credit(now, Math.min(worthMs, fix.ts - now.lastTs))
  now.lastTs = fix.ts
  now.lastHome = metresBetween(fix.lat, fix.lon, home.lat, home.lon) <= homeM + Math.min(fix.accuracyM, mostRadiusM)
}

function credit(night: Night, ms: number): void {
  if (night.lastHome) night.homeMs += ms
  else night.awayMs += ms
}

function close(slot: Slot, night: Night, out: Signal[]): void {
  credit(night, worthMs)
  const { from, until, awayMs } = slot.rules.night
  const lengthMs = ((until - from + 1440) % 1440) * MINUTE
  const known = (night.homeMs + night.awayMs) / lengthMs >= leastCoverage
  const absent = known && night.awayMs >= awayMs && night.homeMs < homeAtMostMs
  night.homeMs = 0
  night.awayMs = 0
  night.lastTs = 0
  if (!absent) return
  night.away = [...night.away, night.day].filter((day) => day > addDays(night.day, -30))
  slot.dirty = true
  // Offered each time: which nights were on leave only the clerk knows, and an open episode takes the next as one more.
  if (isPattern(night.away, slot.rules.night)) out.push(patternSign(slot, night.away))
}

/** Whether nights away, latest last, are a pattern on the latest of them: so many of seven, or of thirty (positioning.md §3.5). */
function isPattern(away: readonly string[], { in7, in30 }: Pattern): boolean {
  const last = away.at(-1)
  if (last === undefined) return false
  const within = (days: number) => away.filter((day) => day > addDays(last, -days)).length
  return within(7) >= in7 || within(30) >= in30
}

/**
 * A sign without the nights that were spent away under an approved leave; null where what is left is no pattern, or where
 * the latest night itself was on leave: then nothing new happened.
 */
export function withoutNights(sign: Sign, excused: ReadonlySet<string>, pattern: Pattern): Sign | null {
  const nights = nightsOf(sign)
  const left = nights.filter((day) => !excused.has(day))
  if (left.at(-1) !== nights.at(-1) || !isPattern(left, pattern)) return null
  const evidence = sign.evidence.filter((_, i) => !excused.has(nights[i] ?? ''))
  return { ...sign, at: Date.parse(evidence[0]?.at ?? '') || sign.at, where: howMany(left), evidence }
}

/**
 * A sign beside what alarms that are closed have told already: null where its latest night is among that, which another
 * device of the same person says again; else it begins with the first night that is not. One alarm a night at most, and
 * each is of its own night.
 */
export function sinceTold(sign: Sign, told: ReadonlySet<string>): Sign | null {
  const nights = nightsOf(sign)
  if (told.has(nights.at(-1) ?? '')) return null
  const first = sign.evidence.find((_, i) => !told.has(nights[i] ?? ''))
  return { ...sign, at: Date.parse(first?.at ?? '') || sign.at }
}

/** Legal days of the evenings of the nights that a sign tells of, latest last. */
export const nightsOf = (sign: Sign): readonly string[] => sign.evidence.map((e) => legalDay(Date.parse(e.at)))

function patternSign(slot: Slot, away: readonly string[]): Sign {
  return {
    what: 'confirmed',
    kind: 'nightAbsent',
    activationNo: slot.activation.no,
    fence: null,
    at: dayStart(away[0] ?? legalDay(slot.lastTs)) + slot.rules.night.from * MINUTE,
    sureness: 0.8,
    place: { lat: slot.lat, lon: slot.lon },
    where: howMany(away),
    evidence: away.map((day) =>
      tells(dayStart(day) + slot.rules.night.from * MINUTE, 'night', 'for', {
        zh: `${day} 夜间 ${hoursOf(slot)} 未在居所`,
        en: `away from home in the night of ${day} (${hoursOf(slot)})`,
      }),
    ),
    expectedS: slot.activation.intervalS,
  }
}

const howMany = (nights: readonly string[]): Said => ({
  zh: `近 30 天 ${nights.length} 夜，最近一夜 ${nights.at(-1)}`,
  en: `${nights.length} nights of the last 30, the latest that of ${nights.at(-1)}`,
})

function hoursOf({ rules: { night } }: Slot): string {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return `${clock(night.from)}–${clock(night.until)}`
}
