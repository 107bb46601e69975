import { alarmCauses } from '@zhijiao/contract/alarms'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import { announce } from '../../core/live.ts'
import type { Inside } from '../../core/room.ts'
import { nameOfKind } from './shown.ts'
import { deskStore } from './store.ts'

/**
 * Objections 异议 to an alarm: what the person contests is the finding that it was a breach, once another officer approved
 * it. Until then nothing is decided: he is heard by call and visit. A finding that an answer sets aside stays on record,
 * says so wherever it is shown, and counts no more.
 */
export interface ContestedAlarm {
  readonly kind: 'alarm'
  readonly id: string
  readonly person: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly said: { readonly zh: string; readonly en: string }
  readonly on: string
  readonly by: string
  readonly hands: readonly string[]
  readonly contestable: boolean
}

/** The answer to an objection, as the room of objections gives it, in its own transaction. */
export interface Answered extends Inside {
  readonly matter: { readonly id: string }
  readonly by: { readonly id: string; readonly name: string }
  /** Milliseconds UTC. */
  readonly now: number
  readonly form: { readonly [field: string]: unknown }
}
export type Verdict = 'uphold' | 'change' | 'revoke'

/** What whoever keeps objections asks of this room. */
export interface AlarmOrigins {
  one(db: ScopedDb, id: string): Promise<ContestedAlarm | undefined>
  ofPerson(db: ScopedDb, person: string): Promise<readonly ContestedAlarm[]>
  answered(m: Answered, id: string, verdict: Verdict): Promise<void>
}
/** Makes the findings of this room known to whoever keeps objections. */
export type Declare = (origins: AlarmOrigins) => void

const verdictWords: Readonly<Record<Verdict, string>> = {
  uphold: '维持原认定',
  change: '变更原认定',
  revoke: '撤销原认定',
}
/** Most findings of one person that are offered at once, the newest. */
const most = 200

interface Row {
  id: string
  number: number
  kind: string
  person_id: string
  cause: string
  reviewed_at: Date | null
  submitted_at: Date
  submitted_by: string | null
  reviewed_by: string | null
  reviewer: string | null
  set_aside_at: Date | null
  open: boolean
}

const breaches: readonly string[] = alarmCauses.filter((c) => c.truth === 'breach').map((c) => c.code)
const source = sql`
  select e.id, e.number, e.kind, e.person_id, c.cause, c.reviewed_at, c.submitted_at, c.submitted_by, c.reviewed_by,
    coalesce(zj_staff_name(c.reviewed_by), c.reviewed_name) as reviewer, c.set_aside_at,
    e.state = 'settled' and c.review = 'approved' and c.way = 'handled' and c.cause = any(${breaches}) as open
  from episode e join closure c on c.episode_id = e.id`

const shown = (row: Row): ContestedAlarm => {
  const cause = alarmCauses.find(({ code }) => code === row.cause)
  const kind = nameOfKind(row.kind)
  return {
    kind: 'alarm',
    id: row.id,
    person: row.person_id,
    name: { zh: '报警认定', en: 'Finding on an alarm' },
    said: {
      zh: `报警 ${row.number} 号（${kind.zh}）认定：${cause?.zh ?? row.cause}`,
      en: `Alarm ${row.number} (${kind.en}) found to be: ${cause?.en ?? row.cause}`,
    },
    on: legalDayOf((row.reviewed_at ?? row.submitted_at).getTime()),
    by: row.reviewer ?? '',
    hands: [row.submitted_by, row.reviewed_by].filter((hand) => hand !== null),
    contestable: row.open && row.set_aside_at === null,
  }
}

export const contestedAlarms: AlarmOrigins = {
  async one(db, id) {
    const { rows } = await sql<Row>`${source} where e.id = ${id}::uuid`.execute(db)
    return rows[0] && shown(rows[0])
  },

  async ofPerson(db, person) {
    const { rows } = await sql<Row>`${source}
      where e.person_id = ${person}::uuid and c.cause = any(${breaches}) and c.review = 'approved'
      order by c.submitted_at desc limit ${most}`.execute(db)
    return rows.map(shown)
  },

  async answered({ db, ledger, matter, by, now, form }, id, verdict) {
    const store = deskStore(db)
    const episode = await store.episode(id)
    const answer = String(form.answer ?? '')
    const aside = verdict !== 'uphold'
    if (aside) await store.setAside(id, { objection: matter.id, at: new Date(now) })
    await store.addNote({
      // One answer, one note: the objection's own id keeps it so.
      id: matter.id,
      episode_id: id,
      at: new Date(now),
      by_id: by.id || null,
      by_name: by.name,
      kind: 'objection',
      text: `${verdictWords[verdict]}：${answer}`,
      data: { objection: matter.id, verdict },
    })
    await ledger.append({
      kind: aside ? 'alarm.findingSetAside' : 'alarm.findingUpheld',
      org: episode.org_code,
      person: episode.person_id,
      subject: id,
      cites: ['PEN-10'],
      payload: { alarm: episode.number, objection: matter.id, verdict, answer, by: by.id },
    })
    await announce(db, {
      topic: 'alarm',
      id,
      org: episode.org_code,
      person: episode.person_id,
      what: 'contested',
      level: episode.level,
      staff: [],
    })
  },
}
