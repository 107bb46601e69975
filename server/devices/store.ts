import type {
  ActivationState,
  DeviceKind,
  DeviceState,
  EndReason,
  Protocol,
  Regime,
  WithdrawnFor,
} from '@zhijiao/contract/devices'
import type { CivilDate } from '@zhijiao/law/civil-date'
import { type Insertable, type RawBuilder, sql, type Updateable } from 'kysely'
import { type ScopedDb, underPrefix } from '../core/db.ts'
import { notFound } from '../core/refusals.ts'
import type { Tables } from '../core/tables.ts'
import type { Subject } from './domain.ts'
import { commandsChannel, devicesChannel } from './registry.ts'
import './tables.ts'

/** A device as it is read: whether it has a secret, never the secret; its holder and its running term beside. */
export interface DeviceRow
  extends Omit<Tables['device'], 'secret' | 'secret_handed_at' | 'secret_open_until' | 'proven_at' | 'unproven_at'> {
  proven_at: Date | null
  unproven_at: Date | null
  /** Until when a registration is handed the renewed secret; null where none is. */
  secret_open_until: Date | null
  holder_name: string | null
  holder_number: string | null
  has_secret: boolean
  term_id: string | null
  term_no: number | null
  term_regime: Regime | null
  term_ends: Date | null
}

export interface ActivationRow {
  id: string
  no: number
  device_id: string
  person_id: string
  person_name: string
  person_number: string
  device_kind: DeviceKind | null
  device_protocol: Protocol | null
  device_identity: string | null
  device_model: string | null
  org_code: string
  regime: Regime
  ground: string
  article: string
  starts_at: Date
  ends_at: Date
  ceiling_s: number | null
  interval_s: number
  state: ActivationState
  proposed_by: string | null
  proposer: string
  proposed_at: Date
  approver_id: string | null
  approver: string
  approved_at: Date | null
  document: string
  facts: string
  extends: string | null
  ended_at: Date | null
  end_reason: EndReason | null
  imported: boolean
  departs: string[]
  /** The matter that asked for it. */
  matter_id: string | null
  revision: number
}

export interface CommandRow {
  id: string
  /** Who held the device when it was asked for. */
  person_id: string | null
  command: Tables['device_command']['command']
  why: string
  asked_by: string
  asked_at: Date
  expires_at: Date
  sent_at: Date | null
  sends: number
  answered_at: Date | null
  result: string | null
  withdrawn: WithdrawnFor | null
  withdrawn_at: Date | null
  detail: Record<string, unknown>
}

export interface Span {
  readonly limit: number
  readonly offset: number
}

const deviceColumns = sql`d.id, d.org_code, d.kind, d.protocol, d.identity, d.model, d.sim, d.crs, d.state, d.holder_id, d.secret is not null as has_secret,
  d.last_seen_at, d.battery_pct, d.proven_at, d.unproven_at, case when d.secret_handed_at is null then d.secret_open_until end as secret_open_until, d.health, d.created_at, d.revision, p.name as holder_name, p.number as holder_number,
  t.id as term_id, t.no as term_no, t.regime as term_regime, t.ends_at as term_ends`
const deviceSource = sql`device d left join person p on p.id = d.holder_id
  left join lateral (select a.id, a.no, a.regime, a.ends_at from activation a where a.device_id = d.id and a.state = 'running' order by a.starts_at limit 1) t on true`
/** Proved itself once and has spoken without since. */
const lapsed = sql`coalesce(d.unproven_at > d.proven_at, false)`
const activationColumns = sql`a.id, a.no, a.device_id, a.person_id, p.name as person_name, p.number as person_number, d.kind as device_kind, d.protocol as device_protocol,
  d.identity as device_identity, d.model as device_model, a.org_code, a.regime, a.ground, a.article, a.starts_at, a.ends_at, a.ceiling_s, a.interval_s, a.state, a.proposed_by, a.proposer,
  a.proposed_at, a.approver_id, a.approver, a.approved_at, a.document, a.facts, a.extends, a.ended_at, a.end_reason, a.imported, a.departs, a.matter_id, a.revision`
