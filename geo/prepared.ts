import { type Area, boundsOf } from './area.ts'
import { metresBetween, type Place } from './distance.ts'
import { edgeGrid, edgesOfLine, edgesOfRings } from './edgegrid.ts'

/** An area made ready for many questions. */
export interface PreparedArea {
  readonly area: Area
  /**
   * Signed metres to the outline, negative inside. Exact within `exactWithinM` of it; farther away the size is a lower
   * bound of at least `exactWithinM`, which is all a decision needs.
   */
  distanceToEdgeM(lat: number, lon: number): number
  contains(lat: number, lon: number): boolean
  readonly exactWithinM: number
  /** How far from the outline one can get inside, metres, capped at `exactWithinM`: a small area cannot ask for more. */
  readonly depthM: number
}

/** More than any buffer plus any accuracy that may decide. */
const EXACT_WITHIN_M = 500

/** Prepares an area (milliseconds for a county of 5,000 corners). Polygons should be tidy (`tidyArea`). */
export function prepareArea(area: Area, exactWithinM = EXACT_WITHIN_M): PreparedArea {
  if (area.kind === 'circle') {
    const [lon0, lat0] = area.coordinates
    const signed = (lat: number, lon: number) => metresBetween(lat, lon, lat0, lon0) - area.radiusM
    return prepared(area, exactWithinM, signed, (lat, lon) => signed(lat, lon) <= 0, area.radiusM)
  }
  if (area.kind === 'corridor') {
    const grid = edgeGrid(edgesOfLine(area.coordinates), exactWithinM + area.halfWidthM)
    const signed = (lat: number, lon: number) => grid.distanceM(lat, lon) - area.halfWidthM
    return prepared(area, exactWithinM, signed, (lat, lon) => signed(lat, lon) <= 0, area.halfWidthM)
  }
  const grid = edgeGrid(edgesOfRings(area.coordinates.flat()), exactWithinM)
  const signed = (lat: number, lon: number) => {
    const distance = grid.distanceM(lat, lon)
    return grid.encloses(lat, lon) ? -distance : distance
  }
  return prepared(area, exactWithinM, signed, grid.encloses, deepest(area, signed, exactWithinM))
}

function prepared(
  area: Area,
  exactWithinM: number,
  distanceToEdgeM: PreparedArea['distanceToEdgeM'],
  contains: PreparedArea['contains'],
  depthM: number,
): PreparedArea {
  return { area, distanceToEdgeM, contains, exactWithinM, depthM: Math.min(depthM, exactWithinM) }
}

/** The deepest of a lattice of places: an underestimate, which asks less of a fix in a crooked area, never more. */
function deepest(area: Area, signed: PreparedArea['distanceToEdgeM'], enough: number): number {
  const lattice = 16
  const { minLat, minLon, maxLat, maxLon } = boundsOf(area)
  let depth = 0
  for (let i = 0; i < lattice * lattice && depth < enough; i++) {
    const lat = minLat + (((i % lattice) + 0.5) / lattice) * (maxLat - minLat)
    const lon = minLon + ((Math.floor(i / lattice) + 0.5) / lattice) * (maxLon - minLon)
    depth = Math.max(depth, -signed(lat, lon))
  }
  return depth
}

/** Where a straight line between two fixes passes the outline of an area. */
export interface Crossing {
  /** Share of the way from the first place, 0–1. */
  readonly share: number
  readonly place: Place
  readonly to: 'in' | 'out'
}

/**
 * Crossings of the straight segment between two sparse fixes, in order: a hint for an officer, because nobody knows the
 * way really taken. Slivers thinner than `stepM` may be passed over.
 */
export function crossings(area: PreparedArea, from: Place, to: Place, stepM = 5): Crossing[] {
  const length = metresBetween(from.lat, from.lon, to.lat, to.lon)
  const at = (share: number) => ({
    lat: from.lat + (to.lat - from.lat) * share,
    lon: from.lon + (to.lon - from.lon) * share,
  })
  const isIn = (share: number) => {
    const { lat, lon } = at(share)
    return area.distanceToEdgeM(lat, lon) < 0
  }
  const found: Crossing[] = []
  let share = 0
  let distance = area.distanceToEdgeM(from.lat, from.lon)
  while (share < 1 && length > 0) {
    // Nothing can be crossed nearer than the outline is, so the walk takes strides of that length.
    const next = Math.min(1, share + Math.max(stepM, Math.abs(distance)) / length)
    const place = at(next)
    const ahead = area.distanceToEdgeM(place.lat, place.lon)
    if (ahead < 0 !== distance < 0) {
      const exact = crossingShare(isIn, share, next, length)
      found.push({ share: exact, place: at(exact), to: ahead < 0 ? 'in' : 'out' })
    }
    share = next
    distance = ahead
  }
  return found
}

/** Halves the stretch in which the side changes until it is shorter than a metre. */
function crossingShare(isIn: (share: number) => boolean, from: number, to: number, lengthM: number): number {
  let [before, after] = [from, to]
  const side = isIn(from)
  while ((after - before) * lengthM > 1) {
    const middle = (before + after) / 2
    if (isIn(middle) === side) before = middle
    else after = middle
  }
  return (before + after) / 2
}
