import { civilDate, daysInclusive } from '@zhijiao/law/civil-date'
import { code } from '@zhijiao/law/codes'
import { wallTime } from '../core/wall-time.ts'
import type { Cell } from '../core/xlsx.ts'
import type { LeaveFilters, ShownLeave } from './store.ts'

const stateWords = {
  asked: '待审批',
  approved: '已批准',
  refused: '不批准',
  returned: '已销假',
  cancelled: '已撤销',
} as const
const levelWords = { office: '司法所', county: '县级', city: '市级' } as const
const at = (when: Date | null) => (when ? wallTime(when.getTime()) : null)

export const leaveHeadings: readonly string[] = [
  '姓名',
  '档案编号',
  '单位',
  '状态',
  '起',
  '止',
  '天数',
  '事由',
  '具体理由',
  '目的地',
  '目的地联系人',
  '证明材料份数',
  '审批层级',
  '申请时间',
  '审批人',
  '审批时间',
  '审批意见',
  '县级备案',
  '联系次数',
  '责令返回',
  '销假日期',
]
export const leaveWidths: readonly number[] = [
  12, 18, 20, 10, 12, 12, 6, 14, 30, 26, 24, 10, 10, 17, 12, 17, 24, 20, 8, 17, 12,
]

/** One leave as a line; the phone of the contact stays on the screen. */
export function leaveCells(row: ShownLeave): Cell[] {
  return [
    row.person_name,
    row.person_number,
    row.org_name,
    stateWords[row.state],
    row.from_day,
    row.until_day,
    daysInclusive(civilDate(row.from_day), civilDate(row.until_day)),
    code('leaveReason', row.reason)?.zh ?? row.reason,
    row.reason_text,
    row.destination,
    row.contact ? `${row.contact.name}（${row.contact.relation}）` : null,
    row.proofs.length,
    levelWords[row.competent],
    at(row.asked_at),
    row.decider,
    at(row.decided_at),
    row.decision_note,
    row.filed_at ? `${row.filer ?? ''} ${wallTime(row.filed_at.getTime())}` : null,
    row.contacts.length,
    at(row.recalled_until),
    row.returned_on,
  ]
}

/** The conditions in words. */
export const leaveConditions = (f: LeaveFilters, rows: { readonly org?: string; readonly person?: string }) => [
  f.q && `姓名或档案编号含 ${f.q}`,
  f.state && `状态 ${stateWords[f.state]}`,
  f.org && `单位 ${rows.org ?? f.org}`,
  f.person && `矫正对象 ${rows.person ?? '—'}`,
  f.on && `${f.on} 在外`,
  f.overstayed !== undefined && (f.overstayed ? '逾期未归' : '未逾期'),
  f.toFile !== undefined && (f.toFile ? '待县级备案' : '不待备案'),
]
