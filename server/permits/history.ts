import type { AnswerOf, BodyOf, SpecOf } from '@zhijiao/contract/kernel'
import type { leaves, OldLeave } from '@zhijiao/contract/permits'
import { civilDate, legalDayOf, startOfLegalDay } from '@zhijiao/law/civil-date'
import type { Session } from '../core/auth/session.ts'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { appendMany } from '../core/ledger/append.ts'
import type { Fact } from '../core/ledger/entry.ts'
import { announce } from '../core/live.ts'
import { problemOf, Refusal, refuse } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import { ruleOf } from './applying.ts'
import { type Earlier, weigh } from './domain.ts'
import { fileLeaves } from './filing.ts'
import { type Fault, faultOfOld, faultOfWish, stateOfOld } from './old-leave.ts'
import { OldIdTaken, OldPerson } from './refusals.ts'
import { idsOfLeaves, leaveStore, type OldRow } from './store.ts'

type Spec = SpecOf<(typeof leaves)['importHistory']>

interface Ready {
  readonly old: OldLeave
  readonly place: number
  readonly row: OldRow
}

/**
 * Brings leaves of old files in (历史外出). Whose they were to decide is counted by the law of the day they were asked for,
 * with the leaves before them; who did decide stands by name. No duty is opened and no paper drafted: that happened then.
 * One that still runs is watched from now on as any other.
 */
export async function importLeaves(
  { db, ledger }: Inside,
  house: House,
  batch: BodyOf<Spec>,
  who: Session,
  { now, today, law }: Circumstances,
): Promise<AnswerOf<Spec>> {
  const store = leaveStore(db)
  // Ids are compared as the database writes them.
  const olds = batch.leaves.map((old) => ({ ...old, id: old.id.toLowerCase() }))
  const ids = olds.map((l) => l.id)
  const there = new Set(await idsOfLeaves(db, ids))
  // By the whole table: an id of another unit is as taken as one of this.
  const taken = await idsOfLeaves(house.databases.system, ids)
  const people = await store.people([...new Set(olds.map((l) => l.person))])
  const refused: AnswerOf<Spec>['refused'] = []
  const ready: Ready[] = []
  let known = 0
  const read = async (old: OldLeave): Promise<OldRow | Fault> => {
    // An id is known however it is written.
    const person = people.get(old.person) ?? people.get(old.person.toLowerCase())
    if (!person?.org.startsWith(who.eyes.unit))
      return { why: refuse(OldPerson, { person: old.person }), field: 'person' }
    if (taken.has(old.id)) return { why: refuse(OldIdTaken, { id: old.id }), field: 'id' }
    const fault = faultOfOld(old, person.earlier, { now, today })
    if (fault) return fault
    const at = Date.parse(old.askedAt)
    const { from, until, destination, reason, travelBy = [] } = old
    const wish = { from: civilDate(from), until: civilDate(until), destination, reason, travelBy }
    const competence = weigh(wish, person.earlier, {
      org: person.org,
      today: legalDayOf(at),
      law: await lawFor(house, person.org, at),
    })
    if (competence instanceof Refusal) return faultOfWish(competence, wish)
    person.earlier.push(asEarlier(old))
    return {
      id: old.id,
      person_id: person.id,
      org_code: person.org,
      from_day: from,
      until_day: until,
      destination: destination.text,
      area: destination.area ?? null,
      country: destination.country ?? 'CN',
      reason,
      reason_text: old.reasonText,
      travel_by: [...travelBy],
      state: stateOfOld(old),
      competent: competence.level,
      rule: ruleOf(competence),
      competence,
      asked_at: old.askedAt,
      asked_name: old.askedBy,
      decided_at: old.decidedAt,
      decided_name: old.decidedBy,
      decision_note: old.note ?? '',
      returned_on: old.returnedOn ?? null,
      law_revision: competence.revision,
      source: batch.source,
    }
  }
  // In the order in which they were granted, so that each is weighed with those before it.
  const inOrder = olds.map((old, i) => ({ old, place: i + 1 })).sort((a, b) => (a.old.from < b.old.from ? -1 : 1))
  for (const { old, place } of inOrder) {
    if (there.has(old.id)) {
      known++
      continue
    }
    there.add(old.id)
    const row = await read(old)
    if ('why' in row) {
      const { code, zh, en } = problemOf(row.why, '')
      refused.push({ row: place, id: old.id, code, field: row.field, zh, en })
    } else ready.push({ old, place, row })
  }
  const entered = await store.addOld(ready.map((r) => r.row))
  const stands = ready.filter((r) => entered.has(r.old.id))
  await appendMany(
    db,
    house.chance,
    { id: who.staff.id, name: who.staff.name, lawRevision: law.revision },
    stands.flatMap((r) => factsOf(r, batch.source)),
  )
  await fileLeaves(
    { db, ledger },
    house,
    stands.map((r) => r.old.id),
  )
  const [first] = stands
  if (first) await announce(db, { topic: 'leave', id: first.old.id, org: who.eyes.unit, what: 'imported' })
  return {
    created: stands.length,
    known: known + ready.length - stands.length,
    refused: refused.sort((a, b) => a.row - b.row),
  }
}

const asEarlier = (old: OldLeave): Earlier => ({
  id: old.id,
  from: civilDate(old.from),
  until: civilDate(old.until),
  state: stateOfOld(old),
  returnedOn: old.returnedOn === undefined ? null : civilDate(old.returnedOn),
})

function factsOf({ old, row }: Ready, source: string): Fact[] {
  const about = { org: row.org_code, person: row.person_id, subject: row.id, imported: true }
  const cites = [...new Set(row.competence.reasons.map((r) => r.citation.id))]
  return [
    {
      ...about,
      kind: 'leave.asked',
      occurredAt: Date.parse(old.askedAt),
      cites,
      payload: {
        from: old.from,
        until: old.until,
        destination: { text: row.destination, area: row.area, country: row.country },
        reason: old.reason,
        reasonText: old.reasonText,
        competent: row.competent,
        by: old.askedBy,
        source,
      },
    },
    {
      ...about,
      kind: old.verdict === 'approved' ? 'leave.approved' : 'leave.refused',
      occurredAt: Date.parse(old.decidedAt),
      cites,
      payload: {
        by: old.decidedBy,
        level: row.competent,
        note: row.decision_note,
        from: old.from,
        until: old.until,
        source,
      },
    },
    ...(old.returnedOn === undefined
      ? []
      : [
          {
            ...about,
            kind: 'leave.returned',
            // The file knows the day, not the hour.
            occurredAt: startOfLegalDay(civilDate(old.returnedOn)),
            cites: ['LVE-09'],
            payload: { on: old.returnedOn, lastDay: old.until, late: old.returnedOn > old.until, source },
          },
        ]),
  ]
}
