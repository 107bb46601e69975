import type { Static } from '@zhijiao/contract/kernel'
import { type Outage, outages } from '@zhijiao/contract/outages'
import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import type { House } from '../../core/house.ts'
import { announce } from '../../core/live.ts'
import { notFound, type Refusal, refusal, refuse, settled } from '../../core/refusals.ts'
import { type KeptRoom, keep, signedIn } from '../../core/room.ts'

const Span = refusal('ZJ_OUTAGE_SPAN', 422, {
  zh: '故障时段不合适：结束须晚于开始且不晚于现在，开始不得早于 30 天前，也不得晚于现在。请改正。',
  en: 'The span does not fit: the end after the start and not in the future, the start within the last 30 days. Correct it.',
})
const Elsewhere = refusal('ZJ_OUTAGE_ELSEWHERE', 403, {
  zh: '只能为本单位及下级单位登记故障时段。',
  en: 'You declare outages of your own unit and those below only.',
})
const Running = refusal('ZJ_OUTAGE_RUNNING', 409, {
  zh: '该单位同类故障时段已在登记中（自 {since} 起）。请先结束，或等其结束后再登记。',
  en: 'An outage of this kind and unit is running since {since}. End it first.',
})
const Over = refusal('ZJ_OUTAGE_OVER', 409, {
  zh: '此故障时段已结束。如需补登，请另行登记。',
  en: 'This outage is over. Declare another if there was one.',
})

const earliestMs = 30 * 86_400_000

/** A span that can have been: begun within 30 days and not in the future, ended after it began and not in the future. */
export function spanFits(startsAt: number, endsAt: number | null, now: number): true | Refusal {
  const begun = startsAt <= now + 60_000 && startsAt >= now - earliestMs
  const ended = endsAt === null || (endsAt > startsAt && endsAt <= now + 60_000)
  return begun && ended ? true : refuse(Span)
}

/** An end after the start and not in the future, however long ago the outage began. */
function endFits(startsAt: number, endsAt: number, now: number): true | Refusal {
  return endsAt > startsAt && endsAt <= now + 60_000 ? true : refuse(Span)
}

interface OutageRow {
  id: string
  org_code: string
  org_name: string
  way: 'declared' | 'detected'
  reason: string
  scope: Static<typeof Outage>['scope']
  starts_at: Date
  ends_at: Date | null
  declared_by: string | null
  by_name: string | null
  recorded_at: Date
  settled: number
}

const shown = (row: OutageRow): Outage => ({
  id: row.id,
  org: row.org_code,
  orgName: row.org_name,
  way: row.way,
  reason: row.reason,
  // One that the engine detected may say less of what was down.
  scope: { ...row.scope, of: row.scope.of ?? 'network' },
  startsAt: row.starts_at.toISOString(),
  endsAt: row.ends_at?.toISOString() ?? null,
  declaredBy: row.declared_by ? { id: row.declared_by, name: row.by_name ?? '' } : null,
  recordedAt: row.recorded_at.toISOString(),
  settled: row.settled,
})

