import { createRequire } from 'node:module'
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Copy, Paper, Printed, Runs } from '../paper.ts'
import { fontRuns, openedFaces } from './fonts.ts'
import { type Stamp, sealSvg } from './seal.ts'
import * as sheet from './sheet.ts'

/** What is laid over the bare paper: signatures by their place, the seal, the word 草稿 or 复制件. */
export interface Dressing {
  readonly draft: boolean
  /** Of a copy made from old data: what every page says of itself, over the word 复制件. */
  readonly copy?: string
  /** PNG or JPEG by the place it fills, with the day it was written. */
  readonly signatures: Readonly<Record<string, { readonly image: Uint8Array; readonly day: string }>>
  readonly stamp: Stamp | null
  /** Instant of the print, milliseconds UTC: nothing in the file comes from the machine's own clock. */
  readonly at: number
  readonly author: string
}

interface Writer {
  readonly virtualfs: { existsSync(name: string): boolean; writeFileSync(name: string, content: Buffer): void }
  setFonts(fonts: Record<string, { normal: string | string[] }>): void
  setUrlAccessPolicy(policy: (url: string) => boolean): void
  setLocalAccessPolicy(policy: (path: string) => boolean): void
  createPdf(definition: TDocumentDefinitions): { getBuffer(): Promise<Buffer> }
}
const writer = createRequire(import.meta.url)('pdfmake') as Writer
// A paper draws on nothing but what it is given.
writer.setUrlAccessPolicy(() => false)
writer.setLocalAccessPolicy(() => false)

/** Prints a paper: PDF bytes. */
export async function pdfOf(paper: Paper, dressing: Dressing): Promise<Buffer> {
  const definition = definitionOf(paper, dressing)
  const faces = [...openedFaces()]
  for (const [name, { source }] of faces)
    if (!writer.virtualfs.existsSync(name)) writer.virtualfs.writeFileSync(name, source[0])
  writer.setFonts(
    Object.fromEntries(faces.map(([name, { source }]) => [name, { normal: source[1] ? [name, source[1]] : name }])),
  )
  return writer.createPdf(definition).getBuffer()
}

type Weight = 400 | 700
const spoken = (text: string, weight: Weight = 400): Content[] =>
  fontRuns(text.replace(/ /g, ' '), weight).map(({ text: part, face }) => ({ text: part, font: face.name }))
const runsOf = (runs: Runs, weight: Weight = 400): Content[] =>
  runs.flatMap((run) =>
    run.blank
      ? [{ text: ' '.repeat(12), decoration: 'underline' as const, font: 'song-400' }]
      : spoken(run.text, weight),
  )

/** Line height as pdfmake wants it: a multiple of the font's own line (Noto Serif SC: 1.437 em). */
const pitch = (points: number, size: number) => points / (size * 1.437)

function definitionOf(paper: Paper, dressing: Dressing): TDocumentDefinitions {
  const letter = paper.layout === 'letter'
  const size = letter ? sheet.bodySize : sheet.formSize
  const margins = letter ? sheet.letterMargins : sheet.formMargins
  const width = sheet.a4.width - margins[0] - margins[2]
  const look: Look = {
    letter,
    size,
    width,
    pitch: letter ? sheet.linePitch : sheet.formPitch,
    dressing,
    number: paper.number,
    crowded: paper.copies.some(({ blocks }) => blocks.filter(({ kind }) => kind === 'opinion').length >= 4),
  }
  fontRuns('中', 700)
  // Said before the pages are laid out: a font that is first met then comes too late.
  const copied = dressing.copy ? spoken(dressing.copy) : null
  return {
    pageSize: 'A4',
    pageMargins: margins,
    content: paper.copies.flatMap((copy, i) => copyOf(copy, i, paper, look)),
    defaultStyle: { font: 'song-400', fontSize: size, lineHeight: pitch(look.pitch, size) },
    info: {
      title: paper.number ? `${paper.zh} ${paper.number}` : paper.zh,
      author: dressing.author,
      creator: '智矫',
      producer: '智矫',
      creationDate: new Date(dressing.at),
      modDate: new Date(dressing.at),
    },
    language: 'zh-CN',
    version: '1.7',
    // 四号 with a dash to either side; odd pages right, even pages left, one character in.
    footer: (page: number) => ({
      text: `— ${page} —`,
      fontSize: sheet.pageNumberSize,
      alignment: page % 2 === 1 ? 'right' : 'left',
      margin: [margins[0] + sheet.pageNumberSize, letter ? 28 : 14, margins[2] + sheet.pageNumberSize, 0],
    }),
    ...(copied
      ? {
          header: () => ({
            text: copied,
            fontSize: 9,
            color: '#595959',
            alignment: 'center',
            margin: [margins[0], letter ? 48 : 28, margins[2], 0],
          }),
        }
      : {}),
    ...over(dressing),
  }
}

