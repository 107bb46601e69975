import { leaves } from '@zhijiao/contract/permits'
import { type CivilDate, civilDate, isCivilDate, legalDayOf } from '@zhijiao/law/civil-date'
import { refuse as lawRefuses } from '@zhijiao/law/refusals'
import { asSeenBy } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { everyRow, linesOf, listSheet } from '../core/list-sheet.ts'
import { Changed, Refusal, refuse, settled } from '../core/refusals.ts'
import { type Inside, type KeptRoom, keep, signedIn } from '../core/room.ts'
import { tried } from '../core/trial.ts'
import { type Act, actsOf } from './acts.ts'
import { applicationsIn } from './applying.ts'
import { awayIn } from './away.ts'
import { noteFiling } from './county-note.ts'
import { decisionsOf } from './deciding.ts'
import * as decide from './domain.ts'
import { eachForItself } from './each.ts'
import { fileLeaves } from './filing.ts'
import { importLeaves } from './history.ts'
import { fitProofs } from './proofs.ts'
import { IdTaken, ProofLate } from './refusals.ts'
import { leaveCells, leaveConditions, leaveHeadings, leaveWidths } from './sheet.ts'
import { competenceShown, shown } from './shown.ts'
import { idsOfLeaves, leaveStore } from './store.ts'

/** What is refused here is said where the decision itself is refused. */
function ifRefused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

/** A day as the statute knows it; the schema has seen to its form, not to February 30. */
function dayOf(text: string): CivilDate {
  if (!isCivilDate(text)) throw decide.ofLaw(lawRefuses('ZJ_LAW_DATE_INVALID', { given: text }))
  return civilDate(text)
}

