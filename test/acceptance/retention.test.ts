import type { Fix } from '@zhijiao/geo/fix'
import { packDay } from '@zhijiao/geo/track'
import { ledgerIn } from '@zhijiao/server/core/ledger/append'
import { ledgerSigner, sealAll } from '@zhijiao/server/core/ledger/sealer'
import { inspectLedger } from '@zhijiao/server/operations/inspect-ledger'
import { purge } from '@zhijiao/server/retention/jobs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, places, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

let county: County
beforeAll(async () => {
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
})
afterAll(() => county.stop())

const fix: Fix = {
  ts: Date.parse('2025-03-01T02:00:00Z'),
  lat: 24.33,
  lon: 109.42,
  accuracyM: 12,
  source: 'gnss',
  speedKmh: 0,
  course: null,
  altitudeM: null,
  satellites: 9,
  batteryPct: 80,
  steps: null,
  seq: null,
  flags: 0,
  fault: 0,
}

/** Somebody with a day of tracks, a device event and two entries. */
async function withTracks(state: string, termEnd: string): Promise<string> {
  const db = county.house.databases.system
  const id = await plantPerson(county.house)
  await sql`update person set state = ${state}, term_end = ${termEnd}, updated_at = ${new Date(`${termEnd}T00:00:00Z`)} where id = ${id}`.execute(
    db,
  )
  const no = 100_000 + Math.floor(Number.parseInt(id.slice(-6), 16) / 10)
  const blob = packDay({
    activationNo: no,
    salt: county.house.chance.bytes(16),
    fixes: [{ ...fix, receivedAt: fix.ts + 1000 }],
  })
  await sql`insert into track_day (activation_no, day, person_id, org_code, fixes, first_ts, last_ts, rules, blob, changed_at) values (${no}, '2025-03-01', ${id}, ${places.office}, 1, now(), now(), 'geo-1', ${Buffer.from(blob)}, now())`.execute(
    db,
  )
  await db.transaction().execute(async (trx) => {
    const ledger = ledgerIn(trx, county.house.chance, { id: null, name: '测试', lawRevision: '' })
    await ledger.append({ kind: 'visit.recorded', org: places.office, person: id, payload: { note: '走访' } })
    await ledger.append({ kind: 'visit.recorded', org: places.office, person: id, payload: { note: '再访' } })
  })
  return id
}
const tracksOf = async (id: string) =>
  Number(
    (
      await sql<{ n: number }>`select count(*) as n from track_day where person_id = ${id}`.execute(
        county.house.databases.system,
      )
    ).rows[0]?.n,
  )
const payloadsOf = async (id: string) =>
  Number(
    (
      await sql<{
        n: number
      }>`select count(*) as n from ledger_payload l join ledger_entry e on e.id = l.entry_id where e.person_id = ${id} and e.kind = 'visit.recorded'`.execute(
        county.house.databases.system,
      )
    ).rows[0]?.n,
  )

test('S1.11 S3.6 tracks go when the period after the end has passed, running terms are never touched, and the ledger still holds', async () => {
  const today = new Date(county.house.chance.now() + 8 * 3_600_000)
  const ago = (days: number) => new Date(today.getTime() - days * 86_400_000).toISOString().slice(0, 10)
  const longEnded = await withTracks('released', ago(200))
  const justEnded = await withTracks('released', ago(100))
  const running = await withTracks('inCorrection', ago(400))
  await sealAll(county.house)

  expect((await purge(county.house, { dry: true })).people).toBe(1)
  expect(await tracksOf(longEnded)).toBe(1)

  const gone = await purge(county.house, { dry: false })
  expect(gone).toMatchObject({ people: 1, trackDays: 1, fixes: 1 })
  expect([await tracksOf(longEnded), await tracksOf(justEnded), await tracksOf(running)]).toEqual([0, 1, 1])
  // Doing it again finds nothing more.
  expect((await purge(county.house, { dry: false })).people).toBe(0)
  const entry =
    await sql`select 1 from ledger_entry where person_id = ${longEnded} and kind = 'retention.tracksPurged'`.execute(
      county.house.databases.system,
    )
  expect(entry.rows.length).toBe(1)

  await sql`insert into setting (key, org_code, value, changed_at) values ('retention.payloadYears', '', '1', now())`.execute(
    county.house.databases.system,
  )
  county.pass(366 * 86_400_000)
  await purge(county.house, { dry: false })
  expect(await payloadsOf(longEnded)).toBe(0)
  expect(await payloadsOf(running)).toBe(2)
  await sealAll(county.house)
  expect(await inspectLedger(county.house.databases.system, ledgerSigner(county.house).publicKey, 1e9)).toMatchObject({
    ok: true,
    fault: null,
  })
})

