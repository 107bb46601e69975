import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alarms } from '@zhijiao/contract/alarms'
import { documents } from '@zhijiao/contract/documents'
import { people as peoplePromises } from '@zhijiao/contract/people'
import { addDays, dayStart, legalDay, MINUTE } from '@zhijiao/geo/day'
import { checkIdentity } from '@zhijiao/law/identity'
import { startSession } from '@zhijiao/server/core/auth/session'
import { NotADemonstration, plantDemo, provideSecrets } from '@zhijiao/server/demo/index'
import { listeningAt } from '@zhijiao/server/gateway/index'
import { type Breach, scriptBreaches } from '@zhijiao/twin/breaches'
import { connectDevice, identityOf, type Tally } from '@zhijiao/twin/devices'
import { flawless } from '@zhijiao/twin/errors'
import { drawGeography } from '@zhijiao/twin/geography'
import { handsetOf, worldOf } from '@zhijiao/twin/handset'
import { deviceKey, enterDevices, enterPeople, enterPlaces, enterTracks, type Intake } from '@zhijiao/twin/intake'
import { clerksOf } from '@zhijiao/twin/intake/clerk'
import { enterLives } from '@zhijiao/twin/intake/lives'
import { remember } from '@zhijiao/twin/intake/memory'
import { drawPeople } from '@zhijiao/twin/people'
import { staffOf } from '@zhijiao/twin/staff'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, startCounty } from '../support/county.ts'

const wish = { seed: 5, people: 30, days: 1 }
let county: County
let intake: Intake
const folder = mkdtempSync(join(tmpdir(), 'zhijiao-twin-'))

beforeAll(async () => {
  county = await startCounty()
  const { house } = county
  const on = legalDay(house.chance.now())
  const planted = await plantDemo(house, { ...wish, on })
  const geography = drawGeography(planted.seed)
  const staff = await house.databases.system.selectFrom('staff').select(['id', 'login']).execute()
  const cookies: Record<string, string> = {}
  for (const { id, login } of staff.filter((s) => s.login.startsWith('twin-')))
    cookies[login] =
      `zj_session=${await startSession(house.databases.system, house.chance, id, { secondFactor: true, ip: null, agent: null })}`
  const posts = staffOf(geography)
  const drawn = drawPeople(geography, posts, { count: wish.people, bandShare: 0.4, on })
  intake = {
    geography,
    people: drawn,
    past: {
      breaches: scriptBreaches(planted.seed, drawn, dayStart(addDays(on, -30)), dayStart(on), 20),
      staff: posts,
      on,
      days: 30,
      surely: new Set(),
    },
    clerks: clerksOf(county.url, cookies),
    keeper: remember(join(folder, 'twin.json')),
    staff: Object.fromEntries(staff.map((s) => [s.login, s.id])),
    on,
    secrets: (code) => provideSecrets(house, code),
    known: new Map(),
    tell: () => undefined,
    stopped: () => false,
  }
  await enterPeople(intake)
  await enterPlaces(intake)
  await enterDevices(intake, wish.days)
})
afterAll(async () => {
  await county.stop()
  rmSync(folder, { recursive: true, force: true })
})

const count = async (table: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
    county.house.databases.system,
  )
  return rows[0]?.n ?? 0
}

