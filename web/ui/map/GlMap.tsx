import { addProtocol, type GeoJSONSource, Map as Gl, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useEffect, useRef, useState } from 'react'
import 'maplibre-gl/dist/maplibre-gl.css'
import { Waiting } from '../Waiting.tsx'
import { type Edge, edgeOf } from './datum.ts'
import { areasIn, handlesIn, linesIn, pointDiff, pointsIn } from './features.ts'
import { addLayers, styleOf } from './layers.ts'
import { drawMark } from './marks.ts'
import type { MapProps } from './model.ts'
import { boxOf } from './outline.ts'
import { type Tiles, useFacts } from './tiles.ts'

setWorkerUrl(workerUrl)
let pmtiles = false

/** The WebGL map. It waits for the word on tiles, because a shifted base map changes where everything is drawn. */
export default function GlMap(props: MapProps) {
  const facts = useFacts()
  if (!facts.data && facts.isPending) return <Waiting rows={4} />
  return <Drawn {...props} tiles={facts.data?.tiles ?? null} />
}

function Drawn({
  content,
  cluster = false,
  fitKey,
  focus,
  onPick,
  onPlace,
  handles,
  onHandle,
  tiles,
  label,
}: MapProps & { tiles: Tiles | null }) {
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<Gl | null>(null)
  const edge = useRef<Edge>(edgeOf(tiles?.datum ?? 'WGS84'))
  const heard = useRef({ onPick, onPlace, onHandle })
  heard.current = { onPick, onPlace, onHandle }
  const former = useRef<ReadonlyMap<string, string> | null>(null)
  const [ready, setReady] = useState(false)

  useEffect(() => {
    if (!box.current) return
    let gone = false
    const start = async () => {
      if (tiles?.kind === 'pmtiles' && !pmtiles) {
        const { Protocol } = await import('pmtiles')
        addProtocol('pmtiles', new Protocol().tile)
        pmtiles = true
      }
      if (gone || !box.current) return
      const gl = new Gl({
        container: box.current,
        style: styleOf(tiles),
        center: [109.4, 24.3],
        zoom: 7,
        maxZoom: 19,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        fadeDuration: 0,
      })
      gl.getCanvas().setAttribute('aria-label', label)
      gl.touchZoomRotate.disableRotation()
      gl.addControl(new NavigationControl({ showCompass: false }), 'top-right')
      gl.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-right')
      // A listener to the missing image would come too late for the tile that asked: its marks would stay undrawn.
      gl.setMissingStyleImageResolver((id) => {
        const ratio = Math.min(2, window.devicePixelRatio || 1)
        const image = gl.hasImage(id) ? null : drawMark(id, ratio)
        if (image) gl.addImage(id, image, { pixelRatio: ratio })
      })
      gl.on('load', () => {
        addLayers(gl, cluster)
        listen(gl, heard, edge)
        map.current = gl
        setReady(true)
      })
    }
    void start()
    return () => {
      gone = true
      map.current?.remove()
      map.current = null
      former.current = null
      setReady(false)
    }
  }, [tiles, cluster, label])

  useEffect(() => {
    const gl = map.current
    if (!gl || !ready) return
    const { out } = edge.current
    source(gl, 'areas')?.setData(areasIn(content, out, 'areas'))
    source(gl, 'names')?.setData(areasIn(content, out, 'names'))
    source(gl, 'circles')?.setData(areasIn(content, out, 'circles'))
    source(gl, 'lines')?.setData(linesIn(content, out))
    const points = source(gl, 'points')
    if (points) former.current = pointDiff(points, pointsIn(content, out), former.current)
  }, [content, ready])

  useEffect(() => {
    const gl = map.current
    if (!gl || !ready) return
    source(gl, 'handles')?.setData(handlesIn(handles ?? [], edge.current.out))
  }, [handles, ready])

  useEffect(() => {
    if (map.current && ready) map.current.getCanvas().style.cursor = onPlace ? 'crosshair' : ''
  }, [onPlace, ready])

  const latest = useRef(content)
  latest.current = content
  // biome-ignore lint/correctness/useExhaustiveDependencies: fits only when asked to, not at each new position
  useEffect(() => {
    const gl = map.current
    if (!gl || !ready) return
    const around = boxOf(everything(latest.current))
    if (!around) return
    const [west, south] = edge.current.out([around.west, around.south])
    const [east, north] = edge.current.out([around.east, around.north])
    gl.fitBounds([west, south, east, north], {
      padding: { top: 48, left: 48, right: 48, bottom: 88 },
      maxZoom: 16,
      duration: 0,
    })
  }, [fitKey, ready])

  useEffect(() => {
    if (focus && map.current && ready)
      map.current.easeTo({ center: edge.current.out(focus), zoom: Math.max(map.current.getZoom(), 14), duration: 400 })
  }, [focus, ready])

  return <div ref={box} data-map={ready ? 'ready' : 'starting'} />
}

