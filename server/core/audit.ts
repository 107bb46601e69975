import { sql } from 'kysely'
import type { Chance } from './clock.ts'
import type { Db } from './db.ts'
import type { Json } from './ledger/canonical.ts'

declare module './tables.ts' {
  interface Tables {
    audit: {
      id: string
      at: Date
      request: string
      phase: 'attempt' | 'result'
      act: string
      promise: string
      staff_id: string | null
      staff_name: string | null
      roles: string | null
      org_code: string
      person_id: string | null
      reason: string | null
      detail: Json
      outcome: string | null
      rows: number | null
      ip: string | null
    }
  }
}

export interface AuditLine {
  readonly request: string
  readonly phase: 'attempt' | 'result'
  readonly act: string
  readonly promise: string
  readonly staff: { readonly id: string; readonly name: string; readonly org: string } | null
  readonly roles?: readonly string[]
  readonly person?: string | null
  readonly reason?: string | null
  /** What was asked for, with personal values masked by the caller. */
  readonly detail?: Json
  readonly outcome?: string
  readonly rows?: number
  readonly ip?: string | null
}

/** Writes an audit line in a transaction of its own: what fails afterwards was still attempted. Throws when it cannot be written, and then nothing is shown. */
export async function writeAudit(db: Db, chance: Chance, line: AuditLine): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      id: chance.id(),
      at: new Date(chance.now()),
      request: line.request,
      phase: line.phase,
      act: line.act,
      promise: line.promise,
      staff_id: line.staff?.id ?? null,
      staff_name: line.staff?.name ?? null,
      roles: line.roles?.join(',') ?? null,
      org_code: line.staff?.org ?? '',
      person_id: line.person ?? null,
      reason: line.reason ?? null,
      detail: sql`${JSON.stringify(line.detail ?? {})}::jsonb`,
      outcome: line.outcome ?? null,
      rows: line.rows ?? null,
      ip: line.ip ?? null,
    })
    .execute()
}