const activationSource = sql`activation a join person p on p.id = a.person_id left join device d on d.id = a.device_id`

const all = (conditions: readonly RawBuilder<unknown>[]) =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
const under = (column: RawBuilder<unknown>, org: string) => {
  const { low, high } = underPrefix(org)
  return sql`${column} >= ${low} and ${column} < ${high}`
}
/** A search word as a pattern that matches it literally. */
const like = (word: string) => `%${word.replace(/[\\%_]/g, (c) => `\\${c}`)}%`

function ordered(
  sort: string | undefined,
  known: Readonly<Record<string, RawBuilder<unknown>>>,
  otherwise: RawBuilder<unknown>,
) {
  const down = sort?.startsWith('-') ?? false
  const column = known[down ? (sort ?? '').slice(1) : (sort ?? '')]
  if (!column) return otherwise
  return down ? sql`${column} desc nulls last` : sql`${column} asc nulls last`
}

export const deviceStore = (db: ScopedDb) => ({
  async list(
    ask: {
      org?: string
      kind?: DeviceKind
      protocol?: Protocol
      state?: DeviceState
      holder?: string
      online?: boolean
      lapsed?: boolean
      q?: string
      sort?: string
    },
    onlineSince: Date,
    span: Span,
  ): Promise<{ rows: DeviceRow[]; total: number }> {
    const conditions = [
      ...(ask.org === undefined ? [] : [under(sql`d.org_code`, ask.org)]),
      ...(ask.kind ? [sql`d.kind = ${ask.kind}`] : []),
      ...(ask.protocol ? [sql`d.protocol = ${ask.protocol}`] : []),
      ...(ask.state ? [sql`d.state = ${ask.state}`] : []),
      ...(ask.holder ? [sql`d.holder_id = ${ask.holder}`] : []),
      ...(ask.online === undefined
        ? []
        : [
            ask.online
              ? sql`d.last_seen_at >= ${onlineSince}`
              : sql`(d.last_seen_at is null or d.last_seen_at < ${onlineSince})`,
          ]),
      ...(ask.lapsed === undefined ? [] : [sql`${lapsed} = ${ask.lapsed}`]),
      ...(ask.q
        ? [sql`(d.identity like ${like(ask.q)} or d.model ilike ${like(ask.q)} or p.name like ${like(ask.q)})`]
        : []),
    ]
    const order = ordered(
      ask.sort,
      {
        identity: sql`d.identity`,
        lastSeenAt: sql`d.last_seen_at`,
        batteryPct: sql`d.battery_pct`,
        createdAt: sql`d.created_at`,
      },
      sql`d.created_at desc`,
    )
    const { rows } =
      await sql<DeviceRow>`select ${deviceColumns} from ${deviceSource} where ${all(conditions)} order by ${order}, d.id limit ${span.limit} offset ${span.offset}`.execute(
        db,
      )
    const count = await sql<{
      n: number
    }>`select count(*) as n from device d left join person p on p.id = d.holder_id where ${all(conditions)}`.execute(db)
    return { rows, total: Number(count.rows[0]?.n ?? 0) }
  },

  async get(id: string): Promise<DeviceRow> {
    const { rows } = await sql<DeviceRow>`select ${deviceColumns} from ${deviceSource} where d.id = ${id}`.execute(db)
    const row = rows[0]
    if (!row) throw notFound()
    return row
  },

  async lock(id: string): Promise<DeviceRow> {
    await sql`select 1 from device where id = ${id} for update`.execute(db)
    return this.get(id)
  },

  async known(protocol: Protocol, identity: string): Promise<{ org: string } | null> {
    const { rows } = await sql<{ org: string }>`select zj_device_org(${protocol}, ${identity}) as org`.execute(db)
    return rows[0]?.org == null ? null : { org: rows[0].org }
  },

  async add(row: Insertable<Tables['device']>): Promise<void> {
    await db.insertInto('device').values(row).execute()
    await this.tell(row.id)
  },

  async change(id: string, row: Updateable<Tables['device']>): Promise<void> {
    await db
      .updateTable('device')
      .set({ ...row, revision: sql<number>`revision + 1` })
      .where('id', '=', id)
      .execute()
    await this.tell(id)
  },

  /** The gateway reads the device again as soon as this commits. */
  async tell(id: string): Promise<void> {
    await sql`select pg_notify(${devicesChannel}, ${id})`.execute(db)
  },

  async subject(personId: string): Promise<Subject & { name: string }> {
    const { rows } = await sql<{ id: string; name: string; org_code: string; state: string; term_end: CivilDate }>`
      select id, name, org_code, state, term_end from person where id = ${personId} and merged_into is null`.execute(db)
    const row = rows[0]
    if (!row) throw notFound()
    return { id: row.id, name: row.name, org: row.org_code, state: row.state, termEnd: row.term_end }
  },

  async counts(org: string | undefined, onlineSince: Date, soon: Date) {
    const where = org === undefined ? sql`true` : under(sql`d.org_code`, org)
    const states = await sql<{ state: DeviceState; n: number; online: number; lapsed: number }>`
      select d.state, count(*) as n, count(*) filter (where d.last_seen_at >= ${onlineSince}) as online,
        count(*) filter (where ${lapsed}) as lapsed from device d where ${where} group by d.state`.execute(db)
    const terms = await sql<{ regime: Regime; n: number; soon: number }>`
      select a.regime, count(*) as n, count(*) filter (where a.ends_at < ${soon}) as soon from activation a
      where a.state = 'running' and ${org === undefined ? sql`true` : under(sql`a.org_code`, org)} group by a.regime`.execute(
      db,
    )
    const without = await sql<{ n: number }>`
      select count(*) as n from person p where p.state in ('inCorrection', 'missing') and p.merged_into is null
        and ${org === undefined ? sql`true` : under(sql`p.org_code`, org)}
        and not exists (select 1 from device d where d.holder_id = p.id)`.execute(db)
    return { states: states.rows, terms: terms.rows, without: Number(without.rows[0]?.n ?? 0) }
  },

  async unknown(ask: { protocol?: Protocol; q?: string; sort?: string }, span: Span) {
    const conditions = [
      ...(ask.protocol ? [sql`protocol = ${ask.protocol}`] : []),
      ...(ask.q ? [sql`identity like ${like(ask.q)}`] : []),
    ]
    const order = ordered(ask.sort, { lastSeenAt: sql`last_seen_at`, messages: sql`messages` }, sql`last_seen_at desc`)
    const { rows } = await sql<Tables['unknown_device']>`
      select * from unknown_device where ${all(conditions)} order by ${order}, identity limit ${span.limit} offset ${span.offset}`.execute(
      db,
    )
    const count = await sql<{ n: number }>`select count(*) as n from unknown_device where ${all(conditions)}`.execute(
      db,
    )
    return { rows, total: Number(count.rows[0]?.n ?? 0) }
  },

  async discard(protocol: string, identity: string): Promise<Tables['unknown_device']> {
    const { rows } = await sql<Tables['unknown_device']>`
      delete from unknown_device where protocol = ${protocol} and identity = ${identity} returning *`.execute(db)
    const row = rows[0]
    if (!row) throw notFound()
    return row
  },

  /** Entries of the ledger about one device: its register. */
  async register(id: string, span: Span) {
    const { rows } = await sql<{
      at: Date
      kind: string
      actor: string
      person_id: string | null
      person_name: string | null
      payload: Record<string, unknown> | null
    }>`
      select e.occurred_at as at, e.kind, e.actor, p.id as person_id, p.name as person_name, l.payload
      from ledger_entry e left join person p on p.id = e.person_id left join ledger_payload l on l.entry_id = e.id
      where e.subject = ${id} order by e.occurred_at desc, e.id desc limit ${span.limit} offset ${span.offset}`.execute(
      db,
    )
    const count = await sql<{ n: number }>`select count(*) as n from ledger_entry where subject = ${id}`.execute(db)
    return { rows, total: Number(count.rows[0]?.n ?? 0) }
  },

  async healthLines(id: string) {
    const { rows } = await sql<{ at: Date; kind: string; detail: Record<string, unknown> }>`
      (select ts as at, kind, jsonb_build_object('blind', blind) || case when flags & 2 <> 0 then '{"clockWrong": true}'::jsonb else '{}'::jsonb end
        || case when flags & 4 <> 0 then '{"doubted": true}'::jsonb else '{}'::jsonb end
        || case when flags & 1 <> 0 then '{"late": true}'::jsonb else '{}'::jsonb end as detail from device_event where device_id = ${id} order by ts desc limit 100)
      union all
      (select answered_at, 'selfCheck', detail from device_command where device_id = ${id} and command ->> 'kind' = 'selfCheck' and answered_at is not null order by answered_at desc limit 20)
      union all
      (select e.occurred_at, 'inspected', l.payload from ledger_entry e join ledger_payload l on l.entry_id = e.id where e.subject = ${id} and e.kind = 'device.inspected' order by e.occurred_at desc limit 20)
      order by at desc limit 100`.execute(db)
    return rows
  },

  async commands(deviceId: string, span: Span) {
    const { rows } = await sql<CommandRow>`
      select id, person_id, command, why, asked_by, asked_at, expires_at, sent_at, sends, answered_at, result, withdrawn, withdrawn_at, detail from device_command
      where device_id = ${deviceId} order by asked_at desc, id desc limit ${span.limit} offset ${span.offset}`.execute(
      db,
    )
    const count = await sql<{
      n: number
    }>`select count(*) as n from device_command where device_id = ${deviceId}`.execute(db)
    return { rows, total: Number(count.rows[0]?.n ?? 0) }
  },

  async command(id: string): Promise<CommandRow> {
    const { rows } = await sql<CommandRow>`
      select id, person_id, command, why, asked_by, asked_at, expires_at, sent_at, sends, answered_at, result, withdrawn, withdrawn_at, detail from device_command where id = ${id}`.execute(
      db,
    )
    const row = rows[0]
    if (!row) throw notFound()
    return row
  },

  /** Withdraws what waits for a device and is no longer for its wearer or his term (`zj_withdraw_stale`). */
  async withdrawStale(deviceId: string, now: number): Promise<void> {
    await sql`select zj_withdraw_stale(${deviceId}, ${new Date(now)})`.execute(db)
  },

  async send(
    row: Omit<Insertable<Tables['device_command']>, 'command' | 'detail'> & {
      command: Tables['device_command']['command']
    },
  ): Promise<void> {
    await db
      .insertInto('device_command')
      .values({ ...row, command: sql`${JSON.stringify(row.command)}::jsonb`, detail: sql`'{}'::jsonb` })
      .execute()
    await sql`select pg_notify(${commandsChannel}, ${row.device_id})`.execute(db)
  },
})

