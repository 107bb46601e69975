import type { audits } from '@zhijiao/contract/audits'
import type { QueryOf, SpecOf } from '@zhijiao/contract/kernel'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { notFound } from '../core/refusals.ts'

type Conditions = Omit<QueryOf<SpecOf<(typeof audits)['list']>>, 'page' | 'size' | 'sort'>

/** Without a time, a person or a request in the query: the last month, so that a list of years is no table scan. */
const usualMs = 31 * 86_400_000

/** The audit through the eyes of who may read it: an administrator his unit, others what was done to a person they see. */
export const auditStore = (db: ScopedDb, now: number) => {
  const where = (given: Conditions) => {
    let q = db.selectFrom('audit')
    const since = given.from ?? (given.person || given.request ? undefined : new Date(now - usualMs).toISOString())
    if (since) q = q.where('audit.at', '>=', new Date(since))
    if (given.to) q = q.where('audit.at', '<', new Date(given.to))
    if (given.staff) q = q.where('audit.staff_id', '=', given.staff)
    if (given.act) q = q.where('audit.act', '=', given.act)
    if (given.promise) q = q.where('audit.promise', '=', given.promise)
    if (given.phase) q = q.where('audit.phase', '=', given.phase)
    if (given.person) q = q.where('audit.person_id', '=', given.person)
    if (given.request) q = q.where('audit.request', '=', given.request)
    if (given.ip) q = q.where('audit.ip', '=', given.ip)
    if (given.org) q = q.where(sql<boolean>`audit.org_code ~>=~ ${given.org} and audit.org_code ~<~ ${`${given.org}~`}`)
    if (given.outcome === 'ok') q = q.where('audit.outcome', '=', 'ok')
    if (given.outcome === 'refused') q = q.where('audit.phase', '=', 'result').where('audit.outcome', '<>', 'ok')
    if (given.outcome === 'open')
      q = q
        .where('audit.phase', '=', 'attempt')
        .where((e) =>
          e.not(
            e.exists(
              e
                .selectFrom('audit as later')
                .select('later.id')
                .whereRef('later.request', '=', 'audit.request')
                .where('later.phase', '=', 'result'),
            ),
          ),
        )
    return q
  }
  const inOrder = (given: Conditions, way: 'asc' | 'desc') =>
    where(given).selectAll('audit').orderBy('audit.at', way).orderBy('audit.id', way)
  return {
    count: async (given: Conditions) =>
      Number((await where(given).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()).n),
    page: (given: Conditions, { number, size, sort }: { number: number; size: number; sort: string }) =>
      inOrder(given, sort === 'at' ? 'asc' : 'desc')
        .limit(size)
        .offset((number - 1) * size)
        .execute(),
    /** Results that name this person, looks of superiors included. The person must be one the caller sees. */
    async ofPerson(person: string, page: number, size: number) {
      await db.selectFrom('person').select('id').where('id', '=', person).executeTakeFirstOrThrow(notFound)
      const all = db.selectFrom('audit').where('audit.person_id', '=', person).where('audit.phase', '=', 'result')
      const { n } = await all.select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
      const rows = await all
        .leftJoin('org', 'org.code', 'audit.org_code')
        .selectAll('audit')
        .select('org.name as org_name')
        .orderBy('audit.at', 'desc')
        .orderBy('audit.id', 'desc')
        .limit(size)
        .offset((page - 1) * size)
        .execute()
      return { rows, total: Number(n) }
    },
  }
}
