import { FixFlag } from '@zhijiao/geo/fix'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aFix, at, circle, square, startWatch, type Watch } from '../support/watched.ts'

const minute = 60_000
const hour = 60 * minute
let w: Watch
beforeAll(async () => {
  // 10:00 in Liuzhou, a Friday.
  w = await startWatch({ at: '2026-11-20T02:00:00Z' })
})
afterAll(() => w?.stop())

const only = async (person: string, kind: string) => {
  const found = (await w.episodesOf(person)).filter((e) => e.kind === kind)
  expect(found).toHaveLength(1)
  const [one] = found
  if (!one) throw new Error('none')
  return one
}
const openTasks = async (person: string) => (await w.tasksOf(person)).filter((t) => t.state === 'open').length
/** Lets time pass to the next ten o'clock in the morning, when devices report by day. */
const morning = async () => {
  const since = (w.county.house.chance.now() + 8 * hour) % (24 * hour)
  await w.wait((34 * hour - since) % (24 * hour))
}
/** A person at home inside a living area of two kilometres, firmly known to be there. */
const atHome = async (more: Parameters<Watch['plant']>[0] = {}) => {
  const who = await w.plant(more)
  const fence = await w.fence('livingArea', square(0, 0, 2000), [who.id], { name: '示例一县' })
  await w.go(who, [0, 0, 0, 0])
  return { who, fence }
}

describe('S0.17 a fence is crossed', () => {
  test('S0.17 Z7 one far fix asks device and person; only agreement after the wait brings an officer', async () => {
    const { who, fence } = await atHome({ name: '李某' })
    expect(await w.episodesOf(who.id)).toEqual([])
    w.asked.length = 0
    await w.go(who, [3000], { everyS: 20 })
    expect(await only(who.id, 'boundaryOut')).toMatchObject({ state: 'gathering', fence_id: fence, raised_at: null })
    expect(w.asked).toMatchObject([
      { activationNo: who.no, command: { kind: 'burst', intervalS: 10, validityS: 600 } },
      { activationNo: who.no, command: { kind: 'text' } },
    ])
    const messages = await sql<{ text_zh: string }>`select text_zh from message where person_id = ${who.id}`.execute(
      w.db,
    )
    expect(messages.rows[0]?.text_zh).toContain('示例一县')
    expect(await openTasks(who.id)).toBe(0)

    await w.go(who, [3100, 3200], { everyS: 10 })
    expect((await only(who.id, 'boundaryOut')).state).toBe('gathering')
    await w.go(who, [3300, 3400, 3500], { everyS: 60 })
    const raised = await only(who.id, 'boundaryOut')
    expect(raised.state).toBe('raised')
    expect(raised.sureness).toBeGreaterThan(0.9)
    expect(raised.said_zh).toMatch(
      /^李某自11月20日10:0\d起可能离开示例一县（距边界外(超过)? .+），基本确定.*请在 60 分钟内核实。$/,
    )
    expect(raised.said_en).toContain('李某 may have left 示例一县 since 20 Nov 10:0')
    expect(raised.began_at.getTime()).toBeLessThan(raised.detected_at.getTime() + 1)
    expect(await openTasks(who.id)).toBe(1)
    expect((await w.factsOf(who.id)).map((f) => f.kind)).toEqual(
      expect.arrayContaining(['episode.opened', 'episode.raised', 'task.delivered']),
    )

    // Coming back is evidence against; the officer who has it closes it.
    await w.go(who, [0, 0, 0, 0])
    const back = await only(who.id, 'boundaryOut')
    expect(back.state).toBe('raised')
    expect(back.evidence.some((e) => e.speaks === 'against' && e.zh.includes('已回到'))).toBe(true)
  })

  test('Z7 who comes back in time disturbs nobody', async () => {
    const { who } = await atHome()
    await w.go(who, [3000, 0], { everyS: 30 })
    expect(await only(who.id, 'boundaryOut')).toMatchObject({
      state: 'settled',
      settled_as: 'cleared',
      raised_at: null,
    })
    expect(await openTasks(who.id)).toBe(0)
  })

  test('Z7 silence after the question is evidence, not a stop', async () => {
    const { who } = await atHome()
    await w.go(who, [4000], { everyS: 30 })
    for (let i = 0; i < 8; i++) await w.wait(2 * minute)
    const raised = await only(who.id, 'boundaryOut')
    expect(raised.state).toBe('raised')
    expect(raised.evidence.some((e) => e.kind === 'silence' && e.speaks === 'for')).toBe(true)
  })

  test('Z7 a restart in the middle of the wait goes on with it', async () => {
    const { who } = await atHome()
    await w.go(who, [3000], { everyS: 10 })
    await w.go(who, [3000, 3000, 3000], { everyS: 15 })
    await w.restart()
    await w.go(who, [3000, 3000, 3000], { everyS: 40 })
    await w.wait(2 * minute)
    expect((await only(who.id, 'boundaryOut')).state).toBe('raised')
  })

  test('drift, cell towers and fixes near the line accuse nobody', async () => {
    const { who } = await atHome()
    await w.go(who, [2600, 2700, 2600, 2800], { fix: { accuracyM: 800, source: 'cell' } })
    await w.go(who, [2050, 1990, 2040, 2060], { fix: { accuracyM: 40 } })
    expect(await w.episodesOf(who.id)).toEqual([])
  })

  test('stored, late and faulty fixes never raise; they are kept beside the silence they explain', async () => {
    const { who } = await atHome()
    const now = w.county.house.chance.now()
    const stored = [1, 2, 3, 4, 5].map((i) =>
      aFix({ ts: now - (6 - i) * minute, ...at(5000), flags: FixFlag.blind | FixFlag.authenticated }),
    )
    w.send(who, stored)
    w.send(
      who,
      [1, 2, 3, 4].map((i) => aFix({ ts: now + i, ...at(5000), fault: 7 })),
    )
    w.send(
      who,
      [1, 2, 3, 4].map((i) => aFix({ ts: now - hour + i * minute, ...at(5000), flags: FixFlag.late })),
    )
    await w.calm()
    expect(await w.episodesOf(who.id)).toEqual([])
  })
})

