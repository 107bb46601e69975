import { exitBans } from '@zhijiao/contract/permits'
import { type CivilDate, civilDate, plusDays } from '@zhijiao/law/civil-date'
import { asSeenBy, type ScopedDb, underPrefix } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { everyRow, linesOf, listSheet } from '../core/list-sheet.ts'
import { type Asked, type KeptRoom, keep, signedIn } from '../core/room.ts'
import { exitBanStore } from './exit-ban-store.ts'

interface Conditions {
  readonly org?: string
  readonly overdue?: boolean
  readonly sort?: string
}

/** One page of those who are not reported yet, and how many there are. */
const unreported = (
  db: ScopedDb,
  { org, overdue, sort }: Conditions,
  { days, today, unit }: { readonly days: number; readonly today: CivilDate; readonly unit: string },
  page: { readonly number: number; readonly size: number },
) =>
  exitBanStore(db).unreported({
    ...underPrefix(org ?? unit),
    days,
    today,
    overdue,
    sort,
    size: page.size,
    page: page.number,
  })

const circumstances = (asked: Pick<Asked, 'who' | 'circumstances'>) => ({
  days: asked.circumstances.law.number('SET-32', 5),
  today: asked.circumstances.today,
  unit: signedIn(asked).staff.org,
})

/** Who is in correction and whose ban on leaving the country nobody has reported yet (P36). */
export const exitBanHandlers = (house: House): KeptRoom =>
  keep(exitBans, {
    export: async (asked) => {
      const { reason, ...given } = asked.query
      const who = signedIn(asked)
      const where = circumstances(asked)
      const read = (page: { number: number; size: number }) =>
        asSeenBy(house.databases.api, who.eyes, (db) => unreported(db, given, where, page))
      const { total, rows } = await read({ number: 1, size: 1 })
      asked.note({ reason, rows: total })
      return listSheet(
        {
          title: '不准出境未报备名单',
          conditions: [
            given.org && `单位 ${rows[0]?.org_name ?? given.org}`,
            given.overdue !== undefined && (given.overdue ? '已逾期' : '未逾期'),
          ],
          headings: ['姓名', '档案编号', '单位', '登记接收日', '应报备日', '是否逾期', '办理'],
          widths: [12, 20, 24, 12, 12, 10, 10],
          total,
          rows: linesOf(
            everyRow(async (page) => (await read(page)).rows),
            (row) => {
              const due = plusDays(civilDate(row.since), where.days)
              return [
                row.name,
                row.number,
                row.org_name,
                row.since,
                due,
                due < where.today ? '逾期' : '期内',
                row.matter ? '办理中' : '未办理',
              ]
            },
          ),
        },
        { who, now: asked.circumstances.now, reason, request: asked.request },
      )
    },
    unreported: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { page = 1, size = 20, ...given } = asked.query
        const where = circumstances(asked)
        const { rows, total } = await unreported(db, given, where, { number: page, size })
        asked.note({ rows: rows.length })
        return {
          items: rows.map(({ org_name: orgName, ...row }) => {
            const dueOn = plusDays(civilDate(row.since), where.days)
            return { ...row, orgName, dueOn, overdue: dueOn < where.today }
          }),
          total,
          page,
          size,
        }
      }),
  })
