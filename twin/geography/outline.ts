import type { Metres } from '@zhijiao/geo/distance'
import { chanceOf } from '../chance.ts'

/** A closed outline on the local plane, metres; the first corner is not repeated. */
export type Outline = readonly Metres[]

/** An oval of some thirty corners that holds the whole city. Half axes in metres. */
export function oval(halfEastM: number, halfNorthM: number): Outline {
  const corners = 32
  return Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * 2 * Math.PI
    return settle({ x: halfEastM * Math.cos(angle), y: halfNorthM * Math.sin(angle) })
  })
}

/** Each site's share of the convex `whole`: everything nearer to it than to any other (Voronoi). Straight borders. */
export function shares(sites: readonly Metres[], whole: Outline): Outline[] {
  return sites.map((site) =>
    sites.reduce<Outline>((left, other) => (other === site ? left : nearerHalf(left, site, other)), whole),
  )
}

/** The part of a convex outline on `site`'s side of the middle line between it and `other`. */
function nearerHalf(outline: Outline, site: Metres, other: Metres): Outline {
  const normal = { x: other.x - site.x, y: other.y - site.y }
  const middle = { x: (site.x + other.x) / 2, y: (site.y + other.y) / 2 }
  const beyond = (p: Metres) => (p.x - middle.x) * normal.x + (p.y - middle.y) * normal.y
  return outline.flatMap((here, i) => {
    const next = outline[(i + 1) % outline.length] ?? here
    const [a, b] = [beyond(here), beyond(next)]
    const kept = a <= 0 ? [here] : []
    if (a < 0 !== b < 0 && a !== 0 && b !== 0) {
      const t = a / (a - b)
      kept.push({ x: here.x + t * (next.x - here.x), y: here.y + t * (next.y - here.y) })
    }
    return kept
  })
}

/**
 * Bends every border like a stream or a ridge, by midpoint displacement. Chance depends on the ends of the border alone,
 * so that neighbours share it corner by corner. `roughness` is the bend as a share of a border's length.
 */
export function bend(outline: Outline, seed: number, roughness: number): Outline {
  const corners = outline.map(settle).filter((p, i, all) => {
    const before = all[(i + all.length - 1) % all.length]
    return !before || before.x !== p.x || before.y !== p.y
  })
  return corners.flatMap((from, i) => {
    const to = corners[(i + 1) % corners.length] ?? from
    return bentBorder(from, to, seed, roughness).slice(0, -1)
  })
}

const shortestM = 700

function bentBorder(from: Metres, to: Metres, seed: number, roughness: number): Metres[] {
  const forward = from.x < to.x || (from.x === to.x && from.y < to.y)
  const [a, b] = forward ? [from, to] : [to, from]
  const line = [a, ...between(a, b, `${a.x},${a.y},${b.x},${b.y}`, seed, roughness), b]
  return forward ? line : line.reverse()
}

function between(a: Metres, b: Metres, name: string, seed: number, roughness: number): Metres[] {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  if (Math.hypot(dx, dy) < shortestM) return []
  const by = chanceOf(seed, 'border', name).between(-roughness, roughness)
  const middle = settle({ x: (a.x + b.x) / 2 - dy * by, y: (a.y + b.y) / 2 + dx * by })
  return [
    ...between(a, middle, `${name}<`, seed, roughness),
    middle,
    ...between(middle, b, `${name}>`, seed, roughness),
  ]
}

/** Whole metres, so that a corner computed from either side is the same corner. */
function settle({ x, y }: Metres): Metres {
  return { x: Math.round(x) + 0, y: Math.round(y) + 0 }
}