describe('P25 calendars, dwelling, lines', () => {
  test('P25 a window of 22:00–08:00 crosses midnight; outside it nobody is asked', async () => {
    const who = await w.plant()
    await w.fence('required', circle(0, 0, 300), [who.id], {
      name: '住所',
      calendar: { windows: [{ start: '22:00', end: '08:00' }] },
    })
    await w.go(who, [3000, 3000, 3000, 3000])
    expect(await w.episodesOf(who.id)).toEqual([])
    const clock = new Date(w.county.house.chance.now() + 8 * hour)
    const toTen = (22 - clock.getUTCHours()) * 60 - clock.getUTCMinutes()
    // Still away with fixes up to the opening; ten minutes of grace, then the wait.
    w.county.pass((toTen - 4) * minute)
    await w.go(who, [3000, 3000, 3000, 3000, 3000, 3000])
    expect(await w.episodesOf(who.id)).toEqual([])
    await w.go(who, Array(14).fill(3000))
    await w.wait(2 * minute)
    expect(await only(who.id, 'requiredAbsent')).toMatchObject({ state: 'raised' })
  })

  test('P25 passing through a forbidden corridor is nothing, staying half an hour is', async () => {
    const [a, b] = [await w.plant(), await w.plant()]
    const [west, east] = [at(-2000, 0), at(2000, 0)]
    await w.fence(
      'forbidden',
      {
        kind: 'corridor',
        coordinates: [
          [west.lon, west.lat],
          [east.lon, east.lat],
        ],
        halfWidthM: 60,
      },
      [a.id, b.id],
      { dwellMin: 30, name: '示例街' },
    )
    await w.go(a, [
      [0, 500],
      [0, 500],
      [0, 500],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, -500],
      [0, -500],
      [0, -500],
    ])
    await w.go(b, [
      [0, 500],
      [0, 500],
      [0, 500],
    ])
    await w.go(
      b,
      Array.from({ length: 34 }, (_, i): [number, number] => [i * 10, 0]),
    )
    expect(await w.episodesOf(a.id)).toEqual([])
    await w.go(b, [
      [400, 0],
      [410, 0],
    ])
    await w.wait(2 * minute)
    expect(await only(b.id, 'forbiddenIn')).toMatchObject({ state: 'raised' })
  })
})

