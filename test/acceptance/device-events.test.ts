import { alarms } from '@zhijiao/contract/alarms'
import { devices } from '@zhijiao/contract/devices'
import { outages } from '@zhijiao/contract/outages'
import { SIGNATURE_HEADERS, sign } from '@zhijiao/wire/app/signature'
import { authenticate, locationBody, position, register, vendorGroup } from '@zhijiao/wire/jt808/device'
import { encodeFrame } from '@zhijiao/wire/jt808/envelope'
import { position as watchPosition } from '@zhijiao/wire/watch/device'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ground, Line, seenLive, startGround, still, trackOf, until, type Worn } from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground?.county.stop())

const minute = 60_000
const hour = 60 * minute
const now = () => Math.floor(ground.county.house.chance.now() / 1000) * 1000
const from = (worn: Pick<Worn, 'identity'>, serial: number) => ({
  device: worn.identity.padStart(12, '0'),
  is2019: false,
  serial,
})
const [open, closed] = [1, 0x1001].map((word) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(word)
  return [0xeb, vendorGroup([[0x89, bytes]])] as const
}) as [readonly [number, Uint8Array], readonly [number, Uint8Array]]

/** A band on a socket: says one position after another, and waits for each answer. */
const band = async (worn: Worn) => {
  const line = await Line.open(ground.ports().jt808)
  let serial = 0
  const sent = async (frames: readonly (Uint8Array | null)[]) => {
    for (const frame of frames) line.send(frame ?? new Uint8Array(0))
    await until('answered', () => line.answered.length === serial)
    await still(120)
  }
  const place = (time: number, more: object = {}) => ({ lat: 24.3, lon: 109.4, time, positioned: true, ...more })
  return {
    line,
    place,
    prove: () => sent([authenticate(from(worn, ++serial), worn.secret)]),
    say: (time: number, more: object = {}) => sent([position(from(worn, ++serial), place(time, more))]),
    /** Items as they are, one 0x0704. */
    raw: (bodies: readonly Buffer[], blind: boolean) =>
      sent([
        encodeFrame(
          0x0704,
          Buffer.concat([
            Buffer.from([0, bodies.length, blind ? 1 : 0]),
            ...bodies.flatMap((b) => [Buffer.from([0, b.length]), b]),
          ]),
          from(worn, ++serial),
        ),
      ]),
  }
}

/** A post of the phone app. */
const post = async (worn: Worn, fixes: object[], events: object[], more: object = {}) => {
  const wall = ground.county.house.chance.now()
  const frame = { install: worn.identity, bootId: 'b', wallClockAtSend: wall, elapsedRealtimeAtSend: 9_000_000 }
  const body = Buffer.from(JSON.stringify({ ...frame, fixes, events, ...more }))
  const time = String(wall)
  const answer = await fetch(`http://127.0.0.1:${ground.ports().http}/app/fixes`, {
    method: 'POST',
    body,
    headers: {
      [SIGNATURE_HEADERS.install]: worn.identity,
      [SIGNATURE_HEADERS.time]: time,
      [SIGNATURE_HEADERS.signature]: sign(Buffer.from(worn.secret), { install: worn.identity, time, body }),
    },
  })
  expect(answer.status).toBe(200)
  await still(150)
}
const appFix = (seq: number, t: number) => ({
  ...{ seq, t, elapsedRealtime: 9_000_000, lat: 24.3, lon: 109.4, crs: 'WGS84', acc: 12, provider: 'gps', mock: false },
})

const episodesOf = async (worn: Worn, kind?: string) =>
  (await ground.officer.call(alarms.list, { query: { person: worn.person } })).items.filter(
    (a) => kind === undefined || a.kind === kind,
  )
const eventsOf = async (worn: Worn, day = now()) =>
  (await trackOf(ground.clerk, worn.person, new Date(day + 8 * hour).toISOString().slice(0, 10))).events
/** Nobody is signed out for sitting still while the clock is moved. */
const wake = () =>
  Promise.all([ground.clerk, ground.head, ground.officer].map((who) => who.call(outages.list, { query: {} })))
/** As if the term had begun so much earlier. */
const earlier = async (worn: Worn, days: number) => {
  await sql`update activation set starts_at = starts_at - make_interval(days => ${days}) where id = ${worn.activation}`.execute(
    ground.county.house.databases.system,
  )
  await sql`select pg_notify('zj_devices', ${worn.device})`.execute(ground.county.house.databases.system)
  await still(150)
}
const refusals = async (worn: Worn) =>
  (
    await sql<{ reason: string; count: number }>`
      select reason, count::int from position_refusal where device_id = ${worn.device}`.execute(
      ground.county.house.databases.system,
    )
  ).rows

