import type { FileAnswer } from '@zhijiao/contract/kernel'
import type { MatterQuery } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { levelsOf } from '@zhijiao/law/level-setting'
import type { Levels } from '@zhijiao/law/levels'
import type { Session } from '../core/auth/session.ts'
import { lawFor } from '../core/circumstances.ts'
import { asSeenBy } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { refuse } from '../core/refusals.ts'
import { wallTime } from '../core/wall-time.ts'
import { type Cell, workbook, xlsxMime } from '../core/xlsx.ts'
import { endWords, stepOf } from './domain.ts'
import { written } from './papers.ts'
import { KindUnknown } from './refusals.ts'
import { type ListedMatter, matterStore, type Reader } from './store.ts'

/** Rows read at a time; each page is read through the caller's eyes as they are then. */
const page = 500
const viewWords = {
  todo: '待我办理',
  running: '办理中',
  ended: '已办结',
  mine: '我登记的',
  passed: '我经办的',
  all: '全部',
} as const

/** The current query of one business as a workbook: what was registered, where it stands, who had it last. */
export async function exportMatters(
  house: House,
  query: MatterQuery & { readonly reason: string },
  who: Session,
  reader: Reader,
  request: string,
): Promise<FileAnswer> {
  const procedure = procedureOf(query.kind ?? '')
  if (!procedure) throw refuse(KindUnknown, { kind: query.kind ?? '' })
  const { reason, sort = '-opened', ...filters } = query
  const mark = `${who.staff.name} ${who.staff.number.slice(-4)} ${wallTime(reader.now)}`
  const fields = procedure.form.filter((f) => f.kind !== 'rows' && f.kind !== 'facts')
  const headings = [
    '登记日期',
    '单位',
    '姓名',
    '档案编号',
    ...fields.map((f) => f.zh),
    '现处环节',
    '期限',
    '结果',
    '登记人',
  ]
  const levels = levelsOf(await lawFor(house, who.staff.org, reader.now))
  const rows = async function* () {
    for (let number = 1; ; number++) {
      const { rows: some } = await asSeenBy(house.databases.api, who.eyes, (db) =>
        matterStore(db).list(filters, reader, { number, size: page, sort }),
      )
      for (const row of some) yield cells(row, procedure, fields, levels)
      if (some.length < page) return
    }
  }
  return {
    name: `${procedure.zh} ${wallTime(reader.now).replace(':', '')}.xlsx`,
    mime: xlsxMime,
    content: workbook({
      name: procedure.zh,
      title: `${procedure.zh}台账`,
      notes: [
        `查询条件：${viewWords[query.view ?? 'all']}${query.from ? ` 自 ${query.from}` : ''}${query.until ? ` 至 ${query.until}` : ''}${query.q ? ` 含“${query.q}”` : ''}`,
        `导出人：${who.staff.name}（${who.staff.number}）  导出时间：${wallTime(reader.now)}  事由：${reason}`,
        `水印：${mark}  流水号：${request}  内部资料，不得外传`,
      ],
      headings,
      rows: rows(),
      watermark: mark,
      mark: request,
    }),
  }
}

function cells(row: ListedMatter, procedure: Procedure, fields: Procedure['form'], levels: Levels): Cell[] {
  return [
    row.on_day,
    row.org_name ?? row.org_code,
    row.who,
    row.person_number,
    ...fields.map((field): Cell => {
      const text = written(field, row.register[field.id], levels)
      return typeof text === 'string' ? text : null
    }),
    stepOf(procedure, row.step)?.zh ?? null,
    row.due_at ? legalDayOf(row.due_at.getTime()) : null,
    row.end_id ? endWords(procedure, row.end_id).zh : null,
    row.opened_name,
  ]
}
