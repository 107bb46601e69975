import { fromWgs84, toWgs84 } from '@zhijiao/geo/datum'
import type { LonLat } from './model.ts'

/** The edge where a shifted base map meets unshifted positions. */
export interface Edge {
  readonly out: (at: LonLat) => [number, number]
  readonly back: (at: LonLat) => LonLat
}

export function edgeOf(datum: 'WGS84' | 'GCJ02'): Edge {
  if (datum === 'WGS84') return { out: ([lon, lat]) => [lon, lat], back: (at) => at }
  return {
    out: ([lon, lat]) => {
      const at = fromWgs84(datum, lat, lon)
      return [at.lon, at.lat]
    },
    back: ([lon, lat]) => {
      const at = toWgs84(datum, lat, lon)
      return [at.lon, at.lat]
    },
  }
}
