import { alarms } from '@zhijiao/contract/alarms'
import { evidence } from '@zhijiao/contract/evidence'
import { type Fix, FixFault, FixFlag } from '@zhijiao/geo/fix'
import { packInbox, type Segment } from '@zhijiao/geo/track'
import type { PackedFix } from '@zhijiao/server/evidence/format'
import { verifyPack } from '@zhijiao/server/evidence/verify'
import { examine } from '@zhijiao/server/operations/doctor'
import { compactAll, compactOnce, foldAside, sealDays } from '@zhijiao/server/positions/index'
import { counted } from '@zhijiao/server/positions/metrics'
import { position } from '@zhijiao/wire/jt808/device'
import { unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dayAfter, type Ground, Line, startGround, trackOf, until, type Worn } from './devices.support.ts'

/** A term's day that is too much, or cannot be folded, and everybody else's. */
let g: Ground
// A county for each: the clock goes on by a day, and nobody stays signed in. Without the worker nothing is folded by itself.
beforeEach(async () => {
  g = await startGround({ env: { ZJ_PARTS: 'api,gateway,engine' } })
})
afterEach(() => g?.county.stop())

const second = 1_000
const now = () => g.county.house.chance.now()
const system = () => g.county.house.databases.system

const fixAt = (ts: number, flags = 0, lat = 24.3): Fix => ({
  ts,
  lat,
  lon: 109.4,
  accuracyM: 12,
  source: 'gnss',
  speedKmh: null,
  course: null,
  altitudeM: null,
  satellites: null,
  batteryPct: null,
  steps: null,
  seq: null,
  flags: FixFlag.authenticated | flags,
  fault: FixFault.none,
})

/** A flush as a gateway of another shard would have written it. */
const plant = (...segments: Segment[]) => plantIn(7, segments)
async function plantIn(shard: number, segments: Segment[], damaged = false): Promise<void> {
  await sql`insert into position_compacted (shard, no) values (${shard}, 0) on conflict do nothing`.execute(system())
  const fixes = segments.reduce((sum, s) => sum + s.fixes.length, 0)
  await sql`insert into position_inbox (shard, no, received_at, fixes, rules, blob)
    select ${shard}, greatest((select max(no) from position_inbox where shard = ${shard}), (select no from position_compacted where shard = ${shard})) + 1,
      ${new Date(now())}, ${fixes}, 'geo-1', ${damaged ? Buffer.from([0]) : Buffer.from(packInbox(segments))}`.execute(
    system(),
  )
}
const arrived = (worn: Worn, fixes: readonly Fix[]): Segment => ({ activationNo: worn.no, receivedAt: now(), fixes })

/** He cries for help: the alarm, and the time of the position that came with it. */
async function cry(worn: Worn): Promise<{ id: string; ts: number }> {
  const ts = Math.floor(now() / second) * second
  const line = await Line.open(g.ports().jt808)
  const place = { lat: 24.31, lon: 109.41, time: ts, positioned: true, alarms: [0] }
  line.send(position({ device: worn.identity.padStart(12, '0'), is2019: false, serial: 1 }, place))
  const find = async () => (await g.officer.call(alarms.list, { query: { person: worn.person } })).items[0]
  await until('the alarm is there', async () => (await find()) !== undefined)
  line.end()
  return { id: (await find())?.id ?? '', ts }
}
const dayOf = (worn: Worn, day: string, who = g.clerk) => trackOf(who, worn.person, day)

