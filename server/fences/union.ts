import type { Area, Polygon } from '@zhijiao/geo/area'
import type { PreparedArea } from '@zhijiao/geo/prepared'

/**
 * Several territories as one: inside any is inside. Districts imported from different files overlap or gape by a few
 * metres along their common border; asking each and taking the nearest answer makes neither a hole nor a breach of that.
 */
export function unionOf(parts: readonly PreparedArea[]): PreparedArea | null {
  const [first, ...others] = parts
  if (!first) return null
  if (others.length === 0) return first
  const distanceToEdgeM = (lat: number, lon: number) => {
    let nearest = Number.POSITIVE_INFINITY
    for (const part of parts) {
      const d = part.distanceToEdgeM(lat, lon)
      if (d < nearest) nearest = d
    }
    return nearest
  }
  return {
    area: together(parts.map((p) => p.area)),
    distanceToEdgeM,
    contains: (lat, lon) => parts.some((p) => p.contains(lat, lon)),
    exactWithinM: Math.min(...parts.map((p) => p.exactWithinM)),
    depthM: Math.max(...parts.map((p) => p.depthM)),
  }
}

/** For showing only: the outlines side by side. */
function together(areas: readonly Area[]): Area {
  const polygons = areas.filter((a): a is Polygon => a.kind === 'polygon')
  return { kind: 'polygon', coordinates: polygons.flatMap((p) => p.coordinates) }
}
