import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { type Refusal, refuse } from '../core/refusals.ts'
import * as says from './refusals.ts'

/** Proof of a reason (证明材料): a picture or a PDF; a recording proves no appointment. */
const proves = (mime: string) => mime.startsWith('image/') || mime === 'application/pdf'

const faulty = (kind: (typeof says)['ProofUnknown'], data: Readonly<Record<string, unknown>>) =>
  refuse(kind, data, [
    {
      path: 'proofs',
      zh: kind.zh.replace('{name}', String(data.name ?? '')),
      en: kind.en.replace('{name}', String(data.name ?? '')),
    },
  ])

/** Whether these files may prove a leave of this person: kept under his own file, and of a kind that is shown. */
export async function fitProofs(db: ScopedDb, person: string, ids: readonly string[]): Promise<true | Refusal> {
  if (ids.length === 0) return true
  const { rows } = await sql<{ id: string; name: string; mime: string }>`
    select id, name, mime from file where id = any (${[...ids]}::uuid[]) and person_id = ${person}::uuid`.execute(db)
  if (rows.length < new Set(ids).size) return faulty(says.ProofUnknown, {})
  const other = rows.find((f) => !proves(f.mime))
  return other ? faulty(says.ProofKind, { name: other.name }) : true
}
