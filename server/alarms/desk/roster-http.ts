import { roster, type Shift } from '@zhijiao/contract/roster'
import type { House } from '../../core/house.ts'
import { announce } from '../../core/live.ts'
import { refuse, settled } from '../../core/refusals.ts'
import { type Inside, type KeptRoom, keep, signedIn } from '../../core/room.ts'
import { byOf } from '../../core/tasks/http.ts'
import { permissionsOfRoles } from '../../core/tasks/kinds.ts'
import { tasksIn } from '../../core/tasks.ts'
import { addShifts } from './roster-domain.ts'
import { Elsewhere, ShiftNotYours, ShiftOver, StaffUnfit } from './roster-refusals.ts'
import { type Candidate, type NamedShift, rosterStore, type ShiftRow } from './roster-store.ts'

const shown = (row: NamedShift): Shift => ({
  id: row.id,
  org: row.org_code,
  orgName: row.org_name,
  staff: { id: row.staff_id, name: row.staff_name, phone: row.phone },
  place: row.place,
  from: row.from_at.toISOString(),
  until: row.until_at.toISOString(),
  note: row.note,
  handedFrom: row.handed_from,
  endedAt: row.ended_at?.toISOString() ?? null,
})
const fit = (candidate: Candidate | undefined) =>
  candidate !== undefined && permissionsOfRoles(candidate.roles).has('alarm.handle')

/** The roster (值班表): set, ended, handed over; every change is in the ledger, because it decides who answers for what. */
export function rosterHandlers(house: House): KeptRoom {
  const told = async (
    { db, ledger }: Inside,
    shift: ShiftRow,
    kind: string,
    payload: { [key: string]: string | number | null },
  ) => {
    await ledger.append({
      kind: `roster.${kind}`,
      org: shift.org_code,
      subject: shift.id,
      payload: {
        staff: shift.staff_id,
        place: shift.place,
        from: shift.from_at.toISOString(),
        until: shift.until_at.toISOString(),
        ...payload,
      },
    })
    await announce(db, { topic: 'roster', id: shift.id, org: shift.org_code, what: kind, staff: [shift.staff_id] })
  }

  return keep(roster, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { now } = asked.circumstances
        const from = asked.query.from ? new Date(asked.query.from) : new Date(now - 86_400_000)
        const until = asked.query.until ? new Date(asked.query.until) : new Date(now + 14 * 86_400_000)
        const rows = await rosterStore(db).list(asked.query.org ?? signedIn(asked).staff.org, from, until)
        return rows.map(shown)
      }),
    now: (asked) =>
      asked.inTransaction(({ db }) => {
        const org = asked.query.org ?? signedIn(asked).staff.org
        return rosterStore(db).onDuty(org, new Date(asked.circumstances.now))
      }),
    candidates: (asked) =>
      asked.inTransaction(async ({ db }) =>
        (await rosterStore(db).candidates(asked.query.org))
          .filter(fit)
          .map(({ id, name, roles }) => ({ id, name, roles: [...roles] })),
      ),
    set: (asked) =>
      asked.inTransaction(async (inside) => {
        const store = rosterStore(inside.db)
        const { now } = asked.circumstances
        const wishes = asked.body.shifts.map((s) => ({ ...s, from: Date.parse(s.from), until: Date.parse(s.until) }))
        const orgs = [...new Set(wishes.map((w) => w.org))]
        const fitting = new Map<string, ReadonlySet<string>>()
        for (const org of orgs) fitting.set(org, new Set((await store.candidates(org)).filter(fit).map((c) => c.id)))
        const there = await store.running(
          orgs,
          new Date(Math.min(...wishes.map((w) => w.from))),
          new Date(Math.max(...wishes.map((w) => w.until))),
        )
        settled(
          addShifts(
            wishes,
            there.map((s) => ({
              org: s.org_code,
              staff: s.staff_id,
              place: s.place,
              from: s.from_at.getTime(),
              until: s.until_at.getTime(),
            })),
            { unit: signedIn(asked).staff.org, now, fit: (w) => fitting.get(w.org)?.has(w.staff) ?? false },
          ),
        )
        const added = []
        for (const wish of wishes) {
          const row: ShiftRow = {
            id: house.chance.id(),
            org_code: wish.org,
            staff_id: wish.staff,
            place: wish.place,
            from_at: new Date(wish.from),
            until_at: new Date(wish.until),
            handed_from: null,
            note: wish.note ?? '',
            ended_at: null,
            added_by: signedIn(asked).staff.id,
            added_at: new Date(now),
          }
          await store.add(row)
          await told(inside, row, 'set', {})
          added.push(shown(await store.one(row.id)))
        }
        return added
      }),
    end: (asked) =>
      asked.inTransaction(async (inside) => {
        const store = rosterStore(inside.db)
        const shift = await store.lock(asked.params.id)
        const now = new Date(asked.circumstances.now)
        if (!shift.org_code.startsWith(signedIn(asked).staff.org)) throw refuse(Elsewhere, { org: shift.org_code })
        if (shift.ended_at || shift.until_at <= now) throw refuse(ShiftOver)
        await store.end(shift.id, shift.from_at > now ? shift.from_at : now)
        await told(inside, shift, 'ended', { reason: asked.body.reason })
        return shown(await store.one(shift.id))
      }),
    handOver: (asked) =>
      asked.inTransaction(async (inside) => {
        const store = rosterStore(inside.db)
        const { staff, permissions } = signedIn(asked)
        const shift = await store.lock(asked.params.id)
        const now = new Date(asked.circumstances.now)
        if (shift.staff_id !== staff.id && !(permissions.has('alarm.roster') && shift.org_code.startsWith(staff.org)))
          throw refuse(ShiftNotYours)
        if (shift.ended_at || shift.until_at <= now) throw refuse(ShiftOver)
        const receiver = (await store.candidates(shift.org_code)).find((c) => c.id === asked.body.to)
        if (!receiver || !fit(receiver) || receiver.id === shift.staff_id) throw refuse(StaffUnfit, { row: 1 })
        const begins = shift.from_at > now ? shift.from_at : now
        await store.end(shift.id, begins)
        const next: ShiftRow = {
          ...shift,
          id: house.chance.id(),
          staff_id: receiver.id,
          from_at: begins,
          handed_from: shift.id,
          note: asked.body.note ?? '',
          ended_at: null,
          added_by: staff.id,
          added_at: now,
        }
        await store.add(next)
        const tasks = tasksIn(inside.db, house, inside.ledger)
        const duties = await store.dutiesOf(shift)
        for (const id of duties) await tasks.handOver(await tasks.get(id), receiver, 0, byOf(asked))
        await told(inside, next, 'handedOver', { from: shift.staff_id, tasks: duties.length, note: next.note })
        return { shift: shown(await store.one(next.id)), tasks: duties.length }
      }),
  })
}
