import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Tab,
  Table,
  TableCell,
  TableRow,
  TextRun,
  UnderlineType,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { Paper, Printed, Runs } from '../paper.ts'
import type { Dressing } from './pdf.ts'
import * as sheet from './sheet.ts'

/** Official fonts are not free and lie on most offices' machines: they are named, never embedded. */
const fonts = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312', cs: 'Times New Roman' }
const titleFont = {
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  eastAsia: '方正小标宋简体',
  cs: 'Times New Roman',
}
const twips = (points: number) => Math.round(points * 20)
const halves = (points: number) => Math.round(points * 2)

/** Writes the same blocks as a Word document. It bears signatures by hand, never the digital seal. */
export async function docxOf(
  paper: Paper,
  dressing: Pick<Dressing, 'signatures' | 'at' | 'author' | 'draft' | 'copy'>,
): Promise<Buffer> {
  const letter = paper.layout === 'letter'
  const [left, top, right, bottom] = letter ? sheet.letterMargins : sheet.formMargins
  const size = letter ? 16 : 12
  const children = paper.copies.flatMap((copy, i) => [
    ...(i === 0 ? [] : perforation(paper.number, copy.name === 'original')),
    ...copy.blocks.flatMap((block) => written(block, size, dressing)),
  ])
  const document = new Document({
    creator: dressing.author,
    title: paper.number ? `${paper.zh} ${paper.number}` : paper.zh,
    description: dressing.draft ? '草稿' : (dressing.copy ?? ''),
    styles: { default: { document: { run: { font: fonts, size: halves(size) } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(sheet.a4.width), height: twips(sheet.a4.height) },
            margin: {
              top: twips(top),
              bottom: twips(bottom),
              left: twips(left),
              right: twips(right),
              footer: twips(56),
            },
          },
        },
        ...(dressing.copy
          ? {
              headers: {
                default: new Header({
                  children: [
                    new Paragraph({
                      alignment: AlignmentType.CENTER,
                      children: [plain(`复制件　${dressing.copy}`, 9)],
                    }),
                  ],
                }),
              },
            }
          : {}),
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [
                  new TextRun({
                    children: ['— ', PageNumber.CURRENT, ' —'],
                    size: halves(sheet.pageNumberSize),
                    font: fonts,
                  }),
                ],
              }),
            ],
          }),
        },
        children,
      },
    ],
  })
  return Packer.toBuffer(document)
}

type Piece = Paragraph | Table

function perforation(number: string, apart: boolean): Piece[] {
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      pageBreakBefore: false,
      border: { top: { style: BorderStyle.DASHED, size: 6, space: 4, color: '000000' } },
      spacing: { before: 240, after: 160 },
      children: [new TextRun({ text: `${number}  骑缝处盖章`, size: 18, font: fonts })],
    }),
    ...(apart ? [new Paragraph({ pageBreakBefore: true, children: [] })] : []),
  ]
}

const text = (runs: Runs, bold = false): ParagraphChild[] =>
  runs.map((run) =>
    run.blank
      ? new TextRun({ text: ' '.repeat(12), underline: { type: UnderlineType.SINGLE }, font: fonts })
      : new TextRun({ text: run.text, bold, font: fonts }),
  )
const lines = (runs: Runs): Runs[] => {
  const out: { text: string; blank?: true }[][] = [[]]
  for (const run of runs)
    (run.blank ? [run.text] : run.text.split(/\r?\n/)).forEach((part, i) => {
      if (i > 0) out.push([])
      out.at(-1)?.push(run.blank ? { text: part, blank: true } : { text: part })
    })
  return out
}
const alignments = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, center: AlignmentType.CENTER } as const
const plain = (value: string, size?: number, bold = false) =>
  new TextRun({ text: value, font: fonts, bold, ...(size === undefined ? {} : { size: halves(size) }) })
const cell = (children: Paragraph[], width: number, span = 1) =>
  new TableCell({
    children,
    columnSpan: span,
    verticalAlign: VerticalAlign.CENTER,
    width: { size: width, type: WidthType.PERCENTAGE },
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
  })
const said = (value: string, centred = false, bold = false) =>
  new Paragraph({
    alignment: centred ? AlignmentType.CENTER : AlignmentType.LEFT,
    children: [plain(value, sheet.tableSize, bold)],
  })
const ofRuns = (runs: Runs) => lines(runs).map((line) => said(line.map((r) => r.text).join('')))
const table = (rows: TableRow[]) => new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows })

