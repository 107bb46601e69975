import type { Area, Position, Ring } from './area.ts'
import { METRES_PER_DEGREE } from './distance.ts'

/**
 * Fewer corners, none of the old ones farther than `toleranceM` (default 5 m) from the new outline
 * (Ramer 1972, Douglas and Peucker 1973).
 *
 * Outlines that parts of one area share are thinned once and stay shared: where three lines meet, the meeting point is
 * kept, and a stretch between two such points gives the same corners whichever ring it is read from.
 */
export function simplifyArea(area: Area, toleranceM = 5): Area {
  if (area.kind === 'circle') return area
  if (area.kind === 'corridor') return { ...area, coordinates: thin(area.coordinates, toleranceM) }
  const meeting = meetingPoints(area.coordinates.flat())
  const coordinates = area.coordinates
    .map((rings) => rings.map((ring) => simplifyRing(ring, meeting, toleranceM)).filter((ring) => ring.length >= 4))
    .filter((rings) => rings.length > 0)
  return { ...area, coordinates }
}

function key([lon, lat]: Position): string {
  return `${lon},${lat}`
}

/** Positions with more than two neighbours: where outlines part. */
function meetingPoints(rings: readonly Ring[]): ReadonlySet<string> {
  const neighbours = new Map<string, Set<string>>()
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1], ring[i]]
      if (!a || !b) continue
      const [ka, kb] = [key(a), key(b)]
      neighbours.set(ka, (neighbours.get(ka) ?? new Set()).add(kb))
      neighbours.set(kb, (neighbours.get(kb) ?? new Set()).add(ka))
    }
  }
  return new Set([...neighbours].filter(([, around]) => around.size > 2).map(([place]) => place))
}

function simplifyRing(ring: Ring, meeting: ReadonlySet<string>, toleranceM: number): Ring {
  const open = ring.slice(0, -1)
  const first = open.findIndex((position) => meeting.has(key(position)))
  const start = first >= 0 ? first : lowest(open)
  const turned = [...open.slice(start), ...open.slice(0, start)]
  const [anchor] = turned
  if (!anchor) return ring
  turned.push(anchor)
  const result: Position[] = [anchor]
  let from = 0
  for (let i = 1; i < turned.length; i++) {
    const position = turned[i]
    if (!position || (i < turned.length - 1 && !meeting.has(key(position)))) continue
    result.push(...thinEitherWay(turned.slice(from, i + 1), toleranceM).slice(1))
    from = i
  }
  return result
}

/** A ring that meets nothing starts at its lowest corner, so that the result does not depend on where the file began. */
function lowest(open: readonly Position[]): number {
  let least = 0
  for (let i = 1; i < open.length; i++) {
    const [a, b] = [open[i], open[least]]
    if (a && b && (a[1] < b[1] || (a[1] === b[1] && a[0] < b[0]))) least = i
  }
  return least
}

/** Reads a stretch always from the same end, since ties are broken by the order of reading. */
function thinEitherWay(stretch: readonly Position[], toleranceM: number): Position[] {
  const [first] = stretch
  const last = stretch.at(-1)
  if (!first || !last) return [...stretch]
  const forward = first[0] < last[0] || (first[0] === last[0] && first[1] <= last[1])
  return forward ? thin(stretch, toleranceM) : thin([...stretch].reverse(), toleranceM).reverse()
}

function thin(line: readonly Position[], toleranceM: number): Position[] {
  const keep = new Uint8Array(line.length)
  keep[0] = 1
  keep[line.length - 1] = 1
  const open: [number, number][] = [[0, line.length - 1]]
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range
    const { index, distance } = farthest(line, from, to)
    if (distance <= toleranceM) continue
    keep[index] = 1
    open.push([from, index], [index, to])
  }
  return line.filter((_, i) => keep[i] === 1)
}

function farthest(line: readonly Position[], from: number, to: number): { index: number; distance: number } {
  const [x0, y0] = line[from] ?? [0, 0]
  const [x1, y1] = line[to] ?? [0, 0]
  const perLon = METRES_PER_DEGREE * Math.cos((y0 * Math.PI) / 180)
  const [dx, dy] = [(x1 - x0) * perLon, (y1 - y0) * METRES_PER_DEGREE]
  const length = dx * dx + dy * dy
  let best = { index: from, distance: -1 }
  for (let i = from + 1; i < to; i++) {
    const [x, y] = line[i] ?? [0, 0]
    const [px, py] = [(x - x0) * perLon, (y - y0) * METRES_PER_DEGREE]
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length))
    const distance = Math.hypot(px - t * dx, py - t * dy)
    if (distance > best.distance) best = { index: i, distance }
  }
  return best
}
