import { draftFix, measured, radiusOf, STORED_AFTER_MS } from '../fix.ts'
import type { WireFix } from '../message.ts'
import type { Reading } from './reading.ts'
import type { AppBatch, AppFix } from './types.ts'

export function readFix(reading: Reading): AppFix {
  return {
    seq: reading.integer('seq', 1, Number.MAX_SAFE_INTEGER),
    t: reading.millis('t', 8.64e15),
    elapsedRealtime: reading.millis('elapsedRealtime', Number.MAX_SAFE_INTEGER),
    lat: reading.number('lat', -90, 90),
    lon: reading.number('lon', -180, 180),
    crs: reading.oneOf('crs', ['WGS84', 'GCJ02', 'BD09']),
    acc: reading.numberOrNull('acc', -1e7, 1e7),
    vacc: reading.numberOrNull('vacc', -1e7, 1e7),
    alt: reading.numberOrNull('alt', -1e5, 1e5),
    spd: reading.unsignedOrNull('spd', 1e4),
    brg: reading.unsignedOrNull('brg', 360),
    provider: reading.oneOf('provider', ['gps', 'network', 'fused']),
    mock: reading.flag('mock'),
    sats: reading.unsignedOrNull('sats', 255),
    batt: reading.unsignedOrNull('batt', 100),
    charging: reading.flagOrNull('charging'),
    steps: reading.unsignedOrNull('steps', Number.MAX_SAFE_INTEGER),
    activity: reading.oneOfOrNull('activity', ['still', 'walking', 'running', 'cycling', 'vehicle', 'unknown']),
    netType: reading.oneOfOrNull('netType', ['none', 'wifi', 'mobile']),
    airplane: reading.flagOrNull('airplane'),
    powerSave: reading.flagOrNull('powerSave'),
  }
}

/** Where Android takes its network positions from is WiFi more often than cells; the phone does not say. */
const SOURCES = { gps: 'gnss', network: 'unknown', fused: 'fused' } as const

/** An app fix in the words of every other protocol. Blind is judged on the clock that nobody can turn. */
export function toWireFix(fix: AppFix, batch: Pick<AppBatch, 'elapsedRealtimeAtSend'>): WireFix {
  const waited = batch.elapsedRealtimeAtSend - fix.elapsedRealtime
  return {
    ...draftFix(fix.lat, fix.lon, fix.t),
    crs: fix.crs,
    source: SOURCES[fix.provider],
    valid: measured(fix.acc),
    // A fix from before the last start of the phone has a larger value than now.
    blind: waited > STORED_AFTER_MS || waited < 0,
    speedKmh: fix.spd === null ? null : fix.spd * 3.6,
    course: fix.brg,
    altitudeM: measured(fix.vacc) ? fix.alt : null,
    accuracyM: radiusOf(fix.acc),
    satellites: fix.sats,
    batteryPct: fix.batt,
    charging: fix.charging,
    steps: fix.steps,
    moving: fix.activity === null || fix.activity === 'unknown' ? null : fix.activity !== 'still',
    mock: fix.mock,
    seq: fix.seq,
  }
}
