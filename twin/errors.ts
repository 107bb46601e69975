/**
 * What stands between the truth and what arrives: radio, walls, batteries, networks, clocks. Every rate is a parameter
 * with its unit; the figures are set so that the mixture looks like the real phones of positioning.md §2.
 */

import { DAY, HOUR, MINUTE, SECOND } from '@zhijiao/geo/day'
import { localFrame, metresBetween, type Place } from '@zhijiao/geo/distance'
import { type Chance, chanceOf } from './chance.ts'
import type { Tower } from './geography/cells.ts'
import type { Whereabouts } from './movement.ts'

export interface ErrorParameters {
  /** Standard deviation of satellite drift in the open and between or within houses, metres. */
  readonly driftM: { readonly open: number; readonly indoors: number }
  /** Time in which drift forgets itself (first-order autoregressive), ms. */
  readonly driftMemoryMs: number
  /** Chance that a fix asked for indoors is no satellite fix, 0–1. */
  readonly indoorLoss: number
  /** What a device without satellites has instead: WiFi, else cells, else nothing. Shares, summing to 1. */
  readonly instead: { readonly wifi: number; readonly cell: number; readonly nothing: number }
  /** A fix that claims 15 m and is 300–900 m off, per fix of a device at rest; how many fixes such a jump lasts. */
  readonly jump: number
  readonly jumpFixes: readonly [number, number]
  /** A reflection passes within this, however seldom the device measures, ms. */
  readonly jumpMs: number
  readonly jumpM: readonly [number, number]
  /** A cached fix, minutes to hours old, sent again with its old time, per fix. */
  readonly stale: number
  /** A frame sent twice, per frame. */
  readonly resent: number
  /** Tunnels: per minute of travel, and how long, ms. */
  readonly tunnelPerMin: number
  readonly tunnelMs: readonly [number, number]
  /** A device loses the network by itself: mean time between, and how long; what it measures meanwhile arrives late. */
  readonly offlineEveryMs: number
  readonly offlineMs: readonly [number, number]
  /** A stretch of the network fails: one in the city in this time; how long; within this radius. */
  readonly outageEveryMs: number
  readonly outageMs: readonly [number, number]
  readonly outageRadiusM: number
  /** Nights on which somebody forgets the charger, 0–1. */
  readonly forgetsCharger: number
  /** Percent an hour. */
  readonly drainPerHour: { readonly band: number; readonly phone: number }
  /** Share of phones switched off over night, 0–1. */
  readonly offAtNight: number
  /** Share of devices with a wrong clock, 0–1, and by how much, ms. */
  readonly skewed: number
  readonly skewMs: readonly [number, number]
}

export const errorDefaults: ErrorParameters = {
  driftM: { open: 6, indoors: 18 },
  driftMemoryMs: 10 * MINUTE,
  indoorLoss: 0.35,
  instead: { wifi: 0.62, cell: 0.24, nothing: 0.14 },
  jump: 0.002,
  jumpFixes: [1, 2],
  jumpMs: 15 * MINUTE,
  jumpM: [300, 900],
  stale: 0.002,
  resent: 0.005,
  tunnelPerMin: 0.004,
  tunnelMs: [MINUTE, 4 * MINUTE],
  offlineEveryMs: 3 * DAY,
  offlineMs: [4 * MINUTE, 50 * MINUTE],
  outageEveryMs: 6 * DAY,
  outageMs: [20 * MINUTE, 90 * MINUTE],
  outageRadiusM: 4_000,
  forgetsCharger: 0.02,
  drainPerHour: { band: 3.2, phone: 4.5 },
  offAtNight: 0.05,
  skewed: 0.01,
  skewMs: [20 * SECOND, 100 * SECOND],
}

/** No error at all, for tests of what lies behind. */
export const flawless: ErrorParameters = {
  ...errorDefaults,
  driftM: { open: 0, indoors: 0 },
  indoorLoss: 0,
  jump: 0,
  stale: 0,
  resent: 0,
  tunnelPerMin: 0,
  offlineEveryMs: Number.MAX_SAFE_INTEGER,
  outageEveryMs: Number.MAX_SAFE_INTEGER,
  forgetsCharger: 0,
  offAtNight: 0,
  skewed: 0,
}

