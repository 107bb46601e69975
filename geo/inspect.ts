import { type Area, boundsOf, mapPositions, type Position, type Ring } from './area.ts'
import { type Datum, toWgs84 } from './datum.ts'
import { METRES_PER_DEGREE, type Place } from './distance.ts'
import { type Edges, edgeGrid } from './edgegrid.ts'
import { tidyArea, windingOf } from './geojson.ts'
import { prepareArea } from './prepared.ts'

/** One thing wrong, or odd, about an area offered for import. */
export interface AreaFinding {
  readonly kind:
    | 'too-few-corners'
    | 'ring-open'
    | 'wrong-orientation'
    | 'self-intersection'
    | 'out-of-range'
    | 'outside-china'
    | 'axes-swapped'
    | 'too-small'
    | 'too-large'
    | 'datum-mismatch'
    | 'residences-outside'
  /** `refuse` stops the import; `repair` is mended by `tidyArea`; `ask` needs a person. */
  readonly weight: 'refuse' | 'repair' | 'ask'
  /** Where to look, longitude first, when there is one place. */
  readonly at?: Position
  /** Share of residences outside, square metres, or count: what the kind measures. */
  readonly measure?: number
  /** The system in which the residences would fit. */
  readonly datum?: Datum
}

export interface InspectionParameters {
  /** Square metres; a county is 10 km² to 200,000 km², a fence about a house some hundreds of m². */
  readonly smallestM2: number
  readonly largestM2: number
  /** Share of registered residences that may lie outside their own county (positioning.md §5). */
  readonly outsideShare: number
  /** Below this many residences the share says nothing. */
  readonly fewestResidences: number
}

export const inspectionDefaults: InspectionParameters = {
  smallestM2: 100,
  largestM2: 3e11,
  outsideShare: 0.05,
  fewestResidences: 20,
}

/**
 * Judges an area before it becomes a fence. `residences` are registered homes (WGS-84) that must lie in it; leave them
 * out for a fence that is not a living area.
 */
export function inspectArea(
  area: Area,
  residences: readonly Place[] = [],
  parameters: InspectionParameters = inspectionDefaults,
): AreaFinding[] {
  const misplaced = rangeFindings(area)
  if (misplaced.length > 0) return misplaced
  const broken = ringFindings(area)
  if (broken.some((finding) => finding.weight === 'refuse')) return broken
  const tidy = tidyArea(area)
  return [...broken, ...sizeFindings(tidy, parameters), ...residenceFindings(tidy, residences, parameters)]
}

/** Square metres enclosed, holes taken out; good to a percent for counties. */
export function squareMetres(area: Area): number {
  if (area.kind === 'circle') return Math.PI * area.radiusM ** 2
  if (area.kind === 'corridor') return 2 * area.halfWidthM * lengthM(area.coordinates)
  const ringM2 = (ring: Ring) => {
    const lat = ring.reduce((sum, [, y]) => sum + y, 0) / Math.max(1, ring.length)
    return (Math.abs(windingOf(ring)) / 2) * METRES_PER_DEGREE ** 2 * Math.cos((lat * Math.PI) / 180)
  }
  return area.coordinates.reduce(
    (sum, rings) => sum + rings.reduce((part, ring, i) => part + (i === 0 ? ringM2(ring) : -ringM2(ring)), 0),
    0,
  )
}

function lengthM(line: readonly Position[]): number {
  let sum = 0
  for (let i = 1; i < line.length; i++) {
    const [x1, y1] = line[i - 1] ?? [0, 0]
    const [x2, y2] = line[i] ?? [0, 0]
    sum += Math.hypot((x2 - x1) * Math.cos((y1 * Math.PI) / 180), y2 - y1) * METRES_PER_DEGREE
  }
  return sum
}

function inChina(lat: number, lon: number): boolean {
  return lat >= 3 && lat <= 54 && lon >= 73 && lon <= 136
}

function rangeFindings(area: Area): AreaFinding[] {
  const { minLat, minLon, maxLat, maxLon } = boundsOf(area)
  if (inChina(minLat, minLon) && inChina(maxLat, maxLon)) return []
  if (inChina(minLon, minLat) && inChina(maxLon, maxLat)) return [{ kind: 'axes-swapped', weight: 'refuse' }]
  const onEarth = minLat >= -90 && maxLat <= 90 && minLon >= -180 && maxLon <= 180
  return [{ kind: onEarth ? 'outside-china' : 'out-of-range', weight: 'refuse', at: [minLon, minLat] }]
}