describe('S0.18 S2.25 silence', () => {
  beforeEach(morning)
  test('S0.18 a band off the network: asked at yellow, an officer at red, cleared by nothing but its voice', async () => {
    const who = await w.plant()
    await w.go(who, [0, 0, 0])
    await w.wait(29 * minute)
    expect(await w.episodesOf(who.id)).toEqual([])
    await w.wait(3 * minute)
    expect(await only(who.id, 'lostContact')).toMatchObject({ state: 'gathering' })
    await w.wait(31 * minute)
    expect(await only(who.id, 'lostContact')).toMatchObject({ state: 'raised' })
    await w.go(who, [0])
    const heard = await only(who.id, 'lostContact')
    expect(heard.state).toBe('raised')
    expect(heard.evidence.at(-1)?.zh).toContain('恢复定位')
  })

  test('S0.18 back within the hour: nobody was disturbed', async () => {
    const who = await w.plant()
    await w.go(who, [0, 0])
    await w.wait(40 * minute)
    await w.go(who, [0])
    expect(await only(who.id, 'lostContact')).toMatchObject({
      state: 'settled',
      settled_as: 'cleared',
      raised_at: null,
    })
  })

  test('S2.25 a gap from 22:30 to 17:45 is one case with its start, battery and length; stored fixes explain it later', async () => {
    const who = await w.plant({ regime: 'check', intervalS: 3600 })
    await w.fence('livingArea', square(0, 0, 2000), [who.id])
    await w.go(who, [0, 0, 0], { everyS: 600, fix: { batteryPct: 34 } })
    for (let i = 0; i < 5; i++) await w.wait(4 * hour)
    const gap = await only(who.id, 'lostContact')
    expect(gap).toMatchObject({ state: 'raised' })
    expect(gap.evidence.some((e) => e.zh.includes('中断前电量 34%'))).toBe(true)
    await w.go(who, [0])
    const from = w.county.house.chance.now() - 18 * hour
    w.send(
      who,
      Array.from({ length: 30 }, (_, i) =>
        aFix({ ts: from + i * 30 * minute, ...at(3000), flags: FixFlag.blind | FixFlag.authenticated }),
      ),
    )
    await w.calm()
    const explained = await only(who.id, 'lostContact')
    expect(explained.evidence.some((e) => e.zh.includes('补传 30 个定位'))).toBe(true)
    expect(explained.evidence.some((e) => e.zh.includes('补传轨迹显示') && e.speaks === 'for')).toBe(true)
    // The crossing it shows is history: no boundary alarm is raised after the fact.
    expect((await w.episodesOf(who.id)).filter((e) => e.kind === 'boundaryOut')).toEqual([])
  })

  test('S2.25 24 hours without any news ask for a search', async () => {
    const who = await w.plant()
    await w.go(who, [0, 0])
    for (let i = 0; i < 5; i++) await w.wait(5 * hour)
    const lost = await only(who.id, 'lostContact')
    expect(lost.evidence.some((e) => e.zh.includes('组织查找'))).toBe(true)
  })

  test('a battery that ran down explains the silence when it is back', async () => {
    const who = await w.plant()
    await w.go(who, [0, 0], { fix: { batteryPct: 4 } })
    await w.wait(35 * minute)
    await w.go(who, [0], { fix: { batteryPct: 60 } })
    const lost = await only(who.id, 'lostContact')
    expect(lost.evidence.some((e) => e.speaks === 'against' && e.zh.includes('电量耗尽'))).toBe(true)
    expect(lost).toMatchObject({ state: 'settled', settled_as: 'ranOut' })
  })

  test('P20 the names of one silence are one matter', async () => {
    const who = await w.plant()
    await w.go(who, [0, 0])
    w.fed.beat({ activationNo: who.no, at: w.county.house.chance.now(), batteryPct: 50, steps: null })
    // Yellow comes after 30 minutes by day and 60 by night.
    for (let i = 0; i < 70 && (await w.episodesOf(who.id)).length === 0; i++) {
      w.county.pass(minute)
      w.fed.beat({ activationNo: who.no, at: w.county.house.chance.now(), batteryPct: 50, steps: null })
      await new Promise((done) => setTimeout(done, 220))
    }
    await w.calm()
    expect(await only(who.id, 'noPosition')).toMatchObject({ state: 'gathering' })
    await w.event(who, 'powerOff')
    await w.wait(2 * minute)
    const all = await w.episodesOf(who.id)
    expect(all.map((e) => [e.kind, e.state, e.settled_as])).toEqual([
      ['noPosition', 'settled', 'merged'],
      ['powerOff', 'raised', null],
    ])
    await w.wait(40 * minute)
    expect((await w.episodesOf(who.id)).filter((e) => e.state !== 'settled')).toHaveLength(1)
  })
})