function* everything({ points, areas = [], lines = [] }: MapProps['content']) {
  for (const p of points) yield p.at
  for (const l of lines) yield* l.path
  for (const a of areas) {
    // Outlines to orient by count only when there is nothing else to look at.
    if (a.kind === 'plain' && (points.length > 0 || areas.some((one) => one.kind !== 'plain'))) continue
    const { area } = a
    if (area.kind === 'circle') {
      const d = area.radiusM / 100_000
      yield [area.coordinates[0] - d, area.coordinates[1] - d] as const
      yield [area.coordinates[0] + d, area.coordinates[1] + d] as const
    } else yield* area.kind === 'corridor' ? area.coordinates : area.coordinates.flat(2)
  }
}

const source = (gl: Gl, id: string) => gl.getSource(id) as GeoJSONSource | undefined

function listen(
  gl: Gl,
  heard: { current: Pick<MapProps, 'onPick' | 'onPlace' | 'onHandle'> },
  edge: { current: Edge },
) {
  gl.on('click', (event) => {
    if (heard.current.onPlace) {
      heard.current.onPlace(edge.current.back([event.lngLat.lng, event.lngLat.lat]))
      return
    }
    const [hit] = gl.queryRenderedFeatures(
      [
        [event.point.x - 6, event.point.y - 6],
        [event.point.x + 6, event.point.y + 6],
      ],
      { layers: ['clusters', 'points'].filter((l) => gl.getLayer(l)) },
    )
    if (!hit) return
    const clusterId = hit.properties.cluster_id as number | undefined
    if (clusterId !== undefined && hit.geometry.type === 'Point') {
      const center = hit.geometry.coordinates as [number, number]
      void source(gl, 'points')
        ?.getClusterExpansionZoom(clusterId)
        .then((zoom) => gl.easeTo({ center, zoom: zoom + 0.3, duration: 300 }))
    } else heard.current.onPick?.(String(hit.properties.id))
  })
  for (const layer of ['points', 'clusters'])
    if (gl.getLayer(layer)) {
      gl.on('mouseenter', layer, () => {
        if (!heard.current.onPlace) gl.getCanvas().style.cursor = 'pointer'
      })
      gl.on('mouseleave', layer, () => {
        if (!heard.current.onPlace) gl.getCanvas().style.cursor = ''
      })
    }
  const drag = (down: { preventDefault: () => void; features?: { properties: Record<string, unknown> }[] }) => {
    const index = Number(down.features?.[0]?.properties.index ?? -1)
    if (index < 0 || !heard.current.onHandle) return
    down.preventDefault()
    const move = (event: { lngLat: { lng: number; lat: number } }) =>
      heard.current.onHandle?.(index, edge.current.back([event.lngLat.lng, event.lngLat.lat]))
    gl.on('mousemove', move)
    gl.on('touchmove', move)
    const end = () => {
      gl.off('mousemove', move)
      gl.off('touchmove', move)
    }
    gl.once('mouseup', end)
    gl.once('touchend', end)
  }
  gl.on('mousedown', 'handles', drag)
  gl.on('touchstart', 'handles', drag)
}
