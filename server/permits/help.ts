import { leaveHelp } from '@zhijiao/contract/permits'
import type { House } from '../core/house.ts'
import { type KeptRoom, keep, signedIn } from '../core/room.ts'
import { awayIn } from './away.ts'
import { awayStore } from './away-store.ts'

/** 协助监管: what other counties ask of the caller's, and its answer. */
export const leaveHelpHandlers = (house: House): KeptRoom =>
  keep(leaveHelp, {
    received: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { page = 1, size = 20 } = asked.query
        const store = awayStore(db)
        const { rows, total } = await store.received(signedIn(asked).staff.org.slice(0, 6), { number: page, size })
        asked.note({ rows: rows.length })
        const items = []
        for (const row of rows)
          items.push({
            id: row.id,
            from: (await store.orgName(row.org_code.slice(0, 6))) ?? row.org_code,
            wish: row.wish,
            about: row.about,
            askedAt: row.asked_at.toISOString(),
            askedBy: row.asked_name,
            answer: row.answer,
            answeredAt: row.answered_at?.toISOString() ?? null,
            answeredBy: row.answered_name,
          })
        return { items, total, page, size }
      }),
    answer: (asked) =>
      asked.inTransaction(async (inside) => {
        const { staff, roles } = signedIn(asked)
        const { now, today } = asked.circumstances
        const by = { id: staff.id, name: staff.name, roles, unit: staff.org }
        await awayIn(inside, house, { now, today, by }).answerHelp(asked.params.id, asked.body.answer)
      }),
  })
