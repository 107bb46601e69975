import { type CivilDate, civilDate, startOfLegalDay } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import type { LeaveCompetence } from '@zhijiao/law/leave'
import type { House } from '../core/house.ts'
import { announce } from '../core/live.ts'
import type { Inside } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import * as decide from './domain.ts'
import { leavePapers } from './papers.ts'
import { type LeaveRow, leaveStore } from './store.ts'

export const ruleOf = (competence: LeaveCompetence) => competence.reasons[0]?.citation.id ?? 'LVE-02'

/** Whose duty the decision is. */
const postOf = (level: LeaveCompetence['level'], org: string) => {
  switch (decide.deciding(level, org)) {
    case 'office':
      return { ownerRole: 'officeHead', unit: org }
    case 'county':
      return { ownerRole: 'county', unit: org.slice(0, 6) }
    case 'city':
      return { ownerRole: 'city', unit: org.slice(0, 4) }
  }
}

export interface Application {
  /** Chosen by whoever asks, so that the proofs have a home before it is there. */
  readonly id?: string
  readonly proofs: readonly string[]
  readonly contact: decide.AtDestination | null
  readonly person: { readonly id: string; readonly org: string; readonly name: string }
  readonly wish: decide.Wish
  readonly reasonText: string
  /** The level that the law makes competent, as counted today. */
  readonly competence: LeaveCompetence
  readonly by: { readonly id: string; readonly name: string }
  /** The leave whose decision was set aside, and the objection whose answer did it. */
  readonly anew?: { readonly of: string; readonly objection: string }
}

/** How an application for leave enters: its row, its entry, its form and the duty of the competent level, in one transaction. */
export function applicationsIn(
  inside: Inside,
  house: House,
  at: { readonly now: number; readonly today: CivilDate; readonly law: Law },
) {
  const store = leaveStore(inside.db)

  /** Gives the competent level its duty. */
  const deliver = (
    row: Pick<LeaveRow, 'id' | 'org_code' | 'person_id' | 'from_day' | 'anew_of'>,
    level: LeaveCompetence['level'],
    name: string,
    rule: string,
  ) =>
    tasksIn(inside.db, house, inside.ledger).open({
      kind: 'leave.decide',
      org: row.org_code,
      person: row.person_id,
      subject: row.id,
      title: row.anew_of
        ? { zh: `${name}：外出请假重新审批（经异议）`, en: `${name}: decide anew on leave, after an objection` }
        : { zh: `${name}：外出请假审批`, en: `${name}: decide on leave` },
      // No statute sets a time for the decision; it is worth nothing after the departure.
      dueAt: startOfLegalDay(civilDate(row.from_day)),
      rule,
      ...postOf(level, row.org_code),
    })

  return {
    deliver,

    async enter({ id, person, wish, reasonText, proofs, contact, competence, by, anew }: Application): Promise<string> {
      const row = {
        id: id ?? house.chance.id(),
        person_id: person.id,
        org_code: person.org,
        from_day: wish.from,
        until_day: wish.until,
        destination: wish.destination.text,
        area: wish.destination.area ?? null,
        country: wish.destination.country ?? 'CN',
        travel_by: [...wish.travelBy],
        reason: wish.reason,
        reason_text: reasonText,
        state: 'asked' as const,
        competent: competence.level,
        rule: ruleOf(competence),
        competence,
        asked_at: new Date(at.now),
        asked_by: by.id,
        law_revision: competence.revision,
        anew_of: anew?.of ?? null,
        objection_id: anew?.objection ?? null,
        proofs: [...new Set(proofs)],
        contact,
      }
      await store.add(row)
      await inside.ledger.append({
        kind: anew ? 'leave.askedAnew' : 'leave.asked',
        org: row.org_code,
        person: row.person_id,
        subject: row.id,
        cites: [...new Set([...competence.reasons.map((r) => r.citation.id), ...(anew ? ['PEN-10'] : [])])],
        payload: {
          from: row.from_day,
          until: row.until_day,
          destination: { text: row.destination, area: row.area, country: row.country },
          travelBy: row.travel_by,
          reason: row.reason,
          reasonText: row.reason_text,
          competent: row.competent,
          days: competence.days,
          joinedDays: competence.joinedDays,
          proofs: row.proofs,
          ...(contact ? { contact: { ...contact } } : {}),
          ...(anew ? { anewOf: anew.of, objection: anew.objection } : {}),
        },
      })
      await leavePapers(inside, house, at.law).form(await store.lock(row.id), at.today, by)
      await deliver(row, competence.level, person.name, row.rule)
      await announce(inside.db, {
        topic: 'leave',
        id: row.id,
        org: row.org_code,
        person: row.person_id,
        what: 'asked',
        staff: [],
      })
      return row.id
    },
  }
}
