import { dayStart, legalDay } from '@zhijiao/geo/day'
import { dayRoot } from '@zhijiao/geo/track'
import { sql } from 'kysely'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import { locks } from '../core/locks.ts'
import type { Stop } from '../core/room.ts'
import { inRounds } from '../core/rounds.ts'
import './tables.ts'

const everyMs = 60_000
const sealAtOnce = 200
/** A day is sealed this long after its end, so that what was on its way is in, milliseconds. */
const settleMs = 10 * 60_000
const lockNumber = locks.trackSealing

/**
 * Seals days that are over: one entry `track.sealed` an activation and day (of a day in several parts one each), with the
 * Merkle root over its fixes. Data that came late is sealed again, naming the root it supersedes. Returns the number of days sealed.
 */
export async function sealDays(house: House, limit = sealAtOnce): Promise<number> {
  const now = house.chance.now()
  const today = legalDay(now - settleMs)
  return house.databases.system.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(db)
    const due = await db
      .selectFrom('track_day')
      .select([
        'activation_no',
        'day',
        'part',
        'person_id',
        'org_code',
        'fixes',
        'blob',
        'root',
        'sealed_fixes',
        'rules',
        'imported',
      ])
      .where('day', '<', today)
      .whereRef('sealed_fixes', '<', 'fixes')
      .orderBy('day')
      .orderBy('activation_no')
      .orderBy('part')
      .limit(limit)
      .forUpdate()
      .execute()
    let sealed = 0
    for (const d of due) {
      const root = rootOf(house, d)
      if (root === null) continue
      const ledger = ledgerIn(db, house.chance, {
        id: null,
        name: 'positions',
        lawRevision: (await lawFor(house, d.org_code, now)).revision,
      })
      await ledger.append({
        kind: 'track.sealed',
        org: d.org_code,
        person: d.person_id,
        subject: `${d.activation_no}/${d.day}${d.part > 0 ? `/${d.part}` : ''}`,
        occurredAt: dayStart(d.day) + 86_400_000,
        cites: ['EPD-06'],
        imported: d.imported,
        payload: {
          activationNo: d.activation_no,
          day: d.day,
          ...(d.part > 0 ? { part: d.part } : {}),
          fixes: d.fixes,
          root,
          rules: d.rules,
          supersedes: d.root && d.sealed_fixes > 0 ? d.root.toString('hex') : null,
        },
      })
      await db
        .updateTable('track_day')
        .set({ root: Buffer.from(root, 'hex'), sealed_fixes: d.fixes })
        .where('activation_no', '=', d.activation_no)
        .where('day', '=', d.day)
        .where('part', '=', d.part)
        .execute()
      sealed++
    }
    return sealed
  })
}

const unreadable = new Set<string>()

/** The root of a packed day; null for one that cannot be read, which keeps no other from being sealed and is said once. */
function rootOf({ log }: House, d: { activation_no: number; day: string; part: number; blob: Buffer }): string | null {
  try {
    return dayRoot(d.blob)
  } catch (error) {
    const name = `${d.activation_no}/${d.day}/${d.part}`
    if (!unreadable.has(name))
      log.error(
        { activation: d.activation_no, day: d.day, why: error instanceof Error ? error.message : String(error) },
        'a day of one term cannot be read and stays unsealed; all others are sealed',
      )
    unreadable.add(name)
    return null
  }
}

/** Sealing as a job: each minute, and on until nothing is due. */
export async function runSealing(house: House): Promise<Stop> {
  return inRounds(house, { everyMs, waits: 'sealing of days waits' }, async (going) => {
    while (going() && (await sealDays(house)) === sealAtOnce);
  })
}
