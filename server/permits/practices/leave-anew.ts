import { problemOf, Refusal } from '../../core/refusals.ts'
import type { Moment, Weighing } from '../../procedures/index.ts'
import { applicationsIn } from '../applying.ts'
import * as decide from '../domain.ts'
import { leaveStore, type ShownLeave, wishIn } from '../store.ts'

const levelWords = {
  office: { zh: '司法所', en: 'the judicial office' },
  county: { zh: '县级社区矫正机构', en: 'the county agency' },
  city: { zh: '市级社区矫正机构', en: 'the city agency' },
} as const

/** What there is to decide anew, and who would be competent today; or why there is nothing. */
async function askAnew(w: Weighing, row: ShownLeave) {
  const wish = decide.anew(wishIn(row), w.today)
  // Whose correction ended needs no leave.
  if (!wish || w.person?.state === 'released') return null
  const store = leaveStore(w.db)
  const { org, state } = await store.person(row.person_id)
  const free = decide.atLarge(state)
  if (free !== true) return { wish, competence: free }
  const competence = decide.ask(wish, await store.earlier(row.person_id, row.id), { org, today: w.today, law: w.law })
  return { wish, competence }
}

/** What follows for a leave once its decision is set aside, in words. */
export async function nextForLeave(
  w: Weighing,
  id: string,
  way?: string,
): Promise<{ readonly zh: string; readonly en: string }> {
  const row = await leaveStore(w.db).find(id)
  const asked = row ? await askAnew(w, row) : null
  const [when, whenEn] = way
    ? ['原决定不再执行', 'The decision is no longer carried out']
    : ['撤销或变更的，原决定不再执行', 'Revoked or changed, the decision is no longer carried out']
  if (!asked)
    return {
      zh: `${when}；申请外出的日期已过或者矫正已经结束，不再重新审批，仍需外出的另行申请。`,
      en: `${whenEn}; the days asked for are past, or the correction ended, so nothing is decided anew. Leave that is still needed is asked for again.`,
    }
  if (asked.competence instanceof Refusal) {
    const why = problemOf(asked.competence, '')
    return {
      zh: `${when}；此次申请不能重新审批：${why.zh}`,
      en: `${whenEn}; the wish cannot be decided anew: ${why.en}`,
    }
  }
  const { zh, en } = levelWords[asked.competence.level]
  return {
    zh: `${when}，申请（${asked.wish.from} 至 ${asked.wish.until}）退回${zh}重新审批，以新的决定为准；原决定保留在案。`,
    en: `${whenEn}; the wish (${asked.wish.from} to ${asked.wish.until}) goes back to ${en} to be decided anew. The earlier decision stays on record.`,
  }
}

/**
 * The decision on a leave is set aside: the same wish goes to the level that is competent today, as an application of its
 * own. Nothing of the old one is edited; its timeline says what became of it.
 */
export async function decideLeaveAnew(m: Moment, id: string, how: 'changed' | 'revoked'): Promise<void> {
  const row = await leaveStore(m.db).one(id)
  const asked = await askAnew(m, row)
  const anew =
    asked && !(asked.competence instanceof Refusal)
      ? await applicationsIn(m, m.house, m).enter({
          person: { id: row.person_id, org: m.person?.org_code ?? row.org_code, name: row.person_name },
          wish: asked.wish,
          reasonText: row.reason_text,
          proofs: row.proofs,
          contact: row.contact,
          competence: asked.competence,
          by: m.by,
          anew: { of: id, objection: m.matter.id },
        })
      : null
  await m.ledger.append({
    kind: 'leave.setAside',
    org: row.org_code,
    person: row.person_id,
    subject: id,
    cites: ['PEN-10'],
    payload: { how, objection: m.matter.id, anew },
  })
}
