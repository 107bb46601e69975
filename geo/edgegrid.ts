import type { Position, Ring } from './area.ts'
import { METRES_PER_DEGREE } from './distance.ts'

const RAD = Math.PI / 180
/** Below this many edges looking at each is as fast as finding the right ones. */
const FEW = 16
const CELLS_PER_EDGE = 12
const MOST_CELLS = 1 << 18

/** Line segments x1, y1, x2, y2 … in degrees, longitude first. */
export type Edges = Float64Array

/**
 * Edges of all rings. An edge that two rings share is no edge of the whole (districts of one city touch), so pairs are
 * dropped; what is inside stays the same, because two crossings make none.
 */
export function edgesOfRings(rings: readonly Ring[]): Edges {
  const kept = new Map<string, readonly [number, number, number, number]>()
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const [x1, y1] = ring[i] ?? [0, 0]
      const [x2, y2] = ring[(i + 1) % ring.length] ?? [0, 0]
      if (x1 === x2 && y1 === y2) continue
      const key = x1 < x2 || (x1 === x2 && y1 < y2) ? `${x1},${y1},${x2},${y2}` : `${x2},${y2},${x1},${y1}`
      if (!kept.delete(key)) kept.set(key, [x1, y1, x2, y2])
    }
  }
  return Float64Array.from([...kept.values()].flat())
}

export function edgesOfLine(line: readonly Position[]): Edges {
  const edges: number[] = []
  for (let i = 1; i < line.length; i++) {
    const [x1, y1] = line[i - 1] ?? [0, 0]
    const [x2, y2] = line[i] ?? [0, 0]
    edges.push(x1, y1, x2, y2)
  }
  return Float64Array.from(edges)
}

/** Answers for one set of edges. */
export interface EdgeGrid {
  /** Metres to the nearest edge: exact below `reachM`, from there on a lower bound that is at least `reachM`. */
  distanceM(lat: number, lon: number): number
  /** Whether an odd number of rings enclose the place. */
  encloses(lat: number, lon: number): boolean
  /** Calls back with pairs of edges that lie near each other, each pair at least once. */
  eachNeighbouringPair(visit: (edgeA: number, edgeB: number) => void): void
}

/**
 * A uniform grid over the edges. Each cell knows which edges touch it, whether its middle is inside, and how many cells
 * away the next edge is; so a place far from every line is answered by one look, and one near a line by its neighbours.
 */
