import { exitBans } from '@zhijiao/contract/permits'
import { civilDate, plusDays } from '@zhijiao/law/civil-date'
import { underPrefix } from '../core/db.ts'
import { type KeptRoom, keep, signedIn } from '../core/room.ts'
import { exitBanStore } from './exit-ban-store.ts'

/** Who is in correction and whose ban on leaving the country nobody has reported yet (P36). */
export const exitBanHandlers = (): KeptRoom =>
  keep(exitBans, {
    unreported: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { page = 1, size = 20, org, overdue } = asked.query
        const { law, today } = asked.circumstances
        const days = law.number('SET-32', 5)
        const within = underPrefix(org ?? signedIn(asked).staff.org)
        const { rows, total } = await exitBanStore(db).unreported({ ...within, days, today, overdue, size, page })
        asked.note({ rows: rows.length })
        return {
          items: rows.map(({ org_name: orgName, ...row }) => {
            const dueOn = plusDays(civilDate(row.since), days)
            return { ...row, orgName, dueOn, overdue: dueOn < today }
          }),
          total,
          page,
          size,
        }
      }),
  })