describe('Z8 the county twin', () => {
  test('Z8 identity numbers are valid and reserved', () => {
    for (const person of intake.people) {
      const answer = checkIdentity(person.identity)
      expect(answer.valid).toBe(true)
      if (!answer.valid) continue
      expect(answer.birth).toBe(person.birth)
      expect(answer.sex).toBe(person.sex)
      expect(answer.place).toMatch(/^45900[1-9]$/)
    }
  })

  test('Z8 everybody is entered once: a second run of the intake adds nothing', async () => {
    expect(await count('person')).toBe(wish.people)
    const before = [await count('device'), await count('activation'), await count('fence')]
    await enterPeople(intake)
    await enterPlaces(intake)
    await enterDevices(intake, wish.days)
    expect([await count('device'), await count('activation'), await count('fence')]).toEqual(before)
    expect(await count('person')).toBe(wish.people)
  })

  test('Z8 planting twice changes nothing, and never goes into a real unit’s database', async () => {
    const { house } = county
    const staff = await count('staff')
    const again = await plantDemo(house, { seed: 99, people: 2_700, days: 30, on: '2020-01-01' })
    expect(again).toMatchObject(wish)
    expect(await count('staff')).toBe(staff)
    await sql`update org set synthetic = false where code = '459009'`.execute(house.databases.system)
    await expect(plantDemo(house, { ...wish, on: intake.on })).rejects.toThrow(NotADemonstration)
    await sql`update org set synthetic = true where code = '459009'`.execute(house.databases.system)
  })

  test('Z8 the lives arrive with their papers: numbered, served, a few not, a few void; entering them again adds none', async () => {
    const said: string[] = []
    const write = process.stderr.write.bind(process.stderr)
    process.stderr.write = (text: string | Uint8Array) => said.push(String(text)) > 0
    const lives = async () => {
      await enterLives(intake, intake.people, staffOf(intake.geography))
      return count('document')
    }
    try {
      const papers = await lives()
      expect(papers).toBeGreaterThan(200)
      intake.keeper.memory.done = intake.keeper.memory.done.filter((step) => !step.startsWith('lives '))
      // Drafts that the platform's own clerks issue meanwhile are papers that were there before.
      expect(await lives()).toBe(papers)
    } finally {
      process.stderr.write = write
    }
    expect(said.filter((line) => line.startsWith('twin:'))).toEqual([])
    const desk = await county.signIn('county', { of: '459001', designations: ['minors'] })
    const counts = await desk.call(documents.counts, { query: {} })
    for (const view of ['draft', 'issued', 'unserved', 'void'] as const) expect(counts[view], view).toBeGreaterThan(0)
    const old = (await desk.call(documents.list, { query: { imported: true, size: 200 } })).items
    expect(old.filter((d) => d.deliveries > 0).length).toBeGreaterThan(20)
    expect(old.every((d) => d.issuedBy === null && d.issuedByName.length > 1)).toBe(true)
    const numbers = old.flatMap((d) => d.number ?? [])
    expect(new Set(numbers).size).toBe(numbers.length)
  }, 120_000)

  test('Z8 the past days arrive as handled alarms on the desk, with no duty for anybody', async () => {
    const desk = await county.signIn('county', { of: '459001', designations: ['minors'] })
    const { items, total } = await desk.call(alarms.list, { query: { state: ['settled'], size: 100 } })
    expect(total).toBeGreaterThan(5)
    expect(items.every((a) => a.imported && a.settledAt !== null && a.owner === null)).toBe(true)
    const handled = items.find((a) => a.settledAs === 'closed')
    const file = await desk.call(alarms.get, { params: { id: handled?.id ?? '' } })
    const names = new Set(staffOf(intake.geography).map((s) => s.name))
    expect(names).toContain(file.closure?.submittedBy.name)
    expect(file.closure?.finding.length).toBeGreaterThan(4)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from task where kind like 'alarm.%'`.execute(
      county.house.databases.system,
    )
    expect(rows[0]?.n).toBe(0)
  })

  test('Z8 the past days arrive as imported tracks', async () => {
    intake.keeper.memory.liveSince = county.house.chance.now()
    await enterTracks(intake, worldOf(intake.geography), wish.days)
    const { rows } = await sql<{ fixes: number; others: number }>`
      select sum(fixes)::int as fixes, (count(*) filter (where not imported))::int as others from track_day`.execute(
      county.house.databases.system,
    )
    expect(rows[0]?.fixes).toBeGreaterThan(1_000)
    expect(rows[0]?.others).toBe(0)
  })

  test('Z8 devices speak their real protocols, and a cut strap reaches the desk', async () => {
    const { house } = county
    const ports = listeningAt(house)
    if (!ports) throw new Error('the gateway does not listen')
    const start = house.chance.now()
    const wearers = intake.people.filter((p) => p.band)
    const speaking = (['jt808-2019', 'jt808-2013', 'gt06', 'watch'] as const).flatMap(
      (p) => wearers.find((w) => w.band?.protocol === p) ?? [],
    )
    const phones = (['app', 'osmand'] as const).flatMap(
      (p) => intake.people.find((one) => one.phone.protocol === p && one.state === 'inCorrection') ?? [],
    )
    const cut = speaking[0]
    if (!cut) throw new Error('nobody wears a band')
    const breach: Breach = { kind: 'strapOpen', person: cut.index, start: start + 5 * MINUTE, lasts: 20 * MINUTE }
    const world = worldOf(intake.geography, [breach], [], flawless)
    const tally: Tally = { sent: 0, unsent: 0, orders: 0 }
    let shift = 0
    const now = () => start + shift
    const handsets = [
      ...speaking.map((person) => handsetOf(world, person, 'band', start)),
      ...phones.map((person) => handsetOf(world, person, 'phone', start)),
    ]
    const devices = handsets.map((handset) =>
      connectDevice(
        handset,
        {
          secret: intake.known.get(deviceKey(handset.person, handset.kind)) ?? null,
          memory: intake.keeper.phone(identityOf(handset)),
        },
        { host: '127.0.0.1', ...ports },
        now,
        tally,
      ),
    )
    for (let minute = 0; minute < 70; minute++) {
      shift += MINUTE
      county.pass(MINUTE)
      await Promise.all(
        devices.map(async (device) => {
          while (device.next <= now()) await device.turn()
        }),
      )
    }
    for (const device of devices) device.close()
    expect(tally.unsent).toBe(0)
    const { rows } = await sql<{ protocol: string; device: string }>`
      select distinct d.protocol, d.identity as device from position_latest l join activation a on a.no = l.activation_no join device d on d.id = a.device_id
      where l.received_at > ${new Date(start)} and l.flags & 128 = 0`.execute(house.databases.system)
    const heard = new Set(rows.map((r) => r.device))
    for (const handset of handsets) expect(heard).toContain(identityOf(handset))
    const officer = await county.signIn('county', { of: cut.county, designations: ['minors'] })
    await expect
      .poll(
        async () =>
          (await officer.call(alarms.list, { query: { kind: ['strapOpen'] } })).items.map((a) => a.person.number),
        { timeout: 15_000 },
      )
      .toContain(cut.number)
  })

  test('Z8 an officer sees the caseload under the officer’s name', async () => {
    const officer = await county.signIn('county', { of: '459001', designations: ['minors'] })
    const { items } = await officer.call(peoplePromises.list, { query: { size: 100 } })
    const own = intake.people.filter((p) => p.county === '459001')
    expect(items).toHaveLength(own.length)
    expect(items.every((p) => p.imported && p.officer !== null)).toBe(true)
  })
})