describe('S0.8 S0.9 what the band says of itself', () => {
  test('S0.8 two reports of an open strap are an alarm at once, without a ladder', async () => {
    const who = await w.plant()
    await w.go(who, [0])
    await w.event(who, 'strapOpen')
    expect(await w.episodesOf(who.id)).toEqual([])
    await w.event(who, 'strapOpen')
    expect(await only(who.id, 'strapOpen')).toMatchObject({ state: 'raised', level: 1 })
  })

  test('S0.8 one report that stands for a minute is one too; a strap closed again is not', async () => {
    const [a, b] = [await w.plant(), await w.plant()]
    await w.go(a, [0])
    await w.go(b, [0])
    await w.event(a, 'strapOpen')
    await w.event(b, 'strapOpen')
    w.county.pass(20_000)
    await w.event(b, 'strapClosed')
    await w.wait(62_000)
    expect((await only(a.id, 'strapOpen')).state).toBe('raised')
    expect(await w.episodesOf(b.id)).toEqual([])
  })

  test('S0.9 a flat band: reminded first, an officer after half an hour, over by itself when charged', async () => {
    const who = await w.plant()
    await w.go(who, [0, 0], { fix: { batteryPct: 8 } })
    expect(await only(who.id, 'lowBattery')).toMatchObject({ state: 'gathering', level: 4 })
    for (let i = 0; i < 4; i++) await w.go(who, [0, 0], { everyS: 290, fix: { batteryPct: 7 } })
    await w.wait(minute)
    expect((await only(who.id, 'lowBattery')).state).toBe('raised')
    await w.go(who, [0], { fix: { batteryPct: 9, flags: FixFlag.charging } })
    expect(await only(who.id, 'lowBattery')).toMatchObject({ state: 'settled', settled_as: 'cleared' })
    expect(await openTasks(who.id)).toBe(0)
  })

  test('S0.9 an opened case is damage; a band switched off is told after the wait', async () => {
    const [a, b] = [await w.plant(), await w.plant()]
    await w.go(a, [0])
    await w.event(a, 'caseOpen')
    expect((await only(a.id, 'deviceDamaged')).said_zh).toContain('外壳被打开')
    await w.go(b, [0])
    await w.event(b, 'powerOff')
    expect((await only(b.id, 'powerOff')).state).toBe('gathering')
    await w.wait(65_000)
    expect((await only(b.id, 'powerOff')).state).toBe('raised')
  })

  test('S0.9 a damage said again with every position is one alarm with one piece of evidence, over a restart and after it was closed, until it went unsaid for half an hour', async () => {
    const who = await w.plant()
    await w.go(who, [0])
    const repeat = async (times: number) => {
      for (let i = 0; i < times; i++) {
        w.county.pass(minute)
        await w.event(who, 'caseOpen')
      }
    }
    const told = async () => (await w.episodesOf(who.id)).filter((e) => e.kind === 'deviceDamaged')
    await repeat(5)
    const first = await only(who.id, 'deviceDamaged')
    expect(first.state).toBe('raised')
    expect(first.evidence).toHaveLength(1)
    await w.event(who, 'simRemoved')
    expect((await only(who.id, 'deviceDamaged')).evidence).toHaveLength(2)

    await sql`update episode set state = 'settled', settled_as = 'cleared', settled_at = now() where id = ${first.id}`.execute(
      w.db,
    )
    await repeat(12)
    await w.restart()
    await repeat(12)
    await w.crash()
    await repeat(12)
    expect(await told()).toHaveLength(1)
    const facts = (await w.factsOf(who.id)).filter((f) => f.kind === 'episode.evidence')
    expect(facts).toHaveLength(1)

    await w.go(who, Array(35).fill(0))
    await w.event(who, 'caseOpen')
    expect((await told()).map((e) => e.state)).toEqual(['settled', 'raised'])
  })

  test('a call for help skips every ladder, even one pressed out of coverage', async () => {
    const who = await w.plant()
    await w.go(who, [0])
    await w.event(who, 'sos', { blind: true, ts: w.county.house.chance.now() - 20 * minute })
    expect(await only(who.id, 'sos')).toMatchObject({ state: 'raised', level: 1 })
    expect(await openTasks(who.id)).toBe(1)
  })
})

