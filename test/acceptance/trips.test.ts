import { legalDay } from '@zhijiao/geo/day'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { places } from '../support/county.ts'
import { aFix, at, square, startWatch, type Watch, type Watched } from '../support/watched.ts'

const minute = 60_000
const hour = 60 * minute
/** Home is ±2 km about 0; 示例二县 is drawn 9 km to the east; 示例三县 is on no map. */
const there = 9000
const elsewhere = 4500
const neighbour = '459099'

let w: Watch
beforeAll(async () => {
  w = await startWatch({ at: '2026-11-20T02:00:00Z' })
  await w.fence('livingArea', square(there, 0, 2500), [], { org: places.otherCounty, name: '示例二县边界' })
})
afterAll(() => w?.stop())
/** Each begins at ten in the morning: nobody's first day ends meanwhile. */
beforeEach(async () => {
  const since = (w.county.house.chance.now() + 8 * hour) % (24 * hour)
  await w.wait((34 * hour - since) % (24 * hour))
})

const day = (days = 0) => legalDay(w.county.house.chance.now() + days * 24 * hour)
const boundary = async (who: Watched) => (await w.episodesOf(who.id)).filter((e) => e.kind === 'boundaryOut')
const said = async (who: Watched) =>
  (await boundary(who)).flatMap((e) => e.evidence.filter((one) => one.kind === 'leave').map((one) => one.zh))
const atHome = async () => {
  const who = await w.plant()
  await w.fence('livingArea', square(0, 0, 2000), [who.id], { name: '示例一县' })
  await w.go(who, [0, 0, 0, 0])
  return who
}
const leave = async (who: Watched, from: string, until: string, area: string | null = places.otherCounty) => {
  const id = w.county.house.chance.id()
  await sql`insert into leave (id, person_id, org_code, from_day, until_day, destination, area, reason, state, competent, rule, asked_at)
    values (${id}, ${who.id}, ${places.office}, ${from}, ${until}, '示例二县', ${area}, '01', 'approved', 'office', 'LVE-02', ${new Date(w.county.house.chance.now())})`.execute(
    w.db,
  )
  return id
}
/** Heard from every so often at places, the engine's clock looking in between. */
const stay = async (who: Watched, x: number, rounds: number, everyMs = 10 * minute) => {
  for (let i = 0; i < rounds; i++) {
    await w.wait(everyMs)
    w.send(who, [aFix({ ts: w.county.house.chance.now(), ...at(x + (i % 3) * 10) })])
    await w.calm()
  }
  await w.wait(15_000)
}
const cross = (who: Watched, x: number) => w.go(who, [2000, 3000, x, x, x, x])

