import type { FileAnswer } from '@zhijiao/contract/kernel'
import type { Session } from './auth/session.ts'
import { wallTime } from './wall-time.ts'
import { type Cell, workbook, xlsxMime } from './xlsx.ts'

/** A list as it leaves the house. */
export interface ListSheet {
  /** Of the sheet and the file: 外出请假台账. */
  readonly title: string
  /** The conditions in words; empty: all. */
  readonly conditions: readonly (string | false | null | undefined)[]
  readonly headings: readonly string[]
  readonly widths?: readonly number[]
  readonly rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>
  readonly total: number
  /** What of it is hidden, in words. */
  readonly masked?: string
}

/** A list as an Excel file, saying what was asked for, who took it away, when and why; every page bears his mark. */
export function listSheet(
  list: ListSheet,
  {
    who,
    now,
    reason,
    request,
  }: { readonly who: Session; readonly now: number; readonly reason: string; readonly request: string },
): FileAnswer {
  const mark = `${who.staff.name} ${who.staff.number.slice(-4)} ${wallTime(now)}`
  return {
    name: `${list.title} ${wallTime(now).replace(':', '')}.xlsx`,
    mime: xlsxMime,
    content: workbook({
      name: list.title,
      title: list.title,
      notes: [
        `查询条件：${list.conditions.filter(Boolean).join('；') || '全部'}`,
        `导出人：${who.staff.name}（${who.staff.number}）  导出时间：${wallTime(now)}  共 ${list.total} 条  事由：${reason}`,
        `水印：${mark}  流水号：${request}  内部资料，不得外传${list.masked ? `；${list.masked}` : ''}`,
      ],
      headings: list.headings,
      widths: list.widths ?? list.headings.map(() => 16),
      rows: list.rows,
      watermark: mark,
      mark: request,
    }),
  }
}

/** Rows read at a time. */
const page = 500

/** Every row of a list, page by page, each page read through the caller's eyes as they are then. */
export async function* everyRow<T>(
  read: (page: { number: number; size: number }) => Promise<readonly T[]>,
): AsyncGenerator<T> {
  for (let number = 1; ; number++) {
    const some = await read({ number, size: page })
    yield* some
    if (some.length < page) return
  }
}

/** The rows of a list as lines of the sheet. */
export async function* linesOf<T>(
  rows: AsyncIterable<T>,
  cells: (row: T) => readonly Cell[],
): AsyncGenerator<readonly Cell[]> {
  for await (const row of rows) yield cells(row)
}
