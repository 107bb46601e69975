import type { ReportLine } from '@zhijiao/contract/history'
import type { FileAnswer } from '@zhijiao/contract/kernel'
import type { Session } from './auth/session.ts'
import { wallTime } from './wall-time.ts'
import { workbook, xlsxMime } from './xlsx.ts'

export interface LeftSheet {
  /** Of what: begins the name of the file and its title. */
  readonly name: string
  readonly title: string
  readonly file: string
  readonly source: string
  /** Heading of what a line calls itself; left out where lines have no name. */
  readonly of?: string
  readonly lines: readonly ReportLine[]
}

/** Lines of an imported file that were left out, as a sheet for whoever corrects them where they came from. */
export function leftSheet(
  { name, title, file, source, of, lines }: LeftSheet,
  { who, now, request }: { readonly who: Session; readonly now: number; readonly request: string },
): FileAnswer {
  const at = wallTime(now)
  const mark = `${who.staff.name} ${who.staff.number.slice(-4)} ${at}`
  const named = of === undefined ? [] : [of]
  return {
    name: `未导入的行 ${name} ${at.replace(':', '')}.xlsx`,
    mime: xlsxMime,
    content: workbook({
      name: '未导入的行',
      title,
      notes: [
        `文件：${file}  来源：${source}  共 ${lines.length} 行`,
        `导出人：${who.staff.name}（${who.staff.number}）  导出时间：${at}`,
        `水印：${mark}  流水号：${request}  内部资料，不得外传`,
      ],
      headings: ['行号', ...named, '字段', '原因', '怎么办', '代码'],
      widths: [8, ...named.map(() => 28), 24, 48, 48, 28],
      rows: lines.map((l) => [l.line, ...named.map(() => l.of), l.field, l.reason, l.remedy, l.code]),
      watermark: mark,
      mark: request,
    }),
  }
}