describe('S1.7 an approved leave excuses only where it leads', () => {
  test('in the destination for hours: one settled entry that says so', async () => {
    const who = await atHome()
    await leave(who, day(-1), day(3))
    await cross(who, there)
    await stay(who, there, 9)
    expect(await boundary(who)).toMatchObject([{ state: 'settled', settled_as: 'leave' }])
    expect((await said(who))[0]).toMatch(/已批准外出至 .*示例二县.*(目的地内|途中)/)
  })

  test('staying clearly elsewhere: excused on the way, then an episode that says what was approved and where he is', async () => {
    const who = await atHome()
    await leave(who, day(-1), day(3))
    await cross(who, elsewhere)
    expect(await boundary(who)).toMatchObject([{ state: 'settled', settled_as: 'leave' }])
    await stay(who, elsewhere, 4)
    expect(await boundary(who)).toHaveLength(1)
    await stay(who, elsewhere, 5)
    await w.wait(65_000)
    const [, raised] = await boundary(who)
    expect(raised).toMatchObject({ state: 'raised' })
    expect((await said(who)).at(-1)).toMatch(/已批准前往 示例二县，当前位置在批准地以外.*自 .* 起停留/)
    expect(raised?.evidence.find((e) => e.kind === 'leave')).toMatchObject({
      speaks: 'for',
      en: expect.stringContaining('approved for 示例二县, the position is elsewhere'),
    })
    // It stays with the officer, moving on and arriving included; that he arrived is noted.
    await stay(who, there, 4, 3 * minute)
    expect(await boundary(who)).toMatchObject([{ settled_as: 'leave' }, { state: 'raised' }])
    expect((await said(who)).at(-1)).toContain('定位在批准的目的地内')
    // Told once, not again at every look.
    const before = (await said(who)).length
    await stay(who, there, 3)
    expect(await said(who)).toHaveLength(before)
  })

  test('the first day is a day of travel; on the second the stay elsewhere is told', async () => {
    const who = await atHome()
    await leave(who, day(), day(4))
    await cross(who, elsewhere)
    await stay(who, elsewhere, 10)
    expect(await boundary(who)).toMatchObject([{ settled_as: 'leave' }])
    await stay(who, elsewhere, 14, hour - minute)
    await stay(who, elsewhere, 8)
    await w.wait(65_000)
    expect((await boundary(who)).at(-1)).toMatchObject({ state: 'raised' })
  })

  test('always moving, however long: excused', async () => {
    const who = await atHome()
    await leave(who, day(-1), day(3))
    await cross(who, elsewhere)
    for (let i = 0; i < 24; i++) await stay(who, i % 2 === 0 ? elsewhere + 20_000 : elsewhere, 1, 15 * minute)
    expect(await boundary(who)).toMatchObject([{ settled_as: 'leave' }])
  })

  test('no outline of the destination: excused as ever, and the entry says that it was not checked', async () => {
    const [a, b] = [await atHome(), await atHome()]
    await leave(a, day(-1), day(3), neighbour)
    await leave(b, day(-1), day(3), null)
    for (const who of [a, b]) {
      await cross(who, elsewhere)
      await stay(who, elsewhere, 9)
      expect(await boundary(who)).toMatchObject([{ settled_as: 'leave' }])
    }
    expect((await said(a))[0]).toContain('目的地边界未导入')
    expect((await said(b))[0]).toContain('未登记目的地区划代码')
  })

  test('a stay elsewhere survives a restart: what was left to the officer is not taken back', async () => {
    const who = await atHome()
    await leave(who, day(-1), day(3))
    await cross(who, elsewhere)
    await stay(who, elsewhere, 9)
    await w.wait(65_000)
    expect((await boundary(who)).at(-1)).toMatchObject({ state: 'raised' })
    await w.restart()
    await stay(who, elsewhere, 3)
    expect((await boundary(who)).at(-1)).toMatchObject({ state: 'raised' })
    expect(await boundary(who)).toHaveLength(2)
    // Another leave that leads nowhere known: the officer's matter is settled by it, visibly.
    await leave(who, day(), day(2), neighbour)
    await w.wait(15_000)
    expect((await boundary(who)).at(-1)).toMatchObject({ state: 'settled', settled_as: 'leave' })
  })

  test('recurrent travel likewise, with each of its cities', async () => {
    const [a, b] = [await atHome(), await atHome()]
    const pass = async (who: Watched, areas: string[]) => {
      const [matter, id] = [w.county.house.chance.id(), w.county.house.chance.id()]
      const now = new Date(w.county.house.chance.now())
      await sql`insert into matter (id, kind, room, org_code, person_id, who, end_id, on_day, register, opened_at, opened_name, entered_at, ended_at, law_revision)
        values (${matter}, 'recurrentTravel', 'permits', ${places.office}, ${who.id}, ${who.name}, 'approved', ${day()}, '{}', ${now}, '测试', ${now}, ${now}, 'test')`.execute(
        w.db,
      )
      await sql`insert into permit_pass (id, person_id, org_code, matter_id, what, from_at, until_at, places, areas)
        values (${id}, ${who.id}, ${places.office}, ${matter}, 'travel', ${new Date(now.getTime() - 48 * hour)}, ${new Date(now.getTime() + 30 * 24 * hour)}, '示例二县', ${areas}::text[])`.execute(
        w.db,
      )
    }
    await pass(a, [places.otherCounty])
    await pass(b, [places.otherCounty, neighbour])
    for (const who of [a, b]) {
      await cross(who, elsewhere)
      await stay(who, elsewhere, 9)
    }
    await w.wait(65_000)
    expect((await boundary(a)).at(-1)).toMatchObject({ state: 'raised' })
    // One of its places is on no map: nothing can be said against him.
    expect(await boundary(b)).toMatchObject([{ settled_as: 'leave' }])
    expect((await said(b))[0]).toContain('目的地边界未导入')
  })
})
