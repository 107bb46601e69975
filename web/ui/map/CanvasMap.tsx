import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { DataZoomInsideComponent, GridComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useWords } from '../language.ts'
import { colours } from '../tokens.ts'
import { common } from '../words.ts'
import { areaPaint } from './marks.ts'
import type { LonLat, MapProps, Shape } from './model.ts'
import { boxOf, polygonsOf, ringAbout } from './outline.ts'

use([ScatterChart, LineChart, CustomChart, GridComponent, DataZoomInsideComponent, CanvasRenderer])

const symbols: Readonly<Record<Shape, string>> = {
  dot: 'circle',
  ring: 'emptyCircle',
  square: 'rect',
  triangle: 'triangle',
  octagon: 'diamond',
  house: 'roundRect',
}

/** The same content on a plain canvas, for desktops without WebGL2: no tiles, but points, areas, tracks, drag and zoom. */
export default function CanvasMap({ content, fitKey, onPick, onPlace, handles = [], label }: MapProps) {
  const t = useWords(common)
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  const heard = useRef({ onPick, onPlace })
  heard.current = { onPick, onPlace }
  const scale = useRef(1)

  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, undefined, { renderer: 'canvas' })
    chart.current = made
    made.on('click', (event) => {
      const id = (event.data as { id?: string } | undefined)?.id
      if (id && !heard.current.onPlace) heard.current.onPick?.(id)
    })
    made.getZr().on('click', (event: { offsetX: number; offsetY: number }) => {
      const at = made.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])
      if (at && heard.current.onPlace) heard.current.onPlace([(at[0] ?? 0) / scale.current, at[1] ?? 0])
    })
    const watcher = new ResizeObserver(() => made.resize())
    watcher.observe(box.current)
    return () => {
      watcher.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the frame is taken anew only when asked to fit
  useEffect(() => {
    const made = chart.current
    if (!made) return
    const frame = boxOf([
      ...content.points.map((p) => p.at),
      ...(content.lines ?? []).flatMap((l) => l.path),
      ...(content.areas ?? []).flatMap((a) => polygonsOf(a.area).flat(2)),
    ]) ?? { west: 109, east: 110, south: 24, north: 25 }
    scale.current = Math.cos((((frame.south + frame.north) / 2) * Math.PI) / 180)
    const [x0, x1] = [frame.west * scale.current, frame.east * scale.current]
    const half =
      Math.max(
        (x1 - x0) / 2,
        ((frame.north - frame.south) / 2) * (made.getWidth() / Math.max(1, made.getHeight())),
        0.004,
      ) * 1.15
    const [cx, cy] = [(x0 + x1) / 2, (frame.south + frame.north) / 2]
    const halfY = half / (made.getWidth() / Math.max(1, made.getHeight()))
    made.setOption({
      animation: false,
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: { type: 'value', min: cx - half, max: cx + half, show: false },
      yAxis: { type: 'value', min: cy - halfY, max: cy + halfY, show: false },
      dataZoom: [
        { type: 'inside', xAxisIndex: 0, filterMode: 'none' },
        { type: 'inside', yAxisIndex: 0, filterMode: 'none' },
      ],
    })
  }, [fitKey])

  useEffect(() => {
    const made = chart.current
    if (!made) return
    const flat = ([lon, lat]: LonLat): [number, number] => [lon * scale.current, lat]
    const shapes = [
      ...(content.areas ?? []).flatMap((a) =>
        polygonsOf(a.area).map((rings) => ({ ring: rings[0] ?? [], paint: areaPaint[a.kind] })),
      ),
      ...content.points
        .filter((p) => p.accuracyM && content.points.length < 500)
        .map((p) => ({
          ring: ringAbout(p.at, p.accuracyM ?? 0, 24),
          paint: { line: 'rgba(9,88,217,0.5)', fill: 'rgba(9,88,217,0.10)', dash: null },
        })),
    ]
    made.setOption(
      {
        series: [
          {
            id: 'areas',
            type: 'custom',
            clip: true,
            data: shapes.map((_, i) => i),
            renderItem: (_: unknown, api: { value: (i: number) => number; coord: (at: number[]) => number[] }) => {
              const shape = shapes[api.value(0)]
              return {
                type: 'polygon',
                silent: true,
                shape: { points: (shape?.ring ?? []).map((at) => api.coord(flat(at))) },
                style: {
                  fill: shape?.paint.fill,
                  stroke: shape?.paint.line,
                  lineWidth: 1.5,
                  lineDash: shape?.paint.dash ? [5, 4] : undefined,
                },
              }
            },
          },
          {
            id: 'lines',
            type: 'line',
            showSymbol: false,
            silent: true,
            lineStyle: { color: colours.blue, width: 2 },
            // A null between two stretches breaks the line: a gap is not a way.
            data: (content.lines ?? []).filter((l) => !l.gap).flatMap((l) => [...l.path.map(flat), [null, null]]),
          },
          {
            id: 'points',
            type: 'scatter',
            large: content.points.length > 3000,
            data: content.points.map((p) => ({
              id: p.id,
              name: p.label ?? '',
              value: flat(p.at),
              symbol: symbols[p.shape],
              symbolSize: p.small ? 7 : 12,
              itemStyle: { color: colours[p.tone], borderColor: '#fff', borderWidth: 1 },
              label: {
                show: Boolean(p.label) && content.points.length < 60,
                formatter: p.label ?? '',
                position: 'bottom',
                color: colours.ink,
              },
            })),
          },
          {
            id: 'handles',
            type: 'scatter',
            symbol: 'emptyCircle',
            symbolSize: 14,
            itemStyle: { color: colours.yellow },
            data: handles.map(flat),
          },
        ],
      },
      { replaceMerge: ['series'] },
    )
  }, [content, handles])

  return <div ref={box} data-map="canvas" role="img" aria-label={`${label} ${t('map')}`} />
}