test('what comes without the secret fills no gap of the day and makes nothing late that the device says itself', async () => {
  const worn = await ground.wear()
  const own = await band(worn)
  await own.prove()
  const silentFrom = now()
  await own.say(silentFrom)
  own.line.end()
  const thief = await band(worn)
  for (let i = 0; i < 9; i++) {
    ground.county.pass(10 * minute)
    await wake()
    // The last a little ahead, as clocks may be.
    await thief.say(now() + (i === 8 ? 200_000 : 0), { lat: 24.302 })
  }
  thief.line.end()
  ground.county.pass(10_000)
  const again = await band(worn)
  await again.prove()
  const heardAt = now()
  await again.say(heardAt, { lat: 24.3001 })
  again.line.end()
  const track = await trackOf(ground.clerk, worn.person, new Date(now() + 8 * hour).toISOString().slice(0, 10))
  expect(track.fixes.filter((f) => f.doubted)).toHaveLength(9)
  expect(track.fixes.filter((f) => f.late)).toEqual([])
  expect(track.gaps.map((gap) => [Date.parse(gap.from), Date.parse(gap.until)])).toContainEqual([silentFrom, heardAt])
})

test('P35 a report that arrives after a newer one on the same matter is history: strap, power and battery', async () => {
  const worn = await ground.wear()
  const { line, prove, say } = await band(worn)
  await prove()
  await say(now(), { items: [closed] })
  const old = now() - 2 * minute
  await say(old, { items: [open] })
  await say(old + 10_000, { items: [open], alarms: [7, 8] })
  ground.county.pass(2 * minute)
  await wake()
  await still(500)
  expect(await episodesOf(worn)).toEqual([])
  const told = (await eventsOf(worn)).filter((e) => e.kind !== 'strapClosed')
  expect(told.map((e) => [e.kind, e.late === true])).toEqual(
    expect.arrayContaining([
      ['strapOpen', true],
      ['lowBattery', true],
      ['powerLost', true],
    ]),
  )
  // An old word of a closed strap does not close the one that is open now.
  await say(now(), { items: [open] })
  await say(now() + 1000, { items: [open] })
  await until('raised', async () => (await episodesOf(worn, 'strapOpen'))[0]?.state === 'raised')
  await say(now() - minute, { items: [closed] })
  const [alarm] = await episodesOf(worn, 'strapOpen')
  const file = await ground.officer.call(alarms.get, { params: { id: alarm?.id ?? '' } })
  const closing = file.evidence.filter((e) => e.zh.includes('闭合') && e.kind === 'event')
  expect(closing.map((e) => e.speaks)).not.toContain('against')
  line.end()
})

test('P35 in which order a band said things is known after a restart: what was stored before is history', async () => {
  const worn = await ground.wear()
  const first = await band(worn)
  await first.say(now(), { items: [closed] })
  first.line.end()
  await ground.county.restart()
  await until('knows the term', () => ground.ports().knows(worn.no))
  const second = await band(worn)
  const old = now() - 5 * minute
  await second.say(old, { items: [open] })
  await second.say(old + 10_000, { items: [open] })
  ground.county.pass(2 * minute)
  await wake()
  await still(500)
  expect(await episodesOf(worn)).toEqual([])
  expect((await eventsOf(worn)).filter((e) => e.kind === 'strapOpen').map((e) => e.late)).toEqual([true, true])
  // What it says now is news.
  await second.say(now(), { items: [open] })
  await second.say(now() + 1000, { items: [open] })
  await until('raised', async () => (await episodesOf(worn, 'strapOpen'))[0]?.state === 'raised')
  second.line.end()
})

test('P35 an open strap nothing newer contradicts is news, however old its clock makes it', async () => {
  const [slow, turned, plain] = await Promise.all([ground.wear(), ground.wear(), ground.wear()])
  const one = await band(slow)
  await one.say(now() - hour, { items: [closed] })
  await one.say(now() - hour + 1000, { items: [open] })
  await one.say(now() - hour + 2000, { items: [open] })
  await until('raised', async () => (await episodesOf(slow, 'strapOpen'))[0]?.state === 'raised')

  // A clock that is turned back an hour in the middle: history at first, and news once it is plain that the clock was turned.
  const two = await band(turned)
  await two.say(now(), { items: [closed] })
  for (let i = 0; i < 4; i++) {
    ground.county.pass(20_000)
    await two.say(now() - hour, { items: [open] })
  }
  await until('raised', async () => (await episodesOf(turned, 'strapOpen'))[0]?.state === 'raised')

  // A newer report that says nothing of the strap contradicts nothing.
  const three = await band(plain)
  await three.say(now())
  await three.say(now() - 40_000, { items: [open] })
  await three.say(now() - 30_000, { items: [open] })
  await until('raised', async () => (await episodesOf(plain, 'strapOpen'))[0]?.state === 'raised')
  for (const { line } of [one, two, three]) line.end()
})

