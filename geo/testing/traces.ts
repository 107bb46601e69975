import { readdirSync, readFileSync } from 'node:fs'
import { transplant } from '../distance.ts'
import { type Fix, sourceFloorM } from '../fix.ts'
import { liuzhou } from './areas.ts'
import { aFix } from './fixes.ts'

const folder = new URL('../../test/fixtures/tracks/', import.meta.url)

interface Line {
  readonly k: 'loc' | 'bat' | 'act' | 'tr'
  readonly t: number
  readonly w: number
  readonly lat: number
  readonly lon: number
  readonly acc: number
  readonly spd?: number
  readonly brg?: number
  readonly alt?: number
  readonly pct?: number
}

/** A recorded trace as if in Liuzhou: fixes in the order the phone wrote them. */
export interface Trace {
  readonly name: string
  readonly fixes: readonly Fix[]
  /** Time each fix was written by the phone, ms; the nearest there is to a receive time. */
  readonly writtenAt: readonly number[]
}

/** Names of the recorded files that begin with `kind` ('day', 'stationary', 'moving'). */
export function traceNames(kind: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(kind) && name.endsWith('.jsonl'))
    .sort()
}

/** Reads one recorded trace, moved to Liuzhou with its distances kept. `about` moves several traces by the same step. */
export function readTrace(name: string, about?: { readonly lat: number; readonly lon: number }): Trace {
  const lines = readFileSync(new URL(name, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line))
  const recorded = lines.filter((line) => line.k === 'loc')
  const origin = about ?? recorded[0] ?? liuzhou
  let battery: number | null = null
  const batteries: (number | null)[] = []
  for (const line of lines) {
    if (line.k === 'bat') battery = line.pct ?? battery
    if (line.k === 'loc') batteries.push(battery)
  }
  const fixes = transplant(recorded, origin, liuzhou).map((line, i) =>
    aFix({
      ts: Math.round(line.t * 1000),
      lat: line.lat,
      lon: line.lon,
      accuracyM: line.acc ?? sourceFloorM.unknown,
      source: line.acc > 500 ? 'cell' : 'fused',
      speedKmh: line.spd === undefined || line.spd < 0 ? null : line.spd * 3.6,
      course: line.brg === undefined || line.brg < 0 ? null : line.brg,
      altitudeM: line.alt ?? null,
      batteryPct: batteries[i] ?? null,
    }),
  )
  return { name, fixes, writtenAt: recorded.map((line) => Math.round(line.w * 1000)) }
}

/** Accepted trips of a day, ms: start, end. */
export function readTrips(name: string): { readonly start: number; readonly end: number }[] {
  const text = readFileSync(new URL(name.replace('.jsonl', '.trips.json'), folder), 'utf8')
  const { trips }: { trips: { start: number; end: number }[] } = JSON.parse(text)
  return trips.map(({ start, end }) => ({ start: start * 1000, end: end * 1000 }))
}

/** Names of the day files that come with accepted trips. */
export function namesWithTrips(): string[] {
  const files = new Set(readdirSync(folder))
  return traceNames('day').filter((name) => files.has(name.replace('.jsonl', '.trips.json')))
}