describe('S0.16 S3.13 phone and band together', () => {
  const both = async () => {
    const band = await w.plant()
    const phone = await w.plant({ person: band.id, name: band.name, regime: 'check', intervalS: 60 })
    return { band, phone }
  }
  test('S0.16 apart for ten minutes in pair after pair is told; a single stray pair is not', async () => {
    const { band, phone } = await both()
    for (let i = 0; i < 4; i++) {
      await w.go(band, [0], { everyS: 50 })
      await w.go(phone, [i === 2 ? 900 : 20], { everyS: 10 })
    }
    expect(await w.episodesOf(band.id)).toEqual([])
    for (let i = 0; i < 13; i++) {
      await w.go(band, [0], { everyS: 50 })
      await w.go(phone, [900], { everyS: 10 })
    }
    await w.wait(65_000)
    const apart = await only(band.id, 'apart')
    expect(apart).toMatchObject({ state: 'raised', activation_no: band.no })
    expect(apart.said_zh).toContain('相距')
  })

  test('S3.13 band and phone over the border are one matter; one of them inside speaks against it', async () => {
    const { band, phone } = await both()
    await w.fence('livingArea', square(0, 0, 2000), [band.id])
    for (let i = 0; i < 4; i++) {
      await w.go(band, [0], { everyS: 40 })
      await w.go(phone, [0], { everyS: 20 })
    }
    for (let i = 0; i < 6; i++) {
      await w.go(band, [3000], { everyS: 40 })
      await w.go(phone, [3000], { everyS: 20 })
    }
    await w.wait(65_000)
    expect(await only(band.id, 'boundaryOut')).toMatchObject({ state: 'raised' })
    await w.go(phone, [0, 0, 0, 0], { everyS: 60 })
    const doubted = await only(band.id, 'boundaryOut')
    expect(doubted.state).toBe('raised')
    expect(doubted.evidence.some((e) => e.speaks === 'against')).toBe(true)
  })

  test('a simulated position alone accuses nobody; several kinds of sign together do', async () => {
    const who = await w.plant()
    await w.go(who, Array(12).fill(0), { fix: { flags: FixFlag.mock } })
    expect((await w.episodesOf(who.id)).filter((e) => e.kind === 'spoof')).toEqual([])
    await w.go(who, Array(12).fill(0), { fix: { lat: 24.3201, lon: 109.4203, flags: FixFlag.mock } })
    expect(await only(who.id, 'spoof')).toMatchObject({ raised_at: null })
  })
})