export const activationStore = (db: ScopedDb) => ({
  async list(
    ask: {
      org?: string
      regime?: Regime
      state?: ActivationState
      endsBefore?: Date
      q?: string
      sort?: string
    },
    span: Span,
  ): Promise<{ rows: ActivationRow[]; total: number }> {
    const conditions = [
      ...(ask.org === undefined ? [] : [under(sql`a.org_code`, ask.org)]),
      ...(ask.regime ? [sql`a.regime = ${ask.regime}`] : []),
      ...(ask.state ? [sql`a.state = ${ask.state}`] : []),
      ...(ask.endsBefore ? [sql`a.state = 'running' and a.ends_at <= ${ask.endsBefore}`] : []),
      ...(ask.q
        ? [sql`(p.name like ${like(ask.q)} or p.number like ${like(ask.q)} or d.identity like ${like(ask.q)})`]
        : []),
    ]
    const order = ordered(
      ask.sort,
      { endsAt: sql`a.ends_at`, startsAt: sql`a.starts_at`, person: sql`p.name` },
      sql`(a.state = 'proposed') desc, a.ends_at`,
    )
    const { rows } =
      await sql<ActivationRow>`select ${activationColumns} from ${activationSource} where ${all(conditions)} order by ${order}, a.no limit ${span.limit} offset ${span.offset}`.execute(
        db,
      )
    const count = await sql<{
      n: number
    }>`select count(*) as n from ${activationSource} where ${all(conditions)}`.execute(db)
    return { rows, total: Number(count.rows[0]?.n ?? 0) }
  },

  async ofPerson(personId: string): Promise<ActivationRow[]> {
    const { rows } =
      await sql<ActivationRow>`select ${activationColumns} from ${activationSource} where a.person_id = ${personId} order by a.starts_at desc limit 500`.execute(
        db,
      )
    return rows
  },

  async find(id: string): Promise<ActivationRow | null> {
    const { rows } =
      await sql<ActivationRow>`select ${activationColumns} from ${activationSource} where a.id = ${id}`.execute(db)
    return rows[0] ?? null
  },

  async get(id: string): Promise<ActivationRow> {
    const row = await this.find(id)
    if (!row) throw notFound()
    return row
  },

  async lock(id: string): Promise<ActivationRow> {
    await sql`select 1 from activation where id = ${id} for update`.execute(db)
    return this.get(id)
  },

  async add(row: Insertable<Tables['activation']>): Promise<void> {
    await db.insertInto('activation').values(row).execute()
    await deviceStore(db).tell(row.device_id)
  },

  async change(id: string, deviceId: string, row: Updateable<Tables['activation']>): Promise<void> {
    await db
      .updateTable('activation')
      .set({ ...row, revision: sql<number>`revision + 1` })
      .where('id', '=', id)
      .execute()
    await deviceStore(db).tell(deviceId)
  },

  async running(of: { person?: string; device?: string }): Promise<ActivationRow[]> {
    const { rows } = await sql<ActivationRow>`select ${activationColumns} from ${activationSource}
      where a.state = 'running' and ${of.person ? sql`a.person_id = ${of.person}` : sql`a.device_id = ${of.device ?? null}`} order by a.starts_at for update of a`.execute(
      db,
    )
    return rows
  },

  /** The proposed or running term that a matter asked for. */
  async ofMatter(matter: string): Promise<ActivationRow | null> {
    const { rows } = await sql<ActivationRow>`select ${activationColumns} from ${activationSource}
      where a.matter_id = ${matter} order by a.proposed_at desc limit 1 for update of a`.execute(db)
    return rows[0] ?? null
  },

  /** A device by its number, as an approval form writes it. */
  async byIdentity(identity: string): Promise<{ id: string; kind: DeviceKind; holder_id: string | null } | null> {
    const { rows } = await sql<{ id: string; kind: DeviceKind; holder_id: string | null }>`
      select id, kind, holder_id from device where identity = ${identity} and state <> 'retired' order by holder_id nulls last limit 1`.execute(
      db,
    )
    return rows[0] ?? null
  },

  async extended(id: string): Promise<boolean> {
    const { rows } =
      await sql`select 1 from activation where extends = ${id} and state in ('proposed', 'running')`.execute(db)
    return rows.length > 0
  },

  async overlaps(deviceId: string, from: Date, until: Date): Promise<boolean> {
    const { rows } = await sql`
      select 1 from activation where device_id = ${deviceId} and state in ('running', 'ended')
        and tstzrange(starts_at, greatest(starts_at, coalesce(ended_at, ends_at)), '[)') && tstzrange(${from}, ${until}, '[)')`.execute(
      db,
    )
    return rows.length > 0
  },
})