const outageStore = (db: ScopedDb) => {
  const columns = sql`
    u.id, u.org_code, o.name as org_name, u.way, u.reason, u.scope, u.starts_at, u.ends_at, u.declared_by,
    zj_staff_name(u.declared_by) as by_name, u.recorded_at, zj_outage_settled(u.org_code, u.starts_at, u.ends_at) as settled`
  return {
    async list(running: boolean | undefined, since: Date): Promise<OutageRow[]> {
      const { rows } = await sql<OutageRow>`
        select ${columns} from outage u join org o on o.code = u.org_code
        where coalesce(u.ends_at, 'infinity') >= ${since}
          and (${running ?? null}::boolean is null or (u.ends_at is null) = ${running ?? null}::boolean)
        order by u.starts_at desc, u.id limit 500`.execute(db)
      return rows
    },
    async one(id: string): Promise<OutageRow> {
      const { rows } = await sql<OutageRow>`
        select ${columns} from outage u join org o on o.code = u.org_code where u.id = ${id}::uuid`.execute(db)
      const [row] = rows
      if (!row) throw notFound()
      return row
    },
    async running(org: string, of: string, protocol: string | null): Promise<Date | null> {
      await sql`select pg_advisory_xact_lock(hashtext(${`outage ${org}`}))`.execute(db)
      const { rows } = await sql<{ starts_at: Date }>`
        select starts_at from outage where org_code = ${org} and ends_at is null and way = 'declared'
          and scope ->> 'of' = ${of} and scope ->> 'protocol' is not distinct from ${protocol}`.execute(db)
      return rows[0]?.starts_at ?? null
    },
    add: (row: {
      id: string
      org: string
      reason: string
      scope: unknown
      startsAt: Date
      endsAt: Date | null
      by: string
      at: Date
    }) =>
      sql`
        insert into outage (id, org_code, way, reason, scope, starts_at, ends_at, declared_by, recorded_at)
        values (${row.id}, ${row.org}, 'declared', ${row.reason}, ${JSON.stringify(row.scope)}::jsonb, ${row.startsAt},
          ${row.endsAt}, ${row.by}::uuid, ${row.at})`.execute(db),
    /** False when somebody else ended it first. */
    async end(id: string, at: Date): Promise<boolean> {
      const { numAffectedRows } = await sql`
        update outage set ends_at = ${at} where id = ${id}::uuid and ends_at is null`.execute(db)
      return Number(numAffectedRows ?? 0) === 1
    },
  }
}

/** Outages (故障时段): the engine subtracts them from every silence; here people declare and end them, on the record. */
export function outageHandlers(house: House): KeptRoom {
  return keep(outages, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const since = asked.query.since
          ? new Date(asked.query.since)
          : new Date(asked.circumstances.now - 90 * 86_400_000)
        return (await outageStore(db).list(asked.query.running, since)).map(shown)
      }),
    declare: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const { org, reason, scope, startsAt, endsAt } = asked.body
        const { staff } = signedIn(asked)
        const store = outageStore(db)
        const { now } = asked.circumstances
        if (!org.startsWith(staff.org)) throw refuse(Elsewhere)
        settled(spanFits(Date.parse(startsAt), endsAt ? Date.parse(endsAt) : null, now))
        const since = endsAt ? null : await store.running(org, scope.of, scope.protocol ?? null)
        if (since) throw refuse(Running, { since: since.toISOString() })
        const id = house.chance.id()
        await store.add({
          id,
          org,
          reason,
          scope,
          startsAt: new Date(startsAt),
          endsAt: endsAt ? new Date(endsAt) : null,
          by: staff.id,
          at: new Date(now),
        })
        await ledger.append({
          kind: 'outage.declared',
          org,
          subject: id,
          occurredAt: Date.parse(startsAt),
          payload: { reason, scope: { ...scope }, startsAt, endsAt: endsAt ?? null, by: staff.id },
        })
        await announce(db, { topic: 'outage', id, org, what: 'declared' })
        return shown(await store.one(id))
      }),
    end: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const store = outageStore(db)
        const before = await store.one(asked.params.id)
        const { staff } = signedIn(asked)
        const { now } = asked.circumstances
        if (!before.org_code.startsWith(staff.org)) throw refuse(Elsewhere)
        if (before.ends_at) throw refuse(Over)
        const at = asked.body.endsAt ? Date.parse(asked.body.endsAt) : now
        settled(endFits(before.starts_at.getTime(), at, now))
        if (!(await store.end(before.id, new Date(at)))) throw refuse(Over)
        await ledger.append({
          kind: 'outage.ended',
          org: before.org_code,
          subject: before.id,
          payload: { endsAt: new Date(at).toISOString(), by: staff.id },
        })
        await announce(db, { topic: 'outage', id: before.id, org: before.org_code, what: 'ended' })
        return shown(await store.one(before.id))
      }),
  })
}
