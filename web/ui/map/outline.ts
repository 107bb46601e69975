import type { Area } from '@zhijiao/geo/area'
import type { LonLat } from './model.ts'

const perDegree = 111_320

/** A ring of `sides` corners about a place; good enough to look at up to some hundred kilometres. */
export function ringAbout([lon, lat]: LonLat, radiusM: number, sides = 48): LonLat[] {
  const dLat = radiusM / perDegree
  const dLon = dLat / Math.max(0.05, Math.cos((lat * Math.PI) / 180))
  return Array.from({ length: sides + 1 }, (_, i): LonLat => {
    const a = (i / sides) * 2 * Math.PI
    return [lon + dLon * Math.cos(a), lat + dLat * Math.sin(a)]
  })
}

/** An area as polygons to draw: a circle as a ring, a corridor as its line widened step by step. */
export function polygonsOf(area: Area): readonly (readonly (readonly LonLat[])[])[] {
  if (area.kind === 'polygon') return area.coordinates
  if (area.kind === 'circle') return [[ringAbout(area.coordinates, area.radiusM, 72)]]
  const pieces: LonLat[][][] = []
  for (let i = 1; i < area.coordinates.length; i++) {
    const a = area.coordinates[i - 1]
    const b = area.coordinates[i]
    if (a && b) pieces.push([beside(a, b, area.halfWidthM)])
  }
  for (const at of area.coordinates) pieces.push([ringAbout(at, area.halfWidthM, 24)])
  return pieces
}

/** The rectangle along one step of a line. */
function beside(a: LonLat, b: LonLat, half: number): LonLat[] {
  const shrink = Math.max(0.05, Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180))
  const dx = (b[0] - a[0]) * shrink
  const dy = b[1] - a[1]
  const length = Math.hypot(dx, dy) || 1e-12
  const nx = ((-dy / length) * half) / perDegree / shrink
  const ny = ((dx / length) * half) / perDegree
  const first: LonLat = [a[0] + nx, a[1] + ny]
  return [first, [b[0] + nx, b[1] + ny], [b[0] - nx, b[1] - ny], [a[0] - nx, a[1] - ny], first]
}

export interface Box {
  west: number
  south: number
  east: number
  north: number
}

/** The box around everything, or null when there is nothing. */
export function boxOf(places: Iterable<LonLat>): Box | null {
  let box: Box | null = null
  for (const [lon, lat] of places) {
    if (!box) box = { west: lon, south: lat, east: lon, north: lat }
    box.west = Math.min(box.west, lon)
    box.east = Math.max(box.east, lon)
    box.south = Math.min(box.south, lat)
    box.north = Math.max(box.north, lat)
  }
  return box
}
