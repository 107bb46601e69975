import { useEffect, useRef } from 'react'
import type { Tone } from '../tokens.ts'
import { drawMark } from './marks.ts'
import type { Shape } from './model.ts'

export interface LegendItem {
  readonly shape: Shape
  readonly tone: Tone
  readonly text: string
}

/** What each mark means, in the marks themselves. */
export function Legend({ items, note }: { items: readonly LegendItem[]; note?: string }) {
  return (
    <div className="zj-map-legend">
      <ul>
        {items.map((item) => (
          <li key={item.text}>
            <Swatch {...item} /> {item.text}
          </li>
        ))}
        {note ? <li className="zj-muted">{note}</li> : null}
      </ul>
    </div>
  )
}

function Swatch({ shape, tone }: LegendItem) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const image = drawMark(`${shape}-${tone}`, 1)
    if (image) canvas.current?.getContext('2d')?.putImageData(image, 0, 0)
  }, [shape, tone])
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} width={22} height={22} style={{ width: 16, height: 16 }} />
    </span>
  )
}
