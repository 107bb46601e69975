import type { Map as Gl, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { areaPaint } from './marks.ts'
import type { Tiles } from './tiles.ts'

const empty = { type: 'FeatureCollection' as const, features: [] }

/** A plain ground, with tiles on it where the installation has any. */
export function styleOf(tiles: Tiles | null): StyleSpecification {
  const ground: LayerSpecification = { id: 'ground', type: 'background', paint: { 'background-color': '#eef1f5' } }
  if (!tiles) return { version: 8, sources: {}, layers: [ground] }
  const at = new URL(tiles.at, window.location.href).href
  const raster: LayerSpecification = {
    id: 'tiles',
    type: 'raster',
    source: 'tiles',
    paint: { 'raster-saturation': -0.35 },
  }
  return {
    version: 8,
    sources: {
      tiles:
        tiles.kind === 'pmtiles'
          ? { type: 'raster', url: `pmtiles://${at}`, tileSize: 256 }
          : { type: 'raster', tiles: [tileAddress(decodeURI(at))], tileSize: 256, maxzoom: 18 },
    },
    layers: [ground, raster],
  }
}

/** WMTS names its axes otherwise; the tile grid is the same (EPSG:3857 quad). */
const tileAddress = (at: string) =>
  at
    .replace(/\{TileMatrix\}/gi, '{z}')
    .replace(/\{TileCol\}/gi, '{x}')
    .replace(/\{TileRow\}/gi, '{y}')

export function addLayers(gl: Gl, cluster: boolean): void {
  for (const id of ['areas', 'names', 'circles', 'lines', 'handles']) gl.addSource(id, { type: 'geojson', data: empty })
  gl.addSource('points', {
    type: 'geojson',
    data: empty,
    promoteId: 'id',
    ...(cluster
      ? { cluster: true, clusterRadius: 46, clusterMaxZoom: 13, clusterProperties: { alarms: ['+', ['get', 'alarm']] } }
      : {}),
  })
  for (const [kind, paint] of Object.entries(areaPaint)) {
    gl.addLayer({
      id: `fill-${kind}`,
      type: 'fill',
      source: 'areas',
      filter: ['==', ['get', 'kind'], kind],
      paint: { 'fill-color': paint.fill },
    })
    gl.addLayer({
      id: `edge-${kind}`,
      type: 'line',
      source: 'areas',
      filter: ['==', ['get', 'kind'], kind],
      paint: {
        'line-color': paint.line,
        'line-width': kind === 'plain' ? 1.2 : 2,
        ...(paint.dash ? { 'line-dasharray': [...paint.dash] } : {}),
      },
    })
  }
  gl.addLayer({
    id: 'circles',
    type: 'fill',
    source: 'circles',
    ...(cluster ? { minzoom: 12 } : {}),
    paint: { 'fill-color': 'rgba(9,88,217,0.05)', 'fill-outline-color': 'rgba(9,88,217,0.45)' },
  })
  gl.addLayer({
    id: 'lines',
    type: 'line',
    source: 'lines',
    filter: ['!', ['get', 'gap']],
    paint: { 'line-color': '#0958d9', 'line-width': 2.5, 'line-opacity': 0.8 },
  })
  gl.addLayer({
    id: 'gaps',
    type: 'line',
    source: 'lines',
    filter: ['get', 'gap'],
    paint: { 'line-color': '#667085', 'line-width': 2, 'line-dasharray': [1.5, 2] },
  })
  gl.addLayer({
    id: 'names',
    type: 'symbol',
    source: 'names',
    layout: { 'icon-image': ['concat', 't:', ['get', 'name']], 'icon-padding': 6 },
  })
  if (cluster) {
    gl.addLayer({
      id: 'clusters',
      type: 'circle',
      source: 'points',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': ['case', ['>', ['get', 'alarms'], 0], '#cf1322', '#1f4e9e'],
        'circle-opacity': 0.88,
        'circle-radius': ['step', ['get', 'point_count'], 14, 50, 18, 500, 24],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 2,
      },
    })
    gl.addLayer({
      id: 'cluster-count',
      type: 'symbol',
      source: 'points',
      filter: ['has', 'point_count'],
      layout: {
        'icon-image': ['concat', 'n:', ['to-string', ['get', 'point_count_abbreviated']]],
        'icon-allow-overlap': true,
      },
    })
  }
  gl.addLayer({
    id: 'points',
    type: 'symbol',
    source: 'points',
    filter: ['!', ['has', 'point_count']],
    layout: {
      'icon-image': ['get', 'mark'],
      'icon-size': ['get', 'size'],
      'icon-allow-overlap': true,
      'symbol-z-order': 'source',
    },
  })
  gl.addLayer({
    id: 'labels',
    type: 'symbol',
    source: 'points',
    filter: ['all', ['!', ['has', 'point_count']], ['!=', ['get', 'label'], '']],
    ...(cluster ? { minzoom: 11 } : {}),
    layout: { 'icon-image': ['concat', 't:', ['get', 'label']], 'icon-offset': [0, 20] },
  })
  gl.addLayer({
    id: 'handles',
    type: 'circle',
    source: 'handles',
    paint: {
      'circle-radius': 7,
      'circle-color': '#ffffff',
      'circle-stroke-color': '#874d00',
      'circle-stroke-width': 3,
    },
  })
}