test('P35 a watch that sends its old reports in the plain form cuts no power', async () => {
  const worn = await ground.wear({ protocol: 'watch' })
  const line = await Line.open(ground.ports().watch)
  const say = async (time: number, bits: readonly number[]) => {
    line.send(
      watchPosition({ maker: '3G', device: worn.identity, index: null }, 'UD', {
        lat: 24.3,
        lon: 109.4,
        time,
        valid: true,
        batteryPct: 60,
        status: bits,
      }),
    )
    await still(200)
  }
  await say(now(), [])
  await say(now() - 5 * minute, [0, 14])
  expect((await eventsOf(worn)).map((e) => [e.kind, e.late])).toEqual(
    expect.arrayContaining([
      ['lowBattery', true],
      ['powerLost', true],
    ]),
  )
  expect(await episodesOf(worn)).toEqual([])
  line.end()
})

test('P35 what a phone stored is history with start and end, and a cry without a network is told with the time it was cried', async () => {
  const worn = await ground.wear({ kind: 'wristband', protocol: 'app' })
  await earlier(worn, 3)
  await post(worn, [appFix(1, now())], [])
  const off = now() - 40 * minute
  const on = now() - 10 * minute
  await post(
    worn,
    [],
    [
      { seq: 2, t: off, kind: 'powerOff' },
      { seq: 3, t: on, kind: 'powerOn' },
    ],
  )
  // Off and on within two minutes: over all the same.
  await post(
    worn,
    [],
    [
      { seq: 4, t: now() - 60_000, kind: 'powerOff' },
      { seq: 5, t: now() - 5_000, kind: 'rebooted' },
    ],
  )
  expect(await episodesOf(worn)).toEqual([])
  const told = await eventsOf(worn)
  expect(told.filter((e) => e.kind === 'powerOff').map((e) => e.blind)).toEqual([true, true])
  // By the clock nobody can turn, where the event carries it.
  await post(worn, [], [{ seq: 6, t: now(), elapsedRealtime: 10_000_000, kind: 'powerOff' }])
  expect(await episodesOf(worn)).toEqual([])

  const cried = now() - 30 * hour
  await post(worn, [], [{ seq: 7, t: cried, kind: 'sos' }])
  await until('told', async () => (await episodesOf(worn, 'sos')).length === 1)
  const [alarm] = await episodesOf(worn, 'sos')
  expect(alarm).toMatchObject({ state: 'raised', beganAt: new Date(cried).toISOString() })
  const file = await ground.officer.call(alarms.get, { params: { id: alarm?.id ?? '' } })
  expect(file.evidence.map((e) => e.zh).join()).toContain('无网络时按下')
})

test('P35 a power-off that ended is named in the silence it explains, start and end', async () => {
  const worn = await ground.wear({ kind: 'wristband', protocol: 'app' })
  await post(worn, [appFix(1, now())], [])
  const off = now() + 5 * minute
  for (let i = 0; i < 18; i++) {
    ground.county.pass(10 * minute)
    await wake()
    await still(300)
  }
  await until('silent', async () => (await episodesOf(worn)).length === 1)
  const on = now() - 10 * minute
  await post(
    worn,
    [appFix(4, now())],
    [
      { seq: 2, t: off, kind: 'powerOff' },
      { seq: 3, t: on, kind: 'powerOn' },
    ],
  )
  const [alarm] = await episodesOf(worn)
  const clock = (at: number) => new Date(at + 8 * hour).toISOString().slice(11, 16)
  await until('named', async () => {
    const file = await ground.officer.call(alarms.get, { params: { id: alarm?.id ?? '' } })
    return file.evidence.some(
      (e) => e.zh.includes(`${clock(off)} 关机，`) && e.zh.includes(`${clock(on)} 开机（补传）`),
    )
  })
  expect(await episodesOf(worn)).toHaveLength(1)
})

