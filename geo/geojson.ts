import type { Area, Polygon, Position, Ring } from './area.ts'

/** A file that is not usable GeoJSON; the message names the member that is wrong. */
export class GeoJsonError extends Error {
  override readonly name = 'GeoJsonError'
}

/**
 * Reads one area from parsed GeoJSON: a geometry, a Feature, or a FeatureCollection whose polygons together are one area
 * (a city of several districts).
 *
 * Point needs `properties.radiusM`, LineString `properties.halfWidthM` (metres). Rings are taken as they are;
 * `inspectArea` says what is wrong with them and `tidyArea` closes and orients them. Throws `GeoJsonError`.
 */
export function parseGeoJson(json: unknown): Area {
  const areas = areasOf(json, {})
  const [first] = areas
  if (!first) throw new GeoJsonError('no geometry in the file')
  if (areas.length === 1) return first
  const polygons = areas.filter((area): area is Polygon => area.kind === 'polygon')
  if (polygons.length < areas.length) throw new GeoJsonError('only polygons can be joined into one area')
  return { kind: 'polygon', coordinates: polygons.flatMap((polygon) => polygon.coordinates) }
}

/** The area as a GeoJSON Feature that `parseGeoJson` reads back. */
export function toGeoJson(area: Area) {
  const feature = (type: string, coordinates: unknown, properties: Record<string, number>) => ({
    type: 'Feature' as const,
    properties,
    geometry: { type, coordinates },
  })
  if (area.kind === 'circle') return feature('Point', area.coordinates, { radiusM: area.radiusM })
  if (area.kind === 'corridor') return feature('LineString', area.coordinates, { halfWidthM: area.halfWidthM })
  return feature('MultiPolygon', area.coordinates, {})
}

/** Closes every ring, drops repeated positions, and turns outer rings anticlockwise and holes clockwise (RFC 7946 §3.1.6). */
export function tidyArea(area: Area): Area {
  if (area.kind !== 'polygon') return area
  return {
    ...area,
    coordinates: area.coordinates.map((rings) => rings.map((ring, i) => oriented(closed(ring), i === 0))),
  }
}

/** Twice the signed area in square degrees; positive when the ring runs anticlockwise. */
export function windingOf(ring: Ring): number {
  let sum = 0
  for (let i = 0; i < ring.length; i++) {
    const [x1, y1] = ring[i] ?? [0, 0]
    const [x2, y2] = ring[(i + 1) % ring.length] ?? [0, 0]
    sum += x1 * y2 - x2 * y1
  }
  return sum
}

function closed(ring: Ring): Ring {
  const distinct = ring.filter(([lon, lat], i) => {
    const before = ring[i - 1]
    return !before || before[0] !== lon || before[1] !== lat
  })
  const [first] = distinct
  const last = distinct.at(-1)
  if (!first || !last || (first[0] === last[0] && first[1] === last[1])) return distinct
  return [...distinct, first]
}

function oriented(ring: Ring, anticlockwise: boolean): Ring {
  return windingOf(ring) > 0 === anticlockwise ? ring : [...ring].reverse()
}

type Members = Readonly<Record<string, unknown>>

function areasOf(json: unknown, properties: Members): Area[] {
  const object = members(json, 'the file')
  switch (object.type) {
    case 'FeatureCollection':
      return list(object.features, 'features').flatMap((feature) => areasOf(feature, {}))
    case 'Feature':
      return areasOf(object.geometry, object.properties ? members(object.properties, 'properties') : {})
    case 'GeometryCollection':
      return list(object.geometries, 'geometries').flatMap((geometry) => areasOf(geometry, properties))
    case 'Polygon':
      return [{ kind: 'polygon', coordinates: [polygon(object.coordinates)] }]
    case 'MultiPolygon':
      return [{ kind: 'polygon', coordinates: list(object.coordinates, 'coordinates').map(polygon) }]
    case 'Point':
      return [{ kind: 'circle', coordinates: position(object.coordinates), radiusM: metres(properties, 'radiusM') }]
    case 'LineString':
      return [{ kind: 'corridor', coordinates: line(object.coordinates), halfWidthM: metres(properties, 'halfWidthM') }]
    default:
      throw new GeoJsonError(`unknown type ${JSON.stringify(object.type)}`)
  }
}

function polygon(value: unknown): readonly Ring[] {
  const rings = list(value, 'polygon').map(line)
  if (rings.length === 0) throw new GeoJsonError('a polygon has no ring')
  return rings
}

function line(value: unknown): readonly Position[] {
  const positions = list(value, 'coordinates').map(position)
  if (positions.length < 2) throw new GeoJsonError('a line or ring has fewer than two positions')
  return positions
}

function position(value: unknown): Position {
  const [lon, lat] = list(value, 'position')
  if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon) || !Number.isFinite(lat)) {
    throw new GeoJsonError(`not a position: ${JSON.stringify(value)}`)
  }
  return [lon, lat]
}

function metres(properties: Members, name: string): number {
  const value = properties[name]
  if (typeof value !== 'number' || !(value > 0) || !Number.isFinite(value)) {
    throw new GeoJsonError(`properties.${name} must be metres above 0`)
  }
  return value
}

function members(value: unknown, what: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new GeoJsonError(`${what} is not an object`)
  return value as Members
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new GeoJsonError(`${what} is not a list`)
  return value
}
