import { gzipSync } from 'node:zlib'
import { devices } from '@zhijiao/contract/devices'
import { people } from '@zhijiao/contract/people'
import { leaves } from '@zhijiao/contract/permits'
import { positions } from '@zhijiao/contract/positions'
import { lawDesk } from '@zhijiao/contract/settings'
import { fromWgs84 } from '@zhijiao/geo/datum'
import { packDay } from '@zhijiao/geo/track'
import { printTrack } from '@zhijiao/server/commands/track'
import { compactAll, readCells, sealDays } from '@zhijiao/server/positions/index'
import { SIGNATURE_HEADERS, sign } from '@zhijiao/wire/app/signature'
import { login, positionWithOrigin } from '@zhijiao/wire/gt06/device'
import { position } from '@zhijiao/wire/jt808/device'
import { position as watchPosition } from '@zhijiao/wire/watch/device'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { places } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'
import {
  dayAfter,
  type Ground,
  Line,
  seenLive,
  startGround,
  still,
  trackOf,
  until,
  type Worn,
} from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground.county.stop())

const now = () => ground.county.house.chance.now()
const second = (time: number) => Math.floor(time / 1000) * 1000
const from = (worn: Pick<Worn, 'identity'>, serial: number) => ({
  device: worn.identity.padStart(12, '0'),
  is2019: false,
  serial,
})
const today = () => dayAfter(now(), 0)
const dayOf = (worn: Worn, who = ground.clerk) => trackOf(who, worn.person, today())

async function sendOne(worn: Worn, more: { lat?: number; lon?: number; time?: number } = {}): Promise<void> {
  const line = await Line.open(ground.ports().jt808)
  line.send(
    position(from(worn, 1), {
      lat: 24.31,
      lon: 109.41,
      positioned: true,
      speedKmh: 36,
      course: 270,
      altitudeM: 90,
      ...more,
      time: second(more.time ?? now() - 5_000),
    }),
  )
  await until('answered', () => line.answered.length === 1)
  line.end()
}

