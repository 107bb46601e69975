import type { FileAnswer } from '@zhijiao/contract/kernel'
import type { PersonConditions } from '@zhijiao/contract/people'
import { maskAddress } from '@zhijiao/law/address'
import { levelsOf } from '@zhijiao/law/level-setting'
import { type Levels, levelNamed } from '@zhijiao/law/levels'
import { lawFor } from '../core/circumstances.ts'
import { asSeenBy, type Databases } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { wallTime } from '../core/wall-time.ts'
import { type Cell, type Sheet, workbook, xlsxMime } from '../core/xlsx.ts'
import type { Exporter, Maker } from '../downloads/index.ts'
import { columns, wordOf } from './columns.ts'
import type { Keeping } from './keeping.ts'
import type { Listed } from './row.ts'
import { personStore } from './store.ts'

/** People of one export; more than a county or city ever has on register. */
export const exportLimit = 100_000
const batch = 1000

const stateWords = {
  awaiting: '待报到',
  inCorrection: '在矫',
  missing: '脱管',
  detained: '被羁押',
  released: '解除',
  terminated: '终止',
  transferred: '转出',
} as const
const colourWords = { none: '', red: '红', yellow: '黄', blue: '蓝', green: '绿' } as const

/** The headings of the import, then what only the platform knows. */
export const exportHeadings: readonly string[] = [
  '档案编号',
  ...columns.filter((c) => c.field !== 'officerLogin').map((c) => c.zh),
  '责任人',
  '状态',
  '颜色',
]

function cells(row: Listed, keeping: Keeping, levels: Levels): Cell[] {
  const of: Record<string, Cell> = {
    name: row.name,
    sex: row.sex === 'male' ? '男' : '女',
    ethnicity: row.ethnicity,
    birthDate: row.birth_date,
    identity: keeping.maskedIdentity(row.identity_cipher),
    education: wordOf('educationLevel', row.education),
    registeredAddress: maskAddress(row.registered_address),
    residence: maskAddress(row.residence),
    crime: row.crime,
    sentence: row.sentence,
    sentenceTerm: row.sentence_term,
    additionalPenalty: row.additional_penalty,
    category: wordOf('correctionCategory', row.category),
    correctionTerm: row.correction_term,
    termStart: row.term_start,
    termEnd: row.term_end,
    decisionOrgan: row.decision_organ,
    documentNumber: row.document_number,
    decidedOn: row.decided_on,
    phone: keeping.maskedPhone(row.phone_cipher),
    level: levelNamed(levels, row.level).zh,
    org: row.org_name ?? row.org_code,
    injunction: row.injunction,
  }
  return [
    row.number,
    ...columns.filter((c) => c.field !== 'officerLogin').map((c) => of[c.field] ?? null),
    row.officer_name,
    stateWords[row.state],
    colourWords[row.colour],
  ]
}

/** The conditions in words; identity and phone only say that they were given. */
function conditionWords(given: PersonConditions, levels: Levels): string {
  const level = given.level?.map((code) => levelNamed(levels, code).zh)
  const words = Object.entries({ ...given, ...(level ? { level } : {}) })
    .filter(([key, value]) => value !== undefined && value !== '' && key !== 'reason' && key !== 'sort')
    .map(
      ([key, value]) =>
        `${key}=${key === 'identity' || key === 'phone' ? '***' : Array.isArray(value) ? value.join('、') : String(value)}`,
    )
  return words.length ? words.join(';') : '全部'
}

/** The current query as a workbook. The ids are fixed first; the rows follow in batches, each through the caller's eyes. */
export async function exportPeople(
  databases: Databases,
  keeping: Keeping,
  ids: readonly string[],
  about: {
    given: PersonConditions
    levels: Levels
    reason: string
    who: Exporter
    now: number
    request: string
    progress?(done: number): void
  },
): Promise<FileAnswer> {
  const { who, now, request } = about
  const mark = `${who.staff.name} ${who.staff.number.slice(-4)} ${wallTime(now)}`
  const rows = async function* () {
    for (let from = 0; from < ids.length; from += batch) {
      const some = ids.slice(from, from + batch)
      const found = await asSeenBy(databases.api, who.eyes, (db) => personStore(db, keeping).some(some))
      const byId = new Map(found.map((r) => [r.id, r]))
      for (const id of some) {
        const row = byId.get(id)
        if (row) yield cells(row, keeping, about.levels)
      }
      about.progress?.(Math.min(ids.length, from + batch))
    }
  }
  const sheet: Sheet = {
    name: '矫正对象',
    title: '社区矫正对象名册',
    notes: [
      `查询条件：${conditionWords(about.given, about.levels)}`,
      `导出人：${who.staff.name}（${who.staff.number}）  导出时间：${wallTime(now)}  人数：${ids.length}  事由：${about.reason}`,
      `水印：${mark}  流水号：${request}  内部资料，不得外传；身份证号码、电话与住址已脱敏`,
    ],
    headings: exportHeadings,
    widths: exportHeadings.map((h) => (/地|号|禁止令|机关/.test(h) ? 24 : 14)),
    rows: rows(),
    watermark: mark,
    mark: request,
  }
  return { name: `矫正对象名册 ${wallTime(now).replace(':', '')}.xlsx`, mime: xlsxMime, content: workbook(sheet) }
}

/** A large register, made by the worker: the same query as it stood, through the same eyes as they are now. */
export const exportMaker = ({ databases }: Pick<House, 'databases'>, keeping: Keeping): Maker => ({
  may: 'person.export',
  async make(wish, about) {
    const { given, sort } = wish as { given: PersonConditions; sort?: string }
    const ids = await asSeenBy(databases.api, about.who.eyes, (db) =>
      personStore(db, keeping).ids(given, sort, exportLimit),
    )
    const levels = levelsOf(await lawFor({ databases }, about.who.staff.org, about.now))
    return exportPeople(databases, keeping, ids, { ...about, given, levels })
  },
})

/** The empty sheet for the import, with one line of what each column takes. */
export function template(levels: Levels): FileAnswer {
  const choices = Object.fromEntries(columns.flatMap((c, i) => (c.words ? [[i, c.words(levels)]] : [])))
  return {
    name: '矫正对象导入模板.xlsx',
    mime: xlsxMime,
    content: workbook({
      name: '导入',
      title: '社区矫正对象导入模板',
      notes: [
        '带 * 的列必填；日期写成 2026-11-21 或 20261121；身份证号码列请保持文本格式；管理单位填名称或编码；从标题行下一行开始填写。',
      ],
      headings: columns.map((c) => (c.must ? `${c.zh}*` : c.zh)),
      rows: [],
      watermark: '导入模板',
      mark: 'template',
      choices,
    }),
  }
}
