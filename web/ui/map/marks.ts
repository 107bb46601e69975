import { colours, type Tone } from '../tokens.ts'
import type { Shape } from './model.ts'

/** Marks are drawn here, so that a map needs no sprite and no glyph server. Name: `shape-tone`, or a text `t:…`, `n:…`. */
export function drawMark(name: string, ratio: number): ImageData | null {
  if (name.startsWith('n:')) return drawText(name.slice(2), ratio, true)
  if (name.startsWith('t:')) return drawText(name.slice(2), ratio, false)
  const [shape, tone] = name.split('-') as [Shape, Tone]
  const size = 22 * ratio
  const pen = sheet(size, size)
  if (!pen) return null
  pen.scale(ratio, ratio)
  pen.lineWidth = 2
  pen.strokeStyle = '#ffffff'
  pen.fillStyle = colours[tone] ?? colours.quiet
  pen.beginPath()
  if (shape === 'square') pen.rect(5, 5, 12, 12)
  else if (shape === 'triangle') path(pen, [11, 2, 20, 19, 2, 19])
  else if (shape === 'octagon') path(pen, [7, 2, 15, 2, 20, 7, 20, 15, 15, 20, 7, 20, 2, 15, 2, 7])
  else if (shape === 'house') path(pen, [11, 3, 19, 10, 17, 10, 17, 18, 5, 18, 5, 10, 3, 10])
  else pen.arc(11, 11, shape === 'ring' ? 6 : 7, 0, Math.PI * 2)
  pen.closePath()
  if (shape === 'ring') {
    pen.fillStyle = '#ffffff'
    pen.fill()
    pen.strokeStyle = colours[tone] ?? colours.quiet
    pen.lineWidth = 2.5
    pen.stroke()
  } else {
    pen.fill()
    pen.stroke()
  }
  return pen.getImageData(0, 0, size, size)
}

function drawText(text: string, ratio: number, bold: boolean): ImageData | null {
  const font = `${bold ? '600 13px' : '12px'} 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif`
  const ruler = sheet(1, 1)
  if (!ruler) return null
  ruler.font = font
  const width = Math.ceil(ruler.measureText(text).width) + 8
  const pen = sheet(width * ratio, 20 * ratio)
  if (!pen) return null
  pen.scale(ratio, ratio)
  pen.font = font
  pen.textBaseline = 'middle'
  pen.textAlign = 'center'
  if (!bold) {
    pen.lineWidth = 3
    pen.strokeStyle = 'rgba(255,255,255,0.95)'
    pen.strokeText(text, width / 2, 10)
  }
  pen.fillStyle = bold ? '#ffffff' : colours.ink
  pen.fillText(text, width / 2, 10)
  return pen.getImageData(0, 0, width * ratio, 20 * ratio)
}

function sheet(width: number, height: number): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width))
  canvas.height = Math.max(1, Math.round(height))
  return canvas.getContext('2d', { willReadFrequently: true })
}

function path(pen: CanvasRenderingContext2D, xy: readonly number[]): void {
  pen.moveTo(xy[0] ?? 0, xy[1] ?? 0)
  for (let i = 2; i < xy.length; i += 2) pen.lineTo(xy[i] ?? 0, xy[i + 1] ?? 0)
}

export const areaPaint = {
  plain: { line: '#98a2b3', fill: 'rgba(152,162,179,0.06)', dash: [4, 3] },
  livingArea: { line: colours.primary, fill: 'rgba(31,78,158,0.07)', dash: null },
  required: { line: colours.green, fill: 'rgba(35,120,4,0.10)', dash: null },
  forbidden: { line: colours.red, fill: 'rgba(207,19,34,0.10)', dash: [2, 2] },
  draft: { line: colours.yellow, fill: 'rgba(135,77,0,0.12)', dash: [3, 2] },
} as const
