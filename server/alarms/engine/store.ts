import type { Evidence } from '@zhijiao/contract/alarms'
import { sql } from 'kysely'
import type { Db, ScopedDb } from '../../core/db.ts'
import type { Episode, Ladder, SettledAs } from '../domain.ts'
import type { AlarmKindName, Said } from '../kinds.ts'
import type { Activation, KeptSlot } from './slot.ts'

interface EpisodeRow {
  readonly id: string
  readonly number: number
  readonly kind: AlarmKindName
  readonly person_id: string
  readonly org_code: string
  readonly activation_no: number | null
  readonly fence_id: string | null
  readonly fence_name: string | null
  readonly state: Episode['state']
  readonly level: number
  readonly began_at: Date
  readonly detected_at: Date
  readonly raised_at: Date | null
  readonly settled_at: Date | null
  readonly settled_as: SettledAs | null
  readonly sureness: number
  readonly lat: number | null
  readonly lon: number | null
  readonly evidence: readonly Evidence[]
  readonly ladder: Partial<Ladder>
  readonly next_step_at: Date | null
}

/** An episode waiting for its next rung. */
export interface Waiting {
  readonly id: string
  readonly person: string
  readonly activationNo: number | null
  readonly at: number
}

const columns = sql`e.id, e.number, e.kind, e.person_id, e.org_code, e.activation_no, e.fence_id, f.name as fence_name, e.state, e.level,
  e.began_at, e.detected_at, e.raised_at, e.settled_at, e.settled_as, e.sureness, e.lat, e.lon, e.evidence, e.ladder, e.next_step_at`