/** A request of our phone app, signed with the install's secret. */
async function post(
  worn: Worn,
  body: object,
  more: { secret?: string; gzip?: boolean } = {},
): Promise<{ status: number; json: Record<string, unknown> }> {
  const plain = Buffer.from(JSON.stringify(body))
  const travelled = more.gzip ? gzipSync(plain) : plain
  const time = String(now())
  const answer = await fetch(`http://127.0.0.1:${ground.ports().http}/app/fixes`, {
    method: 'POST',
    body: travelled,
    headers: {
      'content-type': 'application/json',
      ...(more.gzip ? { 'content-encoding': 'gzip' } : {}),
      [SIGNATURE_HEADERS.install]: worn.identity,
      [SIGNATURE_HEADERS.time]: time,
      [SIGNATURE_HEADERS.signature]: sign(Buffer.from(more.secret ?? worn.secret), {
        install: worn.identity,
        time,
        body: travelled,
      }),
    },
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}

const appFix = (seq: number, t: number, more: object = {}) => ({
  seq,
  t,
  elapsedRealtime: 1_000_000 + seq * 60_000,
  lat: 24.32,
  lon: 109.42,
  crs: 'WGS84',
  acc: 12,
  vacc: null,
  alt: 88,
  spd: 1.2,
  brg: 45,
  provider: 'fused',
  mock: false,
  sats: null,
  batt: 76,
  charging: false,
  steps: 100,
  activity: 'walking',
  netType: 'mobile',
  airplane: false,
  powerSave: false,
  ...more,
})
const appBatch = (worn: Worn, fixes: object[], events: object[] = []) => ({
  install: worn.identity,
  bootId: 'boot-1',
  wallClockAtSend: now(),
  elapsedRealtimeAtSend: 9_000_000,
  fixes,
  events,
})

test('P8 S2.14 every fix on the map says its radius, its source, its heading and how fresh it is', async () => {
  const worn = await ground.wear({ name: '地图甲' })
  await sendOne(worn)
  await until('shown', async () => (await seenLive(ground.clerk, worn.person)).items.length === 1)
  const { items, asOf } = await seenLive(ground.clerk, worn.person)
  expect(items[0]).toMatchObject({
    name: '地图甲',
    accuracyM: 15,
    source: 'gnss',
    course: 270,
    speedKmh: 36,
    freshness: 'live',
    authenticated: false,
  })
  expect(Date.parse(asOf)).toBeCloseTo(now(), -4)
  const table = await ground.clerk.call(positions.latest, { query: { q: '地图', freshness: 'live', sort: '-ts' } })
  expect(table.total).toBe(1)
  expect((await ground.clerk.call(positions.latest, { query: { q: '地图', freshness: 'lost' } })).total).toBe(0)
})

test('a device that speaks GCJ-02 is stored in WGS-84 and says so', async () => {
  const worn = await ground.wear({ crs: 'GCJ02' })
  const shifted = fromWgs84('GCJ02', 24.31, 109.41)
  expect(Math.abs(shifted.lat - 24.31)).toBeGreaterThan(0.001)
  await sendOne(worn, shifted)
  const { fixes } = await dayOf(worn)
  expect(fixes[0]?.lat).toBeCloseTo(24.31, 5)
  expect(fixes[0]?.lon).toBeCloseTo(109.41, 5)
  expect(fixes[0]?.converted).toBe('GCJ02')
})

test('S0.7 a message with cells only is placed by the imported table', async () => {
  const admin = await ground.county.signIn('systemAdmin')
  const csv = 'mcc,mnc,lac,cell,lat,lon,radius_m\n460,0,9763,3791,24.35,109.45,600\n460,0,9763,bad,1,1,1\n'
  const done = await admin.call(positions.importCells, {
    body: { source: '演示' },
    file: new Blob([csv]),
    fileName: 'cells.csv',
  })
  expect(done).toMatchObject({ imported: 1, before: 0, total: 1, leftOut: 1 })
  expect(done.refused).toMatchObject([{ line: 3, code: 'ZJ_CELLS_NUMBER', field: 'cell' }])
  // A trial of replacing judges the same and changes nothing.
  const tried = await admin.call(positions.importCells, {
    body: { source: '试', mode: 'replace', dryRun: true },
    file: new Blob(['460,1,1,1,24,109,500\n460,1,1,2,24,109,500\n']),
    fileName: 'cells.csv',
  })
  expect(tried).toMatchObject({ imported: 2, before: 1, total: 2, leftOut: 0, refused: [] })
  expect(await admin.call(positions.cells, {})).toMatchObject({ towers: 1, source: '演示' })
  await still(300)
  const worn = await ground.wear({ protocol: 'watch' })
  const line = await Line.open(ground.ports().watch)
  line.send(
    watchPosition({ maker: '3G', device: worn.identity, index: null }, 'UD', {
      lat: 0,
      lon: 0,
      time: second(now() - 10_000),
      valid: false,
      batteryPct: 60,
      cells: [{ mcc: 460, mnc: 0, lac: 9763, cell: 3791, rssi: null }],
    }),
  )
  await until('kept', async () => (await dayOf(worn)).fixes.length === 1)
  const { fixes } = await dayOf(worn)
  expect(fixes[0]).toMatchObject({ source: 'cell', lat: 24.35, lon: 109.45 })
  expect(fixes[0]?.fault).toBeUndefined()
  expect(fixes[0]?.accuracyM).toBeGreaterThanOrEqual(600)
  line.end()
})

test('a table of cell towers that would not fit is refused whole, and says what fits and what to do', async () => {
  const admin = await ground.county.signIn('systemAdmin')
  const { system } = ground.county.house.databases
  const before = await admin.call(positions.cells, {})
  await sql`insert into cell_tower select 460, 3, n / 1000, n, 24, 109, 500 from generate_series(1, ${1_000_000 - before.towers}::int) n`.execute(
    system,
  )
  const bring = (mode: 'add' | 'replace', dryRun: boolean) =>
    admin.call(positions.importCells, {
      body: { source: '新表', mode, dryRun },
      file: new Blob(['460,7,1,1,24,109,500\n460,7,1,2,24,109,500\n']),
      fileName: 'cells.csv',
    })
  for (const dryRun of [true, false]) {
    const { code, zh, en } = await refusedWith(bring('add', dryRun))
    expect(code).toBe('ZJ_CELLS_FULL')
    expect(zh).toContain('上限 1000000 个（2 个放不下）')
    expect(en).toContain('choose "replace"')
  }
  // What is known stays as it was, to the last tower.
  expect((await admin.call(positions.cells, {})).towers).toBe(1_000_000)
  expect((await readCells(ground.county.house)).size).toBe(1_000_000)
  await sql`delete from cell_tower where mnc = 3 and lac > 0`.execute(system)
  expect(await bring('replace', true)).toMatchObject({ imported: 2, total: 2 })
})

test('GT06 and OsmAnd, OwnTracks over HTTP reach the same track', async () => {
  const band = await ground.wear({ protocol: 'gt06' })
  const line = await Line.open(ground.ports().gt06)
  line.send(login(band.identity, 1))
  line.send(
    positionWithOrigin({ lat: 24.3, lon: 109.4, time: second(now() - 20_000), valid: true, satellites: 9 }, false, 2),
  )
  await until('kept', async () => (await dayOf(band)).fixes.length === 1)
  line.end()
  const base = `http://127.0.0.1:${ground.ports().http}`
  const osmand = await ground.wear({ kind: 'phone', protocol: 'osmand' })
  const answer = await fetch(
    `${base}/osmand?id=${osmand.identity}&lat=24.33&lon=109.43&timestamp=${Math.floor(now() / 1000) - 5}&accuracy=9&key=${osmand.secret}`,
  )
  expect(answer.status).toBe(200)
  expect((await dayOf(osmand)).fixes[0]).toMatchObject({ lat: 24.33, accuracyM: 9, authenticated: true })
  const own = await ground.wear({ kind: 'phone', protocol: 'owntracks' })
  const told = await fetch(`${base}/owntracks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      _type: 'location',
      topic: `owntracks/a/${own.identity}`,
      tid: 'x1',
      lat: 24.34,
      lon: 109.44,
      tst: Math.floor(now() / 1000) - 5,
      acc: 20,
      batt: 50,
    }),
  })
  expect([told.status, await told.text()]).toEqual([200, '[]'])
})

test('the app contract: signed, acknowledged up to the last number without a hole, sampled at its ceiling', async () => {
  const worn = await ground.wear({ kind: 'phone', protocol: 'app' })
  const start = now() - 2 * 3_600_000
  expect((await post(worn, appBatch(worn, [appFix(1, start)]), { secret: 'wrong' })).status).toBe(401)
  expect((await post({ ...worn, identity: 'nobody' }, appBatch({ ...worn, identity: 'nobody' }, []))).status).toBe(404)
  expect((await post(worn, { install: worn.identity })).json).toMatchObject({ code: 'ZJ_APP_BODY', problem: 'missing' })

  const first = await post(
    worn,
    appBatch(worn, [appFix(1, start), appFix(2, start + 600_000), appFix(4, start + 4_000_000)]),
    { gzip: true },
  )
  expect(first.json).toMatchObject({ ack: 2, intervalS: 3600 })
  const second = await post(worn, appBatch(worn, [appFix(3, start + 660_000)]))
  expect(second.json.ack).toBe(4)
  const { fixes } = await dayOf(worn)
  // One an hour is kept, the surplus counted and the phone told to slow down.
  expect(fixes.map((f) => f.seq)).toEqual([1, 4])
  expect(fixes.every((f) => f.authenticated)).toBe(true)
  await until('surplus counted', async () => {
    const { items } = await ground.clerk.call(positions.refusals, { query: { device: worn.device } })
    return items.some((r) => r.reason === 'overCeiling' && r.count === 2)
  })
  await until('told to slow down', async () => {
    const { items } = await ground.clerk.call(devices.commands, { params: { id: worn.device }, query: {} })
    return items.some((c) => c.command.kind === 'interval' && c.command.seconds === 3600)
  })
  // A position that was asked for may come beyond the ceiling.
  await ground.officer.call(devices.command, {
    params: { id: worn.device },
    body: { command: { kind: 'locate' }, why: '抽查' },
  })
  const asked = await post(worn, appBatch(worn, []))
  expect((asked.json.commands as { kind: string }[]).map((c) => c.kind)).toContain('locate')
  await post(worn, appBatch(worn, [appFix(5, now() - 1_000)]))
  await post(worn, appBatch(worn, [appFix(6, now())]))
  expect((await dayOf(worn)).fixes.map((f) => f.seq)).toEqual([1, 4, 5])
})

test('a hole that the phone can no longer fill holds the acknowledgement for three days, not for ever', async () => {
  const worn = await ground.wear({ kind: 'wristband', protocol: 'app' })
  const t = now() - 30 * 60_000
  const send = async (...numbers: number[]) =>
    (
      await post(
        worn,
        appBatch(
          worn,
          numbers.map((seq) => appFix(seq, t + seq * 60_000)),
        ),
      )
    ).json.ack
  expect(await send(1, 2, 5, 6, 9)).toBe(2)
  expect(await send(5, 6, 9)).toBe(2)
  await sql`update app_sequence set stalled_since = stalled_since - interval '73 hours' where device_id = ${worn.device}`.execute(
    ground.county.house.databases.system,
  )
  expect(await send(5)).toBe(6)
  // The next hole waits its own three days.
  expect(await send(10)).toBe(6)
  expect(await send(7, 8)).toBe(10)
})

test('what came beyond a hole was not deleted, and a number that comes late fills it', async () => {
  const worn = await ground.wear({ kind: 'wristband', protocol: 'app' })
  const t = now() - 40 * 60_000
  const send = async (...numbers: number[]) =>
    (
      await post(
        worn,
        appBatch(
          worn,
          numbers.map((seq) => appFix(seq, t + seq * 60_000, { elapsedRealtime: 1_000_000 + seq * 60_000 })),
          [{ seq: 21, t: t + 21 * 60_000, kind: 'locationOn' }].filter(() => numbers.includes(20)),
        ),
      )
    ).json.ack
  const holes = async () => {
    const { rows } = await sql<{ holes: { kind: string; firstSeq?: number; lastSeq?: number }[] }>`
      select holes from app_sequence where device_id = ${worn.device}`.execute(ground.county.house.databases.system)
    return (rows[0]?.holes ?? []).map(({ kind, firstSeq, lastSeq }) => [kind, firstSeq, lastSeq])
  }
  const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)
  expect(await send(...upTo(1, 10), ...upTo(12, 15))).toBe(10)
  expect(await holes()).toEqual([['deleted', 11, 11]])
  // 16 to 20 and the event 21: 12 to 15 are there, whatever the acknowledgement says.
  expect(await send(...upTo(16, 20))).toBe(10)
  expect(await holes()).toEqual([['deleted', 11, 11]])
  expect(await send(11)).toBe(21)
  expect(await holes()).toEqual([])
  // Sent once more because the answer was lost, and then the next: nothing is missing and nobody was silent.
  expect(await send(...upTo(14, 20))).toBe(21)
  expect(await send(22, 25)).toBe(22)
  expect(await holes()).toEqual([['deleted', 23, 24]])
})

test('what a phone does not know is unknown, and one bad entry neither costs its neighbours nor comes again', async () => {
  const worn = await ground.wear({ kind: 'wristband', protocol: 'app' })
  const t = now() - 20 * 60_000
  const elapsed = (i: number) => ({ elapsedRealtime: 9_000_000 - 20 * 60_000 + i * 60_000 })
  const told = await post(
    worn,
    appBatch(
      worn,
      [
        appFix(1, t + 0.25, { ...elapsed(0), spd: -1, brg: -1, batt: -1, vacc: -1 }),
        appFix(2, t + 60_000, { ...elapsed(1), lat: 'north' }),
        appFix(3, t + 120_000, { ...elapsed(2), acc: -1 }),
        appFix(5, t + 180_000, { ...elapsed(3), activity: 'swimming' }),
        { ...appFix(6, t + 240_000, elapsed(4)), seq: 'six' },
      ],
      [{ seq: 4, t, kind: 'danced' }],
    ),
  )
  // Answered as received up to the last: there is nothing that the phone would send again.
  expect(told).toMatchObject({
    status: 200,
    json: {
      ack: 5,
      refused: [
        { at: 'fixes[1].lat', problem: 'wrongType', seq: 2 },
        { at: 'fixes[4].seq', problem: 'wrongType', seq: null },
        { at: 'events[0].kind', problem: 'unknownValue', seq: 4 },
      ],
      ignored: [{ at: 'fixes[3].activity', problem: 'unknownValue' }],
    },
  })
  const { fixes } = await dayOf(worn)
  expect(fixes.map((f) => [f.seq, f.fault?.code])).toEqual([
    [1, undefined],
    [3, 'notFixed'],
    [5, undefined],
  ])
  expect(fixes[0]).not.toHaveProperty('speedKmh')
  expect(fixes[0]).not.toHaveProperty('course')
  expect(fixes[0]).not.toHaveProperty('altitudeM')
  await until('counted by cause', async () => {
    const { items } = await ground.clerk.call(positions.refusals, { query: { device: worn.device } })
    return items.some((r) => r.reason === 'malformed' && r.count === 3 && r.says.zh.includes('无法识别'))
  })
  // Nobody is said to have deleted what came and could not be read.
  const { rows } = await sql<{ holes: { kind: string }[] }>`
    select holes from app_sequence where device_id = ${worn.device}`.execute(ground.county.house.databases.system)
  expect(rows[0]?.holes.filter((h) => h.kind === 'deleted')).toEqual([])
})

test('a phone of another maker that sends what cannot be read is answered as received and counted', async () => {
  const base = `http://127.0.0.1:${ground.ports().http}`
  const osmand = await ground.wear({ kind: 'phone', protocol: 'osmand' })
  const seconds = Math.floor(now() / 1000) - 5
  const get = (query: string) => fetch(`${base}/osmand?${query}`)
  expect((await get(`id=${osmand.identity}&lat=north&lon=109.43&timestamp=${seconds}`)).status).toBe(200)
  expect((await get(`lat=24.33&lon=109.43&timestamp=${seconds}`)).status).toBe(400)
  const listed = await fetch(`${base}/osmand`, {
    method: 'POST',
    body: JSON.stringify({
      device_id: osmand.identity,
      location: [
        { timestamp: 'never', coords: { latitude: 24.3, longitude: 109.4 } },
        {
          timestamp: seconds * 1000,
          coords: { latitude: 24.33, longitude: 109.43, accuracy: 9, speed: -1, heading: -1 },
        },
      ],
    }),
  })
  expect(listed.status).toBe(200)
  const own = await ground.wear({ kind: 'phone', protocol: 'owntracks' })
  const location = { _type: 'location', topic: `owntracks/${own.identity}`, lat: 24.34, lon: 109.44, vel: -1, cog: -1 }
  const said = await fetch(`${base}/owntracks`, {
    method: 'POST',
    body: JSON.stringify([{ ...location }, { ...location, tst: seconds, acc: 20, alt: 90, vac: -1 }]),
  })
  expect(said.status).toBe(200)
  for (const worn of [osmand, own]) {
    const { fixes } = await dayOf(worn)
    expect(fixes).toHaveLength(1)
    for (const name of ['speedKmh', 'course', 'altitudeM']) expect(fixes[0]).not.toHaveProperty(name)
    const count = worn === osmand ? 2 : 1
    await until('counted', async () => {
      const { items } = await ground.clerk.call(positions.refusals, { query: { device: worn.device } })
      return items.some((r) => r.reason === 'malformed' && r.count === count)
    })
  }
})

test('P35 what is an hour old on arrival is shown as sent later, moves nothing and raises no alarm, whoever sent it', async () => {
  const base = `http://127.0.0.1:${ground.ports().http}`
  const osmand = await ground.wear({ kind: 'wristband', protocol: 'osmand' })
  const own = await ground.wear({ kind: 'wristband', protocol: 'owntracks' })
  const app = await ground.wear({ kind: 'wristband', protocol: 'app' })
  // A thousand kilometres away: believed and live, it would be an alarm.
  const [lat, lon] = [31.2, 121.4]
  const old = (i: number) => Math.floor(now() / 1000) - 64 * 60 + i * 60
  for (const i of [0, 1, 2, 3]) {
    await fetch(`${base}/osmand?id=${osmand.identity}&lat=${lat}&lon=${lon}&timestamp=${old(i)}&accuracy=9`)
    await fetch(`${base}/owntracks`, {
      method: 'POST',
      // Written down as it was taken, so that only its age on arrival shows that it waited.
      body: JSON.stringify({
        _type: 'location',
        topic: `owntracks/${own.identity}`,
        lat,
        lon,
        tst: old(i),
        created_at: old(i),
        acc: 9,
      }),
    })
  }
  // A clock that stands still while the phone sleeps says that nothing waited.
  await post(
    app,
    appBatch(
      app,
      [0, 1, 2, 3].map((i) => appFix(i + 1, old(i) * 1000, { lat, lon, elapsedRealtime: 9_000_000 })),
    ),
  )
  for (const worn of [osmand, own, app]) {
    const track = await dayOf(worn)
    expect(track.fixes.map((f) => [f.blind, f.fault])).toEqual(Array.from({ length: 4 }, () => [true, undefined]))
    expect(track.gaps.some((g) => g.blindLater)).toBe(true)
    expect((await seenLive(ground.officer, worn.person)).items).toEqual([])
    const { rows } = await sql<{ kind: string }>`
      select kind from episode where person_id = ${worn.person} and kind not like '%Contact%'`.execute(
      ground.county.house.databases.system,
    )
    expect(rows).toEqual([])
  }
})

test('P35 a clock an hour ahead makes nothing late that comes after it, in the inbox and compacted', async () => {
  const worn = await ground.wear()
  await sendOne(worn)
  await sendOne(worn, { lat: 24.3101, time: now() + 3_600_000 })
  for (const lat of [24.3102, 24.3103]) {
    ground.county.pass(60_000)
    await sendOne(worn, { lat })
  }
  const shows = async () => {
    const { fixes } = await dayOf(worn)
    expect(fixes.map((f) => [f.fault?.code ?? null, f.late === true])).toEqual(
      expect.arrayContaining([['fromTheFuture', false]]),
    )
    expect(fixes).toHaveLength(4)
    expect(fixes.filter((f) => f.late)).toEqual([])
  }
  await shows()
  await compactAll(ground.county.house)
  await shows()
  // What really comes late says so still.
  await sendOne(worn, { lat: 24.3104, time: now() - 90_000 })
  await compactAll(ground.county.house)
  const { fixes } = await dayOf(worn)
  expect(fixes.filter((f) => f.late)).toHaveLength(1)
})

test('S3.6 a day’s track holds across compaction and sealing, and late data seals it anew', async () => {
  const worn = await ground.wear()
  // Yesterday, inside the term.
  await sql`update activation set starts_at = starts_at - interval '2 days' where id = ${worn.activation}`.execute(
    ground.county.house.databases.system,
  )
  await sql`select pg_notify('zj_devices', ${worn.device})`.execute(ground.county.house.databases.system)
  await still(100)
  const yesterday = dayAfter(now(), -1)
  const noon = Date.parse(`${yesterday}T12:00:00+08:00`)
  const line = await Line.open(ground.ports().jt808)
  const { batch } = await import('@zhijiao/wire/jt808/device')
  const point = (i: number) => ({ lat: 24.3 + i * 1e-4, lon: 109.4, time: noon + i * 60_000, positioned: true })
  for (const frame of batch(from(worn, 1), [0, 1, 2].map(point), true)) line.send(frame)
  await until('answered', () => line.answered.length === 1)
  const read = () => trackOf(ground.clerk, worn.person, yesterday)
  const before = await read()
  await compactAll(ground.county.house)
  const after = await read()
  expect(after.fixes).toEqual(before.fixes)
  expect(after.activations[0]?.root).toBeNull()
  await sealDays(ground.county.house)
  const root = (await read()).activations[0]?.root
  expect(root).toMatch(/^[0-9a-f]{64}$/)

  for (const frame of batch(from(worn, 5), [2, 3].map(point), true)) line.send(frame)
  await until('answered', () => line.answered.length === 2)
  expect((await read()).fixes).toHaveLength(4)
  await compactAll(ground.county.house)
  await sealDays(ground.county.house)
  const again = await read()
  expect(again.fixes).toHaveLength(4)
  const { rows } = await sql<{ payload: { root: string; supersedes: string | null; fixes: number } }>`
    select p.payload from ledger_entry e join ledger_payload p on p.entry_id = e.id where e.kind = 'track.sealed' and e.person_id = ${worn.person} order by e.recorded_at`.execute(
    ground.county.house.databases.system,
  )
  expect(rows.map((r) => r.payload.fixes)).toEqual([3, 4])
  expect(rows[1]?.payload).toMatchObject({ supersedes: root, root: again.activations[0]?.root })
  const days = await ground.clerk.call(positions.days, { params: { personId: worn.person }, query: {} })
  expect(days.items.find((d) => d.day === yesterday)).toEqual({ day: yesterday, fixes: 4, sealed: true })
  line.end()
})

test('a track is seen by those who may and by nobody else', async () => {
  const worn = await ground.wear()
  await sendOne(worn)
  await compactAll(ground.county.house)
  await sendOne(worn, { time: now() - 1_000, lat: 24.3101 })
  expect((await dayOf(worn, ground.officer)).fixes).toHaveLength(2)

  const ask = (who: Ground['clerk'], reason?: string) => trackOf(who, worn.person, today(), reason)
  const elsewhere = await ground.county.signIn('county', { of: places.otherCounty })
  const another = await ground.county.signIn('officer')
  const worker = await ground.county.signIn('socialWorker')
  const system = await ground.county.signIn('systemAdmin')
  const city = await ground.county.signIn('city')
  expect(await codeOf(ask(elsewhere))).toBe('ZJ_NOT_FOUND')
  expect(await codeOf(ask(another))).toBe('ZJ_NOT_FOUND')
  expect(await codeOf(ask(worker))).toBe('ZJ_NOT_ALLOWED')
  expect(await codeOf(ask(system))).toBe('ZJ_NOT_ALLOWED')
  for (const who of [elsewhere, another])
    expect((await seenLive(who)).items.filter((i) => i.personId === worn.person)).toEqual([])

  // A superior states why; the look stands in the person's ledger and ends at once.
  expect(await codeOf(ask(city))).toBe('ZJ_REASON_MISSING')
  expect((await ask(city, '督察脱管情况')).fixes).toHaveLength(2)
  expect(await codeOf(city.call(people.looked, { params: { personId: worn.person } }))).toBe('ZJ_NOT_FOUND')
  expect(await codeOf(city.call(positions.days, { params: { personId: worn.person }, query: {} }))).toBe('ZJ_NOT_FOUND')
  const { rows: looks } = await sql<{
    kind: string
  }>`select kind from ledger_entry where person_id = ${worn.person} and kind = 'track.lookedAt'`.execute(
    ground.county.house.databases.system,
  )
  expect(looks).toHaveLength(1)
  const { rows: audits } = await sql<{ phase: string; reason: string | null; rows: number | null }>`
    select phase, reason, rows from audit where promise = 'positions.day' and person_id = ${worn.person} and staff_id = ${city.id} and outcome is distinct from 'ZJ_REASON_MISSING' order by at, id`.execute(
    ground.county.house.databases.system,
  )
  expect(audits.at(-1)).toMatchObject({ phase: 'result', reason: '督察脱管情况', rows: 2 })
  expect(audits.at(-2)).toMatchObject({ phase: 'attempt', reason: '督察脱管情况' })

  // Past the screens: the door itself gives nothing, and the tables are shut.
  await expect(
    ground.county.house.databases.api.transaction().execute(async (db) => {
      await sql`select set_config('zj.staff', ${elsewhere.id}, true), set_config('zj.scope', ${places.otherCounty}, true), set_config('zj.unit', ${places.otherCounty}, true), set_config('zj.reach', 'unit', true), set_config('zj.classes', 'tracks', true)`.execute(
        db,
      )
      return (await sql`select * from zj_track(${worn.person}::uuid, ${today()}::date, 'curious')`.execute(db)).rows
        .length
    }),
  ).resolves.toBe(0)
  await expect(sql`select * from track_day`.execute(ground.county.house.databases.api)).rejects.toThrow(
    /permission denied/,
  )
  await expect(sql`select * from position_inbox`.execute(ground.county.house.databases.api)).rejects.toThrow(
    /permission denied/,
  )

  // The person moves: the new county sees everything, the former nothing.
  await sql`update person set org_code = ${places.officeElsewhere}, officer_id = null where id = ${worn.person}`.execute(
    ground.county.house.databases.system,
  )
  expect(await codeOf(ask(ground.clerk))).toBe('ZJ_NOT_FOUND')
  expect(await codeOf(ask(ground.officer))).toBe('ZJ_NOT_FOUND')
  expect((await ask(elsewhere)).fixes).toHaveLength(2)
})

test('the track command prints rows through an account’s eyes, audited before and after', async () => {
  const worn = await ground.wear()
  await sendOne(worn)
  const rows = await printTrack(ground.county.house, {
    person: worn.person,
    day: today(),
    account: ground.clerk.login,
    reason: '核对报警',
  })
  expect(rows).toHaveLength(2)
  expect(rows[1]).toMatch(/24\.3100000\t109\.4100000\t15\tgnss\t36\t270/)
  const elsewhere = await ground.county.signIn('county', { of: places.otherCounty })
  await expect(
    printTrack(ground.county.house, {
      person: worn.person,
      day: today(),
      account: elsewhere.login,
      reason: '核对报警',
    }),
  ).rejects.toThrow('ZJ_NOT_FOUND')
  const { rows: lines } = await sql<{
    phase: string
    outcome: string | null
  }>`select phase, outcome from audit where staff_id = ${elsewhere.id} and promise = 'positions.day' order by at, id`.execute(
    ground.county.house.databases.system,
  )
  expect(lines).toEqual([
    { phase: 'attempt', outcome: null },
    { phase: 'result', outcome: 'ZJ_NOT_FOUND' },
  ])
})

test('old terms and tracks come in by file, marked imported everywhere', async () => {
  const person = await plantPerson(ground.county.house, { officer: ground.officer.id, name: '旧案' })
  const stranger = await plantPerson(ground.county.house, { org: places.officeElsewhere })
  const day = dayAfter(now(), -20)
  const start = Date.parse(`${day}T08:00:00+08:00`)
  const fix = (i: number) => ({
    ts: start + i * 3_600_000,
    receivedAt: start + i * 3_600_000 + 5_000,
    lat: 24.33,
    lon: 109.42,
    accuracyM: 30,
    source: 'fused' as const,
    speedKmh: null,
    course: null,
    altitudeM: null,
    satellites: null,
    batteryPct: 60,
    steps: null,
    seq: null,
    flags: 0,
    fault: 0 as const,
  })
  const packed = Buffer.from(
    packDay({ activationNo: 1, salt: Buffer.alloc(16, 7), fixes: [0, 1, 2, 3].map(fix) }),
  ).toString('base64')
  const term = (ref: string, who: string, identity: string) => ({
    activation: {
      ref,
      person: who,
      device: { protocol: 'app', identity, kind: 'phone' },
      regime: 'check',
      ground: 'informationCheck',
      approver: '旧系统',
      startsAt: new Date(start - 86_400_000).toISOString(),
      lastDay: dayAfter(now(), 30),
      intervalS: 3600,
    },
  })
  const lines = [
    term('a', person, 'old-1'),
    term('b', stranger, 'old-2'),
    { track: { term: 'a', packed } },
    {
      track: {
        term: 'a',
        fixes: [
          [start + 86_400_000, 24.34, 109.43, 25, 'wifi', null, null, 55],
          [0, 1, 1],
        ],
      },
    },
    { track: { term: 'b', packed } },
  ]
  const file = gzipSync(`${lines.map((l) => JSON.stringify(l)).join('\n')}\nnot json\n`)
  const done = await ground.clerk.call(positions.importTracks, {
    body: { source: '旧平台' },
    file: new Blob([file]),
    fileName: 'old.jsonl.gz',
  })
  expect(done).toMatchObject({ activations: 1, days: 2, fixes: 5 })
  expect(done.refused.map((r) => r.line).sort()).toEqual([2, 4, 5, 6])
  const shown = await trackOf(ground.clerk, person, day)
  expect(shown.fixes).toHaveLength(4)
  expect(shown.fixes.every((f) => f.imported)).toBe(true)
  expect((await seenLive(ground.clerk, person)).items[0]).toMatchObject({
    lat: 24.34,
    freshness: 'lost',
  })
  await sealDays(ground.county.house)
  const { rows } = await sql<{
    kind: string
    imported: boolean
    apart: boolean
  }>`select kind, imported, occurred_at < recorded_at as apart from ledger_entry where person_id = ${person} order by recorded_at`.execute(
    ground.county.house.databases.system,
  )
  expect(rows.map((r) => [r.kind, r.imported, r.apart])).toEqual([
    ['activation.imported', true, true],
    ['track.sealed', true, true],
    ['track.sealed', true, true],
  ])
  expect(
    await codeOf(
      ground.officer.call(positions.importTracks, { body: { source: 'x' }, file: new Blob(['{}']), fileName: 'x' }),
    ),
  ).toBe('ZJ_NOT_ALLOWED')
})

test('positioning.md §3 leave by rail lets a train be followed; who has none is held until he has said the same for long', async () => {
  const [here, there] = [await ground.wear(), await ground.wear()]
  const head = await ground.county.signIn('officeHead')
  const leave = await ground.officer.call(leaves.ask, {
    body: {
      person: here.person,
      from: today(),
      until: today(),
      destination: { text: '南宁', area: '450103' },
      travelBy: ['04'],
      reason: '01',
      reasonText: '复查',
    },
  })
  await head.call(leaves.decide, {
    params: { id: leave.id },
    body: { verdict: 'approved', note: '同意', unproven: '原件在卷', revision: leave.revision },
  })
  ground.county.pass(11_000)
  await still(1_400)
  // 5 km in a minute: 85 m/s, an express train.
  const faults = async (worn: Worn) => {
    const line = await Line.open(ground.ports().jt808)
    for (let i = 0; i < 3; i++) {
      if (i > 0) ground.county.pass(60_000)
      line.send(
        position(from(worn, i + 1), {
          ...{ lat: 24.31, lon: 109.4 + i * 0.05, positioned: true, speedKmh: 90, course: 90, altitudeM: 90 },
          time: second(now()),
        }),
      )
      await until('answered', () => line.answered.length === i + 1)
    }
    line.end()
    const day = await dayOf(worn)
    return day.fixes.map((f) => f.fault === undefined)
  }
  expect(await faults(here)).toEqual([true, true, true])
  expect(await faults(there)).toEqual([true, false, false])
})

test('positioning.md §3 each province sets its own gates: published, they hold without a restart, and every verdict names its version', async () => {
  const [here, there] = [await ground.wear(), await ground.wear()]
  // The second is another county's, where nothing is published.
  await sql`update activation set org_code = ${places.officeElsewhere} where id = ${there.activation}`.execute(
    ground.county.house.databases.system,
  )
  await sql`select pg_notify('zj_devices', ${there.device})`.execute(ground.county.house.databases.system)
  const security = await ground.county.signIn('securityAdmin')
  const onDay = today()
  const draft = (values: Record<string, number>) =>
    ground.clerk.call(lawDesk.draft, { body: { from: onDay, source: '示例县司法局文件', values, confirms: [] } })
  expect(await codeOf(draft({ 'POS-34': 2 }))).toBe('ZJ_LAW_DRAFT_BOUNDS')
  const { id } = await draft({ 'POS-31': 120 })
  await security.call(lawDesk.publish, { params: { id } })
  ground.county.pass(11_000)
  await still(1_400)

  const lines = await Promise.all(
    [here, there].map(async (worn) => ({ worn, line: await Line.open(ground.ports().jt808) })),
  )
  let serial = 0
  /** Both at once, so that their verdicts come to lie in one flush. */
  const send = async (lon: number) => {
    serial++
    const time = second(now())
    const asked = lines.map(({ worn, line }) => {
      const before = line.answered.length
      line.send(
        position(from(worn, serial), {
          lat: 24.31,
          lon,
          positioned: true,
          speedKmh: 90,
          course: 90,
          altitudeM: 90,
          time,
        }),
      )
      return () => line.answered.length > before
    })
    await until('answered', () => asked.every((done) => done()))
  }
  await send(109.4)
  // 5 km in a minute: 85 m/s, an express train.
  let lon = 109.4
  let mixed = 0
  for (let i = 0; i < 12 && (i < 2 || mixed === 0); i++) {
    ground.county.pass(60_000)
    lon += 0.05
    await send(lon)
    const { rows } = await sql<{ n: number }>`select count(*) as n from position_inbox where ruled is not null`.execute(
      ground.county.house.databases.system,
    )
    mixed = Number(rows[0]?.n ?? 0)
  }
  for (const { line } of lines) line.end()
  expect(mixed).toBeGreaterThan(0)
  await compactAll(ground.county.house)
  const versions = async (worn: Worn) => {
    const { rows } = await sql<{ rules: string }>`select rules from track_day where activation_no = ${worn.no}`.execute(
      ground.county.house.databases.system,
    )
    return rows.map((r) => r.rules)
  }
  const [mine] = await versions(here)
  expect(mine).toContain(`+${id}`)
  expect(await versions(there)).toEqual([expect.not.stringContaining(id)])
  // Judged by the wider gate he was followed all along; by what ships the first leaps were held.
  const faults = async (worn: Worn) => (await trackOf(ground.clerk, worn.person, today())).fixes.map((f) => f.fault)
  expect((await faults(here)).filter((f) => f !== undefined)).toEqual([])
  const held = (await faults(there)).find((f) => f !== undefined)
  expect(held?.rules).toMatch(/^geo-\d+\+law-/)
  expect(held?.rules).not.toContain(id)
})