function ringFindings(area: Area): AreaFinding[] {
  if (area.kind !== 'polygon') return []
  const findings: AreaFinding[] = []
  for (const rings of area.coordinates) {
    rings.forEach((ring, i) => {
      const [first] = ring
      const last = ring.at(-1)
      const corners = new Set(ring.map(([lon, lat]) => `${lon},${lat}`)).size
      if (!first || !last || corners < 3) {
        findings.push({ kind: 'too-few-corners', weight: 'refuse', measure: corners })
        return
      }
      if (first[0] !== last[0] || first[1] !== last[1])
        findings.push({ kind: 'ring-open', weight: 'repair', at: first })
      if (windingOf(ring) > 0 !== (i === 0)) findings.push({ kind: 'wrong-orientation', weight: 'repair', at: first })
    })
  }
  if (findings.some((finding) => finding.weight === 'refuse')) return findings
  const tidy = tidyArea(area)
  if (tidy.kind === 'polygon') {
    const at = selfIntersection(tidy.coordinates.flat())
    if (at) findings.push({ kind: 'self-intersection', weight: 'refuse', at })
  }
  return findings
}

/** A place where two edges cross, if there is one. Edges that only touch (shared corners, shared outlines) do not. */
function selfIntersection(rings: readonly Ring[]): Position | null {
  const flat: number[] = []
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [x1, y1] = ring[i - 1] ?? [0, 0]
      const [x2, y2] = ring[i] ?? [0, 0]
      flat.push(x1, y1, x2, y2)
    }
  }
  const edges = Float64Array.from(flat)
  let found: Position | null = null
  edgeGrid(edges, 0).eachNeighbouringPair((a, b) => {
    found ??= crossingOf(edges, a, b)
  })
  return found
}

function crossingOf(edges: Edges, a: number, b: number): Position | null {
  const [ax1, ay1, ax2, ay2] = edges.subarray(a * 4, a * 4 + 4)
  const [bx1, by1, bx2, by2] = edges.subarray(b * 4, b * 4 + 4)
  if (ax1 === undefined || ay1 === undefined || ax2 === undefined || ay2 === undefined) return null
  if (bx1 === undefined || by1 === undefined || bx2 === undefined || by2 === undefined) return null
  const side = (x: number, y: number, x1: number, y1: number, x2: number, y2: number) =>
    Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1))
  const b1 = side(bx1, by1, ax1, ay1, ax2, ay2)
  const b2 = side(bx2, by2, ax1, ay1, ax2, ay2)
  const a1 = side(ax1, ay1, bx1, by1, bx2, by2)
  const a2 = side(ax2, ay2, bx1, by1, bx2, by2)
  return b1 * b2 < 0 && a1 * a2 < 0 ? [(ax1 + ax2) / 2, (ay1 + ay2) / 2] : null
}

function sizeFindings(area: Area, { smallestM2, largestM2 }: InspectionParameters): AreaFinding[] {
  const measure = squareMetres(area)
  if (measure < smallestM2) return [{ kind: 'too-small', weight: 'refuse', measure }]
  return measure > largestM2 ? [{ kind: 'too-large', weight: 'ask', measure }] : []
}

function residenceFindings(area: Area, residences: readonly Place[], parameters: InspectionParameters): AreaFinding[] {
  if (residences.length < parameters.fewestResidences) return []
  const outside = outsideShare(area, residences)
  if (outside <= parameters.outsideShare) return []
  const shifted = (['GCJ02', 'BD09'] as const)
    .map((datum) => ({ datum, share: outsideShare(mapPositions(area, unshift(datum)), residences) }))
    .sort((a, b) => a.share - b.share)[0]
  if (shifted && shifted.share <= parameters.outsideShare) {
    return [{ kind: 'datum-mismatch', weight: 'refuse', measure: outside, datum: shifted.datum }]
  }
  return [{ kind: 'residences-outside', weight: 'refuse', measure: outside }]
}

function unshift(datum: Datum): (position: Position) => Position {
  return ([lon, lat]) => {
    const place = toWgs84(datum, lat, lon)
    return [place.lon, place.lat]
  }
}

function outsideShare(area: Area, residences: readonly Place[]): number {
  const prepared = prepareArea(area)
  return residences.filter(({ lat, lon }) => !prepared.contains(lat, lon)).length / residences.length
}
