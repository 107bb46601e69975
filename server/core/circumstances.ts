import { type CivilDate, civilDate, legalDayOf } from '@zhijiao/law/civil-date'
import { type Law, lawInForce, type Revision } from '@zhijiao/law/in-force'
import type { Db } from './db.ts'
import type { House } from './house.ts'
import type { Circumstances } from './room.ts'

declare module './tables.ts' {
  interface Tables {
    law_revision: {
      id: string
      org_code: string
      rule: string
      /** What it sets and what it confirms or corrects as read in the source. */
      change: Partial<Pick<Revision, 'values' | 'confirms' | 'corrects' | 'holidays'>>
      source: string
      effective_from: string
      state: 'draft' | 'published' | 'withdrawn'
      drafted_by: string
      drafted_at: Date
      published_by: string | null
      published_at: Date | null
    }
  }
}

const published = new WeakMap<Db, { at: number; revisions: readonly Revision[] }>()

/** Forgets the published revisions of this process, so that a publication holds from the next request on. */
export function forgetLaw(db: Db): void {
  published.delete(db)
}

/** The law for any unit, of one reading. */
export interface LawBook {
  /** Changes when the law of some unit may have changed: by a publication, or with a new legal day. */
  readonly state: string
  of(org: string): Law
  /** As it stood on another day, for what was decided then. */
  on(day: CivilDate, org: string): Law
}

/**
 * What the operator published, read again at most every ten seconds. While the database is away the last reading stands:
 * nothing can be decided then, but whoever watches the process must still hear that it lives.
 */
async function readPublished(db: Db, now: number): Promise<readonly Revision[]> {
  const known = published.get(db)
  if (known && now - known.at <= 10_000) return known.revisions
  const read = db
    .selectFrom('law_revision')
    .selectAll()
    .where('state', '=', 'published')
    .orderBy('published_at')
    .execute()
  const rows = await read.catch((error: unknown) => {
    if (!known) throw error
    return null
  })
  const revisions =
    rows?.map(
      (r): Revision => ({
        id: r.id,
        org: r.org_code,
        state: 'published',
        from: civilDate(r.effective_from),
        values: r.change.values ?? {},
        ...(r.change.confirms ? { confirms: r.change.confirms } : {}),
        ...(r.change.corrects ? { corrects: r.change.corrects } : {}),
        ...(r.change.holidays ? { holidays: r.change.holidays } : {}),
      }),
    ) ??
    known?.revisions ??
    []
  published.set(db, { at: now, revisions })
  return revisions
}

/** Reads the law once. For whoever asks for many units at once. */
export async function lawBook(house: Pick<House, 'databases'>, now: number): Promise<LawBook> {
  const revisions = await readPublished(house.databases.system, now)
  const today = legalDayOf(now)
  return {
    state: [today, ...revisions.map((r) => r.id)].join('+'),
    of: (org) => lawInForce(today, org, revisions),
    on: (day, org) => lawInForce(day, org, revisions),
  }
}

/** The law of today for a unit: what ships, and what the operator published. */
export async function lawFor(house: Pick<House, 'databases'>, org: string, now: number): Promise<Law> {
  return (await lawBook(house, now)).of(org)
}

/** Circumstances of a decision made now in a unit. */
export async function circumstancesOf(house: House, org: string, now: number): Promise<Circumstances> {
  return { now, today: legalDayOf(now), law: await lawFor(house, org, now), id: () => house.chance.id() }
}
