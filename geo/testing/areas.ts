import type { Polygon, Position, Ring } from '../area.ts'
import { localFrame, METRES_PER_DEGREE, type Place } from '../distance.ts'
import { seeded } from './fixes.ts'

export const liuzhou: Place = { lat: 24.3264, lon: 109.4281 }

/** A made-up county: a crooked ring of `corners` about a place, `radiusM` ± 30 %. */
export function county(corners: number, radiusM = 25_000, about: Place = liuzhou, seed = 3): Polygon {
  return { kind: 'polygon', coordinates: [[ringAbout(corners, radiusM, about, seed)]] }
}

export function ringAbout(corners: number, radiusM: number, about: Place, seed = 3): Ring {
  const random = seeded(seed)
  const waves = Array.from({ length: 6 }, (_, i) => ({ turn: random() * 7, size: (0.12 * random()) / (i + 1) + 0.02 }))
  const frame = localFrame(about)
  const ring: Position[] = []
  for (let i = 0; i < corners; i++) {
    const angle = (i / corners) * 2 * Math.PI
    const wave = waves.reduce((sum, { turn, size }, k) => sum + size * Math.sin(angle * (k * 3 + 2) + turn), 1)
    const r = radiusM * wave * (1 + (random() - 0.5) * (4 / corners))
    const { lat, lon } = frame.toPlace({ x: r * Math.cos(angle), y: r * Math.sin(angle) })
    ring.push([lon, lat])
  }
  const [first] = ring
  return first ? [...ring, first] : ring
}

/** A rectangle `widthM` × `heightM` with its south-west corner `x`, `y` metres from a place. */
export function box(x: number, y: number, widthM: number, heightM: number, about: Place = liuzhou): Ring {
  const frame = localFrame(about)
  return [
    [x, y],
    [x + widthM, y],
    [x + widthM, y + heightM],
    [x, y + heightM],
    [x, y],
  ].map(([east = 0, north = 0]) => {
    const { lat, lon } = frame.toPlace({ x: east, y: north })
    return [lon, lat] as const
  })
}

/** Signed distance by looking at every edge: what the grid must agree with. */
export function naiveDistanceM(rings: readonly Ring[], lat: number, lon: number): number {
  const perLon = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  let inside = false
  let least = Number.POSITIVE_INFINITY
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [x1, y1] = ring[i - 1] ?? [0, 0]
      const [x2, y2] = ring[i] ?? [0, 0]
      if (y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) * (x2 - x1)) / (y2 - y1)) inside = !inside
      const [px, py] = [(lon - x1) * perLon, (lat - y1) * METRES_PER_DEGREE]
      const [dx, dy] = [(x2 - x1) * perLon, (y2 - y1) * METRES_PER_DEGREE]
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)))
      least = Math.min(least, Math.hypot(px - t * dx, py - t * dy))
    }
  }
  return inside ? -least : least
}
