import ExcelJS from 'exceljs'
import { unzipSync } from 'fflate'
import { refuse } from '../core/refusals.ts'
import { columnLetter } from '../core/xlsx.ts'
import { type Column, columns } from './columns.ts'
import { ImportHeadings, ImportTooLarge, ImportUnreadable } from './refusals.ts'

/** Rows of one import. */
export const importRows = 5000
/** A small file may unpack to anything; more than this is no list of people. Bytes. */
const unpackedLimit = 200 * 1024 * 1024

export interface SheetCell {
  readonly text: string
  /** Typed as a number: of eighteen digits the last three are gone. */
  readonly numeric: boolean
}
export interface SheetRow {
  /** As Excel counts, from 1. */
  readonly number: number
  readonly cells: ReadonlyMap<Column, SheetCell>
}
export interface SheetRead {
  readonly rows: readonly SheetRow[]
  readonly letters: ReadonlyMap<Column, string>
}

/** Reads the first sheet by its headings, in any order and either language. @throws Refusal */
export async function readSheet(content: Buffer): Promise<SheetRead> {
  const sheet = await open(content)
  const head = headingsOf(sheet)
  const missing = columns.filter((c) => c.must && !head.at.has(c)).map((c) => c.zh)
  if (missing.length > 0) throw refuse(ImportHeadings, { missing: missing.join('、') })
  const rows: SheetRow[] = []
  sheet.eachRow((row, number) => {
    if (number <= head.row) return
    const cells = new Map<Column, SheetCell>()
    for (const [column, at] of head.at) {
      const cell = cellOf(row.getCell(at).value)
      if (cell.text !== '') cells.set(column, cell)
    }
    if (cells.size > 0) rows.push({ number, cells })
  })
  if (rows.length > importRows) throw refuse(ImportTooLarge, { limit: importRows, rows: rows.length })
  return { rows, letters: new Map([...head.at].map(([column, at]) => [column, columnLetter(at - 1)])) }
}

async function open(content: Buffer): Promise<ExcelJS.Worksheet> {
  try {
    let unpacked = 0
    unzipSync(new Uint8Array(content), {
      filter: (file) => {
        unpacked += file.originalSize
        return false
      },
    })
    if (unpacked > unpackedLimit) throw new RangeError('unpacks to too much')
    const book = new ExcelJS.Workbook()
    // exceljs types its own, older Buffer; any bytes will do.
    await book.xlsx.load(content as unknown as ExcelJS.Buffer)
    const [sheet] = book.worksheets
    if (!sheet) throw new RangeError('no sheet')
    return sheet
  } catch {
    throw refuse(ImportUnreadable)
  }
}

const plain = (text: string) => text.replace(/[\s*＊:：]/g, '').toLowerCase()

/** The row of headings is one of the first ten; titles and notes may stand above it. */
function headingsOf(sheet: ExcelJS.Worksheet): { row: number; at: Map<Column, number> } {
  let best = { row: 1, at: new Map<Column, number>() }
  for (let number = 1; number <= Math.min(10, sheet.rowCount); number++) {
    const at = new Map<Column, number>()
    sheet.getRow(number).eachCell((cell, column) => {
      const word = plain(cellOf(cell.value).text)
      const found = columns.find(
        (c) => plain(c.zh) === word || plain(c.en) === word || plain(`${c.zh}${c.en}`) === word,
      )
      if (found && !at.has(found)) at.set(found, column)
    })
    if (at.size > best.at.size) best = { row: number, at }
  }
  return best
}

function cellOf(value: ExcelJS.CellValue): SheetCell {
  const say = (text: string, numeric = false): SheetCell => ({ text: text.trim(), numeric })
  if (value === null || value === undefined) return say('')
  if (value instanceof Date) return say(value.toISOString().slice(0, 10))
  if (typeof value === 'number') return say(Number.isInteger(value) ? value.toFixed(0) : String(value), true)
  if (typeof value !== 'object') return say(String(value))
  if ('richText' in value) return say(value.richText.map((r) => r.text).join(''))
  if ('text' in value) return say(String(value.text))
  if ('result' in value) return cellOf(value.result as ExcelJS.CellValue)
  return say('')
}