test('a cry or an open strap with a time that is none is judged by its arrival, marked, and told', async () => {
  const phone = await ground.wear({ kind: 'wristband', protocol: 'app' })
  await post(phone, [], [{ seq: 1, t: 0, kind: 'sos' }])
  await until('told', async () => (await episodesOf(phone, 'sos')).length === 1)
  expect(await eventsOf(phone)).toMatchObject([{ kind: 'sos', clockWrong: true, blind: false }])
  const file = await ground.officer.call(alarms.get, { params: { id: (await episodesOf(phone))[0]?.id ?? '' } })
  expect(file.evidence.map((e) => e.zh).join()).toContain('终端时间不可信')

  // On a socket: before any such device, ahead of now, and before the term by a clock that lags two days.
  for (const time of [Date.UTC(2001, 0, 1), now() + 20 * 24 * hour, now() - 48 * hour]) {
    const worn = await ground.wear()
    const { line, say } = await band(worn)
    await say(time, { alarms: [0], items: [open] })
    await say(time + 2000, { items: [open] })
    ground.county.pass(90_000)
    await wake()
    await until('told', async () => (await episodesOf(worn)).length === 2)
    const told = await eventsOf(worn)
    expect(told.filter((e) => e.clockWrong).map((e) => e.kind)).toEqual(expect.arrayContaining(['sos', 'strapOpen']))
    for (const e of told) expect(Math.abs(Date.parse(e.ts) - Date.parse(e.receivedAt))).toBeLessThan(2000)
    line.end()
  }
})

test('what was stored before the term leaves its count and nothing else', async () => {
  const worn = await ground.wear({ kind: 'wristband', protocol: 'app' })
  await post(worn, [], [{ seq: 1, t: now() - 20 * hour, kind: 'sos' }])
  await until('counted', async () => (await refusals(worn)).length === 1)
  expect(await refusals(worn)).toEqual([{ reason: 'outOfTerm', count: 1 }])
  expect(await episodesOf(worn)).toEqual([])
})

test('an item of a batch without a clock keeps what it cries, as a single report does', async () => {
  const worn = await ground.wear()
  const { line, place, raw } = await band(worn)
  const clockless = Buffer.from(locationBody(place(now(), { alarms: [0, 8] })))
  clockless.fill(0, 22, 28)
  await raw([Buffer.from(locationBody(place(now() - 5000))), clockless], false)
  await until('told', async () => (await episodesOf(worn, 'sos')).length === 1)
  expect(
    (await trackOf(ground.clerk, worn.person, new Date(now() + 8 * hour).toISOString().slice(0, 10))).fixes,
  ).toHaveLength(1)
  expect((await eventsOf(worn)).map((e) => e.kind).sort()).toEqual(['powerLost', 'sos'])
  expect((await episodesOf(worn, 'deviceDamaged')).length).toBe(1)
  line.end()

  // From the store and alone: the cry is told, the rest is history with the time it came.
  const other = await ground.wear()
  const stored = await band(other)
  await stored.raw([clockless], true)
  await until('told', async () => (await episodesOf(other, 'sos')).length === 1)
  expect((await eventsOf(other)).map((e) => [e.kind, e.blind, e.clockWrong])).toEqual(
    expect.arrayContaining([
      ['sos', false, true],
      ['powerLost', true, true],
    ]),
  )
  expect(await episodesOf(other, 'deviceDamaged')).toEqual([])
  stored.line.end()
})