export function leaveHandlers(house: House): KeptRoom {
  const { where, by, papers, endTask, tell } = actsOf(house)
  const { moveUp, decideOne } = decisionsOf(house)
  const wishOf = (body: {
    from: string
    until: string
    destination: decide.Wish['destination']
    travelBy?: decide.Wish['travelBy']
    reason: string
  }): decide.Wish => ({
    from: dayOf(body.from),
    until: dayOf(body.until),
    destination: body.destination,
    travelBy: body.travelBy ?? [],
    reason: body.reason,
  })
  const show = async ({ db }: Inside, asked: Act, id: string) => {
    const row = await leaveStore(db).one(id)
    asked.note({ person: row.person_id })
    return shown(row, asked)
  }
  const away = (inside: Inside, asked: Act) => {
    const { staff, roles } = signedIn(asked)
    const { now, today } = asked.circumstances
    return awayIn(inside, house, { now, today, by: { id: staff.id, name: staff.name, roles, unit: staff.org } })
  }

  /** The duty, if one runs, is ended by taking note of it; a leave approved before there were such duties has none. */
  const fileOne = async (
    inside: Inside,
    id: string,
    by: { readonly id: string; readonly name: string; readonly unit: string },
    asked: Act,
  ) => {
    settled(await noteFiling(inside, id, by, asked.circumstances.now))
    await endTask(inside, 'leave.file', id, 'known')
  }

  return keep(leaves, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { page = 1, size = 20, sort = '-asked', ...filters } = asked.query
        if (filters.on) dayOf(filters.on)
        const { today } = asked.circumstances
        const { rows, total } = await leaveStore(db).list(
          filters,
          { today, now: asked.circumstances.now, unit: signedIn(asked).eyes.unit },
          { number: page, size, sort },
        )
        asked.note({ rows: rows.length, person: filters.person ?? null })
        return { items: rows.map((r) => shown(r, asked)), total, page, size }
      }),
    export: async (asked) => {
      const { reason, sort = '-asked', ...filters } = asked.query
      if (filters.on) dayOf(filters.on)
      const who = signedIn(asked)
      const { now, today } = asked.circumstances
      const read = (page: { number: number; size: number }) =>
        asSeenBy(house.databases.api, who.eyes, (db) =>
          leaveStore(db).list(filters, { today, now, unit: who.eyes.unit }, { ...page, sort }),
        )
      const { rows, total } = await read({ number: 1, size: 1 })
      asked.note({ reason, rows: total, person: filters.person ?? null })
      return listSheet(
        {
          title: '外出请假台账',
          conditions: leaveConditions(filters, { org: rows[0]?.org_name, person: rows[0]?.person_name }),
          headings: leaveHeadings,
          widths: leaveWidths,
          total,
          masked: '联系电话未导出',
          rows: linesOf(
            everyRow(async (page) => (await read(page)).rows),
            leaveCells,
          ),
        },
        { who, now, reason, request: asked.request },
      )
    },
    get: (asked) => asked.inTransaction((inside) => show(inside, asked, asked.params.id)),
    weigh: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const store = leaveStore(db)
        const { org, state } = await store.person(asked.body.person)
        asked.note({ person: asked.body.person })
        settled(decide.atLarge(state))
        const earlier = await store.earlier(asked.body.person)
        return competenceShown(settled(decide.weigh(wishOf(asked.body), earlier, await where(org, asked))))
      }),
    ask: (asked) =>
      asked.inTransaction(async (inside) => {
        const { body } = asked
        const store = leaveStore(inside.db)
        const person = await store.person(body.person)
        asked.note({ person: body.person })
        if (body.id) {
          const known = await store.find(body.id)
          // Sent twice is asked once.
          if (known?.person_id === body.person) return show(inside, asked, known.id)
          if ((await idsOfLeaves(house.databases.system, [body.id])).has(body.id)) throw refuse(IdTaken)
        }
        settled(decide.atLarge(person.state))
        const { proofs = [], contact = null } = body
        settled(await fitProofs(inside.db, body.person, proofs))
        const wish = wishOf(body)
        const competence = settled(decide.ask(wish, await store.earlier(body.person), await where(person.org, asked)))
        const id = await applicationsIn(inside, house, asked.circumstances).enter({
          person: { id: body.person, ...person },
          wish,
          reasonText: body.reasonText,
          ...(body.id ? { id: body.id } : {}),
          proofs,
          contact,
          competence,
          by: by(asked),
        })
        return show(inside, asked, id)
      }),
    decide: async (asked) => {
      const { id } = asked.params
      await asked.inTransaction((inside) => moveUp(inside, asked, id))
      return asked.inTransaction(async (inside) => {
        await decideOne(inside, asked, id, asked.body)
        return show(inside, asked, id)
      })
    },
    decideMany: async (asked) => {
      const { leaves: wished, verdict, note } = asked.body
      const revisions = new Map(wished.map((l) => [l.id, l.revision]))
      for (const { id } of wished) await asked.inTransaction((inside) => moveUp(inside, asked, id)).catch(ifRefused)
      const answer = await eachForItself(asked, [...revisions.keys()], (inside, id) =>
        decideOne(inside, asked, id, { verdict, note, revision: revisions.get(id) ?? 0 }),
      )
      asked.note({ rows: answer.done.length })
      return answer
    },
    opine: (asked) =>
      asked.inTransaction(async (inside) => {
        const store = leaveStore(inside.db)
        const before = await store.lock(asked.params.id)
        const { staff, roles } = signedIn(asked)
        const level = settled(
          decide.opine({ state: before.state, org: before.org_code }, before.competent, { roles, unit: staff.org }),
        )
        if (before.revision !== asked.body.revision) throw refuse(Changed, { revision: before.revision })
        const at = new Date(asked.circumstances.now).toISOString()
        await store.opined(before.id, level, { text: asked.body.text, by: staff.name, byId: staff.id, at })
        await inside.ledger.append({
          kind: 'leave.opined',
          org: before.org_code,
          person: before.person_id,
          subject: before.id,
          payload: { level, text: asked.body.text },
        })
        await papers(inside, asked).form(await store.lock(before.id), asked.circumstances.today, by(asked))
        await tell(inside, before, 'opined')
        return show(inside, asked, before.id)
      }),
    noteFilings: async (asked) => {
      const { staff } = signedIn(asked)
      const answer = await eachForItself(asked, asked.body.ids, (inside, id) =>
        fileOne(inside, id, { id: staff.id, name: staff.name, unit: staff.org }, asked),
      )
      asked.note({ rows: answer.done.length })
      return answer
    },
    call: (asked) =>
      asked.inTransaction(async (inside) => {
        await away(inside, asked).call(asked.params.id, asked.body)
        return show(inside, asked, asked.params.id)
      }),
    askHelp: (asked) =>
      asked.inTransaction(async (inside) => {
        await away(inside, asked).askHelp(asked.params.id, asked.body)
        return show(inside, asked, asked.params.id)
      }),
    recall: (asked) =>
      asked.inTransaction(async (inside) => {
        await away(inside, asked).recall(asked.params.id, asked.body)
        return show(inside, asked, asked.params.id)
      }),
    prove: (asked) =>
      asked.inTransaction(async (inside) => {
        const store = leaveStore(inside.db)
        const before = await store.lock(asked.params.id)
        if (before.state !== 'asked' && before.state !== 'approved') throw refuse(ProofLate)
        if (before.revision !== asked.body.revision) throw refuse(Changed, { revision: before.revision })
        settled(await fitProofs(inside.db, before.person_id, asked.body.proofs))
        await store.proved(before.id, asked.body.proofs)
        await inside.ledger.append({
          kind: 'leave.proved',
          org: before.org_code,
          person: before.person_id,
          subject: before.id,
          cites: ['LVE-01'],
          payload: { proofs: [...asked.body.proofs] },
        })
        await tell(inside, before, 'proved')
        return show(inside, asked, before.id)
      }),
    delay: (asked) =>
      asked.inTransaction(async (inside) => {
        const store = leaveStore(inside.db)
        const before = await store.lock(asked.params.id)
        const until = dayOf(asked.body.until)
        settled(decide.late({ state: before.state, until: civilDate(before.until_day) }, until))
        if (before.revision !== asked.body.revision) throw refuse(Changed, { revision: before.revision })
        await store.delayed(before.id, {
          at: new Date(asked.circumstances.now),
          until,
          reason: asked.body.reason,
        })
        await inside.ledger.append({
          kind: 'leave.delayed',
          org: before.org_code,
          person: before.person_id,
          subject: before.id,
          cites: ['LVE-09'],
          payload: { until, reason: asked.body.reason, lastDay: before.until_day },
        })
        await papers(inside, asked).form(await store.lock(before.id), asked.circumstances.today, by(asked))
        await tell(inside, before, 'delayed')
        return show(inside, asked, before.id)
      }),
    cancel: (asked) =>
      asked.inTransaction(async (inside) => {
        const store = leaveStore(inside.db)
        const before = await store.lock(asked.params.id)
        settled(decide.cancel({ state: before.state, from: civilDate(before.from_day) }, asked.circumstances.today))
        if (before.revision !== asked.body.revision) throw refuse(Changed, { revision: before.revision })
        await store.cancelled(before.id, asked.body.note, by(asked).id)
        await inside.ledger.append({
          kind: 'leave.cancelled',
          org: before.org_code,
          person: before.person_id,
          subject: before.id,
          payload: { note: asked.body.note, was: before.state },
        })
        await fileLeaves(inside, house, [before.id])
        await endTask(inside, 'leave.decide', before.id, 'cancelled')
        await tell(inside, before, 'cancelled')
        return show(inside, asked, before.id)
      }),
    return: (asked) =>
      asked.inTransaction(async (inside) => {
        const store = leaveStore(inside.db)
        const before = await store.lock(asked.params.id)
        const on = dayOf(asked.body.on)
        const leave = { state: before.state, from: civilDate(before.from_day) }
        settled(decide.comeBack(leave, on, legalDayOf(asked.circumstances.now)))
        if (before.revision !== asked.body.revision) throw refuse(Changed, { revision: before.revision })
        await store.returned(before.id, on)
        await inside.ledger.append({
          kind: 'leave.returned',
          org: before.org_code,
          person: before.person_id,
          subject: before.id,
          cites: ['LVE-09'],
          payload: { on, lastDay: before.until_day, late: on > before.until_day, note: asked.body.note ?? '' },
        })
        await papers(inside, asked).form(await store.lock(before.id), asked.circumstances.today, by(asked))
        await fileLeaves(inside, house, [before.id])
        await endTask(inside, 'leave.contact', before.id, 'returned')
        await endTask(inside, 'leave.return', before.id, on > before.until_day ? 'returnedLate' : 'returned')
        await tell(inside, before, 'returned')
        return show(inside, asked, before.id)
      }),
    importHistory: async (asked) => {
      const { source, dryRun: trial = false } = asked.body
      const answer = await tried(trial, asked.inTransaction, (inside) =>
        importLeaves(inside, house, asked.body, signedIn(asked), asked.circumstances),
      )
      const { created, known, refused } = answer
      asked.note({ rows: trial ? 0 : created, detail: { source, known, refused: refused.length, trial } })
      return answer
    },
  })
}