test('S1.11 S3.6 the period counts from the day correction ended, in every state, and no later edit moves it', async () => {
  const db = county.house.databases.system
  const ago = (days: number) =>
    new Date(county.house.chance.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10)
  const ahead = ago(-400)
  const entered = (person: string, days: number) =>
    db.transaction().execute((trx) =>
      ledgerIn(trx, county.house.chance, { id: null, name: '测试', lawRevision: '' }).append({
        kind: 'correction.ended',
        org: places.office,
        person,
        occurredAt: county.house.chance.now() - days * 86_400_000,
        payload: {},
      }),
    )
  const imported = (person: string, days: number) =>
    sql`update person set imported = true, created_at = ${new Date(county.house.chance.now() - days * 86_400_000)} where id = ${person}`.execute(
      db,
    )
  const stated = (person: string, on: string) =>
    sql`insert into person_part (id, person_id, org_code, part, data, added_at) values (${county.house.chance.id()}, ${person}, ${places.office}, 'end', ${JSON.stringify({ reason: 'T4', on })}::jsonb, now())`.execute(
      db,
    )

  // Ended long ago by its entry, years before the term would have: death, termination, pardon. Edited today.
  const dead = await withTracks('terminated', ahead)
  await entered(dead, 200)
  const pardoned = await withTracks('released', ahead)
  await entered(pardoned, 200)
  // Ended lately, though the term was over long ago.
  const late = await withTracks('released', ago(300))
  await entered(late, 100)
  // Old files: by the end recorded for them, by their term, by their import at the latest.
  const recorded = await withTracks('terminated', ahead)
  await imported(recorded, 50)
  await stated(recorded, ago(190))
  const elsewhere = await withTracks('transferred', ago(190))
  await imported(elsewhere, 50)
  const elsewhereEarly = await withTracks('transferred', ahead)
  await imported(elsewhereEarly, 190)
  const elsewhereLately = await withTracks('transferred', ahead)
  await imported(elsewhereLately, 50)
  // Not ended at all, whatever the term says.
  const notEnded = []
  for (const state of ['awaiting', 'inCorrection', 'missing', 'detained'])
    notEnded.push(await withTracks(state, ago(400)))
  await sql`update person set updated_at = now(), revision = revision + 1`.execute(db)

  await purge(county.house, { dry: false })
  const left = async (people: readonly string[]) => Promise.all(people.map(tracksOf))
  expect(await left([dead, pardoned, recorded, elsewhere, elsewhereEarly])).toEqual([0, 0, 0, 0, 0])
  expect(await left([late, elsewhereLately])).toEqual([1, 1])
  expect(await left(notEnded)).toEqual([1, 1, 1, 1])
})

test('DAT-07 the database itself refuses to shorten the audit below six months', async () => {
  await expect(
    sql`select zj_purge_audit(now() - interval '5 months')`.execute(county.house.databases.system),
  ).rejects.toThrow(/DAT-07/)
  await expect(sql`delete from audit`.execute(county.house.databases.system)).rejects.toThrow(/permission denied/)
  await expect(sql`update ledger_entry set kind = 'x'`.execute(county.house.databases.system)).rejects.toThrow(
    /permission denied/,
  )
})
