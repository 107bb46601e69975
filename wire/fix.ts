import type { CellTower, DeviceEvent, WifiPoint, WireFix } from './message.ts'

/** A fix while its decoder still fills it in; it leaves the decoder as a `WireFix`. */
export type FixDraft = { -readonly [Field in keyof WireFix]: WireFix[Field] }

const NO_CELLS: readonly CellTower[] = Object.freeze([])
const NO_WIFI: readonly WifiPoint[] = Object.freeze([])
const NO_EVENTS: readonly DeviceEvent[] = Object.freeze([])

/** A fix of which only place and time are known. Degrees, milliseconds UTC. All drafts share one shape and three empty lists. */
export function draftFix(lat: number, lon: number, time: number): FixDraft {
  return {
    lat,
    lon,
    time,
    crs: 'WGS84',
    source: 'unknown',
    valid: false,
    blind: false,
    speedKmh: null,
    course: null,
    altitudeM: null,
    accuracyM: null,
    satellites: null,
    batteryPct: null,
    charging: null,
    steps: null,
    moving: null,
    mock: null,
    seq: null,
    cells: NO_CELLS,
    wifi: NO_WIFI,
    events: NO_EVENTS,
  }
}

/**
 * A fix that by the device's own clock waited longer than this before it was sent came from its store, milliseconds. Less is
 * within what clocks are off (positioning.md §3.1).
 */
export const STORED_AFTER_MS = 120_000

/** Whether what a radius belongs to was measured at all: with a negative one phones say that it was not (iOS, W3C clients). */
export const measured = (radiusM: number | null): boolean => radiusM === null || radiusM >= 0

/** A radius in metres as phones give it; none, zero (Android's "has no accuracy") and less are unknown. */
export const radiusOf = (radiusM: number | null): number | null => (radiusM !== null && radiusM > 0 ? radiusM : null)

/** Adds an event once, however many bits say the same. */
export function addEvent(events: readonly DeviceEvent[], event: DeviceEvent): readonly DeviceEvent[] {
  return events.includes(event) ? events : [...events, event]
}
