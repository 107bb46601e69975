import type { Evidence } from '@zhijiao/contract/alarms'
import { sql } from 'kysely'
import type { Db, ScopedDb } from '../../core/db.ts'
import type { Episode, Ladder, SettledAs } from '../domain.ts'
import type { AlarmKindName, Said } from '../kinds.ts'

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

/** Episodes 警情 as the engine reads and writes them, whose they are, and what is said to that person. */
export const episodesIn = (db: ScopedDb | Db) => ({
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

  /** When the nights away began that closed alarms of a person told of, ms UTC; from an instant on. */
  async nightsTold(person: string, since: number): Promise<number[]> {
    const found = await sql<{ at: Date }>`
      select distinct t.at from episode e cross join lateral jsonb_to_recordset(e.evidence) as t(at timestamptz, kind text)
      where e.person_id = ${person} and e.kind = 'nightAbsent' and e.state = 'settled' and t.kind = 'night' and t.at >= ${date(since)}`.execute(
      db,
    )
    return found.rows.map((r) => r.at.getTime())
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

  async person(id: string): Promise<{ name: string; org: string } | null> {
    const found = await sql<{ name: string; org: string }>`
      select name, org_code as org from person where id = ${id}`.execute(db)
    return found.rows[0] ?? null
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
})

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
