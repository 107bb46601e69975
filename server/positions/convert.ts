import { type CellTable, locateByCells } from '@zhijiao/geo/cells'
import { type Datum, toWgs84 } from '@zhijiao/geo/datum'
import { type Fix, FixFault, FixFlag, type FixSource, sourceFloorM } from '@zhijiao/geo/fix'
import type { CellTower, WireFix } from '@zhijiao/wire/message'

/** Radius of a satellite fix from fewer than four satellites that names none, metres (positioning.md §3.2: 50–100). */
const fewSatellitesM = 75

/**
 * A position as it came becomes one as the house keeps it: WGS-84 whatever the device speaks, a radius for its source, no
 * guess beyond that. `crs` is the model's where the message itself does not say.
 */
export function fixOf(sent: WireFix, crs: Datum, proven: boolean): Fix {
  const spoken = sent.crs === 'WGS84' ? crs : sent.crs
  let { lat, lon } = sent
  let flags = proven ? FixFlag.authenticated : 0
  if (spoken !== 'WGS84' && Math.abs(lat) <= 90 && Math.abs(lon) <= 180) {
    const place = toWgs84(spoken, lat, lon)
    lat = place.lat
    lon = place.lon
    flags |= spoken === 'GCJ02' ? FixFlag.fromGcj02 : FixFlag.fromBd09
  }
  if (sent.blind) flags |= FixFlag.blind
  if (sent.mock === true) flags |= FixFlag.mock
  if (sent.charging === true) flags |= FixFlag.charging
  if (sent.moving === true) flags |= FixFlag.moving
  if (!sent.valid) flags |= FixFlag.notFixed
  return {
    ts: sent.time,
    lat,
    lon,
    accuracyM: sent.accuracyM ?? radiusOf(sent.source, sent.satellites),
    source: sent.source,
    speedKmh: sent.speedKmh,
    course: sent.course,
    altitudeM: sent.altitudeM,
    satellites: sent.satellites,
    batteryPct: sent.batteryPct,
    steps: sent.steps,
    seq: sent.seq,
    flags,
    fault: FixFault.none,
  }
}

function radiusOf(source: FixSource, satellites: number | null): number {
  return source === 'gnss' && satellites !== null && satellites < 4 ? fewSatellitesM : sourceFloorM[source]
}

/** A fix that only its cells can place (基站定位); null when the table knows none of them. */
export function cellFixOf(
  heard: readonly CellTower[],
  table: CellTable,
  at: { ts: number; blind: boolean; batteryPct: number | null; proven: boolean },
): Fix | null {
  const place = locateByCells(
    heard.map(({ rssi, ...cell }) => ({ ...cell, ...(rssi !== null && rssi < 0 ? { dbm: rssi } : {}) })),
    table,
  )
  if (!place) return null
  return {
    ts: at.ts,
    lat: place.lat,
    lon: place.lon,
    accuracyM: Math.max(place.radiusM, sourceFloorM.wifi),
    source: 'cell',
    speedKmh: null,
    course: null,
    altitudeM: null,
    satellites: null,
    batteryPct: at.batteryPct,
    steps: null,
    seq: null,
    flags: (at.blind ? FixFlag.blind : 0) | (at.proven ? FixFlag.authenticated : 0),
    fault: FixFault.none,
  }
}