describe('S0.16 a device without its owner, nights away', () => {
  const toHour = (h: number) => {
    const since = (w.county.house.chance.now() + 8 * hour) % (24 * hour)
    w.county.pass((h * hour - since + 24 * hour) % (24 * hour))
  }
  const every = (
    who: Awaited<ReturnType<Watch['plant']>>,
    minutes: number,
    count: number,
    x: (i: number) => number,
    steps: (i: number) => number,
  ) => {
    for (let i = 0; i < count; i++) {
      w.county.pass(minutes * minute)
      w.send(who, [aFix({ ts: w.county.house.chance.now(), ...at(x(i)), steps: steps(i) })])
    }
  }

  test('S0.16 three waking days in one place without a step are told, one is a day in bed', async () => {
    const [left, ill] = [await w.plant(), await w.plant()]
    for (let day = 0; day < 3; day++) {
      toHour(7)
      for (const who of [left, ill]) {
        const before = w.county.house.chance.now()
        every(
          who,
          10,
          96,
          (i) => (who === ill && day > 0 ? i * 40 : 0),
          (i) => (who === ill && day > 0 ? i * 50 : 7),
        )
        w.county.pass(before - w.county.house.chance.now())
      }
      w.county.pass(16 * hour)
      await w.calm()
      expect((await w.episodesOf(left.id)).filter((e) => e.kind === 'apart')).toEqual([])
    }
    toHour(8)
    for (const who of [left, ill]) w.send(who, [aFix({ ts: w.county.house.chance.now(), ...at(0), steps: 7 })])
    await w.wait(65_000)
    expect(await only(left.id, 'apart')).toMatchObject({ state: 'raised' })
    expect((await only(left.id, 'apart')).evidence.filter((e) => e.kind === 'steps')).toHaveLength(3)
    expect((await w.episodesOf(ill.id)).filter((e) => e.kind === 'apart')).toEqual([])
  })

  /** Somebody whose registered residence is the middle of the county. */
  const resident = async () => {
    const person = await w.plantPerson()
    const home = at(0)
    await sql`update person set residence_lat = ${home.lat}, residence_lon = ${home.lon} where id = ${person}`.execute(
      w.db,
    )
    return w.plant({ person })
  }
  const today = (days = 0) =>
    new Date(w.county.house.chance.now() + 8 * hour + days * 24 * hour).toISOString().slice(0, 10)
  const leave = (who: { id: string }, from: string, until: string) =>
    sql`insert into leave (id, person_id, org_code, from_day, until_day, destination, reason, state, competent, rule, asked_at)
      values (${w.county.house.chance.id()}, ${who.id}, '459001001', ${from}, ${until}, 'x', '01', 'approved', 'office', 'LVE-02', now())`.execute(
      w.db,
    )
  /** A night from nine in the evening to nine in the morning, each so many metres from home; then it is ten. */
  const night = async (...where: readonly (readonly [Awaited<ReturnType<Watch['plant']>>, number])[]) => {
    toHour(21)
    for (const [who, x] of where) {
      const before = w.county.house.chance.now()
      every(
        who,
        15,
        48,
        () => x,
        (i) => i,
      )
      w.county.pass(before - w.county.house.chance.now())
    }
    w.county.pass(13 * hour)
    await w.calm()
  }
  const nightsAway = async (who: { id: string }) => (await w.episodesOf(who.id)).filter((e) => e.kind === 'nightAbsent')

  test('S2.1 S3.4 three nights in a week away from the residence make a pattern; nights on leave do not count', async () => {
    const [gone, excused, home] = [await resident(), await resident(), await resident()]
    await leave(excused, today(), today(9))
    for (let i = 0; i < 3; i++) await night([gone, 2500], [excused, 2500], [home, 30])
    expect(await only(gone.id, 'nightAbsent')).toMatchObject({ state: 'raised' })
    expect((await only(gone.id, 'nightAbsent')).said_zh).toContain('3 夜')
    for (const who of [excused, home]) expect(await nightsAway(who)).toEqual([])
  })

  test('after five nights on leave the third night away without one is told, each further night is one more, and one after the alarm was closed another', async () => {
    const who = await resident()
    await leave(who, today(), today(4))
    for (let i = 0; i < 5; i++) await night([who, 2500])
    await night([who, 30])
    for (let i = 0; i < 2; i++) await night([who, 2500])
    expect(await nightsAway(who)).toEqual([])
    await night([who, 2500])
    const told = await only(who.id, 'nightAbsent')
    expect(told).toMatchObject({ state: 'raised' })
    expect(told.said_zh).toContain('3 夜')
    expect(told.evidence.filter((e) => e.kind === 'night')).toHaveLength(3)
    await night([who, 2500])
    expect((await only(who.id, 'nightAbsent')).said_zh).toContain('4 夜')

    await sql`update episode set state = 'settled', settled_as = 'cleared', settled_at = now() where id = ${told.id}`.execute(
      w.db,
    )
    // A night on leave is nothing new, whatever came before it.
    await leave(who, today(), today())
    await night([who, 2500])
    expect(await nightsAway(who)).toHaveLength(1)
    await night([who, 2500])
    expect((await nightsAway(who)).map((e) => e.state)).toEqual(['settled', 'raised'])
  })

  test('of nights after a closed alarm each raises one of its own, named by it, and only one whatever other device says the same', async () => {
    const band = await resident()
    const phone = await w.plant({ person: band.id })
    const close = (id: string) =>
      sql`update episode set state = 'settled', settled_as = 'cleared', settled_at = now() where id = ${id}`.execute(
        w.db,
      )
    for (let i = 0; i < 3; i++) await night([band, 2500], [phone, 2500])
    await close((await only(band.id, 'nightAbsent')).id)
    const evenings: string[] = []
    for (let i = 1; i <= 2; i++) {
      evenings.push(today())
      const began = w.county.house.chance.now()
      await night([band, 2500])
      const told = (await nightsAway(band))[i]
      expect(told).toMatchObject({ state: 'raised' })
      expect(told?.said_zh).toContain(`近 30 天 ${3 + i} 夜，最近一夜 ${evenings.at(-1)}`)
      expect(told?.evidence.filter((e) => e.kind === 'night')).toHaveLength(3 + i)
      await close(told?.id ?? '')
      // The phone sends its night only now: the alarm of that night is closed already.
      const morning = w.county.house.chance.now()
      w.county.pass(began - morning)
      await night([phone, 2500])
      expect(await nightsAway(band)).toHaveLength(1 + i)
    }
    const [first, ...after] = await nightsAway(band)
    expect(after.map((e) => new Date(e.began_at.getTime() + 8 * hour).toISOString().slice(0, 10))).toEqual(evenings)
    expect(first?.began_at.getTime()).toBeLessThan(after[0]?.began_at.getTime() ?? 0)
  })

  test('five nights of thirty make a pattern too, and of those on leave none counts', async () => {
    const who = await resident()
    const everyFourth = async (onLeave: boolean) => {
      if (onLeave) await leave(who, today(), today())
      await night([who, 2500])
      w.county.pass(3 * 24 * hour)
    }
    for (const onLeave of [false, false, true, true, false]) await everyFourth(onLeave)
    expect(await nightsAway(who)).toEqual([])
    await everyFourth(false)
    expect(await nightsAway(who)).toEqual([])
    await everyFourth(false)
    const told = await only(who.id, 'nightAbsent')
    expect(told).toMatchObject({ state: 'raised' })
    expect(told.said_zh).toContain('5 夜')
  })
})

describe('P19 the kinds table', () => {
  test('P19 a unit sets level, clock, words and switches; a call for help stays on', async () => {
    const org = '459001001'
    const set = (kind: string, level: number, enabled: boolean) =>
      sql`insert into alarm_kind (kind, org_code, level, enabled, clock_min, ladder_s, to_officer_zh) values (${kind}, ${org}, ${level}, ${enabled}, 7, 0, ${'{who}：{next}'})`.execute(
        w.db,
      )
    await set('deviceDamaged', 4, true)
    await set('lowBattery', 4, false)
    await set('sos', 1, false)
    const who = await w.plant({ name: '赵某' })
    await w.go(who, [0], { fix: { batteryPct: 3 } })
    await w.event(who, 'caseOpen')
    await w.event(who, 'sos')
    expect(await only(who.id, 'deviceDamaged')).toMatchObject({ level: 4, said_zh: '赵某：请在 7 分钟内核实。' })
    expect((await only(who.id, 'sos')).state).toBe('raised')
    expect((await w.episodesOf(who.id)).some((e) => e.kind === 'lowBattery')).toBe(false)
    await sql`delete from alarm_kind where org_code = ${org}`.execute(w.db)
  })
})
