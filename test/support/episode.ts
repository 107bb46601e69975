import { deskIn } from '@zhijiao/server/alarms/desk/index'
import { ledgerIn } from '@zhijiao/server/core/ledger/append'
import { sql } from 'kysely'
import { type County, places } from './county.ts'

export interface PlantedAlarm {
  readonly id: string
  readonly person: string
}

/** An episode that the engine has just raised: the row as its store writes it, and the desk's door in the same transaction. */
export async function plantAlarm(
  county: County,
  person: string,
  options: { kind?: string; level?: number; org?: string; state?: 'gathering' | 'raised' } = {},
): Promise<PlantedAlarm> {
  const { kind = 'boundaryOut', level = 2, org = places.office, state = 'raised' } = options
  const { chance, databases } = county.house
  const id = chance.id()
  const now = new Date(chance.now())
  const began = new Date(now.getTime() - 10 * 60_000)
  const evidence = [
    {
      at: began.toISOString(),
      kind: 'fix',
      speaks: 'for',
      zh: '3 个定位点在围栏外 420 米',
      en: '3 fixes 420 m outside the fence',
      lat: 24.35,
      lon: 109.44,
      accuracyM: 15,
    },
    { at: began.toISOString(), kind: 'steps', speaks: 'against', zh: '计步未增加', en: 'no steps were counted' },
  ]
  await databases.system.transaction().execute(async (db) => {
    await sql`
      insert into episode (id, kind, person_id, org_code, state, level, began_at, detected_at, raised_at, sureness, lat, lon,
        evidence, said_zh, said_en, rule_version)
      values (${id}, ${kind}, ${person}, ${org}, ${state}, ${level}, ${began}, ${now}, ${state === 'raised' ? now : null}, 0.9,
        24.35, 109.44, ${JSON.stringify(evidence)}::jsonb, '测试对象自10分钟前起可能离开围栏。', 'May have left the fence 10 min ago.', 'test')`.execute(
      db,
    )
    if (state === 'raised')
      await deskIn(db, county.house, ledgerIn(db, chance, { id: null, name: 'engine', lawRevision: 'test' })).raised({
        id,
        kind,
        person,
        org,
        level,
        raisedAt: now.getTime(),
      })
  })
  return { id, person }
}

/** Kinds of ledger entries about a row, in order of writing. */
export async function ledgerAbout(county: County, subject: string): Promise<string[]> {
  const rows = await county.house.databases.system
    .selectFrom('ledger_entry')
    .select('kind')
    .where('subject', '=', subject)
    .orderBy('id')
    .execute()
  return rows.map((r) => r.kind)
}

/** Lets time pass for the whole program while everyone stays signed in: idling out has its own tests. */
export async function later(county: County, ms: number): Promise<void> {
  const until = new Date(county.house.chance.now() + ms)
  await county.house.databases.system
    .updateTable('session')
    .set({ last_seen_at: until, expires_at: new Date(until.getTime() + 8 * 3_600_000) })
    .execute()
  county.pass(ms)
}

/** Puts somebody on duty from an hour ago for a day. */
export async function onDuty(
  county: County,
  staff: string,
  options: { org?: string; place?: 'duty' | 'head'; hours?: number; from?: number } = {},
): Promise<string> {
  const { chance, databases } = county.house
  const id = chance.id()
  const now = chance.now()
  await databases.system
    .insertInto('roster')
    .values({
      id,
      org_code: options.org ?? places.office,
      staff_id: staff,
      place: options.place ?? 'duty',
      from_at: new Date(options.from ?? now - 3_600_000),
      until_at: new Date(now + (options.hours ?? 24) * 3_600_000),
      handed_from: null,
      note: '',
      ended_at: null,
      added_by: null,
      added_at: new Date(now),
    })
    .execute()
  return id
}

/** Bytes of a small real JPEG header and trailer; enough to be one by its magic bytes. */
export const photo = () =>
  new Blob(
    [new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9])],
    {
      type: 'image/jpeg',
    },
  )
