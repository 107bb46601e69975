/**
 * Areas a rule can speak of (围栏): a circle about a place, a polygon such as a county, a corridor along a line.
 * Coordinates are as in GeoJSON (RFC 7946): longitude first, degrees WGS-84.
 */
export type Position = readonly [lon: number, lat: number]

/** Closed: the last position repeats the first. */
export type Ring = readonly Position[]

export interface Circle {
  readonly kind: 'circle'
  readonly coordinates: Position
  readonly radiusM: number
}

/** MultiPolygon coordinates: per polygon an outer ring, then its holes. What lies under an odd number of rings is inside. */
export interface Polygon {
  readonly kind: 'polygon'
  readonly coordinates: readonly (readonly Ring[])[]
}

export interface Corridor {
  readonly kind: 'corridor'
  readonly coordinates: readonly Position[]
  /** From the line to either edge, metres. */
  readonly halfWidthM: number
}

export type Area = Circle | Polygon | Corridor

export interface Bounds {
  readonly minLat: number
  readonly minLon: number
  readonly maxLat: number
  readonly maxLon: number
}

/** Every position an area is drawn with. */
export function positionsOf(area: Area): readonly Position[] {
  if (area.kind === 'circle') return [area.coordinates]
  return area.kind === 'corridor' ? area.coordinates : area.coordinates.flat(2)
}

/** The box around the positions of an area, without radius or width. */
export function boundsOf(area: Area): Bounds {
  let [minLat, minLon] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  let [maxLat, maxLon] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [lon, lat] of positionsOf(area)) {
    minLat = Math.min(minLat, lat)
    maxLat = Math.max(maxLat, lat)
    minLon = Math.min(minLon, lon)
    maxLon = Math.max(maxLon, lon)
  }
  return { minLat, minLon, maxLat, maxLon }
}

/** The same area with every position passed through `move`: a datum conversion at import, a swap of axes. */
export function mapPositions(area: Area, move: (position: Position) => Position): Area {
  if (area.kind === 'circle') return { ...area, coordinates: move(area.coordinates) }
  if (area.kind === 'corridor') return { ...area, coordinates: area.coordinates.map(move) }
  return { ...area, coordinates: area.coordinates.map((rings) => rings.map((ring) => ring.map(move))) }
}
