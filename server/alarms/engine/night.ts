import { addDays, dayStart, HOUR, legalDay, MINUTE, timeOfDay } from '@zhijiao/geo/day'
import { metresBetween } from '@zhijiao/geo/distance'
import type { Fix } from '@zhijiao/geo/fix'
import { type Signal, tells } from '../domain.ts'
import type { Slot } from './slot.ts'

/** Night hours at home (LOC-07, 22:00–08:00), and how much of them must be known to say anything. */
const begins = 22 * HOUR
const ends = 8 * HOUR
const lengthMs = 10 * HOUR
const leastCoverage = 0.3
/** A position speaks for at most this long. */
const worthMs = 15 * MINUTE
/** Within this of the residence, beyond the radius (at most 200 m of it), is at home, metres. */
const homeM = 150
const mostRadiusM = 200
/** Nights away that make a pattern (positioning.md §3.5). */
const in7 = 3
const in30 = 5

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
  const t = timeOfDay(fix.ts)
  const within = t >= begins || t < ends
  const day = t >= begins ? legalDay(fix.ts) : addDays(legalDay(fix.ts), -1)
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
  const known = (night.homeMs + night.awayMs) / lengthMs >= leastCoverage
  const absent = known && night.awayMs >= 4 * HOUR && night.homeMs < HOUR
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
    at: dayStart(away[0] ?? legalDay(slot.lastTs)) + begins,
    sureness: 0.8,
    place: { lat: slot.lat, lon: slot.lon },
    where: { zh: `近 30 天 ${away.length} 夜`, en: `${away.length} nights of the last 30` },
    evidence: away.map((day) =>
      tells(dayStart(day) + begins, 'night', 'for', {
        zh: `${day} 夜间 22:00–08:00 未在居所`,
        en: `away from home in the night of ${day}`,
      }),
    ),
    expectedS: slot.activation.intervalS,
  }
}
