import gcoord from 'gcoord'
import type { Place } from './distance.ts'
import { onMainland } from './mainland.ts'

/**
 * Coordinate systems met at the edge (坐标系). Storage and every decision use WGS-84, which equals CGCS2000 here.
 * GCJ-02 shifts 50–700 m, BD-09 about 1.2 km: fences and fixes in different systems make everybody absent
 * (positioning.md §5).
 */
export type Datum = 'WGS84' | 'GCJ02' | 'BD09'

// Its type declarations name an export that its modules do not have; everything hangs on the default one.
const { CRSTypes } = gcoord
const crs = { WGS84: CRSTypes.WGS84, GCJ02: CRSTypes.GCJ02, BD09: CRSTypes.BD09 } as const

/**
 * To WGS-84. The published formula inverts to centimetres (GCJ-02) or decimetres (BD-09) but is itself only metre-level
 * against providers' own. Outside the mainland nothing is shifted, so the place comes back unchanged.
 */
export function toWgs84(from: Datum, lat: number, lon: number): Place {
  if (from === 'WGS84') return { lat, lon }
  const [newLon, newLat] = gcoord.transform([lon, lat], crs[from], CRSTypes.WGS84)
  return onMainland(newLat, newLon) ? { lat: newLat, lon: newLon } : { lat, lon }
}

/** From WGS-84 to the system of a map or another party; unchanged outside the mainland. */
export function fromWgs84(to: Datum, lat: number, lon: number): Place {
  if (to === 'WGS84' || !onMainland(lat, lon)) return { lat, lon }
  const [newLon, newLat] = gcoord.transform([lon, lat], CRSTypes.WGS84, crs[to])
  return { lat: newLat, lon: newLon }
}