function written(block: Printed, size: number, dressing: Pick<Dressing, 'signatures'>): Piece[] {
  const spacing = { line: size === 16 ? 580 : 380 }
  const indent = { firstLine: twips(size * 2) }
  switch (block.kind) {
    case 'title':
      return [block.over, block.text].filter(Boolean).map(
        (value, i, all) =>
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: i === all.length - 1 ? 240 : 60 },
            children: [
              new TextRun({
                text: value,
                bold: true,
                size: halves(size === 16 ? sheet.titleSize : 18),
                font: titleFont,
              }),
            ],
          }),
      )
    case 'number':
      return block.text
        ? [new Paragraph({ alignment: alignments[block.align], spacing, children: [plain(block.text, 14)] })]
        : []
    case 'addressee':
      return [new Paragraph({ spacing, children: text(block.runs) })]
    case 'text':
      return lines(block.runs).map(
        (line) =>
          new Paragraph({
            alignment: alignments[block.align],
            spacing,
            ...(block.flush ? {} : { indent }),
            children: text(line, block.bold),
          }),
      )
    case 'fields': {
      const rows: { label: string; runs: Runs; wide: boolean }[][] = []
      for (const one of block.cells) {
        const last = rows.at(-1)
        if (!one.wide && last?.length === 1 && !last[0]?.wide) last.push(one)
        else rows.push([one])
      }
      return [
        table(
          rows.map(
            (row) =>
              new TableRow({
                children: row.flatMap((one) => [
                  cell([said(one.label, true)], 18),
                  cell(ofRuns(one.runs), row.length === 1 ? 82 : 32, row.length === 1 ? 3 : 1),
                ]),
              }),
          ),
        ),
      ]
    }
    case 'opinion':
      return [
        table([
          new TableRow({
            children: [
              cell([said(block.label, true)], 18),
              cell(
                [
                  ...ofRuns(block.runs),
                  ...Array.from({ length: block.tall ? 4 : 2 }, () => said('')),
                  new Paragraph({
                    alignment: AlignmentType.RIGHT,
                    children: [plain(`${block.signer}（签名、盖章）：              年    月    日`, sheet.tableSize)],
                  }),
                ],
                82,
              ),
            ],
          }),
        ]),
      ]
    case 'rows': {
      const width = 100 / block.columns.length
      return [
        table([
          new TableRow({ tableHeader: true, children: block.columns.map((c) => cell([said(c, true, true)], width)) }),
          ...block.rows.map((row) => new TableRow({ children: row.map((value) => cell([said(value)], width)) })),
        ]),
      ]
    }
    case 'list':
      return [...(block.lead ? [block.lead] : []), ...block.items.map((item, i) => `${i + 1}．${item}`)].map(
        (value) => new Paragraph({ spacing, indent, children: [plain(value)] }),
      )
    case 'sign':
      return block.lines.map(({ label, place, date }) => {
        const signed = dressing.signatures[place]
        return new Paragraph({
          alignment: AlignmentType.RIGHT,
          spacing,
          children: [
            plain(`${label}（签名）：`),
            signed
              ? new ImageRun({
                  type: 'png',
                  data: Buffer.from(signed.image),
                  transformation: { width: 100, height: 40 },
                })
              : new TextRun({ text: ' '.repeat(14), underline: { type: UnderlineType.SINGLE }, font: fonts }),
            plain(date ? (signed?.day ?? '     年   月   日') : ''),
          ],
        })
      })
    case 'seal':
      return [block.unit, block.date].filter(Boolean).map(
        (value, i) =>
          new Paragraph({
            alignment: AlignmentType.RIGHT,
            indent: { right: twips(size * 2) },
            spacing: { ...spacing, before: i === 0 ? 400 : 0 },
            children: [plain(value)],
          }),
      )
    case 'note':
      return [new Paragraph({ children: [plain('附注：', 10.5), ...text(block.runs)], spacing: { before: 200 } })]
    case 'copied':
      return [
        new Paragraph({
          border: {
            top: { style: BorderStyle.SINGLE, size: 6, space: 2, color: '000000' },
            bottom: { style: BorderStyle.SINGLE, size: 6, space: 2, color: '000000' },
          },
          children: [plain(`抄送：${block.to}。`, 14)],
        }),
      ]
    case 'attached':
      return block.items.map(
        (item, i) =>
          new Paragraph({
            spacing,
            indent: { left: twips(size * 2) },
            children: [
              plain(i === 0 ? '附件：' : ''),
              ...(i === 0 ? [] : [new TextRun({ children: [new Tab()], font: fonts })]),
              plain(`${block.items.length > 1 ? `${i + 1}．` : ''}${item}`),
            ],
          }),
      )
    case 'break':
      return [new Paragraph({ pageBreakBefore: true, children: [] })]
  }
}
