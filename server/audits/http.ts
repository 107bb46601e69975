import { audits } from '@zhijiao/contract/audits'
import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import { asSeenBy } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { refusal, refuse } from '../core/refusals.ts'
import { keep, signedIn } from '../core/room.ts'
import { wallTime } from '../core/wall-time.ts'
import { workbook, xlsxMime } from '../core/xlsx.ts'
import { auditStore } from './store.ts'
import { wordsOfAudit, wordsOfOutcome } from './words.ts'

type Line = AnswerOf<SpecOf<(typeof audits)['list']>>['items'][number]
type Row = Awaited<ReturnType<ReturnType<typeof auditStore>['page']>>[number]

const exportLimit = 100_000
const TooLargeToExport = refusal('ZJ_EXPORT_TOO_LARGE', 413, {
  zh: '共 {rows} 条，超过一次导出上限 {limit} 条。请缩小时间范围，分次导出。',
  en: '{rows} lines are more than the {limit} of one export. Narrow the time and export in parts.',
})

const acts: readonly Line['act'][] = ['view', 'search', 'export', 'write', 'security', 'refused']
const actOf = (act: string): Line['act'] => acts.find((a) => a === act) ?? 'view'

/** The permission that a request lacked, where the line says it. */
const missing = ({ detail }: Row): unknown =>
  typeof detail === 'object' && detail !== null && 'permission' in detail ? detail.permission : undefined

const shown = (r: Row): Line => ({
  id: r.id,
  at: r.at.toISOString(),
  request: r.request,
  phase: r.phase,
  act: actOf(r.act),
  promise: r.promise,
  says: wordsOfAudit(r.act, r.promise),
  staffId: r.staff_id,
  staffName: r.staff_name,
  roles: r.roles ? r.roles.split(',') : [],
  org: r.org_code,
  person: r.person_id,
  reason: r.reason,
  detail: (r.detail ?? {}) as Record<string, unknown>,
  outcome: r.outcome,
  outcomeSays: r.outcome === null ? null : wordsOfOutcome(r.outcome, missing(r)),
  rows: r.rows,
  ip: r.ip,
})

export function auditHandlers(house: House) {
  return keep(audits, {
    list: async ({ query, circumstances, inTransaction, note }) => {
      const { page = 1, size = 20, sort = '-at', ...given } = query
      const [rows, total] = await inTransaction(async ({ db }) => {
        const store = auditStore(db, circumstances.now)
        return [await store.page(given, { number: page, size, sort }), await store.count(given)] as const
      })
      note({ rows: rows.length })
      return { items: rows.map(shown), total, page, size }
    },
    export: async (asked) => {
      const who = signedIn(asked)
      const { now } = asked.circumstances
      const { reason, sort = '-at', ...conditions } = asked.query
      // New lines of this very export would shift the pages.
      const given = { ...conditions, to: conditions.to ?? new Date(now).toISOString() }
      const total = await asked.inTransaction(({ db }) => auditStore(db, now).count(given))
      if (total > exportLimit) throw refuse(TooLargeToExport, { rows: total, limit: exportLimit })
      asked.note({ rows: total, reason })
      const rows = async function* () {
        for (let page = 1; (page - 1) * 1000 < total; page++)
          for (const row of await asSeenBy(house.databases.api, who.eyes, (db) =>
            auditStore(db, now).page(given, { number: page, size: 1000, sort }),
          ))
            yield [
              wallTime(row.at.getTime()),
              row.staff_name,
              row.roles,
              row.org_code,
              row.phase === 'attempt' ? '发起' : '结果',
              wordsOfAudit(row.act, row.promise).zh,
              row.promise,
              row.person_id,
              row.reason,
              row.outcome === null ? null : wordsOfOutcome(row.outcome, missing(row)).zh,
              row.outcome,
              row.rows,
              row.ip,
              row.request,
            ]
      }
      const mark = `${who.staff.name} ${who.staff.number.slice(-4)} ${wallTime(now)}`
      return {
        name: `审计日志 ${wallTime(now).replace(':', '')}.xlsx`,
        mime: xlsxMime,
        content: workbook({
          name: '审计日志',
          title: '审计日志',
          notes: [`导出人：${who.staff.name}  时间：${wallTime(now)}  条数：${total}  事由：${reason}`],
          headings: [
            '时间',
            '人员',
            '角色',
            '单位',
            '阶段',
            '事项',
            '接口',
            '对象编号（内部）',
            '事由',
            '结果',
            '结果代码',
            '行数',
            'IP',
            '流水号',
          ],
          rows: rows(),
          watermark: mark,
          mark: asked.request,
        }),
      }
    },
    ofPerson: async ({ params, query, circumstances, inTransaction, note }) => {
      const { page = 1, size = 20 } = query
      const { rows, total } = await inTransaction(({ db }) =>
        auditStore(db, circumstances.now).ofPerson(params.personId, page, size),
      )
      note({ rows: rows.length })
      return {
        items: rows.map((r) => ({
          at: r.at.toISOString(),
          staffName: r.staff_name ?? '—',
          org: { code: r.org_code, name: r.org_name ?? r.org_code },
          roles: r.roles ? r.roles.split(',') : [],
          act: actOf(r.act),
          says: wordsOfAudit(r.act, r.promise),
          reason: r.reason,
          outcome: r.outcome,
        })),
        total,
        page,
        size,
      }
    },
  })
}
