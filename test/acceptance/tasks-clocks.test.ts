import { files } from '@zhijiao/contract/files'
import { tasks } from '@zhijiao/contract/tasks'
import { shippedCalendar } from '@zhijiao/law/calendar'
import { forgetLaw } from '@zhijiao/server/core/circumstances'
import type { NewTask } from '@zhijiao/server/core/tasks'
import { countUnknown } from '@zhijiao/server/core/tasks/remind'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { eventually, openDuty, withDuties } from '../support/duty.ts'
import { later, ledgerAbout, onDuty, photo, plantAlarm } from '../support/episode.ts'
import { listen } from '../support/live.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let agency: Somebody
let agencyHead: Somebody
const minute = 60_000
const hour = 60 * minute

// A Wednesday morning: 10 working days later is Wednesday 2 December.
beforeEach(async () => {
  county = await startCounty({ at: '2026-11-18T10:00:00+08:00' })
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  agency = await county.signIn('county', { name: '赵科员' })
  agencyHead = await county.signIn('countyHead', { name: '钱局' })
})
afterEach(() => county.stop())

const open = (wish: Partial<NewTask>) => openDuty(county, { ownerRole: 'officer', ...wish })
const see = (who: Somebody, id: string) => who.call(tasks.get, { params: { id } })
/** To an instant of Asia/Shanghai, in the clock of the whole program. */
const until = (text: string) => later(county, new Date(`${text}+08:00`).getTime() - county.house.chance.now())

describe('S3.12 due dates are counted by the law', () => {
  test.each([
    // working days; calendar days that roll over the National Day; hours; ahead of an event; a rule that only says promptly
    ['INV-01', '2026-11-18', '2026-12-02', '2026-12-02T15:59:59.999Z', '10 个工作日，不含首日'],
    ['DLV-03', '2026-09-30', '2026-10-08', '2026-10-08T15:59:59.999Z', '5 日，不含首日，末日遇节假日顺延'],
    [
      'REV-02',
      '2026-11-18T09:00:00+08:00',
      '2026-11-20',
      '2026-11-20T01:00:00.000Z',
      '48 小时，昼夜连续计算，节假日不停',
    ],
    ['END-01', '2026-12-31', '2026-12-01', '2026-12-01T15:59:59.999Z', '至迟提前30 日，遇节假日不顺延'],
    ['INV-04', '2026-11-18', null, null, '法律要求“及时”，未定天数'],
  ] as const)('%s from %s is %s', async (rule, from, dueOn, dueAt, counted) => {
    const { id } = await open({ due: { rule, from } })
    const { clock } = await see(officer, id)
    expect(clock).toMatchObject({ dueOn, dueAt, source: 'law', citation: { rule }, counted: { zh: counted } })
    expect(clock.uncounted).toBeNull()
  })

  test('in a year whose holidays are unknown the task opens without a clock, says why, and is counted once they are', async () => {
    const { id, dueAt } = await open({ due: { rule: 'INV-01', from: '2026-12-24' } })
    expect(dueAt).toBeNull()
    const before = await see(officer, id)
    expect(before.clock).toMatchObject({ dueAt: null, overdue: false, source: 'law', citation: { rule: 'INV-01' } })
    expect(before.clock.uncounted?.zh).toContain('2027 年放假调休安排尚未录入')
    const counts = await officer.call(tasks.counts, { query: {} })
    expect(counts.byDue.none).toBe(1)
    expect(await countUnknown(county.house)).toBe(0)
    const years = shippedCalendar.years as Map<number, { off: Set<never>; work: Set<never> }>
    years.set(2027, { off: new Set(['2027-01-01'] as never[]), work: new Set() })
    try {
      expect(await countUnknown(county.house)).toBe(1)
      expect((await see(officer, id)).clock).toMatchObject({ dueOn: '2027-01-08', uncounted: null })
      expect(await ledgerAbout(county, id)).toContain('task.counted')
    } finally {
      years.delete(2027)
    }
  })

  test('what the statute gives no clock is refused in its own words, and no task is left behind', async () => {
    const subject = county.house.chance.id()
    await expect(open({ subject, due: { rule: 'REP-01', from: '2026-11-18' } })).rejects.toMatchObject({
      kind: { code: 'ZJ_LAW_RULE_HAS_NO_CLOCK' },
    })
    await expect(open({ subject, due: { rule: 'INV-01', from: '2026-13-40' } })).rejects.toMatchObject({
      kind: { code: 'ZJ_LAW_DATE_INVALID' },
    })
    expect((await officer.call(tasks.list, { query: { whose: 'unit' } })).total).toBe(0)
  })
})