/** The word across the page of what is no original. */
function over({ draft, copy }: Dressing): Pick<TDocumentDefinitions, 'watermark'> {
  const text = draft ? '草 稿' : copy ? '复 制 件' : null
  return text ? { watermark: { text, font: 'song-700', opacity: 0.08, bold: false, fontSize: draft ? 120 : 96 } } : {}
}

interface Look {
  readonly letter: boolean
  readonly size: number
  readonly width: number
  readonly pitch: number
  readonly dressing: Dressing
  readonly number: string
  /** Of a form with many opinions each box is lower, so that it stays on one sheet. */
  readonly crowded: boolean
}

/** 存根 has a sheet of its own that ends in the line of perforation; 回执 follows under one, whole on one sheet. */
function copyOf(copy: Copy, place: number, paper: Paper, look: Look): Content[] {
  const blocks = copy.blocks.flatMap((block, i) => {
    const content = contentOf(block, look, copy.name === 'original')
    const next = copy.blocks[i + 1]
    return tabular(block) && next && !tabular(next)
      ? [content, { text: '', margin: [0, 0, 0, 8] as Margins, lineHeight: 0.1 }]
      : [content]
  })
  if (place === 0) return blocks
  const line = perforation(look)
  const before = paper.copies[place - 1]
  if (copy.name === 'original' && before?.name === 'stub')
    return [line, ...blocks.map((b, i) => (i === 0 ? { stack: [b], pageBreak: 'before' as const } : b))]
  return [{ stack: [line, ...blocks], unbreakable: true }]
}

function perforation({ width, number }: Look): Content {
  return {
    margin: [0, 10, 0, 14],
    stack: [
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.8, dash: { length: 5, space: 4 } }] },
      { text: spoken(`${number}  骑缝处盖章`), fontSize: 9, alignment: 'center', lineHeight: 1, margin: [0, 2, 0, 0] },
    ],
  }
}

type Margins = [number, number, number, number]
const tabular = ({ kind }: Printed) => kind === 'fields' || kind === 'opinion' || kind === 'rows'
const border = { hLineWidth: () => 0.6, vLineWidth: () => 0.6, paddingTop: () => 3, paddingBottom: () => 3 }

function contentOf(block: Printed, look: Look, original: boolean): Content {
  const { letter, size, width, dressing } = look
  switch (block.kind) {
    case 'title': {
      const title = letter ? sheet.titleSize : 18
      return {
        stack: [
          ...(block.over ? [{ text: spoken(block.over, 700), fontSize: title - 2, alignment: 'center' as const }] : []),
          { text: spoken(block.text, 700), fontSize: title, alignment: 'center' },
        ],
        lineHeight: 1.05,
        margin: [0, 0, 0, look.pitch * 0.5],
      }
    }
    case 'number':
      return block.text
        ? {
            text: spoken(block.text),
            alignment: block.align,
            fontSize: Math.min(size, 14),
            margin: [0, 0, 0, look.pitch * 0.3],
          }
        : { text: '' }
    case 'addressee': {
      // A line that begins with spaces is drawn from before its margin: the blank to write a name on is a ruled one.
      const [first, ...rest] = block.runs
      return { text: first?.blank ? [...spoken('_'.repeat(14)), ...runsOf(rest)] : runsOf(block.runs) }
    }
    case 'text': {
      const weight = block.bold ? 700 : 400
      const lines = paragraphs(block.runs)
      return {
        stack: lines.map((runs) => ({
          text: runsOf(runs, weight),
          alignment: block.align === 'left' ? (block.flush ? 'left' : 'justify') : block.align,
          ...(block.flush ? {} : { leadingIndent: size * 2 }),
        })),
      }
    }
    case 'fields':
      return table(
        pairs(block.cells).map((row) =>
          row.flatMap((cell): TableCell[] => [
            { text: spoken(cell.label), alignment: 'center' },
            { text: runsOf(cell.runs), ...(row.length === 1 ? { colSpan: 3 } : {}) },
            ...(row.length === 1 ? [{}, {}] : []),
          ]),
        ),
        ['18%', '32%', '18%', '32%'],
      )
    case 'opinion':
      return table(
        [
          [
            { text: spoken(block.label), alignment: 'center', margin: [0, 8, 0, 8] },
            {
              stack: [
                ...paragraphs(block.runs).map((runs) => ({ text: runsOf(runs), leadingIndent: sheet.tableSize * 2 })),
                { text: ' '.repeat(3), fontSize: block.tall ? (look.crowded ? 48 : 60) : look.crowded ? 10 : 22 },
                { text: spoken(`${block.signer}（签名、盖章）：              年    月    日`), alignment: 'right' },
              ],
            },
          ],
        ],
        ['18%', '82%'],
      )
    case 'rows':
      return table(
        [
          block.columns.map((column) => ({ text: spoken(column, 700), alignment: 'center' as const })),
          ...block.rows.map((row) => row.map((cell) => ({ text: cell ? spoken(cell) : ' ' }))),
        ],
        block.columns.map(() => '*'),
        1,
      )
    case 'list':
      return {
        stack: [
          ...(block.lead ? [{ text: spoken(block.lead), leadingIndent: size * 2 }] : []),
          ...block.items.map((item, i) => ({ text: spoken(`${i + 1}．${item}`), leadingIndent: size * 2 })),
        ],
      }
    case 'sign':
      return { stack: block.lines.map((line) => signLine(line, look)), margin: [0, look.pitch * 0.4, 0, 0] }
    case 'seal':
      return {
        unbreakable: true,
        margin: [0, look.pitch, size * 2, look.pitch * 0.5],
        stack: [
          { text: spoken(block.unit), alignment: 'right' },
          ...(block.date ? [{ text: spoken(block.date), alignment: 'right' as const }] : []),
          ...(dressing.stamp && block.ours && original
            ? [
                {
                  svg: sealSvg(dressing.stamp),
                  width: sheet.sealSize,
                  relativePosition: { x: width - sheet.sealSize - size * 2.2, y: -look.pitch - sheet.sealSize / 2 },
                },
                ...(dressing.stamp.demo
                  ? [
                      {
                        text: spoken('本印章由演示用自签名证书生成，不具有法律效力'),
                        fontSize: 8,
                        color: '#c8161d',
                        alignment: 'right' as const,
                        margin: [0, 36, 0, 0] as Margins,
                      },
                    ]
                  : []),
              ]
            : []),
        ],
      }
    case 'note':
      return {
        text: [...spoken('附注：'), ...runsOf(block.runs)],
        fontSize: letter ? 10.5 : 9,
        lineHeight: 0.95,
        margin: [0, look.pitch * 0.4, 0, 0],
      }
    case 'copied':
      return {
        stack: [
          rule(width),
          { text: spoken(`抄送：${block.to}。`), fontSize: Math.min(size, 14), lineHeight: 1 },
          rule(width),
        ],
        margin: [0, look.pitch * 0.5, 0, 0],
      }
    case 'attached':
      return block.items.length > 0
        ? {
            stack: block.items.map((item, i) => ({
              text: spoken(`${i === 0 ? '附件：' : ''}${block.items.length > 1 ? `${i + 1}．` : ''}${item}`),
              margin: [size * (i === 0 ? 2 : 5), 0, 0, 0] as Margins,
            })),
            margin: [0, look.pitch * 0.3, 0, 0],
          }
        : { text: '' }
    case 'break':
      return { text: '', pageBreak: 'after' }
  }
}

