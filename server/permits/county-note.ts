import { legalDayOf } from '@zhijiao/law/civil-date'
import type { ScopedDb } from '../core/db.ts'
import type { Ledger } from '../core/ledger/append.ts'
import { type Refusal, refuse } from '../core/refusals.ts'
import { awayStore } from './away-store.ts'
import { filing, mayFile } from './domain.ts'
import { FiledByCounty, NotToFile } from './refusals.ts'
import { leaveStore } from './store.ts'

/**
 * The county takes note of a leave that its office approved by delegation (报县级备案, IM 27). Nothing is decided; noting it
 * twice is once.
 */
export async function noteFiling(
  inside: { readonly db: ScopedDb; readonly ledger: Ledger },
  id: string,
  who: { readonly id: string; readonly unit: string },
  at: number,
): Promise<true | Refusal> {
  const row = await leaveStore(inside.db).lock(id)
  const { state, org_code: org, imported } = row
  if (!filing({ state, org, imported, filedWithCounty: row.competence.filedWithCounty })) return refuse(NotToFile)
  if (!mayFile(org, who.unit)) return refuse(FiledByCounty)
  if (row.filed_at) return true
  await awayStore(inside.db).filed(id, new Date(at), who.id)
  await inside.ledger.append({
    kind: 'leave.filed',
    org,
    person: row.person_id,
    subject: id,
    cites: ['LVE-02'],
    payload: { by: who.id, on: legalDayOf(at) },
  })
  return true
}
