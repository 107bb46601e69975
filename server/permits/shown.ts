import type { Static } from '@zhijiao/contract/kernel'
import { type Leave, leaves, type LeaveCompetence as Shape } from '@zhijiao/contract/permits'
import { type CivilDate, civilDate, startOfLegalDay } from '@zhijiao/law/civil-date'
import type { LeaveCompetence } from '@zhijiao/law/leave'
import { type Asked, signedIn } from '../core/room.ts'
import * as decide from './domain.ts'
import { leaveHints } from './hints.ts'
import type { LeaveRow, ShownLeave } from './store.ts'

/** A competence as screens quote it. */
export const competenceShown = (c: LeaveCompetence): Static<typeof Shape> => ({
  level: c.level,
  days: c.days,
  joinedDays: c.joinedDays,
  window: { from: c.window.from, to: c.window.to, days: c.window.days },
  reasons: c.reasons.map((r) => ({
    rule: r.citation.id,
    said: { zh: r.zh, en: r.en },
    actual: r.actual,
    threshold: r.threshold,
    citation: {
      rule: r.citation.id,
      source: r.citation.source,
      article: r.citation.article,
      zh: r.citation.zh,
      recalled: r.citation.recalled,
    },
  })),
  applyBy: c.applyBy,
  shortNotice: c.shortNotice,
  filedWithCounty: c.filedWithCounty,
  tellProcuratorate: c.tellProcuratorate,
})

const opinionShown = (said: LeaveRow['opinions']['office']) =>
  said ? { text: said.text, by: said.by, at: said.at } : null
const named = (id: string | null, name: string | null) => (id || name ? { id, name: name ?? '' } : null)

/** The picture of the process, each step with who did it or whose it is. */
function pathShown(row: ShownLeave, today: CivilDate): Leave['path'] {
  const { opinions } = row
  const path = decide.pathOf(
    {
      state: row.state,
      from: civilDate(row.from_day),
      opined: { office: opinions.office !== undefined, county: opinions.county !== undefined },
      toTell: row.to_tell,
      // Until it is decided the office is competent; afterwards what was decided stands.
      ...(row.competence.filedWithCounty && !row.imported
        ? { filing: row.filed_at ? ('noted' as const) : ('awaited' as const) }
        : {}),
    },
    row.competent,
    today,
  )
  return path.map(({ step, does, state }) => {
    const opinion = does === 'opinion' && (step === 'office' || step === 'county') ? opinions[step] : undefined
    const done =
      does === 'asks'
        ? { who: row.asker ?? '', at: row.asked_at.toISOString() }
        : does === 'decision' && row.decided_at
          ? { who: row.decider ?? '', at: row.decided_at.toISOString() }
          : opinion
            ? { who: opinion.by, at: opinion.at }
            : step === 'filing' && row.filed_at
              ? { who: row.filer ?? '', at: row.filed_at.toISOString() }
              : { who: '', at: null }
    return { step, does, state, ...done }
  })
}

/** When he was last spoken to, or when he left; milliseconds UTC. */
const heardOf = (row: ShownLeave) =>
  Math.max(
    startOfLegalDay(civilDate(row.from_day)),
    ...row.contacts.filter((k) => k.result !== 'unreached').map((k) => Date.parse(k.at)),
  )

/** Permission without which an act is nobody's, whatever the level. */
const permissionOf = { decide: leaves.decide.terms.may, opine: leaves.opine.terms.may } as const

/** A leave as it is shown to whoever asks, on a day. */
export const shown = (row: ShownLeave, asked: Pick<Asked, 'who' | 'circumstances'>): Leave => {
  const { now, today, law } = asked.circumstances
  const { staff, roles, permissions } = signedIn(asked)
  const away = decide.gone({ state: row.state, from: civilDate(row.from_day) }, today)
  const overstayed =
    row.state === 'approved' &&
    (row.until_day < today || (row.recalled_until !== null && row.recalled_until.getTime() < now))
  const { recall, recalled_until: recalledUntil } = row
  return {
    ...asWritten(row, today),
    filing: decide.filing(asFiled(row)) ? { at: row.filed_at?.toISOString() ?? null, by: row.filer } : null,
    calls: row.contacts.map((k) => ({ ...k, at: new Date(k.at).toISOString() })),
    helps: row.helps.map((h) => ({
      id: h.id,
      organ: h.organ,
      here: h.other_org !== null,
      letter: h.letter,
      wish: h.wish,
      askedAt: new Date(h.asked_at).toISOString(),
      askedBy: h.asked_name,
      answer: h.answer,
      answeredAt: h.answered_at ? new Date(h.answered_at).toISOString() : null,
      answeredBy: h.answered_name,
    })),
    recall:
      recall && recalledUntil
        ? { at: recall.at, by: recall.by, until: recalledUntil.toISOString(), reason: recall.reason, told: recall.told }
        : null,
    away,
    overstayed,
    may: decide
      .mayAct({ state: row.state, org: row.org_code }, row.competent, { roles, unit: staff.org })
      .filter((act) => permissions.has(permissionOf[act])),
    hints: leaveHints(
      {
        state: row.state,
        proofs: row.proofs.length,
        away,
        late: overstayed,
        recalled: recalledUntil !== null,
        silentDays: Math.floor((now - heardOf(row)) / 86_400_000),
      },
      law,
    ),
  }
}

const asFiled = (row: ShownLeave) => ({
  state: row.state,
  org: row.org_code,
  imported: row.imported,
  filedWithCounty: row.competence.filedWithCounty,
})

type Written = Omit<Leave, 'filing' | 'calls' | 'helps' | 'recall' | 'away' | 'overstayed' | 'may' | 'hints'>
const asWritten = (row: ShownLeave, today: CivilDate): Written => ({
  id: row.id,
  org: row.org_code,
  orgName: row.org_name,
  person: { id: row.person_id, name: row.person_name, number: row.person_number },
  from: row.from_day,
  until: row.until_day,
  destination: { text: row.destination, ...(row.area ? { area: row.area } : {}), country: row.country },
  travelBy: row.travel_by,
  reason: row.reason,
  reasonText: row.reason_text,
  state: row.state,
  competent: row.competent,
  competence: competenceShown(row.competence),
  askedAt: row.asked_at.toISOString(),
  askedBy: named(row.asked_by, row.asker),
  decidedBy: named(row.decided_by, row.decider),
  decidedAt: row.decided_at?.toISOString() ?? null,
  decisionNote: row.decision_note,
  returnedOn: row.returned_on,
  opinions: { office: opinionShown(row.opinions.office), county: opinionShown(row.opinions.county) },
  delay: row.delayed_at
    ? { at: row.delayed_at.toISOString(), until: row.delayed_until ?? '', reason: row.delay_reason ?? '' }
    : null,
  path: pathShown(row, today),
  proofs: row.proofs,
  contact: row.contact,
  unproven: row.unproven,
  anewOf: row.anew_of,
  objection: row.contested_by ? { id: row.contested_by, end: row.contested_end } : null,
  contestable: row.contested_by === null && decide.contestable({ state: row.state, decided: row.decided_at !== null }),
  imported: row.imported,
  lawRevision: row.law_revision,
  revision: row.revision,
})
