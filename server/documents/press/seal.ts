import { fontRuns } from './fonts.ts'
import { sealSize } from './sheet.ts'

/** What is stamped. A self-made certificate says so within the picture. */
export interface Stamp {
  readonly name: string
  readonly demo: boolean
}

const red = '#c8161d'

/**
 * The round seal of an organ as SVG, its characters drawn as outlines on the arc, the star in the middle.
 * Side `sealSize` points.
 */
export function sealSvg({ name, demo }: Stamp): string {
  const c = sealSize / 2
  const radius = c - 4
  const chars = [...name]
  const spread = Math.min(250, 24 * chars.length)
  const size = Math.min(15, ((radius * Math.PI * spread) / 180 / chars.length) * 0.95)
  const arc = chars
    .map((char, i) => {
      const angle = -spread / 2 + (chars.length === 1 ? spread / 2 : (spread * i) / (chars.length - 1))
      return outline(char, size, `translate(${c} ${c}) rotate(${angle}) translate(0 ${-(radius - size * 1.35)})`)
    })
    .join('')
  const foot = demo
    ? [...'演示专用']
        .map((char, i) => outline(char, 8, `translate(${c + (i - 1.5) * 9} ${c + radius * 0.62})`))
        .join('')
    : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${sealSize}" height="${sealSize}" viewBox="0 0 ${sealSize} ${sealSize}"><circle cx="${c}" cy="${c}" r="${radius}" fill="none" stroke="${red}" stroke-width="3"/><path d="${star(c, c, radius * 0.3)}" fill="${red}"/><g fill="${red}">${arc}${foot}</g></svg>`
}

function outline(char: string, size: number, transform: string): string {
  const [run] = fontRuns(char, 700)
  if (!run) return ''
  const { font } = run.face
  const scale = size / font.unitsPerEm
  const glyph = font.layout(char).glyphs[0]
  if (!glyph) return ''
  return `<g transform="${transform} scale(${scale} ${-scale}) translate(${-glyph.advanceWidth / 2} 0)"><path d="${glyph.path.toSVG()}"/></g>`
}

function star(x: number, y: number, r: number): string {
  const points = Array.from({ length: 10 }, (_, i) => {
    const angle = (Math.PI * i) / 5 - Math.PI / 2
    const away = i % 2 === 0 ? r : r * 0.382
    return `${x + away * Math.cos(angle)} ${y + away * Math.sin(angle)}`
  })
  return `M${points.join('L')}Z`
}
