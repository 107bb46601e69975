import type { HistoryKind } from '@zhijiao/contract/history'
import type { FileAnswer } from '@zhijiao/contract/kernel'
import type { Levels } from '@zhijiao/law/levels'
import { wallTime } from '../core/wall-time.ts'
import { workbook, xlsxMime } from '../core/xlsx.ts'
import { fieldsOf } from './fields.ts'
import { kindNames } from './names.ts'
import type { Taken } from './report.ts'

/** The fields of a kind as a sheet, for whoever writes the export of the old system. */
export function fieldSheet(kind: HistoryKind, levels: Levels, { who, now, request }: Taken): FileAnswer {
  return {
    name: `字段说明 ${kindNames[kind]}.xlsx`,
    mime: xlsxMime,
    content: workbook({
      name: '字段说明',
      title: `历史数据字段说明：${kindNames[kind]}`,
      notes: [
        '每行一个 JSON(UTF-8)，可用 gzip 压缩。[] 表示列表中的每一项；“所在”说明该字段属于哪个内容组、哪项业务的哪个环节。',
        '时刻一律写 UTC；日期按北京时间；坐标为 WGS-84。One JSON a line; instants UTC, dates Asia/Shanghai, WGS-84.',
      ],
      headings: ['字段 Field', '所在 Where', '必填 Required', '类型 Type', '取值与限制 Limits', '含义', 'Meaning'],
      widths: [34, 34, 12, 26, 60, 30, 40],
      rows: fieldsOf(kind, levels).map((f) => [f.path, f.where, f.must ? '是 yes' : '', f.kind, f.limits, f.zh, f.en]),
      watermark: `${who.staff.name} ${who.staff.number.slice(-4)} ${wallTime(now)}`,
      mark: request,
    }),
  }
}
