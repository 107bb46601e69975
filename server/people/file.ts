import type { PersonFile } from '@zhijiao/contract/people'
import { maskAddress } from '@zhijiao/law/address'
import type { Session } from '../core/auth/session.ts'
import type { Circumstances } from '../core/room.ts'
import type { Keeping } from './keeping.ts'
import { shown } from './row.ts'
import type { PersonStore } from './store.ts'
import { shownDoubt } from './term-doubt.ts'

const underCorrection: readonly string[] = ['awaiting', 'inCorrection', 'missing', 'detained']

/** One file as a screen shows it: the header, how many rows each group holds, what was merged. */
export async function fileOf(
  store: PersonStore,
  keeping: Keeping,
  id: string,
  who: Session,
  circumstances: Pick<Circumstances, 'now' | 'today' | 'law'>,
): Promise<PersonFile> {
  const row = await store.get(id)
  const family = await store.family(id)
  const parts = await store.partCounts(family.map((f) => f.id))
  const into = row.merged_into ? await store.get(row.merged_into).catch(() => null) : null
  const until =
    who.eyes.reach === 'counts' ? await store.lookUntil(id, who.staff.id, new Date(circumstances.now)) : null
  return {
    ...shown(row, circumstances.today, keeping),
    ethnicity: row.ethnicity,
    education: row.education,
    registeredAddress: maskAddress(row.registered_address),
    residence: maskAddress(row.residence),
    residenceLat: row.residence_lat,
    residenceLon: row.residence_lon,
    sentence: row.sentence,
    sentenceTerm: row.sentence_term,
    additionalPenalty: row.additional_penalty,
    correctionTerm: row.correction_term,
    decisionOrgan: row.decision_organ,
    decisionOrganKind: row.decision_organ_kind,
    documentNumber: row.document_number,
    decidedOn: row.decided_on,
    injunctionText: row.injunction,
    mergedInto: into ? { id: into.id, number: into.number } : null,
    mergedFrom: family.filter((f) => !f.self).map(({ id: of, number }) => ({ id: of, number })),
    parts: Object.fromEntries(parts.map((p) => [p.part, Number(p.n)])),
    lookUntil: until?.toISOString() ?? null,
    termDoubt: underCorrection.includes(row.state)
      ? shownDoubt(circumstances.law, {
          category: row.category,
          termStart: row.term_start,
          termEnd: row.term_end,
          correctionTerm: row.correction_term,
          sentence: row.sentence,
          sentenceTerm: row.sentence_term,
        })
      : null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