describe('S3.12 due dates are reminded of', () => {
  test('three days and one day ahead, each once, live and as a mark; then the ladder of the post is climbed', async () => {
    await onDuty(county, agency.id, { org: places.county, hours: 24 * 30 })
    const line = await listen(county.url, officer.cookie)
    const { id } = await open({ due: { rule: 'INV-01', from: '2026-11-18' } })
    await until('2026-11-29T08:29:00')
    expect((await see(officer, id)).remindedAt).toBeNull()
    await until('2026-11-29T08:30:01')
    await line.until((m) => m.type === 'news' && m.topic === 'task' && m.what === 'reminded' && m.mine, 30_000)
    line.close()
    const first = await eventually(
      () => see(officer, id),
      (t) => t.remindedAt !== null,
    )
    await until('2026-12-01T08:30:01')
    await eventually(
      () => see(officer, id),
      (t) => t.remindedAt !== first.remindedAt,
    )
    await until('2026-12-02T23:59:30')
    expect((await see(officer, id)).clock.overdue).toBe(false)
    await until('2026-12-03T08:31:00')
    const late = await eventually(
      () => see(officer, id),
      (t) => t.called.some((c) => c.id === head.id),
    )
    expect(late).toMatchObject({ clock: { overdue: true }, climbed: 1, owner: { id: officer.id } })
    for (const next of [agency, agencyHead]) {
      await later(county, 24 * hour + minute)
      await eventually(
        () => see(officer, id),
        (t) => t.called.some((c) => c.id === next.id),
      )
    }
    expect((await ledgerAbout(county, id)).filter((k) => k === 'task.reminded')).toHaveLength(2)
  })

  test('a worker that was away reminds once, not for every lead it missed; what is done is not reminded of', async () => {
    const { id } = await open({ due: { rule: 'INV-01', from: '2026-11-18' } })
    const { id: done } = await open({ due: { rule: 'INV-01', from: '2026-11-18' } })
    await withDuties(county, async (duties) => duties.finish(await duties.get(done), 'done'))
    await until('2026-12-02T12:00:00')
    await eventually(
      () => see(officer, id),
      (t) => t.remindedAt !== null,
    )
    await new Promise((pass) => setTimeout(pass, 2_500))
    expect((await ledgerAbout(county, id)).filter((k) => k === 'task.reminded')).toHaveLength(1)
    expect(await ledgerAbout(county, done)).not.toContain('task.reminded')
  })

  test('a clock of hours is reminded of hours ahead', async () => {
    const { id } = await open({ due: { rule: 'REV-02', from: '2026-11-18T10:00:00+08:00' } })
    await until('2026-11-19T10:00:01')
    await eventually(
      () => see(officer, id),
      (t) => t.remindedAt !== null,
    )
    await until('2026-11-20T08:00:01')
    await eventually(
      () => ledgerAbout(county, id),
      (kinds) => kinds.filter((k) => k === 'task.reminded').length === 2,
    )
  })
})

