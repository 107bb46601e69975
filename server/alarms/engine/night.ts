import { addDays, dayStart, HOUR, legalDay, MINUTE, timeOfDay } from '@zhijiao/geo/day'
import { metresBetween } from '@zhijiao/geo/distance'
import type { Fix } from '@zhijiao/geo/fix'
import { type Signal, tells } from '../domain.ts'
import { inHours } from './silence.ts'
import type { Slot } from './slot.ts'

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
  told: boolean
}

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
  const now = slot.night ?? { day, homeMs: 0, awayMs: 0, lastTs: 0, lastHome: false, away: [], told: false }
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
  const { from, until, awayMs, in7, in30 } = slot.rules.night
  const lengthMs = ((until - from + 1440) % 1440) * MINUTE
  const known = (night.homeMs + night.awayMs) / lengthMs >= leastCoverage
  const absent = known && night.awayMs >= awayMs && night.homeMs < homeAtMostMs
  const monthAgo = addDays(night.day, -30)
  const weekAgo = addDays(night.day, -7)
  if (absent) night.away.push(night.day)
  night.away = night.away.filter((d) => d > monthAgo)
  const pattern = night.away.filter((d) => d > weekAgo).length >= in7 || night.away.length >= in30
  if (absent || night.told !== pattern) slot.dirty = true
  if (pattern && absent && !night.told) out.push(patternSign(slot, night.away))
  night.told = pattern
  night.homeMs = 0
  night.awayMs = 0
  night.lastTs = 0
}

function patternSign(slot: Slot, away: readonly string[]): Signal {
  return {
    what: 'confirmed',
    kind: 'nightAbsent',
    activationNo: slot.activation.no,
    fence: null,
    at: dayStart(away[0] ?? legalDay(slot.lastTs)) + slot.rules.night.from * MINUTE,
    sureness: 0.8,
    place: { lat: slot.lat, lon: slot.lon },
    where: { zh: `近 30 天 ${away.length} 夜`, en: `${away.length} nights of the last 30` },
    evidence: away.map((day) =>
      tells(dayStart(day) + slot.rules.night.from * MINUTE, 'night', 'for', {
        zh: `${day} 夜间 ${hoursOf(slot)} 未在居所`,
        en: `away from home in the night of ${day} (${hoursOf(slot)})`,
      }),
    ),
    expectedS: slot.activation.intervalS,
  }
}

function hoursOf({ rules: { night } }: Slot): string {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return `${clock(night.from)}–${clock(night.until)}`
}
