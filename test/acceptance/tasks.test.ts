import { alarms } from '@zhijiao/contract/alarms'
import { files } from '@zhijiao/contract/files'
import { outages } from '@zhijiao/contract/outages'
import { roster } from '@zhijiao/contract/roster'
import { tasks } from '@zhijiao/contract/tasks'
import type { NewTask } from '@zhijiao/server/core/tasks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { eventually, openDuty } from '../support/duty.ts'
import { later, ledgerAbout, onDuty, photo, plantAlarm } from '../support/episode.ts'
import { listen } from '../support/live.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let second: Somebody
let head: Somebody
let agency: Somebody
let agencyHead: Somebody
const minute = 60_000

beforeEach(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  second = await county.signIn('officer', { name: '李警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  agency = await county.signIn('county', { name: '赵科员' })
  agencyHead = await county.signIn('countyHead', { name: '钱局' })
})
afterEach(() => county.stop())

const openTask = (wish: Partial<NewTask>) => openDuty(county, wish)
const seeTask = (who: Somebody, id: string) => who.call(tasks.get, { params: { id } })
const mine = async (who: Somebody, view: 'todo' | 'overdue' | 'watched' | 'done' = 'todo') =>
  (await who.call(tasks.list, { query: { view } })).items.map((t) => t.id)

describe('S2.42 a named officer for positioning per office', () => {
  test('an alarm goes to the duty officer by name, though the person is another’s; sight ends with other people', async () => {
    await onDuty(county, second.id)
    const person = await plantPerson(county.house, { officer: officer.id, name: '周某' })
    const other = await plantPerson(county.house, { officer: officer.id })
    const { id } = await plantAlarm(county, person)
    const { id: unrelated } = await plantAlarm(county, other, { state: 'gathering' })
    const alarm = await second.call(alarms.get, { params: { id } })
    expect(alarm).toMatchObject({ owner: { id: second.id, name: '李警官' }, person: { name: '周某' } })
    expect(await codeOf(second.call(alarms.get, { params: { id: unrelated } }))).toBe('ZJ_NOT_FOUND')
  })

  test('nearest first: office roster, then county roster, then the heads of their posts', async () => {
    const who = async () =>
      (await head.call(roster.now, { query: { org: places.office } })).map((r) => [r.place, r.id, r.by])
    expect(await who()).toEqual([
      ['officeHead', head.id, 'post'],
      ['countyHead', agencyHead.id, 'post'],
    ])
    await onDuty(county, agency.id, { org: places.county })
    await onDuty(county, officer.id)
    expect((await who()).map(([place]) => place)).toEqual(['officeDuty', 'officeHead', 'countyDuty', 'countyHead'])
    const { owner } = await openTask({ clockMin: 30 })
    expect(owner).toEqual({ id: officer.id, name: '王警官' })
  })

  test('when nobody is on duty the task says so and the office sees it', async () => {
    const { id, owner, nobodyOnDuty } = await openTask({ org: '459002001', clockMin: 30 })
    expect([owner, nobodyOnDuty]).toEqual([null, true])
    const there = await county.signIn('county', { of: places.otherCounty })
    expect(await seeTask(there, id)).toMatchObject({ owner: null, nobodyOnDuty: true, ownerRole: 'officer' })
    const claimed = await there.call(tasks.claim, { params: { id }, body: { revision: 1 } })
    expect(claimed).toMatchObject({ owner: { id: there.id }, nobodyOnDuty: false })
  })
})

describe('S0.21 handled by a deadline', () => {
  test('the clock starts at delivery, a claim never resets it; overdue climbs by the roster, each step told and on record', async () => {
    await onDuty(county, officer.id)
    await onDuty(county, agency.id, { org: places.county })
    const person = await plantPerson(county.house, { officer: officer.id })
    const { id } = await plantAlarm(county, person)
    const before = await officer.call(alarms.get, { params: { id } })
    await later(county, 10 * minute)
    const claimed = await officer.call(alarms.claim, { params: { id }, body: { revision: before.revision } })
    expect(claimed.clock.dueAt).toBe(before.clock.dueAt)
    const line = await listen(county.url, head.cookie)
    await later(county, 51 * minute)
    const task = claimed.task?.id ?? ''
    await line.until((m) => m.type === 'news' && m.topic === 'alarm' && m.what === 'overdue' && m.mine, 30_000)
    line.close()
    const late = await seeTask(head, task)
    expect(late).toMatchObject({ climbed: 1, owner: { id: officer.id }, clock: { overdue: true } })
    expect(late.called.map((c) => c.id)).toEqual([officer.id, head.id])
    expect(await mine(officer, 'overdue')).toEqual([task])
    expect(await mine(head, 'watched')).toEqual([task])
    for (const next of [agency, agencyHead]) {
      await later(county, 61 * minute)
      await eventually(
        () => seeTask(head, task),
        (t) => t.called.some((c) => c.id === next.id),
      )
    }
    await later(county, 61 * minute)
    await eventually(
      () => seeTask(head, task),
      (t) => t.nextClimbAt === null,
    )
    const kinds = await ledgerAbout(county, task)
    expect(kinds.filter((k) => k === 'task.climbed')).toHaveLength(3)
    expect(kinds).toContain('task.overdue')
    const { notes } = await head.call(alarms.get, { params: { id } })
    expect(notes.filter((n) => n.kind === 'climb')).toHaveLength(4)
  })

  test('a duty of a post shows as overdue and climbs to the superior of the post; the post keeps it', async () => {
    const dueAt = county.house.chance.now() + minute
    const { id, owner } = await openTask({ ownerRole: 'officeHead', dueAt, rule: 'END-01' })
    expect(owner?.id).toBe(head.id)
    await later(county, 2 * minute)
    const seen = await eventually(
      () => seeTask(head, id),
      (t) => t.called.some((c) => c.id === agencyHead.id),
    )
    expect(seen).toMatchObject({ climbed: 1, owner: { id: head.id }, clock: { overdue: true, source: 'law' } })
    expect(seen.clock.citation).toMatchObject({ rule: 'END-01', article: '53' })
  })

  test('one running task of a kind and subject', async () => {
    const subject = county.house.chance.id()
    const first = await openTask({ subject })
    const again = await openTask({ subject })
    expect(again).toMatchObject({ id: first.id, opened: false })
  })
})

describe('hand-over', () => {
  test('when the shift changes an unclaimed task follows; a claimed one stays', async () => {
    await onDuty(county, officer.id, { hours: 1 })
    const { id: waiting } = await openTask({ clockMin: 600 })
    const { id: taken } = await openTask({ clockMin: 600 })
    await officer.call(tasks.claim, { params: { id: taken }, body: { revision: 1 } })
    await later(county, 61 * minute)
    await onDuty(county, second.id, { from: county.house.chance.now() })
    const handed = await eventually(
      () => seeTask(head, waiting),
      (t) => t.owner?.id === second.id,
    )
    expect(handed.called.at(-1)?.id).toBe(second.id)
    expect((await seeTask(head, taken)).owner?.id).toBe(officer.id)
    expect(await ledgerAbout(county, waiting)).toContain('task.handedOver')
  })

  test('whoever is on duty hands the rest of the shift over, and every open task with it', async () => {
    const now = county.house.chance.now()
    const iso = (ms: number) => new Date(ms).toISOString()
    const [shift] = await head.call(roster.set, {
      body: {
        shifts: [
          { org: places.office, staff: officer.id, place: 'duty', from: iso(now), until: iso(now + 8 * 60 * minute) },
        ],
      },
    })
    if (!shift) throw new Error('no shift was set')
    const { id } = await openTask({ clockMin: 60, at: now + 1 })
    await officer.call(tasks.claim, { params: { id }, body: { revision: 1 } })
    expect(await codeOf(second.call(roster.handOver, { params: { id: shift.id }, body: { to: second.id } }))).toBe(
      'ZJ_ROSTER_NOT_YOURS',
    )
    const handed = await officer.call(roster.handOver, {
      params: { id: shift.id },
      body: { to: second.id, note: '身体不适' },
    })
    expect(handed).toMatchObject({ tasks: 1, shift: { staff: { id: second.id }, handedFrom: shift.id } })
    expect((await seeTask(head, id)).owner?.id).toBe(second.id)
    expect(await codeOf(officer.call(roster.handOver, { params: { id: shift.id }, body: { to: second.id } }))).toBe(
      'ZJ_ROSTER_OVER',
    )
  })

  test('the roster refuses two at once, the past, strangers and other units', async () => {
    const now = county.house.chance.now()
    const shift = (more: object = {}) => ({
      org: places.office,
      staff: officer.id,
      place: 'duty' as const,
      from: new Date(now).toISOString(),
      until: new Date(now + 60 * minute).toISOString(),
      ...more,
    })
    const set = (who: Somebody, ...shifts: ReturnType<typeof shift>[]) =>
      codeOf(who.call(roster.set, { body: { shifts } }))
    const far = await county.signIn('officer', { of: places.officeElsewhere })
    expect(await set(head, shift(), shift({ staff: second.id }))).toBe('ZJ_ROSTER_OVERLAP')
    expect(await set(head, shift({ until: new Date(now - 1).toISOString() }))).toBe('ZJ_ROSTER_SPAN')
    expect(await set(head, shift({ staff: far.id }))).toBe('ZJ_ROSTER_STAFF_UNFIT')
    expect(await set(head, shift({ org: places.otherOffice }))).toBe('ZJ_ROSTER_ELSEWHERE')
    expect(await set(officer, shift())).toBe('ZJ_NOT_ALLOWED')
    const worker = await county.signIn('socialWorker')
    expect(await set(head, shift({ staff: worker.id }))).toBe('ZJ_ROSTER_STAFF_UNFIT')
    expect((await head.call(roster.candidates, { query: { org: places.office } })).map((c) => c.id)).not.toContain(
      worker.id,
    )
  })
})

describe('lists', () => {
  test('views and counts agree; a transfer needs the owner or a head and a fit receiver', async () => {
    await onDuty(county, officer.id)
    const person = await plantPerson(county.house, { officer: officer.id })
    const { id } = await plantAlarm(county, person)
    const task = (await officer.call(alarms.get, { params: { id } })).task?.id ?? ''
    await openTask({ ownerRole: 'officer' })
    for (const whose of ['mine', 'unit'] as const) {
      const counts = await officer.call(tasks.counts, { query: { whose } })
      for (const view of ['todo', 'overdue', 'watched', 'done'] as const) {
        const { total, items } = await officer.call(tasks.list, { query: { whose, view } })
        expect([whose, view, total, items.length]).toEqual([whose, view, counts[view], counts[view]])
      }
    }
    const receivers = await officer.call(tasks.receivers, { params: { id: task } })
    expect(receivers.map((r) => r.id)).toContain(second.id)
    const body = { to: second.id, reason: '本人熟悉情况', revision: 1 }
    expect(await codeOf(second.call(tasks.transfer, { params: { id: task }, body }))).toBe('ZJ_NOT_FOUND')
    const given = await officer.call(tasks.transfer, { params: { id: task }, body })
    expect(given).toMatchObject({ owner: { id: second.id }, state: 'claimed' })
    expect((await second.call(alarms.get, { params: { id } })).state).toBe('claimed')
    const worker = await county.signIn('socialWorker')
    expect(
      await codeOf(
        second.call(tasks.transfer, {
          params: { id: task },
          body: { ...body, to: worker.id, revision: given.revision },
        }),
      ),
    ).toBe('ZJ_TASK_RECEIVER_UNFIT')
    const urged = await head.call(tasks.urge, { params: { id: task }, body: { note: '请尽快' } })
    expect(urged.owner?.id).toBe(second.id)
    expect(await ledgerAbout(county, task)).toEqual(
      expect.arrayContaining(['task.delivered', 'task.transferred', 'task.urged']),
    )
  })

  test('administrators and other counties see no task of a person', async () => {
    const person = await plantPerson(county.house, { officer: officer.id })
    await plantAlarm(county, person)
    for (const [role, of] of [
      ['county', places.otherCounty],
      ['city', places.city],
    ] as const) {
      const stranger = await county.signIn(role, { of })
      const { items } = await stranger.call(tasks.list, { query: { whose: 'unit' } })
      expect(items).toEqual([])
    }
    const admin = await county.signIn('systemAdmin')
    expect(await codeOf(admin.call(tasks.list, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
  })
})

test('files: 20 MB at most, of a person in sight, never elsewhere', async () => {
  const person = await plantPerson(county.house, { officer: officer.id })
  const card = await officer.call(files.upload, {
    body: { person, note: '走访' },
    file: photo(),
    fileName: '../../走访.jpg',
  })
  expect(card).toMatchObject({ name: '走访.jpg', person, org: places.office, size: 22 })
  expect(await codeOf(second.call(files.upload, { body: { person }, file: photo(), fileName: 'a.jpg' }))).toBe(
    'ZJ_NOT_FOUND',
  )
  expect(await codeOf(officer.call(files.upload, { body: {}, file: photo(), fileName: 'a.jpg' }))).toBe(
    'ZJ_FILE_HOMELESS',
  )
  const big = new Blob([await photo().arrayBuffer(), new Uint8Array(20 * 1024 * 1024)])
  expect(await codeOf(officer.call(files.upload, { body: { person }, file: big, fileName: 'big.jpg' }))).toBe(
    'ZJ_TOO_LARGE',
  )
  expect(await second.call(files.list, { query: { person } })).toEqual([])
})

test('outages: declared once, ended once, for one’s own unit, by whoever may', async () => {
  const startsAt = new Date(county.house.chance.now() - 60 * minute).toISOString()
  const body = { org: places.county, reason: '运营商光缆中断', scope: { of: 'network' as const }, startsAt }
  expect(await codeOf(officer.call(outages.declare, { body }))).toBe('ZJ_NOT_ALLOWED')
  const declared = await agencyHead.call(outages.declare, { body })
  expect(declared).toMatchObject({ way: 'declared', endsAt: null, declaredBy: { name: '钱局' } })
  expect(await codeOf(agencyHead.call(outages.declare, { body }))).toBe('ZJ_OUTAGE_RUNNING')
  expect(await codeOf(agencyHead.call(outages.declare, { body: { ...body, org: places.otherCounty } }))).toBe(
    'ZJ_OUTAGE_ELSEWHERE',
  )
  const admin = await county.signIn('systemAdmin')
  expect((await admin.call(outages.list, { query: { running: true } })).map((o) => o.id)).toEqual([declared.id])
  const there = await county.signIn('officer', { of: places.officeElsewhere })
  expect(await there.call(outages.list, { query: {} })).toEqual([])
  const ended = await admin.call(outages.end, { params: { id: declared.id }, body: {} })
  expect(ended.endsAt).not.toBeNull()
  expect(await codeOf(agencyHead.call(outages.end, { params: { id: declared.id }, body: {} }))).toBe('ZJ_OUTAGE_OVER')
  expect(await ledgerAbout(county, declared.id)).toEqual(['outage.declared', 'outage.ended'])
})

test('the live line ends with the session, and starts again after a restart of the process', async () => {
  const line = await listen(county.url, officer.cookie)
  const since = line.cursor()
  line.close()
  await county.restart()
  const again = await listen(county.url, officer.cookie, { since })
  await again.until((m) => m.type === 'resync')
  again.close()
})

describe('who reads of a duty that is about nobody on file', () => {
  test('its title is for the office and its own hands: not for village, police, volunteers, nor for superiors', async () => {
    // An assessment names somebody who is not on file yet.
    const { id } = await openTask({ title: { zh: '调查评估：覃某某', en: 'Assessment: Qin' } })
    for (const who of [officer, head, agency]) expect((await seeTask(who, id)).title.zh).toBe('调查评估：覃某某')
    const others = await Promise.all([
      county.signIn('villageCommittee'),
      county.signIn('volunteer'),
      county.signIn('communityPolice', { of: places.office }),
      county.signIn('communityPolice'),
      county.signIn('city'),
      county.signIn('province'),
      county.signIn('officer', { of: places.otherOffice }),
      county.signIn('county', { of: places.otherCounty }),
    ])
    for (const who of others) {
      expect(await codeOf(seeTask(who, id)), who.name).toBe('ZJ_NOT_FOUND')
      for (const view of ['todo', 'overdue', 'watched', 'done'] as const) expect(await mine(who, view)).toEqual([])
      expect((await who.call(tasks.counts, { query: {} })).todo).toBe(0)
    }
    // What is handed to one of them by name he reads.
    const village = others[0]
    if (!village) throw new Error('nobody signed in')
    const { id: his } = await openTask({ owner: village.id, title: { zh: '走访协助', en: 'Help with a visit' } })
    expect((await seeTask(village, his)).title.zh).toBe('走访协助')
  })
})
