import type { AreaShape } from '@zhijiao/contract/fences'
import type { Area } from '@zhijiao/geo/area'
import type { LonLat } from '../../ui/map/model.ts'

/** What is being drawn: corners in order, and the width that goes with the shape. */
export interface Drawing {
  readonly shape: 'circle' | 'polygon' | 'corridor'
  readonly corners: readonly LonLat[]
  readonly metres: number
}

export const blank = (shape: Drawing['shape']): Drawing => ({
  shape,
  corners: [],
  metres: shape === 'circle' ? 300 : 50,
})

/** One more corner; a circle has but one. */
export const placed = (drawing: Drawing, at: LonLat): Drawing =>
  drawing.shape === 'circle'
    ? { ...drawing, corners: [rounded(at)] }
    : { ...drawing, corners: [...drawing.corners, rounded(at)] }

export const moved = (drawing: Drawing, index: number, to: LonLat): Drawing => ({
  ...drawing,
  corners: drawing.corners.map((c, i) => (i === index ? rounded(to) : c)),
})

/** A decimetre is finer than any fix. */
const rounded = ([lon, lat]: LonLat): LonLat => [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6]

/** The area once there are enough corners. */
export function areaOf({ shape, corners, metres }: Drawing): Area | null {
  const [first] = corners
  if (!first) return null
  if (shape === 'circle') return { kind: 'circle', coordinates: first, radiusM: metres }
  if (shape === 'corridor')
    return corners.length >= 2 ? { kind: 'corridor', coordinates: corners, halfWidthM: metres } : null
  return corners.length >= 3 ? { kind: 'polygon', coordinates: [[[...corners, first]]] } : null
}

/** An area as something that can be drawn on; a polygon of several parts or thousands of corners keeps its outline untouched. */
export function drawingOf(area: AreaShape | Area): Drawing | null {
  if (area.kind === 'circle') return { shape: 'circle', corners: [area.coordinates], metres: area.radiusM }
  if (area.kind === 'corridor') return { shape: 'corridor', corners: area.coordinates, metres: area.halfWidthM }
  const [rings, ...more] = area.coordinates
  const ring = rings?.[0]
  if (!ring || more.length > 0 || (rings?.length ?? 0) > 1 || ring.length > 60) return null
  return { shape: 'polygon', corners: ring.slice(0, -1), metres: 50 }
}

/** Corners typed as "longitude latitude" a line; answers the number of the first line that cannot be read. */
export function typedCorners(text: string): readonly LonLat[] | number {
  const corners: LonLat[] = []
  for (const [i, line] of text.split(/\n/).entries()) {
    if (line.trim() === '') continue
    const [lon, lat] = line
      .trim()
      .split(/[\s,，]+/)
      .map(Number)
    if (
      lon === undefined ||
      lat === undefined ||
      Number.isNaN(lon) ||
      Number.isNaN(lat) ||
      Math.abs(lat) > 90 ||
      Math.abs(lon) > 180
    )
      return i + 1
    corners.push([lon, lat])
  }
  return corners
}
