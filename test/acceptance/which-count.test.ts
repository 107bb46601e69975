import { alarms } from '@zhijiao/contract/alarms'
import { outages } from '@zhijiao/contract/outages'
import { positions } from '@zhijiao/contract/positions'
import { compactAll } from '@zhijiao/server/positions/index'
import { SIGNATURE_HEADERS, sign } from '@zhijiao/wire/app/signature'
import { authenticate, position } from '@zhijiao/wire/jt808/device'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

/** Which positions count as a place of the person, live and in his day. */
let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground?.county.stop())

const minute = 60_000
const now = () => Math.floor(ground.county.house.chance.now() / 1000) * 1000
/** Nobody is signed out for sitting still while the clock is moved. */
const pass = async (ms: number) => {
  ground.county.pass(ms)
  const all = [ground.clerk, ground.head, ground.officer]
  await Promise.all(all.map((who) => who.call(outages.list, { query: {} })))
}
const dayOf = (worn: Worn) => trackOf(ground.clerk, worn.person, dayAfter(now(), 0))
/** By whichever of its names: which it is depends on whether the link spoke just then. */
const silenceOf = async (worn: Worn) =>
  (await ground.officer.call(alarms.list, { query: { person: worn.person } })).items.filter(
    (a) => a.kind === 'noPosition' || a.kind === 'lostContact',
  )

/** One position of the phone app, taken now. */
const app = async (worn: Worn, seq: number, more: { mock?: boolean } = {}): Promise<number> => {
  const t = now()
  const fix = { seq, t, elapsedRealtime: 9_000_000, lat: 24.3, lon: 109.4, crs: 'WGS84', acc: 12, provider: 'gps' }
  const frame = { install: worn.identity, bootId: 'b', wallClockAtSend: t, elapsedRealtimeAtSend: 9_000_000 }
  const body = Buffer.from(JSON.stringify({ ...frame, fixes: [{ ...fix, mock: false, ...more }], events: [] }))
  const time = String(t)
  const answer = await fetch(`http://127.0.0.1:${ground.ports().http}/app/fixes`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      [SIGNATURE_HEADERS.install]: worn.identity,
      [SIGNATURE_HEADERS.time]: time,
      [SIGNATURE_HEADERS.signature]: sign(Buffer.from(worn.secret), { install: worn.identity, time, body }),
    },
  })
  expect(answer.status).toBe(200)
  await still(150)
  return t
}

/** A band on a socket: waits for each answer. */
const band = async (worn: Worn) => {
  const line = await Line.open(ground.ports().jt808)
  let serial = 0
  const sent = async (frame: Uint8Array | null) => {
    line.send(frame ?? new Uint8Array(0))
    await until('answered', () => line.answered.length === serial)
    await still(120)
  }
  const from = () => ({ device: worn.identity.padStart(12, '0'), is2019: false, serial: ++serial })
  return {
    line,
    prove: () => sent(authenticate(from(), worn.secret)),
    say: (time: number) => sent(position(from(), { lat: 24.3, lon: 109.4, time, positioned: true })),
  }
}

test('S2.25 a simulated position fills no gap of the day, as it ends no silence; the gap says that such came', async () => {
  const worn = await ground.wear({ protocol: 'app' })
  const silentFrom = await app(worn, 1)
  for (let seq = 2; seq < 12; seq++) {
    await pass(10 * minute)
    await app(worn, seq, { mock: true })
  }
  // The engine says of the same stretch what the day says of it.
  await until('told', async () => (await silenceOf(worn)).length === 1)
  expect(Date.parse((await silenceOf(worn))[0]?.beganAt ?? '')).toBe(silentFrom)
  // And its map draws them hollow, on no way.
  const { fixes } = await ground.officer.call(alarms.map, { params: { id: (await silenceOf(worn))[0]?.id ?? '' } })
  expect(fixes.map((f) => f.fault)).toEqual([null, ...Array(10).fill('simulated')])
  await pass(10 * minute)
  const heardAt = await app(worn, 12)
  const track = await dayOf(worn)
  expect(track.fixes.filter((f) => f.mock)).toHaveLength(10)
  const silent = track.gaps.filter((gap) => Date.parse(gap.from) >= silentFrom)
  expect(silent).toEqual([
    {
      from: new Date(silentFrom).toISOString(),
      until: new Date(heardAt).toISOString(),
      blindLater: false,
      simulated: true,
    },
  ])
})

test('S2.25 the newest position is said to be simulated where it is, and no restart takes it for a place of the person', async () => {
  // A name of its own, however often this runs in one county.
  const name = `模拟${crypto.randomUUID().slice(0, 8)}`
  const worn = await ground.wear({ protocol: 'app', name })
  const believed = await app(worn, 1)
  const shown = async () => (await seenLive(ground.officer, worn.person)).items
  const listed = async () => (await ground.officer.call(positions.latest, { query: { q: name } })).items
  await until('shown', async () => (await shown())[0]?.ts === believed)
  expect((await shown())[0]).not.toHaveProperty('mock')
  expect((await listed())[0]).not.toHaveProperty('mock')
  await pass(10 * minute)
  await app(worn, 2, { mock: true })
  await pass(10 * minute)
  const simulated = await app(worn, 3, { mock: true })
  await until('shown', async () => (await shown())[0]?.ts === simulated)
  expect(await shown()).toMatchObject([{ ts: simulated, mock: true }])
  expect(await listed()).toMatchObject([{ ts: simulated, mock: true }])
  // The silence counts from the last believed place, over a restart as without one.
  await ground.county.restart()
  for (let i = 0; i < 3; i++) await pass(10 * minute)
  await until('told', async () => (await silenceOf(worn)).length === 1)
  expect(Date.parse((await silenceOf(worn))[0]?.beganAt ?? '')).toBe(believed)
  await app(worn, 4)
  await until('shown', async () => !(await shown())[0]?.mock)
})

test('what the device says itself counts, though somebody who only knows its number said the same before', async () => {
  const worn = await ground.wear()
  const own = await band(worn)
  await own.prove()
  const first = now()
  await own.say(first)
  own.line.end()
  for (let i = 0; i < 4; i++) await pass(10 * minute)
  const thief = await band(worn)
  const told = now()
  await thief.say(told)
  thief.line.end()
  expect((await dayOf(worn)).fixes.map((f) => [f.ts, f.doubted])).toEqual([
    [first, undefined],
    [told, true],
  ])
  // The very same place and second, on the line that shows the secret: from its own store, or by chance.
  const again = await band(worn)
  await again.prove()
  await again.say(told)
  await again.say(told)
  const stands = async () => {
    const track = await dayOf(worn)
    expect(track.fixes.map((f) => [f.ts, f.doubted, f.late])).toEqual([
      [first, undefined, undefined],
      [told, true, undefined],
      [told, undefined, undefined],
    ])
    expect(track.gaps.filter((gap) => Date.parse(gap.from) >= first)).toMatchObject([
      { from: new Date(first).toISOString(), until: new Date(told).toISOString() },
    ])
  }
  await stands()
  // It was judged, moved the place of the person, and ended his silence.
  expect((await seenLive(ground.officer, worn.person)).items).toMatchObject([{ ts: told }])
  await compactAll(ground.county.house)
  await stands()
  // The thief again, after the fact: marked, and counting for nothing.
  again.line.end()
  const once = await band(worn)
  await once.say(told)
  once.line.end()
  await stands()
})