describe('S3.12 a clock rests and gets more time only as the law allows', () => {
  test('an investigation is prolonged by agreement with the principal, its paper attached, to a working day', async () => {
    const person = await plantPerson(county.house, { officer: officer.id })
    const { id } = await open({ person, due: { rule: 'INV-01', from: '2026-11-18' } })
    const task = await see(officer, id)
    expect(task.clockTerms).toMatchObject({ extension: { by: 'agreement', citation: { rule: 'INV-03' } }, pauses: [] })
    const paper = await officer.call(files.upload, {
      body: { person, note: '同意延期函' },
      file: photo(),
      fileName: '同意延期函.jpg',
    })
    const wish = {
      newDue: '2026-12-09',
      agreedWith: '示例市人民法院',
      agreedOn: '2026-11-18',
      reason: '被调查人住院，无法走访',
      files: [paper.id],
      revision: task.revision,
    }
    const extend = (more: object) => codeOf(officer.call(tasks.extend, { params: { id }, body: { ...wish, ...more } }))
    expect(await extend({ files: [] })).toBe('ZJ_TASK_AGREEMENT_MISSING')
    expect(await extend({ files: [county.house.chance.id()] })).toBe('ZJ_TASK_AGREEMENT_MISSING')
    expect(await extend({ agreedOn: '2026-11-19' })).toBe('ZJ_TASK_AGREEMENT_MISSING')
    expect(await extend({ newDue: '2026-12-02' })).toBe('ZJ_TASK_NEW_DUE')
    expect(await extend({ newDue: '2026-12-12' })).toBe('ZJ_TASK_NEW_DUE')
    expect(await extend({ revision: 99 })).toBe('ZJ_CHANGED')
    const given = await officer.call(tasks.extend, { params: { id }, body: wish })
    expect(given.clock.dueOn).toBe('2026-12-09')
    expect(given.clockChanges).toMatchObject([
      { what: 'extend', agreedWith: '示例市人民法院', files: [paper.id], citation: { rule: 'INV-03' }, by: '王警官' },
    ])
    expect(await ledgerAbout(county, id)).toContain('task.extended')
  })

  test('no other clock is prolonged or stopped, and nobody else’s', async () => {
    const person = await plantPerson(county.house, { officer: officer.id })
    const { id } = await open({ person, owner: officer.id, due: { rule: 'DLV-03', from: '2026-11-18' } })
    const { id: configured } = await open({ person, owner: officer.id, clockMin: 60 })
    const agreed = { newDue: '2026-12-09', agreedWith: '法院', agreedOn: '2026-11-18', reason: '来不及', files: [] }
    for (const task of [id, configured]) {
      const body = { ...agreed, revision: 1 }
      expect(await codeOf(officer.call(tasks.extend, { params: { id: task }, body }))).toBe('ZJ_TASK_CLOCK_FIXED')
      const pause = { cause: 'hospital' as const, reason: '住院', revision: 1 }
      expect(await codeOf(officer.call(tasks.pause, { params: { id: task }, body: pause }))).toBe('ZJ_TASK_CLOCK_FIXED')
    }
    const { id: report } = await open({ person, owner: officer.id, due: { rule: 'REP-03', from: '2026-11-18' } })
    const body = { cause: 'custody' as const, reason: '被刑事拘留', revision: 1 }
    const second = await county.signIn('officer')
    const { id: unnamed } = await open({ owner: officer.id, due: { rule: 'REP-03', from: '2026-11-18' } })
    expect(await codeOf(second.call(tasks.pause, { params: { id: unnamed }, body }))).toBe('ZJ_TASK_NOT_YOURS')
    const stranger = await county.signIn('county', { of: places.otherCounty })
    expect(await codeOf(stranger.call(tasks.pause, { params: { id: report }, body }))).toBe('ZJ_NOT_FOUND')
  })

  test('a monthly report rests while the person is held, is not overdue meanwhile, and has back what it lost', async () => {
    const person = await plantPerson(county.house, { officer: officer.id })
    const { id } = await open({ person, owner: officer.id, due: { rule: 'REP-03', from: '2026-11-18' } })
    expect((await see(officer, id)).clock.dueOn).toBe('2026-12-18')
    const pause = (revision: number, cause: 'custody' | 'away' = 'custody') =>
      officer.call(tasks.pause, { params: { id }, body: { cause, reason: '被刑事拘留', revision } })
    expect(await codeOf(pause(1, 'away'))).toBe('ZJ_TASK_CLOCK_FIXED')
    const resting = await pause(1)
    expect(resting).toMatchObject({ paused: { reason: '被刑事拘留' }, nextClimbAt: null })
    expect(await codeOf(pause(resting.revision))).toBe('ZJ_TASK_CLOCK_PAUSED')
    await until('2026-12-20T10:00:00')
    const counts = await officer.call(tasks.counts, { query: {} })
    expect([counts.overdue, counts.byDue.none]).toEqual([0, 1])
    const running = await officer.call(tasks.resume, {
      params: { id },
      body: { reason: '变更为取保候审', revision: resting.revision },
    })
    // 32 days: the clause counts calendar days and does not move for a holiday.
    expect(running).toMatchObject({ paused: null, clock: { dueOn: '2027-01-19', overdue: false } })
    expect(
      await codeOf(officer.call(tasks.resume, { params: { id }, body: { reason: '…', revision: running.revision } })),
    ).toBe('ZJ_TASK_CLOCK_RUNS')
    expect(await ledgerAbout(county, id)).toEqual(expect.arrayContaining(['task.paused', 'task.resumed']))
  })
})