export function edgeGrid(edges: Edges, reachM: number): EdgeGrid {
  const count = edges.length / 4
  let [minX, minY, maxX, maxY] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  for (let i = 0; i < edges.length; i += 2) {
    const x = edges[i] ?? 0
    const y = edges[i + 1] ?? 0
    minX = Math.min(minX, x)
    maxX = Math.max(maxX, x)
    minY = Math.min(minY, y)
    maxY = Math.max(maxY, y)
  }
  const widest = Math.max(Math.abs(minY), Math.abs(maxY))
  const narrow = METRES_PER_DEGREE * Math.cos(Math.min(89, widest) * RAD)
  const target = count <= FEW ? 1 : Math.min(MOST_CELLS, Math.max(256, count * CELLS_PER_EDGE))
  const widthM = Math.max(1, (maxX - minX) * narrow)
  const heightM = Math.max(1, (maxY - minY) * METRES_PER_DEGREE)
  const sideM = Math.sqrt((widthM * heightM) / target)
  // A long thin area would ask for more columns than cells; a little more than the sum keeps the box covered.
  const nx = Math.min(target, Math.max(1, Math.ceil(widthM / sideM)))
  const ny = Math.min(target, Math.max(1, Math.ceil(heightM / sideM)))
  const cellX = Math.max((maxX - minX) / nx, 1e-9)
  const cellY = Math.max((maxY - minY) / ny, 1e-9)
  /** Slightly less than the shorter side of a cell anywhere in the box: bounds made from it hold. */
  const cellM = Math.min(cellX * narrow, cellY * METRES_PER_DEGREE) * 0.999

  const { starts, members } = assign(edges, minX, minY, cellX, cellY, nx, ny)
  const inside = middles(edges, minX, minY, cellX, cellY, nx, ny)
  const away = steps(starts, nx, ny)

  function nearestInCell(cell: number, lon: number, lat: number, perLon: number, best: number): number {
    const end = starts[cell + 1] ?? 0
    let least = best
    for (let at = starts[cell] ?? 0; at < end; at++) {
      const i = (members[at] ?? 0) * 4
      const x1 = ((edges[i] ?? 0) - lon) * perLon
      const y1 = ((edges[i + 1] ?? 0) - lat) * METRES_PER_DEGREE
      const dx = ((edges[i + 2] ?? 0) - lon) * perLon - x1
      const dy = ((edges[i + 3] ?? 0) - lat) * METRES_PER_DEGREE - y1
      const length = dx * dx + dy * dy
      const t = length === 0 ? 0 : Math.min(1, Math.max(0, -(x1 * dx + y1 * dy) / length))
      const px = x1 + t * dx
      const py = y1 + t * dy
      const square = px * px + py * py
      if (square < least) least = square
    }
    return least
  }

  function distanceM(lat: number, lon: number): number {
    const perLon = METRES_PER_DEGREE * Math.cos(lat * RAD)
    const offX = lon < minX ? minX - lon : lon > maxX ? lon - maxX : 0
    const offY = lat < minY ? minY - lat : lat > maxY ? lat - maxY : 0
    if (offX > 0 || offY > 0) {
      const toBox = Math.hypot(offX * perLon, offY * METRES_PER_DEGREE)
      if (toBox >= reachM) return toBox
    }
    const fx = (lon - minX) / cellX
    const fy = (lat - minY) / cellY
    const ix = Math.floor(fx)
    const iy = Math.floor(fy)
    const within = ix >= 0 && ix < nx && iy >= 0 && iy < ny
    let ring = within ? (away[iy * nx + ix] ?? 0) : Math.max(0, -ix, ix - nx + 1, -iy, iy - ny + 1)
    if ((ring - 1) * cellM >= reachM) return (ring - 1) * cellM
    const margin = Math.min(fx - ix, ix + 1 - fx, fy - iy, iy + 1 - fy) * cellM
    const last = Math.max(ix, nx - 1 - ix, iy, ny - 1 - iy)
    let best = Number.POSITIVE_INFINITY
    for (; ring <= last; ring++) {
      best = nearestInRing(ix, iy, ring, lon, lat, perLon, best)
      const searched = ring * cellM + margin
      if (best <= searched * searched) break
      if (searched >= reachM) return Math.min(Math.sqrt(best), searched)
    }
    return Math.sqrt(best)
  }

  function nearestInRing(
    ix: number,
    iy: number,
    ring: number,
    lon: number,
    lat: number,
    perLon: number,
    best: number,
  ): number {
    let least = best
    const fromX = Math.max(0, ix - ring)
    const toX = Math.min(nx - 1, ix + ring)
    const fromY = Math.max(0, iy - ring)
    const toY = Math.min(ny - 1, iy + ring)
    for (let y = fromY; y <= toY; y++) {
      if (y === iy - ring || y === iy + ring) {
        for (let x = fromX; x <= toX; x++) least = nearestInCell(y * nx + x, lon, lat, perLon, least)
        continue
      }
      if (ix - ring >= 0 && ix - ring < nx) least = nearestInCell(y * nx + ix - ring, lon, lat, perLon, least)
      if (ring > 0 && ix + ring < nx && ix + ring >= 0)
        least = nearestInCell(y * nx + ix + ring, lon, lat, perLon, least)
    }
    return least
  }

  function encloses(lat: number, lon: number): boolean {
    if (lon < minX || lon > maxX || lat < minY || lat > maxY) return false
    const ix = Math.min(nx - 1, Math.floor((lon - minX) / cellX))
    const iy = Math.min(ny - 1, Math.floor((lat - minY) / cellY))
    const cell = iy * nx + ix
    const middleIn = inside[cell] === 1
    const start = starts[cell] ?? 0
    const end = starts[cell + 1] ?? 0
    if (start === end) return middleIn
    const mx = minX + (ix + MIDDLE_X) * cellX
    const my = minY + (iy + MIDDLE_Y) * cellY
    let odd = false
    for (let at = start; at < end; at++) {
      const i = (members[at] ?? 0) * 4
      const x1 = edges[i] ?? 0
      const y1 = edges[i + 1] ?? 0
      const x2 = edges[i + 2] ?? 0
      const y2 = edges[i + 3] ?? 0
      const side1 = (lon - mx) * (y1 - my) - (lat - my) * (x1 - mx) > 0
      const side2 = (lon - mx) * (y2 - my) - (lat - my) * (x2 - mx) > 0
      if (side1 === side2) continue
      const middleSide = (x2 - x1) * (my - y1) - (y2 - y1) * (mx - x1) > 0
      const placeSide = (x2 - x1) * (lat - y1) - (y2 - y1) * (lon - x1) > 0
      if (middleSide !== placeSide) odd = !odd
    }
    return middleIn !== odd
  }

  function eachNeighbouringPair(visit: (edgeA: number, edgeB: number) => void): void {
    for (let cell = 0; cell < nx * ny; cell++) {
      const end = starts[cell + 1] ?? 0
      for (let a = starts[cell] ?? 0; a < end; a++) {
        for (let b = a + 1; b < end; b++) visit(members[a] ?? 0, members[b] ?? 0)
      }
    }
  }

  return { distanceM, encloses, eachNeighbouringPair }
}

/** The "middle" of a cell lies a little off, where drawn coordinates seldom lie exactly. */
const MIDDLE_X = 0.512_893_7
const MIDDLE_Y = 0.487_316_1

