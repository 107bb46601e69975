import type { DocumentRow } from '@zhijiao/contract/documents'
import { wallTime } from '../core/wall-time.ts'
import type { Cell } from '../core/xlsx.ts'
import type { Filters } from './store.ts'
import { paperName } from './templates/index.ts'

const stateWords = { draft: '草稿', issued: '已签发', void: '已作废' } as const
const at = (when: string | null) => (when ? wallTime(Date.parse(when)) : null)

export const documentHeadings: readonly string[] = [
  '文书',
  '文号',
  '姓名',
  '档案编号',
  '单位',
  '状态',
  '决定日期',
  '签发时间',
  '签发人',
  '签章',
  '签名数',
  '送达份数',
  '起草时间',
]
export const documentWidths: readonly number[] = [26, 28, 12, 20, 22, 10, 12, 17, 12, 8, 8, 8, 17]

/** One document as a line of the register (文书登记簿). */
export const documentCells = (row: DocumentRow): Cell[] => [
  row.name.zh,
  row.number,
  row.person?.name ?? null,
  row.person?.number ?? null,
  row.orgName,
  `${stateWords[row.state]}${row.imported ? '（历史导入）' : ''}`,
  row.decidedOn,
  at(row.issuedAt),
  row.issuedByName,
  row.sealed ? '已签章' : null,
  row.signatures,
  row.deliveries,
  at(row.draftedAt),
]

/** The conditions in words. */
export const documentConditions = (f: Filters, row: DocumentRow | undefined) => [
  f.q && `含“${f.q}”`,
  f.template && `文书 ${paperName(f.template)?.zh ?? f.template}`,
  f.state && `状态 ${stateWords[f.state as keyof typeof stateWords] ?? f.state}`,
  f.unserved && '未送达',
  f.imported !== undefined && (f.imported ? '历史导入' : '本平台制作'),
  f.person && `矫正对象 ${row?.person?.name ?? '—'}`,
  f.org && `单位 ${row?.orgName ?? f.org}`,
  f.from && `自 ${f.from}`,
  f.until && `至 ${f.until}`,
]
