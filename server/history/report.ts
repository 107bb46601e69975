import type { history } from '@zhijiao/contract/history'
import type { BodyOf, FileAnswer, SpecOf } from '@zhijiao/contract/kernel'
import type { Session } from '../core/auth/session.ts'
import { workbook, xlsxMime } from '../core/xlsx.ts'
import { wallTime } from '../people/index.ts'
import { kindNames } from './names.ts'

export interface Taken {
  readonly who: Session
  readonly now: number
  readonly request: string
}

/** Lines of a file that were left out, for whoever corrects them where they came from. */
export function reportSheet(
  { kind, file, source, lines }: BodyOf<SpecOf<(typeof history)['report']>>,
  { who, now, request }: Taken,
): FileAnswer {
  const mark = `${who.staff.name} ${who.staff.number.slice(-4)} ${wallTime(now)}`
  return {
    name: `未导入的行 ${kindNames[kind]} ${wallTime(now).replace(':', '')}.xlsx`,
    mime: xlsxMime,
    content: workbook({
      name: '未导入的行',
      title: `历史数据导入:未导入的行(${kindNames[kind]})`,
      notes: [
        `文件:${file}  来源:${source}  共 ${lines.length} 行`,
        `导出人:${who.staff.name}(${who.staff.number})  导出时间:${wallTime(now)}`,
        `水印:${mark}  流水号:${request}  内部资料,不得外传`,
      ],
      headings: ['行号', '编号', '字段', '原因', '怎么办', '代码'],
      widths: [8, 28, 24, 48, 48, 28],
      rows: lines.map((l) => [l.line, l.of, l.field, l.reason, l.remedy, l.code]),
      watermark: mark,
      mark: request,
    }),
  }
}