describe('clocks say when they run', () => {
  test('around the clock unless the unit lets a kind of alarm run in hours of duty; the gravest never', async () => {
    await onDuty(county, officer.id, { hours: 24 * 5 })
    const person = await plantPerson(county.house, { officer: officer.id })
    await until('2026-11-20T17:00:00')
    const clockOf = async (kind: string, level: number) => {
      const { id } = await plantAlarm(county, await plantPerson(county.house, { officer: officer.id }), { kind, level })
      const { items } = await officer.call(tasks.list, { query: { kind: 'alarm.handle' } })
      return items.find((t) => t.subject === id)?.clock
    }
    const always = await clockOf('lowBattery', 3)
    expect(always?.counted?.zh).toContain('每日 24 小时连续计算')
    await county.house.databases.system
      .insertInto('law_revision')
      .values({
        id: county.house.chance.id(),
        org_code: places.county,
        rule: 'SET-24',
        change: { values: { 'SET-24': 'lowBattery', 'SET-21': '08:30-12:00,14:30-17:30' } },
        source: '示例一县内部规定',
        effective_from: '2026-11-01',
        state: 'published',
        drafted_by: agency.id,
        drafted_at: new Date(county.house.chance.now()),
        published_by: agencyHead.id,
        published_at: new Date(county.house.chance.now()),
      })
      .execute()
    forgetLaw(county.house.databases.system)
    const duty = await clockOf('lowBattery', 3)
    const min = (new Date(always?.dueAt ?? 0).getTime() - new Date(always?.deliveredAt ?? 0).getTime()) / minute
    expect(duty?.counted?.zh).toContain('仅工作时间计时（工作日 08:30–12:00、14:30–17:30）')
    expect(duty?.counted?.en).toContain('hours of duty only')
    // Friday 17:00 and half an hour left of the day: the rest runs from Monday, lunch left out.
    expect(new Date(duty?.dueAt ?? 0).getTime()).toBeGreaterThan(new Date('2026-11-23T08:30:00+08:00').getTime())
    expect(min).toBeGreaterThan(30)
    expect((await clockOf('lowBattery', 1))?.counted?.zh).toContain('每日 24 小时连续计算')
    expect((await clockOf('boundaryOut', 2))?.counted?.zh).toContain('每日 24 小时连续计算')
    expect(person).toBeTruthy()
  })
})