/** Which edges touch which cells, packed: the members of cell c are members[starts[c]] … members[starts[c + 1] − 1]. */
function assign(edges: Edges, minX: number, minY: number, cellX: number, cellY: number, nx: number, ny: number) {
  const starts = new Uint32Array(nx * ny + 1)
  eachTouched(edges, minX, minY, cellX, cellY, nx, ny, (cell) => {
    starts[cell + 1] = (starts[cell + 1] ?? 0) + 1
  })
  for (let cell = 0; cell < nx * ny; cell++) starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0)
  const members = new Uint32Array(starts[nx * ny] ?? 0)
  const next = starts.slice()
  eachTouched(edges, minX, minY, cellX, cellY, nx, ny, (cell, edge) => {
    const at = next[cell] ?? 0
    members[at] = edge
    next[cell] = at + 1
  })
  return { starts, members }
}

function eachTouched(
  edges: Edges,
  minX: number,
  minY: number,
  cellX: number,
  cellY: number,
  nx: number,
  ny: number,
  touch: (cell: number, edge: number) => void,
): void {
  // Counting an edge into a neighbour it merely grazes costs nothing; missing one would be wrong.
  const slack = 1e-6
  for (let edge = 0; edge * 4 < edges.length; edge++) {
    const x1 = ((edges[edge * 4] ?? 0) - minX) / cellX
    const y1 = ((edges[edge * 4 + 1] ?? 0) - minY) / cellY
    const x2 = ((edges[edge * 4 + 2] ?? 0) - minX) / cellX
    const y2 = ((edges[edge * 4 + 3] ?? 0) - minY) / cellY
    const rowFrom = clamp(Math.floor(Math.min(y1, y2) - slack), ny)
    const rowTo = clamp(Math.floor(Math.max(y1, y2) + slack), ny)
    for (let row = rowFrom; row <= rowTo; row++) {
      let [left, right] = [Math.min(x1, x2), Math.max(x1, x2)]
      if (Math.abs(y2 - y1) > 1e-12) {
        const t1 = Math.min(1, Math.max(0, (row - slack - y1) / (y2 - y1)))
        const t2 = Math.min(1, Math.max(0, (row + 1 + slack - y1) / (y2 - y1)))
        const [xa, xb] = [x1 + t1 * (x2 - x1), x1 + t2 * (x2 - x1)]
        left = Math.min(xa, xb)
        right = Math.max(xa, xb)
      }
      const to = clamp(Math.floor(right + slack), nx)
      for (let column = clamp(Math.floor(left - slack), nx); column <= to; column++) touch(row * nx + column, edge)
    }
  }
}

function clamp(index: number, size: number): number {
  return Math.min(size - 1, Math.max(0, index))
}

/** 1 where the middle of a cell is enclosed, by one sweep per row. */
function middles(
  edges: Edges,
  minX: number,
  minY: number,
  cellX: number,
  cellY: number,
  nx: number,
  ny: number,
): Uint8Array {
  const crossings: number[][] = Array.from({ length: ny }, () => [])
  for (let i = 0; i < edges.length; i += 4) {
    const x1 = ((edges[i] ?? 0) - minX) / cellX
    const y1 = ((edges[i + 1] ?? 0) - minY) / cellY - MIDDLE_Y
    const x2 = ((edges[i + 2] ?? 0) - minX) / cellX
    const y2 = ((edges[i + 3] ?? 0) - minY) / cellY - MIDDLE_Y
    const to = Math.min(ny - 1, Math.floor(Math.max(y1, y2)))
    for (let row = Math.max(0, Math.ceil(Math.min(y1, y2))); row <= to; row++) {
      if (y1 > row !== y2 > row) crossings[row]?.push(x1 + ((row - y1) / (y2 - y1)) * (x2 - x1))
    }
  }
  const inside = new Uint8Array(nx * ny)
  for (let row = 0; row < ny; row++) {
    const sorted = (crossings[row] ?? []).sort((a, b) => a - b)
    let passed = 0
    for (let column = 0; column < nx; column++) {
      while (passed < sorted.length && (sorted[passed] ?? 0) < column + MIDDLE_X) passed++
      inside[row * nx + column] = passed % 2
    }
  }
  return inside
}

/** Cells (king's moves) from each cell to the nearest one that an edge touches, by two sweeps. */
function steps(starts: Uint32Array, nx: number, ny: number): Uint16Array {
  const away = new Uint16Array(nx * ny)
  const far = 0xfff0
  for (let cell = 0; cell < nx * ny; cell++) away[cell] = starts[cell] === starts[cell + 1] ? far : 0
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= nx || y >= ny ? far : (away[y * nx + x] ?? far))
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      const near = Math.min(at(x - 1, y), at(x - 1, y - 1), at(x, y - 1), at(x + 1, y - 1)) + 1
      if (near < at(x, y)) away[y * nx + x] = near
    }
  }
  for (let y = ny - 1; y >= 0; y--) {
    for (let x = nx - 1; x >= 0; x--) {
      const near = Math.min(at(x + 1, y), at(x + 1, y + 1), at(x, y + 1), at(x - 1, y + 1)) + 1
      if (near < at(x, y)) away[y * nx + x] = near
    }
  }
  return away
}