const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`
const date = (ts: number | null) => (ts === null ? null : new Date(ts))

/** The engine's SQL: episodes, presence, marks. */
export const engineStore = (db: ScopedDb | Db) => ({
  /** A person's open episodes, locked: a desk may be working on one of them. */
  async open(person: string): Promise<Episode[]> {
    const found = await sql<EpisodeRow>`
      select ${columns} from episode e left join fence f on f.id = e.fence_id
      where e.person_id = ${person} and e.state <> 'settled' order by e.detected_at for no key update of e`.execute(db)
    return found.rows.map(episodeOf)
  },

  /** The latest settled episode of an activation's silence or strap that a late report can belong to. */
  async latest(activationNo: number, kinds: readonly string[], since: number): Promise<Episode | null> {
    const found = await sql<EpisodeRow>`
      select ${columns} from episode e left join fence f on f.id = e.fence_id
      where e.activation_no = ${activationNo} and e.kind = any(${[...kinds]}) and e.detected_at >= ${date(since)}
      order by e.detected_at desc limit 1 for no key update of e`.execute(db)
    const [row] = found.rows
    return row ? episodeOf(row) : null
  },

  /** Inserts or changes. False when another of the same matter is open already (the unique index holds). */
  async put(episode: Episode, said: Said, ruleVersion: string): Promise<boolean> {
    const e = episode
    const done = await sql`
      insert into episode (id, kind, person_id, org_code, activation_no, fence_id, state, level, began_at, detected_at, raised_at,
        settled_at, settled_as, sureness, lat, lon, evidence, said_zh, said_en, rule_version, ladder, next_step_at)
      values (${e.id}, ${e.kind}, ${e.person}, ${e.org}, ${e.activationNo}, ${e.fence?.id ?? null}, ${e.state}, ${e.level},
        ${date(e.beganAt)}, ${date(e.detectedAt)}, ${date(e.raisedAt)}, ${date(e.settledAt)}, ${e.settledAs}, ${e.sureness},
        ${e.place?.lat ?? null}, ${e.place?.lon ?? null}, ${json(e.evidence)}, ${said.zh}, ${said.en}, ${ruleVersion}, ${json(e.ladder)}, ${date(e.nextStepAt)})
      on conflict (id) do update set state = excluded.state, raised_at = excluded.raised_at, settled_at = excluded.settled_at,
        settled_as = excluded.settled_as, sureness = excluded.sureness, lat = excluded.lat, lon = excluded.lon,
        evidence = excluded.evidence, said_zh = excluded.said_zh, said_en = excluded.said_en, ladder = excluded.ladder,
        next_step_at = excluded.next_step_at, revision = episode.revision + 1`.execute(db)
    return Number(done.numAffectedRows ?? 0) === 1
  },

  async waiting(): Promise<Waiting[]> {
    const found = await sql<{ id: string; person_id: string; activation_no: number | null; next_step_at: Date }>`
      select id, person_id, activation_no, next_step_at from episode where state = 'gathering' and next_step_at is not null`.execute(
      db,
    )
    return found.rows.map((r) => ({
      id: r.id,
      person: r.person_id,
      activationNo: r.activation_no,
      at: r.next_step_at.getTime(),
    }))
  },

  async person(id: string): Promise<{ name: string; org: string } | null> {
    const found = await sql<{ name: string; org: string }>`
      select name, org_code as org from person where id = ${id}`.execute(db)
    return found.rows[0] ?? null
  },

  /** An approved leave or recurrent travel that covers a legal day, not yet reported back from. */
  async leaveOn(person: string, day: string): Promise<{ id: string; until: string; destination: string } | null> {
    const found = await sql<{ id: string; until: string; destination: string }>`
      select id, until_day as until, destination from away
      where person_id = ${person} and state = 'approved' and from_day <= ${day} and until_day >= ${day} limit 1`.execute(
      db,
    )
    return found.rows[0] ?? null
  },

  /** Fences of persons whose last matter there was settled as leave: they may still be past the line. */
  async settledByLeave(): Promise<{ activationNo: number; fence: string }[]> {
    const found = await sql<{ activationNo: number; fence: string; as: string }>`
      select distinct on (person_id, fence_id) activation_no as "activationNo", fence_id as fence, settled_as as "as"
      from episode where fence_id is not null and activation_no is not null order by person_id, fence_id, detected_at desc`.execute(
      db,
    )
    return found.rows.filter((r) => r.as === 'leave')
  },

  /** Whether a leave covered a legal day, reported back from since or not. */
  async wasAway(person: string, day: string): Promise<boolean> {
    const found = await sql`select 1 from away where person_id = ${person} and state in ('approved', 'returned')
      and from_day <= ${day} and coalesce(returned_on, until_day) >= ${day} limit 1`.execute(db)
    return found.rows.length > 0
  },

  async onLeave(persons: readonly string[], day: string): Promise<ReadonlySet<string>> {
    const found = await sql<{ person_id: string }>`
      select distinct person_id from away
      where person_id = any(${[...persons]}::uuid[]) and state = 'approved' and from_day <= ${day} and until_day >= ${day}`.execute(
      db,
    )
    return new Set(found.rows.map((r) => r.person_id))
  },

  /** An approval to be in a forbidden place at this instant (进入特定区域(场所), INJ-02). */
  async entryOn(person: string, fence: string, at: number): Promise<{ until: Date; places: string } | null> {
    const found = await sql<{ until: Date; places: string }>`
      select until_at as until, places from permit_pass
      where person_id = ${person} and fence_id = ${fence} and from_at <= ${date(at)} and until_at > ${date(at)} limit 1`.execute(
      db,
    )
    return found.rows[0] ?? null
  },

  /** `person fence` of the entries that are approved at this instant. */
  async entries(persons: readonly string[], at: number): Promise<ReadonlySet<string>> {
    const found = await sql<{ person_id: string; fence_id: string }>`
      select person_id, fence_id from permit_pass
      where person_id = any(${[...persons]}::uuid[]) and fence_id is not null and from_at <= ${date(at)} and until_at > ${date(at)}`.execute(
      db,
    )
    return new Set(found.rows.map((r) => `${r.person_id} ${r.fence_id}`))
  },

  /** Open matters of persons whom an approved leave, travel or entry covers. */
  async excusable(
    day: string,
    at: number,
  ): Promise<{ person: string; kind: AlarmKindName; activationNo: number | null; fence: string }[]> {
    const found = await sql<{ person: string; kind: AlarmKindName; activationNo: number | null; fence: string }>`
      select e.person_id as person, e.kind, e.activation_no as "activationNo", e.fence_id as fence from episode e
      where e.state in ('gathering', 'raised') and e.fence_id is not null and (
        e.kind in ('boundaryOut', 'requiredAbsent')
          and exists (select 1 from away l where l.person_id = e.person_id and l.state = 'approved' and l.from_day <= ${day} and l.until_day >= ${day})
        or e.kind = 'forbiddenIn'
          and exists (select 1 from permit_pass x where x.person_id = e.person_id and x.fence_id = e.fence_id and x.from_at <= ${date(at)} and x.until_at > ${date(at)}))`.execute(
      db,
    )
    return found.rows
  },

  async message(m: {
    id: string
    person: string
    org: string
    subject: string
    channel: 'device' | 'app'
    text: Said
    at: number
  }): Promise<void> {
    await sql`insert into message (id, person_id, org_code, subject_id, channel, text_zh, text_en, created_at)
      values (${m.id}, ${m.person}, ${m.org}, ${m.subject}, ${m.channel}, ${m.text.zh}, ${m.text.en}, ${date(m.at)})`.execute(
      db,
    )
  },

  async putPresence(rows: readonly PresenceRow[]): Promise<void> {
    if (rows.length === 0) return
    await sql`
      insert into presence (activation_no, person_id, org_code, shard, inbox_no, state, updated_at)
      select * from unnest(${rows.map((r) => r.activationNo)}::integer[], ${rows.map((r) => r.person)}::uuid[], ${rows.map((r) => r.org)}::text[],
        ${rows.map((r) => r.shard)}::smallint[], ${rows.map((r) => r.no)}::bigint[], ${rows.map((r) => r.state)}::jsonb[], ${rows.map((r) => new Date(r.at))}::timestamptz[])
      on conflict (activation_no) do update set person_id = excluded.person_id, org_code = excluded.org_code, shard = excluded.shard,
        inbox_no = excluded.inbox_no, state = excluded.state, updated_at = excluded.updated_at
      where (excluded.updated_at, excluded.inbox_no) >= (presence.updated_at, presence.inbox_no)`.execute(db)
  },

  async presences(): Promise<{ no: number; state: KeptSlot }[]> {
    const found = await sql<{ no: number; state: KeptSlot }>`
      select p.activation_no as no, p.state from presence p join activation a on a.no = p.activation_no and a.state = 'running'`.execute(
      db,
    )
    return found.rows
  },
  async presence(activationNo: number): Promise<KeptSlot | null> {
    const found = await sql<{
      state: KeptSlot
    }>`select state from presence where activation_no = ${activationNo}`.execute(db)
    return found.rows[0]?.state ?? null
  },

  async dropPresence(activationNo: number): Promise<void> {
    await sql`delete from presence where activation_no = ${activationNo}`.execute(db)
  },

  /** Activations that run at an instant; of one device, or all. Latest known position and battery beside. */
  async running(now: number, device: string | null): Promise<{ activation: Activation; latest: Latest | null }[]> {
    const found = await sql<RunningRow>`
      select a.no, a.id, a.person_id, a.org_code, a.device_id, d.protocol, a.regime, a.interval_s, a.starts_at,
        least(a.ends_at, coalesce(a.ended_at, a.ends_at)) as ends_at,
        p.residence_lat, p.residence_lon, l.ts, l.received_at, l.lat, l.lon, l.accuracy_m, l.battery_pct, l.flags
      from activation a join device d on d.id = a.device_id join person p on p.id = a.person_id left join position_latest l on l.activation_no = a.no
      where a.state = 'running' and a.starts_at <= ${date(now)} and least(a.ends_at, coalesce(a.ended_at, a.ends_at)) > ${date(now)}
        and (${device}::uuid is null or a.device_id = ${device})`.execute(db)
    return found.rows.map((r) => ({
      activation: {
        no: r.no,
        id: r.id,
        person: r.person_id,
        org: r.org_code,
        device: r.device_id,
        protocol: r.protocol,
        regime: r.regime,
        intervalS: r.interval_s,
        startsAt: r.starts_at.getTime(),
        endsAt: r.ends_at.getTime(),
        home:
          r.residence_lat === null || r.residence_lon === null ? null : { lat: r.residence_lat, lon: r.residence_lon },
      },
      latest: latestOf(r),
    }))
  },

  async device(activationNo: number): Promise<string | null> {
    const found = await sql<{ device_id: string }>`select device_id from activation where no = ${activationNo}`.execute(
      db,
    )
    return found.rows[0]?.device_id ?? null
  },

  async endReason(activationNo: number): Promise<string | null> {
    const found = await sql<{
      end_reason: string | null
    }>`select end_reason from activation where no = ${activationNo}`.execute(db)
    return found.rows[0]?.end_reason ?? null
  },

  /** Open episodes of activations that no longer run: a term that ended while nobody watched. */
  async orphans(now: number): Promise<{ person: string; activationNo: number; reason: string | null }[]> {
    const found = await sql<{ person: string; activationNo: number; reason: string | null }>`
      select distinct e.person_id as person, e.activation_no as "activationNo", a.end_reason as reason
      from episode e join activation a on a.no = e.activation_no
      where e.state in ('gathering', 'raised') and (a.state <> 'running' or least(a.ends_at, coalesce(a.ended_at, a.ends_at)) <= ${date(now)})`.execute(
      db,
    )
    return found.rows
  },

  async marks(): Promise<Map<number, Mark>> {
    const found = await sql<{ shard: number; no: number; received_at: Date }>`
      select shard, no, received_at from engine_mark`.execute(db)
    return new Map(found.rows.map((r) => [r.shard, { no: r.no, receivedAt: r.received_at.getTime() }]))
  },
  async putMarks(marks: ReadonlyMap<number, Mark>): Promise<void> {
    for (const [shard, { no, receivedAt }] of marks)
      await sql`insert into engine_mark (shard, no, received_at) values (${shard}, ${no}, ${date(receivedAt)})
        on conflict (shard) do update set no = excluded.no, received_at = excluded.received_at where engine_mark.no < excluded.no`.execute(
        db,
      )
  },

  async lastBeat(): Promise<number | null> {
    const found = await sql<{ at: Date }>`select at from engine_beat`.execute(db)
    return found.rows[0]?.at.getTime() ?? null
  },
  async beat(at: number, startedAt: number): Promise<void> {
    await sql`insert into engine_beat (at, started_at) values (${date(at)}, ${date(startedAt)})
      on conflict (single) do update set at = excluded.at, started_at = excluded.started_at`.execute(db)
  },

  /** Outages that may matter to a silence of now; way, unit, protocol and span. */
  async outages(since: number): Promise<OutageSpan[]> {
    const found = await sql<{
      id: string
      org_code: string
      way: 'declared' | 'detected'
      reason: string
      of: string | null
      protocol: string | null
      starts_at: Date
      ends_at: Date | null
      members: number[]
    }>`select id, org_code, way, reason, scope ->> 'of' as of, scope ->> 'protocol' as protocol, starts_at, ends_at, members from outage
      where ends_at is null or ends_at > ${date(since)} order by starts_at`.execute(db)
    return found.rows.map((r) => ({
      id: r.id,
      org: r.org_code,
      way: r.way,
      reason: r.reason,
      protocol: r.of === 'protocol' ? r.protocol : null,
      startsAt: r.starts_at.getTime(),
      endsAt: r.ends_at?.getTime() ?? null,
      members: r.members,
    }))
  },
  async addOutage(o: {
    id: string
    org: string
    reason: string
    scope: unknown
    startsAt: number
    endsAt: number | null
    members: readonly number[]
    at: number
  }): Promise<void> {
    await sql`insert into outage (id, org_code, way, reason, scope, starts_at, ends_at, recorded_at, members)
      values (${o.id}, ${o.org}, 'detected', ${o.reason}, ${json(o.scope)}, ${date(o.startsAt)}, ${date(o.endsAt)}, ${date(o.at)}, ${[...o.members]}::integer[])`.execute(
      db,
    )
  },
  async endOutage(id: string, at: number): Promise<void> {
    await sql`update outage set ends_at = ${date(at)} where id = ${id} and ends_at is null`.execute(db)
  },
})
export type EngineStore = ReturnType<typeof engineStore>

/** Up to which flush every stored presence is complete, and when that flush was received. */
export interface Mark {
  readonly no: number
  readonly receivedAt: number
}

export interface PresenceRow {
  readonly activationNo: number
  readonly person: string
  readonly org: string
  readonly shard: number
  readonly no: number
  /** JSON of a `KeptSlot`. */
  readonly state: string
  readonly at: number
}

export interface Latest {
  readonly ts: number
  readonly receivedAt: number
  readonly lat: number
  readonly lon: number
  readonly accuracyM: number
  readonly batteryPct: number | null
  readonly flags: number
}

export interface OutageSpan {
  readonly id: string
  readonly org: string
  readonly way: 'declared' | 'detected'
  readonly reason: string
  /** Only devices of this protocol; null: all of the unit. */
  readonly protocol: string | null
  readonly startsAt: number
  readonly endsAt: number | null
  readonly members: readonly number[]
}

interface RunningRow {
  no: number
  id: string
  person_id: string
  org_code: string
  device_id: string
  protocol: string
  regime: 'check' | 'device'
  interval_s: number
  starts_at: Date
  ends_at: Date
  residence_lat: number | null
  residence_lon: number | null
  ts: Date | null
  received_at: Date | null
  lat: number | null
  lon: number | null
  accuracy_m: number | null
  battery_pct: number | null
  flags: number | null
}

function latestOf(r: RunningRow): Latest | null {
  if (r.ts === null || r.received_at === null || r.lat === null || r.lon === null) return null
  return {
    ts: r.ts.getTime(),
    receivedAt: r.received_at.getTime(),
    lat: r.lat,
    lon: r.lon,
    accuracyM: r.accuracy_m ?? 100,
    batteryPct: r.battery_pct,
    flags: r.flags ?? 0,
  }
}

function episodeOf(r: EpisodeRow): Episode {
  const ladder = r.ladder
  return {
    id: r.id,
    kind: r.kind,
    person: r.person_id,
    org: r.org_code,
    activationNo: r.activation_no,
    fence: r.fence_id === null ? null : { id: r.fence_id, name: r.fence_name ?? '' },
    state: r.state,
    level: r.level,
    beganAt: r.began_at.getTime(),
    detectedAt: r.detected_at.getTime(),
    raisedAt: r.raised_at?.getTime() ?? null,
    settledAt: r.settled_at?.getTime() ?? null,
    settledAs: r.settled_as,
    sureness: r.sureness,
    place: r.lat === null || r.lon === null ? null : { lat: r.lat, lon: r.lon },
    evidence: r.evidence,
    ladder: {
      waitS: ladder.waitS ?? 60,
      steps: ladder.steps ?? 0,
      firm: ladder.firm ?? false,
      expectedS: ladder.expectedS ?? 0,
      where: ladder.where ?? { zh: '', en: '' },
      battery: ladder.battery ?? { zh: '', en: '' },
    },
    nextStepAt: r.next_step_at?.getTime() ?? null,
  }
}