test('who only knows the number of a device that proves itself moves nothing and settles nothing; a cry is told, marked', async () => {
  const worn = await ground.wear()
  const own = await band(worn)
  await own.prove()
  await own.say(now(), { items: [open] })
  await own.say(now() + 1000, { items: [open] })
  await until('raised', async () => (await episodesOf(worn, 'strapOpen'))[0]?.state === 'raised')
  await until('shown', async () => (await seenLive(ground.clerk, worn.person)).items.length === 1)
  const shown = async () => (await seenLive(ground.clerk, worn.person)).items[0]

  const thief = await band(worn)
  for (let i = 0; i < 4; i++) {
    ground.county.pass(20_000)
    await thief.say(now(), { lat: 24.302, items: [closed], alarms: i === 3 ? [0, 7, 8] : [7, 8] })
  }
  await until('told', async () => (await episodesOf(worn, 'sos')).length === 1)
  expect((await episodesOf(worn)).map((a) => a.kind).sort()).toEqual(['sos', 'strapOpen'])
  const file = async (kind: string) =>
    ground.officer.call(alarms.get, { params: { id: (await episodesOf(worn, kind))[0]?.id ?? '' } })
  expect((await file('strapOpen')).evidence.map((e) => e.zh).join()).not.toContain('闭合')
  expect((await file('sos')).evidence.some((e) => e.unauthenticated)).toBe(true)
  expect((await shown())?.lat).toBeCloseTo(24.3, 6)
  const day = new Date(now() + 8 * hour).toISOString().slice(0, 10)
  const { fixes } = await trackOf(ground.clerk, worn.person, day)
  expect(fixes.filter((f) => f.doubted)).toHaveLength(4)
  expect(fixes.filter((f) => f.doubted).every((f) => !f.authenticated)).toBe(true)

  // The device goes on as if nobody else had spoken.
  ground.county.pass(5_000)
  await own.say(now(), { lat: 24.3001, items: [open] })
  await until('moved', async () => Math.abs(((await shown())?.lat ?? 0) - 24.3001) < 1e-6)
  own.line.end()

  // Two hours after its last proven word its silence has reached an officer; what comes counts again, marked.
  for (let i = 0; i < 13; i++) {
    ground.county.pass(10 * minute)
    await wake()
  }
  const late = await band(worn)
  await late.say(now(), { lat: 24.3002 })
  await until('moved', async () => Math.abs(((await shown())?.lat ?? 0) - 24.3002) < 1e-6)
  for (const { line } of [thief, late]) line.end()
})

test('a renewed secret is handed to nobody who merely registers, unless an officer opened ten minutes for it', async () => {
  const worn = await ground.wear()
  const handed = async () => {
    const line = await Line.open(ground.ports().jt808)
    line.send(register(from(worn, 1), { province: 45, county: 9001, maker: 'T', model: 'T', terminal: '1', plate: '' }))
    await until('answered', () => line.told.some((t) => t.id === 0x8100))
    line.end()
    return line.told[0]?.body.subarray(3).toString('latin1')
  }
  const renew = async (atRegistration?: boolean) => {
    const { revision } = await ground.clerk.call(devices.get, { params: { id: worn.device } })
    return ground.clerk.call(devices.secret, {
      params: { id: worn.device },
      body: { reason: '疑似泄露', revision, ...(atRegistration ? { atRegistration } : {}) },
    })
  }
  const openUntil = async () => (await ground.clerk.call(devices.get, { params: { id: worn.device } })).secretOpenUntil
  expect(await handed()).toBe(worn.secret)
  await renew()
  await still(100)
  expect(await handed()).toBe('')
  expect(await openUntil()).toBeNull()

  const second = await renew(true)
  expect(second.device.secretOpenUntil).not.toBeNull()
  expect(await handed()).toBe(second.secret)
  expect(await handed()).toBe('')
  expect(await openUntil()).toBeNull()

  await renew(true)
  ground.county.pass(10 * minute + 1000)
  expect(await handed()).toBe('')
  expect(await openUntil()).toBeNull()
})

test('a state that a band repeats with every report is kept when it begins and now and then, not with every report', async () => {
  const worn = await ground.wear()
  const { line, place, raw, say } = await band(worn)
  const t = now()
  // Twenty minutes of a report every ten seconds: strap closed, case open (bit 17) and main power lost (bit 8) in each.
  const start = t - 20 * minute
  for (let k = 0; k < 12; k++)
    await raw(
      Array.from({ length: 10 }, (_, i) =>
        Buffer.from(locationBody(place(start + (k * 10 + i) * 10_000, { items: [closed], alarms: [8, 17] }))),
      ),
      false,
    )
  const count = async () =>
    Object.fromEntries(
      (
        await sql<{ kind: string; n: number }>`
          select kind, count(*)::int as n from device_event where device_id = ${worn.device} group by kind`.execute(
          ground.county.house.databases.system,
        )
      ).rows.map(({ kind, n }) => [kind, n]),
    )
  expect(await count()).toEqual({ strapClosed: 1, caseOpen: 2, powerLost: 2 })
  // The opposite word is told at once, as often as the engine needs it, and so is the next one after that.
  await say(t, { items: [open] })
  await say(t + 1000, { items: [open] })
  await until('raised', async () => (await episodesOf(worn, 'strapOpen'))[0]?.state === 'raised')
  await say(t + 2000, { items: [closed] })
  await say(t + 3000, { items: [open] })
  expect(await count()).toMatchObject({ strapOpen: 3, strapClosed: 2 })
  line.end()
})