const rule = (width: number): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.6 }],
  margin: [0, 2, 0, 2],
})

const table = (body: TableCell[][], widths: (string | number)[], headerRows = 0): Content => ({
  table: { body, widths, headerRows, dontBreakRows: body.every((row) => row.length > 2) },
  layout: border,
  fontSize: sheet.tableSize,
  lineHeight: 0.95,
  margin: [0, 0, 0, -0.6],
})

type FieldCell = { readonly label: string; readonly runs: Runs; readonly wide: boolean }
/** Two pairs a row; a wide one alone; a lonely last one spans the row. */
function pairs(cells: readonly FieldCell[]): FieldCell[][] {
  const out: FieldCell[][] = []
  for (const cell of cells) {
    const last = out.at(-1)
    if (!cell.wide && last?.length === 1 && last[0] && !last[0].wide) last.push(cell)
    else out.push([cell])
  }
  return out
}

/** A line to sign: what is said before the name stands as a paragraph of its own. */
function signLine({ label, place, date }: { label: string; place: string; date: boolean }, look: Look): Content {
  const signed = look.dressing.signatures[place]
  const cut = label.lastIndexOf('。') + 1
  const line: Content = {
    columns: [
      { width: '*', text: spoken(`${label.slice(cut)}（签名）：`), alignment: 'right' },
      signed
        ? {
            width: 96,
            image: `data:image/png;base64,${Buffer.from(signed.image).toString('base64')}`,
            fit: [92, look.pitch * 1.4],
            margin: [0, -look.pitch * 0.3, 0, 0],
          }
        : {
            width: 96,
            canvas: [{ type: 'line', x1: 0, y1: look.size * 1.35, x2: 92, y2: look.size * 1.35, lineWidth: 0.6 }],
          },
      { width: look.size * 7.6, text: spoken(date ? (signed?.day ?? '     年   月   日') : '') },
    ],
    columnGap: 4,
    margin: [0, 3, 0, 3],
  }
  return {
    unbreakable: true,
    stack: [...(cut > 0 ? [{ text: spoken(label.slice(0, cut)), leadingIndent: look.size * 2 }] : []), line],
  }
}

/** A text of several lines is several paragraphs. */
function paragraphs(runs: Runs): Runs[] {
  const out: { text: string; blank?: true }[][] = [[]]
  for (const run of runs) {
    const lines = run.blank ? [run.text] : run.text.split(/\r?\n/)
    lines.forEach((text, i) => {
      if (i > 0) out.push([])
      if (text !== '') out.at(-1)?.push(run.blank ? { text, blank: true } : { text })
    })
  }
  return out
}
