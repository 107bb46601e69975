import { settledNames, settledWays } from '@zhijiao/contract/alarms'
import { wallTime } from '../../core/wall-time.ts'
import type { Cell } from '../../core/xlsx.ts'
import type { AlarmQuery } from './list.ts'
import { type ListedAlarm, nameOfKind, stateOf } from './shown.ts'

const stateWords: Readonly<Record<ReturnType<typeof stateOf>, string>> = {
  gathering: '核实中',
  raised: '待认领',
  claimed: '处置中',
  submitted: '待审核',
  settled: '已结',
}
const levelWords = ['一级', '二级', '三级', '四级'] as const
const wayOf = (stored: string | null) => {
  const way = settledWays.find((w) => w === stored)
  return way ? settledNames[way].zh : null
}
const at = (when: Date | null) => (when ? wallTime(when.getTime()) : null)

export const alarmHeadings: readonly string[] = [
  '报警号',
  '级别',
  '类型',
  '矫正对象',
  '档案编号',
  '单位',
  '情况',
  '发现时间',
  '处置时限',
  '承办人',
  '状态',
  '办结方式',
  '办结时间',
]
export const alarmWidths: readonly number[] = [8, 6, 18, 12, 18, 20, 48, 17, 17, 12, 10, 16, 17]

/** One alarm as a line; where it was stays on the screen. */
export const alarmCells = (row: ListedAlarm): Cell[] => [
  row.number,
  levelWords[row.level - 1] ?? String(row.level),
  nameOfKind(row.kind).zh,
  row.person_name,
  row.person_number,
  row.org_name,
  row.said_zh,
  at(row.detected_at),
  at(row.due_at),
  row.owner_name,
  stateWords[stateOf(row)],
  wayOf(row.settled_as),
  at(row.settled_at),
]

/** The conditions in words. */
export const alarmConditions = (
  f: Omit<AlarmQuery, 'page' | 'size' | 'sort'>,
  first: Pick<ListedAlarm, 'org_name' | 'person_name' | 'owner_name'> | undefined,
) => [
  f.state !== undefined && f.state.length > 0 && `状态 ${f.state.map((s) => stateWords[s]).join('、')}`,
  f.settledAs && `办结方式 ${wayOf(f.settledAs)}`,
  f.kind !== undefined && f.kind.length > 0 && `类型 ${f.kind.map((kind) => nameOfKind(kind).zh).join('、')}`,
  f.level !== undefined &&
    f.level.length > 0 &&
    `级别 ${f.level.map((level) => levelWords[level - 1] ?? level).join('、')}`,
  f.org && `单位代码 ${f.org}`,
  f.person && `矫正对象 ${first?.person_name ?? '—'}`,
  f.owner && `承办人 ${first?.owner_name ?? '—'}`,
  f.overdue !== undefined && (f.overdue ? '已超期' : '未超期'),
  f.from && `发现时间自 ${wallTime(Date.parse(f.from))}`,
  f.until && `发现时间早于 ${wallTime(Date.parse(f.until))}`,
  f.q && `姓名或报警号 ${f.q}`,
]
