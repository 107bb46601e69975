import type { House } from '../core/house.ts'
import { Changed, Refusal, refuse, settled } from '../core/refusals.ts'
import { type Inside, signedIn } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import { type Act, actsOf } from './acts.ts'
import { applicationsIn, ruleOf } from './applying.ts'
import { awayStore } from './away-store.ts'
import * as decide from './domain.ts'
import { fileLeaves } from './filing.ts'
import { leaveStore, wishIn } from './store.ts'

/** How an application for leave is decided, by whom the law makes competent on that day. */
export function decisionsOf(house: House) {
  const { where, by, papers, endTask, tell } = actsOf(house)

  /**
   * What was granted since the application may have made another level competent: the application goes there first, and
   * stays there whatever becomes of the decision that was tried.
   */
  const moveUp = async (inside: Inside, asked: Act, id: string): Promise<void> => {
    const store = leaveStore(inside.db)
    const before = await store.lock(id)
    if (before.state !== 'asked') return
    const person = await store.person(before.person_id)
    const competence = decide.weigh(
      wishIn(before),
      await store.earlier(before.person_id, before.id),
      await where(before.org_code, asked),
    )
    if (competence instanceof Refusal || competence.level === before.competent) return
    await store.moved(before.id, competence, ruleOf(competence))
    await inside.ledger.append({
      kind: 'leave.moved',
      org: before.org_code,
      person: before.person_id,
      subject: before.id,
      cites: [ruleOf(competence)],
      payload: { from: before.competent, to: competence.level, joinedDays: competence.joinedDays },
    })
    await endTask(inside, 'leave.decide', before.id, 'moved')
    await applicationsIn(inside, house, asked.circumstances).deliver(
      before,
      competence.level,
      person.name,
      ruleOf(competence),
    )
    await tell(inside, before, 'moved')
  }

  /** Decides one application, counted again today; the whole of a decision stands or falls. */
  const decideOne = async (
    inside: Inside,
    asked: Act,
    id: string,
    given: {
      readonly verdict: 'approved' | 'refused'
      readonly note: string
      readonly unproven?: string
      readonly revision: number
    },
  ): Promise<void> => {
    const store = leaveStore(inside.db)
    const before = await store.lock(id)
    const person = await store.person(before.person_id)
    asked.note({ person: before.person_id })
    const { staff, roles } = signedIn(asked)
    const competence = settled(
      decide.weigh(
        wishIn(before),
        await store.earlier(before.person_id, before.id),
        await where(before.org_code, asked),
      ),
    )
    settled(decide.decide({ state: before.state, org: before.org_code }, competence, { roles, unit: staff.org }))
    if (before.revision !== given.revision) throw refuse(Changed, { revision: before.revision })
    const { verdict, note, unproven } = given
    // What became of him since he asked; a refusal is still written.
    if (verdict === 'approved') {
      settled(decide.atLarge(person.state, 'verdict'))
      settled(decide.proven(before.proofs, unproven))
    }
    await store.decided(before.id, {
      state: verdict,
      by: staff.id,
      at: new Date(asked.circumstances.now),
      note,
      competence,
      rule: ruleOf(competence),
      unproven: verdict === 'approved' && before.proofs.length === 0 ? (unproven ?? null) : null,
    })
    await inside.ledger.append({
      kind: verdict === 'approved' ? 'leave.approved' : 'leave.refused',
      org: before.org_code,
      person: before.person_id,
      subject: before.id,
      cites: [...new Set(competence.reasons.map((r) => r.citation.id))],
      payload: {
        by: staff.id,
        level: competence.level,
        note,
        from: before.from_day,
        until: before.until_day,
        proofs: before.proofs,
        ...(verdict === 'approved' && before.proofs.length === 0 && unproven ? { unproven } : {}),
        filedWithCounty: verdict === 'approved' && competence.filedWithCounty,
      },
    })
    await fileLeaves(inside, house, [before.id])
    const after = await store.lock(before.id)
    await papers(inside, asked).form(after, asked.circumstances.today, by(asked))
    await papers(inside, asked).notice(after, asked.circumstances.today, by(asked))
    if (verdict === 'approved' && competence.tellProcuratorate)
      await tasksIn(inside.db, house, inside.ledger).open({
        kind: 'leave.tellProcuratorate',
        org: before.org_code,
        person: before.person_id,
        subject: before.id,
        title: {
          zh: `${person.name}：外出批准通报检察院`,
          en: `${person.name}: tell the procuratorate of the leave`,
        },
        rule: ruleOf(competence),
        ownerRole: 'county',
        unit: before.org_code.slice(0, 6),
      })
    // What the county decided itself it need not be told of.
    if (verdict === 'approved' && competence.filedWithCounty && staff.org.length === 6)
      await awayStore(inside.db).filed(before.id, new Date(asked.circumstances.now), staff.id)
    else if (verdict === 'approved' && competence.filedWithCounty)
      await tasksIn(inside.db, house, inside.ledger).open({
        kind: 'leave.file',
        org: before.org_code,
        person: before.person_id,
        subject: before.id,
        title: {
          zh: `${person.name}：司法所批准外出 ${before.from_day} 至 ${before.until_day}，报县级备案`,
          en: `${person.name}: the office approved leave from ${before.from_day} to ${before.until_day}; take note`,
        },
        level: 4,
        rule: 'LVE-02',
        ownerRole: 'county',
        unit: before.org_code.slice(0, 6),
      })
    await tell(inside, before, verdict, [before.asked_by, person.officer])
    // Last: for the city it is this very duty that shows it the person.
    await endTask(inside, 'leave.decide', before.id, verdict)
  }

  return { moveUp, decideOne }
}