test('Z9 a day of one term that holds more than a blob does is folded, read as one track, sealed and proved, and keeps nobody else from being folded', {
  timeout: 300_000,
}, async () => {
  const [busy, other] = [await g.wear(), await g.wear()]
  const day = dayAfter(now(), 0)
  const start = Date.parse(`${day}T00:00:00+08:00`)
  const episode = await cry(busy)
  // Every second of the day believed, and beside it a flood that only knew the number: more than the codec takes.
  const believed = Array.from({ length: 86_400 }, (_, i) => fixAt(start + i * second))
  const doubted = Array.from({ length: 60_000 }, (_, i) => fixAt(start + i * second + 500, FixFlag.doubted, 24.9))
  await plant(arrived(busy, believed.slice(0, 43_200)), arrived(other, [fixAt(start)]))
  g.county.pass(second)
  await plant(arrived(busy, doubted), arrived(other, [fixAt(start + 60 * second)]))
  g.county.pass(second)
  await plant(arrived(busy, believed.slice(43_200)), arrived(other, [fixAt(start + 120 * second)]))
  await compactAll(g.county.house)
  expect((await dayOf(other, day)).fixes.map((f) => f.ts)).toEqual([0, 60, 120].map((s) => start + s * second))
  const all = [episode, ...believed, ...doubted].map((f) => f.ts).sort((a, b) => a - b)
  const whole = await dayOf(busy, day)
  expect(whole.fixes.map((f) => f.ts).join()).toBe(all.join())
  expect(whole.fixes.filter((f) => f.doubted)).toHaveLength(doubted.length)

  // What is sent again is known, whichever part holds it; what comes new and old is marked late.
  g.county.pass(second)
  const stray = fixAt(start + 250)
  await plant(arrived(busy, [...believed.slice(0, 500), ...believed.slice(-500), ...doubted.slice(0, 500), stray]))
  await compactAll(g.county.house)
  const again = await dayOf(busy, day)
  expect(again.fixes).toHaveLength(all.length + 1)
  const late = (track: typeof whole) => track.fixes.flatMap((f) => (f.late ? [f.ts] : []))
  expect(late(again).join()).toBe([...late(whole), stray.ts].sort((a, b) => a - b).join())
  const { rows } = await sql<{ fixes: number }>`
    select fixes from track_day where activation_no = ${busy.no} order by fixes desc`.execute(system())
  expect(rows.reduce((sum, r) => sum + r.fixes, 0)).toBe(all.length + 1)
  // Memory: no part is larger than what the codec takes.
  expect(Math.max(...rows.map((r) => r.fixes))).toBeLessThanOrEqual(131_072)

  // Sealed as any other, and proved.
  g.county.pass(86_400_000)
  // Of the next day: whoever sat still for so long is signed out.
  const head = await g.county.signIn('countyHead')
  while ((await sealDays(g.county.house)) > 0);
  expect((await dayOf(busy, day, head)).activations[0]?.root).toMatch(/^[0-9a-f]{64}( [0-9a-f]{64})+$/)
  const answer = await head.call(evidence.export, {
    body: { about: 'episode', id: episode.id, reason: '检察院调取' },
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect(verifyPack(bytes, []).failed).toBeNull()
  const fixes = JSON.parse(Buffer.from(unzipSync(bytes)['fixes.json'] ?? []).toString('utf8')) as PackedFix[]
  // From two hours before he cried.
  expect(fixes.length).toBeGreaterThan(2 * 7_200)
  expect(fixes.filter((f) => f.proof === null || f.sealedBy === null)).toEqual([])
  expect(new Set(fixes.map((f) => f.sealedBy)).size).toBeGreaterThan(1)
})

test('Z9 a day that cannot be folded keeps nobody else waiting: what came to it is set aside, read from there, said by the doctor, and folded once it can be', async () => {
  const { house } = g.county
  const [broken, other] = [await g.wear(), await g.wear()]
  const day = dayAfter(now(), 0)
  const t = Math.floor(now() / second) * second
  await plant(arrived(broken, [fixAt(t)]), arrived(other, [fixAt(t)]))
  await compactAll(house)
  const blobOf = async () =>
    (await system().selectFrom('track_day').select('blob').where('activation_no', '=', broken.no).execute())[0]?.blob
  const whole = await blobOf()
  const damage = (blob: Buffer) =>
    system().updateTable('track_day').set({ blob }).where('activation_no', '=', broken.no).execute()
  const told = async () => (await examine(house, false)).find((f) => f.en.includes('be folded'))
  expect(await told()).toMatchObject({ ok: true })

  const failed = async () => (await counted.failedDays.get()).values[0]?.value ?? 0
  const before = await failed()
  await damage(Buffer.from([0]))
  g.county.pass(60 * second)
  await plant(arrived(broken, [fixAt(t + 60 * second)]), arrived(other, [fixAt(t + 60 * second)]))
  await compactOnce(house)
  await plant(arrived(broken, [fixAt(t + 120 * second)]), arrived(other, [fixAt(t + 120 * second)]))
  await compactAll(house)
  const three = [0, 60, 120].map((s) => t + s * second)
  const other3 = async (who: Worn) => (await dayOf(who, day)).fixes.map((f) => f.ts)
  expect(await other3(other)).toEqual(three)
  expect((await failed()) - before).toBe(2)
  const finding = await told()
  expect(finding).toMatchObject({ ok: false })
  expect(finding?.en).toContain('1 days of a term cannot be folded (2 positions')
  expect(finding?.zh).toContain('2 个定位点')
  const { rows: waiting } = await sql<{ n: number }>`select count(*)::int as n from track_aside`.execute(system())
  expect(waiting[0]?.n).toBe(2)

  // What is set aside is read with the day, each position once, before it is folded and after.
  await damage(whole ?? Buffer.alloc(0))
  expect(await other3(broken)).toEqual(three)
  await plant(arrived(broken, [fixAt(t + 60 * second), fixAt(t + 180 * second)]))
  await compactOnce(house)
  expect(await other3(broken)).toEqual([...three, t + 180 * second])
  expect(await foldAside(house)).toBe(0)
  expect(await other3(broken)).toEqual([...three, t + 180 * second])
  expect(await told()).toMatchObject({ ok: true })
})

test('Z9 a day whose seal cannot be made keeps no other from being sealed', async () => {
  const [broken, other] = [await g.wear(), await g.wear()]
  const t = Math.floor(now() / second) * second
  await plant(arrived(broken, [fixAt(t)]), arrived(other, [fixAt(t)]))
  await compactAll(g.county.house)
  await system()
    .updateTable('track_day')
    .set({ blob: Buffer.from([0]) })
    .where('activation_no', '=', broken.no)
    .execute()
  g.county.pass(86_400_000)
  expect(await sealDays(g.county.house)).toBe(1)
  expect(await sealDays(g.county.house)).toBe(0)
})

test('Z9 a time that no calendar of a database reaches is kept and folded', async () => {
  const worn = await g.wear()
  const day = dayAfter(now(), 0)
  const odd: Fix = { ...fixAt(-(2 ** 49)), fault: FixFault.clockWrong }
  await plant(arrived(worn, [odd]))
  await compactAll(g.county.house)
  expect((await dayOf(worn, day)).fixes).toHaveLength(1)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from track_aside`.execute(system())
  expect(rows[0]?.n).toBe(0)
})

test('Z9 an inbox that cannot be read keeps no other gateway’s from being folded, and the doctor says since when it waits', async () => {
  const { house } = g.county
  const worn = await g.wear()
  const t = Math.floor(now() / second) * second
  // Of two gateways the first in order is damaged.
  await plantIn(6, [arrived(worn, [fixAt(t)])], true)
  await plant(arrived(worn, [fixAt(t + second)]))
  await expect(compactOnce(house)).rejects.toThrow('expected 0x21')
  expect(await system().selectFrom('track_day').select('fixes').where('activation_no', '=', worn.no).execute()).toEqual(
    [{ fixes: 1 }],
  )
  const told = async () =>
    (await examine(house, false)).find((f) => /folded into their days in time|have waited/.test(f.en))
  expect(await told()).toMatchObject({ ok: true })
  g.county.pass(2 * 3_600_000)
  expect(await told()).toMatchObject({ ok: false })
  expect((await told())?.zh).toMatch(/^有定位数据自 2026-09-07 12:\d\d 起未并入轨迹$/)
})