/** What a device measured. */
export interface Observed extends Place {
  /** When, by the device's clock; milliseconds UTC. */
  readonly ts: number
  readonly source: 'gnss' | 'wifi' | 'cell' | 'none'
  /** What the device claims, metres. */
  readonly accuracyM: number
  readonly satellites: number
  readonly speedKmh: number
  readonly course: number
  readonly moving: boolean
  readonly tower: Tower
}

/** One device's way of measuring; remembers drift, a jump, and the last good fix. */
export interface Sensor {
  measure(truth: Whereabouts, ts: number): Observed
}

export function sensorOf(
  seed: number,
  name: string,
  towers: readonly Tower[],
  parameters: ErrorParameters = errorDefaults,
): Sensor {
  const chance = chanceOf(seed, 'sensor', name)
  const nearest = nearestTower(towers)
  let drift = { x: 0, y: 0 }
  let last = 0
  let jumpLeft = 0
  let jumped = { x: 0, y: 0 }
  let tunnelUntil = 0
  let good: Observed | null = null
  return {
    measure(truth, ts) {
      const elapsed = last === 0 ? Number.POSITIVE_INFINITY : Math.max(0, ts - last)
      last = ts
      const sigma = truth.indoors ? parameters.driftM.indoors : parameters.driftM.open
      const keep = Math.exp(-elapsed / parameters.driftMemoryMs)
      const fresh = sigma * Math.sqrt(1 - keep * keep)
      drift = { x: drift.x * keep + fresh * chance.normal(), y: drift.y * keep + fresh * chance.normal() }
      const tower = nearest(truth)
      const base = {
        ts,
        speedKmh: truth.moving ? truth.speedKmh : 0,
        course: truth.course,
        moving: truth.moving,
        tower,
      }
      if (truth.moving && chance.happens((parameters.tunnelPerMin * Math.min(elapsed, HOUR)) / MINUTE))
        tunnelUntil = ts + chance.between(...parameters.tunnelMs)
      if (good && chance.happens(parameters.stale) && ts - good.ts > 5 * MINUTE) return good
      if (ts < tunnelUntil || (truth.indoors && chance.happens(parameters.indoorLoss)))
        return without(chance, parameters, truth, base, good)
      if (elapsed > parameters.jumpMs) jumpLeft = 0
      if (jumpLeft === 0 && !truth.moving && chance.happens(parameters.jump)) {
        jumpLeft = chance.whole(...parameters.jumpFixes)
        const angle = chance.between(0, 2 * Math.PI)
        const metres = chance.between(...parameters.jumpM)
        jumped = { x: metres * Math.cos(angle), y: metres * Math.sin(angle) }
      }
      const off = jumpLeft > 0 ? jumped : { x: 0, y: 0 }
      if (jumpLeft > 0) jumpLeft--
      const at = localFrame(truth).toPlace({ x: drift.x + off.x, y: drift.y + off.y })
      const accuracyM = off.x === 0 && off.y === 0 ? Math.max(4, sigma * chance.between(0.8, 1.8)) : 15
      const seen: Observed = {
        ...base,
        ...at,
        source: 'gnss',
        accuracyM,
        satellites: chance.whole(truth.indoors ? 5 : 7, truth.indoors ? 8 : 16),
      }
      good = seen
      return seen
    },
  }
}

/** WiFi is good to 20 m and claims 15–40; cells claim their radius and lie at the mast; else the last known place. */
function without(
  chance: Chance,
  parameters: ErrorParameters,
  truth: Whereabouts,
  base: Omit<Observed, 'lat' | 'lon' | 'source' | 'accuracyM' | 'satellites'>,
  good: Observed | null,
): Observed {
  const { wifi, cell } = parameters.instead
  const lot = chance.unit()
  if (lot < wifi && !truth.moving) {
    const at = localFrame(truth).toPlace({ x: chance.normal() * 11, y: chance.normal() * 11 })
    return { ...base, ...at, source: 'wifi', accuracyM: chance.between(15, 40), satellites: 0 }
  }
  const { lat, lon, radiusM } = base.tower
  if (lot < wifi + cell) return { ...base, lat, lon, source: 'cell', accuracyM: radiusM, satellites: 0 }
  return { ...base, lat: good?.lat ?? lat, lon: good?.lon ?? lon, source: 'none', accuracyM: radiusM, satellites: 0 }
}

