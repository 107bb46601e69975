import type { Feature, FeatureCollection, Point } from 'geojson'
import type { GeoJSONSource } from 'maplibre-gl'
import type { LonLat, MapContent } from './model.ts'
import { boxOf, polygonsOf, ringAbout } from './outline.ts'

type Out = (at: LonLat) => [number, number]
const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

export function areasIn(
  { areas = [], points }: MapContent,
  out: Out,
  what: 'areas' | 'names' | 'circles',
): FeatureCollection {
  if (what === 'circles')
    return collection(
      points
        .filter((p) => p.accuracyM)
        .map((p) => ({
          type: 'Feature',
          properties: {},
          geometry: { type: 'Polygon', coordinates: [ringAbout(p.at, p.accuracyM ?? 0, 32).map(out)] },
        })),
    )
  if (what === 'names')
    return collection(
      areas.flatMap((a): Feature[] => {
        const box = a.name ? boxOf(polygonsOf(a.area).flat(2)) : null
        return box
          ? [
              {
                type: 'Feature',
                properties: { name: a.name },
                geometry: { type: 'Point', coordinates: out([(box.west + box.east) / 2, (box.south + box.north) / 2]) },
              },
            ]
          : []
      }),
    )
  return collection(
    areas.map((a) => ({
      type: 'Feature',
      properties: { id: a.id, kind: a.kind },
      geometry: {
        type: 'MultiPolygon',
        coordinates: polygonsOf(a.area).map((rings) => rings.map((ring) => ring.map(out))),
      },
    })),
  )
}

export const linesIn = ({ lines = [] }: MapContent, out: Out): FeatureCollection =>
  collection(
    lines
      .filter((l) => l.path.length > 1)
      .map((l) => ({
        type: 'Feature',
        properties: { gap: l.gap ?? false },
        geometry: { type: 'LineString', coordinates: l.path.map(out) },
      })),
  )

export const handlesIn = (handles: readonly LonLat[], out: Out): FeatureCollection =>
  collection(
    handles.map((at, index) => ({
      type: 'Feature',
      properties: { index },
      geometry: { type: 'Point', coordinates: out(at) },
    })),
  )

export const pointsIn = ({ points }: MapContent, out: Out): Feature<Point>[] =>
  points.map((p) => ({
    type: 'Feature',
    properties: {
      id: p.id,
      mark: `${p.shape}-${p.tone}`,
      label: p.label ?? '',
      size: p.small ? 0.55 : 1,
      alarm: p.shape === 'octagon' || p.shape === 'triangle' ? 1 : 0,
    },
    geometry: { type: 'Point', coordinates: out(p.at) },
  }))

/** Gives a source only what changed since last time: setting tens of thousands of points anew stalls the page. */
export function pointDiff(
  source: GeoJSONSource,
  features: Feature<Point>[],
  former: ReadonlyMap<string, string> | null,
): ReadonlyMap<string, string> {
  const now = new Map(features.map((f) => [String(f.properties?.id), JSON.stringify(f)]))
  if (!former) source.setData(collection(features))
  else {
    const add = features.filter((f) => {
      const id = String(f.properties?.id)
      return former.get(id) !== now.get(id)
    })
    const remove = [...former.keys()].filter((id) => !now.has(id))
    if (add.length + remove.length > 0) void source.updateData({ add, remove })
  }
  return now
}