function nearestTower(towers: readonly Tower[]): (at: Place) => Tower {
  // Buckets of about three kilometres, so that a month of fixes does not look at every mast.
  const size = 0.03
  const buckets = new Map<string, Tower[]>()
  for (const tower of towers) {
    const key = `${Math.floor(tower.lat / size)} ${Math.floor(tower.lon / size)}`
    buckets.set(key, [...(buckets.get(key) ?? []), tower])
  }
  return (at) => {
    const [row, column] = [Math.floor(at.lat / size), Math.floor(at.lon / size)]
    let best: Tower | undefined
    let bestM = Number.POSITIVE_INFINITY
    for (let ring = 1; ring < 8 && !best; ring++)
      for (let i = -ring; i <= ring; i++)
        for (let j = -ring; j <= ring; j++)
          for (const tower of buckets.get(`${row + i} ${column + j}`) ?? []) {
            const m = metresBetween(tower.lat, tower.lon, at.lat, at.lon)
            if (m < bestM) [best, bestM] = [tower, m]
          }
    return (
      best ?? towers[0] ?? { mcc: 999, mnc: 99, lac: 1, cell: 1, rssi: null, radiusM: 2_000, lat: at.lat, lon: at.lon }
    )
  }
}

/** A stretch of time. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** When a device has no network of its own fault, over [from, to). */
export function offlineSpans(seed: number, name: string, from: number, to: number, p = errorDefaults): Span[] {
  const chance = chanceOf(seed, 'offline', name, from / DAY)
  const spans: Span[] = []
  for (let at = from + chance.wait(p.offlineEveryMs); at < to; at += HOUR + chance.wait(p.offlineEveryMs))
    spans.push({ from: at, to: at + chance.between(...p.offlineMs) })
  return spans
}

/** A part of the city without network, and for how long. */
export interface Outage extends Span {
  readonly at: Place
  readonly radiusM: number
}

export function outages(seed: number, places: readonly Place[], from: number, to: number, p = errorDefaults): Outage[] {
  const chance = chanceOf(seed, 'outages', from / DAY)
  const all: Outage[] = []
  for (let at = from + chance.wait(p.outageEveryMs); at < to; at += HOUR + chance.wait(p.outageEveryMs)) {
    const place = places[chance.whole(0, places.length - 1)]
    if (place) all.push({ from: at, to: at + chance.between(...p.outageMs), at: place, radiusM: p.outageRadiusM })
  }
  return all
}

/**
 * Charge of a device over the days: full at seven, falling through the day, on the charger from half past ten in the
 * evening unless it was forgotten; then it runs down on the next day until the evening.
 */
export function batteryOf(
  seed: number,
  name: string,
  kind: 'band' | 'phone',
  p = errorDefaults,
): (ts: number) => { readonly pct: number; readonly charging: boolean } {
  const drain = p.drainPerHour[kind] * chanceOf(seed, 'drain', name).between(0.8, 1.2)
  const nights = new Map<number, boolean>()
  const forgets = (day: number): boolean => {
    const known = nights.get(day) ?? chanceOf(seed, 'charger', name, day).happens(p.forgetsCharger)
    nights.set(day, known)
    return known
  }
  return (ts) => {
    const sinceFirst = ts + 8 * HOUR - 7 * HOUR
    const day = Math.floor(sinceFirst / DAY)
    const hours = (sinceFirst - day * DAY) / HOUR
    const start = forgets(day - 1) ? Math.max(0, 100 - drain * 24) : 100
    const fallen = Math.max(0, start - drain * Math.min(hours, 15.5))
    if (hours <= 15.5) return { pct: Math.round(fallen), charging: false }
    if (forgets(day)) return { pct: Math.max(0, Math.round(start - drain * hours)), charging: false }
    return { pct: Math.min(100, Math.round(fallen + (hours - 15.5) * 40)), charging: true }
  }
}
