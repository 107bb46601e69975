import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { type Obligation, obligations } from '@zhijiao/contract/obligations'
import { outages } from '@zhijiao/contract/outages'
import { people } from '@zhijiao/contract/people'
import { leaves } from '@zhijiao/contract/permits'
import { lawDesk } from '@zhijiao/contract/settings'
import { tasks } from '@zhijiao/contract/tasks'
import { climbOverdue } from '@zhijiao/server/core/tasks/climb'
import { sweepSome } from '@zhijiao/server/obligations/jobs'
import { findMissed } from '@zhijiao/server/obligations/missed'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { later, ledgerAbout, photo } from '../support/episode.ts'
import { act, begin, see } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let agencyHead: Somebody

// A Wednesday; no other worker runs than the one these tests call, so that each look is a look.
beforeEach(async () => {
  county = await startCounty({ at: '2026-11-18T10:00:00+08:00', env: { ZJ_PARTS: 'api' } })
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  agencyHead = await county.signIn('countyHead', { name: '钱局' })
})
afterEach(() => county.stop())

const first = '00000000-0000-0000-0000-000000000000'
/** One round of the worker over everybody. */
async function sweep(): Promise<void> {
  await sweepSome(county.house, first, 1000)
  await findMissed(county.house)
}
const until = (text: string) => later(county, new Date(`${text}+08:00`).getTime() - county.house.chance.now())
const db = () => county.house.databases.system
const set = (person: string, change: string) =>
  sql`update person set ${sql.raw(change)} where id = ${person}::uuid`.execute(db())
async function part(person: string, name: string, data: object): Promise<string> {
  const id = county.house.chance.id()
  await sql`insert into person_part (id, person_id, org_code, part, data, added_by, added_at)
    values (${id}, ${person}, ${places.office}, ${name}, ${JSON.stringify(data)}::jsonb, ${officer.id}, ${new Date(county.house.chance.now())})`.execute(
    db(),
  )
  return id
}
/** A suspended sentence received on 7 September at the ordinary level: a report every two weeks, due on 29 November. */
async function entrant(more: { name?: string; officer?: string | null; org?: string } = {}): Promise<string> {
  const person = await plantPerson(county.house, { officer: officer.id, name: '周某', ...more })
  await part(person, 'correction', { receivedOn: '2026-09-07' })
  return person
}
const ofPerson = async (person: string, who: Somebody = officer) =>
  who.call(obligations.ofPerson, { params: { personId: person }, query: {} })
async function running(person: string, kind: Obligation['kind']): Promise<Obligation> {
  const found = (await ofPerson(person)).running.find((o) => o.kind === kind)
  if (!found) throw new Error(`no ${kind} runs`)
  return found
}

describe('S3.12 the duties of a person and their due dates', () => {
  test('follow from the file, once however often the worker looks, with day, article and words', async () => {
    const person = await entrant()
    await sweep()
    await sweep()
    const { running: mine } = await ofPerson(person)
    expect(mine.map((o) => [o.kind, o.from, o.clock.dueOn]).sort()).toEqual([
      ['education', '2026-11-07', '2026-12-06'],
      ['report', '2026-11-16', '2026-11-29'],
    ])
    const report = await running(person, 'report')
    expect(report.clock).toMatchObject({ citation: { rule: 'REP-01', article: '24' }, overdue: false, source: 'law' })
    expect(report.clock.counted?.zh).toContain('每 2 周一次')
    // A duty of the person is nobody's task of the staff.
    expect((await officer.call(tasks.list, { query: { whose: 'unit' } })).total).toBe(0)
    const upcoming = await officer.call(obligations.upcoming, { query: { days: 14, mine: true } })
    expect(upcoming).toMatchObject({ due: 1, missed: 0, byKind: [{ kind: 'report', due: 1 }] })
    const { total } = await officer.call(obligations.list, {
      query: { mine: true, state: ['due'], dueUntil: upcoming.until },
    })
    expect(total).toBe(upcoming.due)
  })

  test('a temporary service for illness: the monthly report and the review of three months', async () => {
    const person = await plantPerson(county.house, { officer: officer.id })
    await set(person, "category = '04'")
    await part(person, 'correction', { receivedOn: '2026-09-07', physical: '01' })
    await sweep()
    expect((await running(person, 'bodyReport')).clock).toMatchObject({
      dueOn: '2026-12-07',
      citation: { rule: 'REP-03' },
    })
    expect((await running(person, 'medicalReview')).clock).toMatchObject({
      dueOn: '2026-12-07',
      citation: { rule: 'REP-04' },
    })
  })

  test('the first report within ten days of effect; not come: a fact and a task, never a sanction', async () => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '李某' })
    await set(person, "state = 'awaiting'")
    await part(person, 'sentence', { effectiveOn: '2026-11-12' })
    await sweep()
    const { id, clock } = await running(person, 'firstReport')
    // Ten days end on Sunday 22 November and move to the Monday.
    expect(clock).toMatchObject({ dueOn: '2026-11-23', citation: { rule: 'RPT-01' } })
    await until('2026-11-24T00:00:01')
    await sweep()
    expect(await running(person, 'firstReport')).toMatchObject({ state: 'missed' })
    const { items } = await officer.call(tasks.list, { query: {} })
    expect(items).toMatchObject([
      {
        kind: 'duty.missed',
        subject: id,
        level: 2,
        owner: { id: officer.id },
        clock: { citation: { rule: 'RPT-03' } },
      },
    ])
    expect(items[0]?.title.zh).toBe('李某：未在 2026-11-23 前入矫报到，请核实原因')
    expect(await ledgerAbout(county, id)).toEqual(['obligation.missed'])
    const sanctions = await sql<{
      n: number
    }>`select count(*) as n from person_part where person_id = ${person}::uuid and part in ('rewards', 'violations')`.execute(
      db(),
    )
    expect(Number(sanctions.rows[0]?.n)).toBe(0)
  })

  test('what the officer registers settles it, with what shows it; done late is done late and ends his task', async () => {
    const person = await entrant()
    await sweep()
    const report = await running(person, 'report')
    const card = await officer.call(files.upload, { body: { person }, file: photo(), fileName: '报告.jpg' })
    const fulfil = (body: object) =>
      officer.call(obligations.fulfil, {
        params: { id: report.id },
        body: { on: '2026-11-18', revision: report.revision, ...body },
      })
    expect(await codeOf(fulfil({ on: '2026-11-19' }))).toBe('ZJ_OBLIGATION_DAY')
    expect(await codeOf(fulfil({ on: '2026-11-15' }))).toBe('ZJ_OBLIGATION_DAY')
    expect(await codeOf(fulfil({ files: [county.house.chance.id()] }))).toBe('ZJ_OBLIGATION_FILES')
    expect(await codeOf(fulfil({ revision: 7 }))).toBe('ZJ_CHANGED')
    const done = await fulfil({ files: [card.id], note: '当面报告' })
    expect(done).toMatchObject({
      state: 'fulfilled',
      doneOn: '2026-11-18',
      late: false,
      settledBy: '王警官',
      files: [card.id],
    })
    expect(await codeOf(fulfil({}))).toBe('ZJ_OBLIGATION_SETTLED')
    expect(await ledgerAbout(county, report.id)).toEqual(['obligation.fulfilled'])
    await until('2026-12-07T09:00:00')
    await sweep()
    const missed = await running(person, 'education')
    expect(missed.state).toBe('missed')
    const late = await officer.call(obligations.fulfil, {
      params: { id: missed.id },
      body: { on: '2026-12-07', revision: missed.revision },
    })
    expect(late).toMatchObject({ state: 'fulfilled', late: true })
    const { items } = await officer.call(tasks.list, { query: { view: 'done' } })
    expect(items).toMatchObject([{ kind: 'duty.missed', outcome: 'fulfilled' }])
  })

  test('a report in the file settles the duty by itself, once, in the name of whoever wrote it', async () => {
    const person = await entrant()
    await sweep()
    await officer.call(people.addPart, {
      params: { personId: person },
      body: { part: 'reports', data: { on: '2026-11-18', mode: '01', content: '本周在家务农，无异常。' } },
    })
    await sweep()
    const { settled, running: open } = await ofPerson(person)
    expect(settled).toMatchObject([{ kind: 'report', state: 'fulfilled', doneOn: '2026-11-18', settledBy: '王警官' }])
    expect(open.map((o) => o.kind)).toEqual(['education'])
    await until('2026-11-30T09:00:00')
    await sweep()
    expect((await running(person, 'report')).clock.dueOn).toBe('2026-12-13')
  })

  test('excused by an officer with his reason', async () => {
    const person = await entrant()
    await sweep()
    const report = await running(person, 'report')
    const excused = await officer.call(obligations.excuse, {
      params: { id: report.id },
      body: { reason: '所在乡镇山洪，道路中断', revision: report.revision },
    })
    expect(excused).toMatchObject({ state: 'excused', note: '所在乡镇山洪，道路中断' })
    expect(await ledgerAbout(county, report.id)).toEqual(['obligation.excused'])
  })

  test('an outage is taken off before anything counts as missed', async () => {
    const person = await entrant()
    await sweep()
    await until('2026-11-28T09:00:00')
    const outage = await agencyHead.call(outages.declare, {
      body: {
        org: places.county,
        reason: '全县断网',
        scope: { of: 'network' },
        startsAt: new Date(county.house.chance.now()).toISOString(),
      },
    })
    await until('2026-11-30T09:00:00')
    await sweep()
    expect((await running(person, 'report')).state).toBe('due')
    await agencyHead.call(outages.end, { params: { id: outage.id }, body: {} })
    // From the 28th at 9:00 to the end of the 29th: 39 hours, which he has from the 30th on.
    await until('2026-12-01T14:00:00')
    await sweep()
    expect((await ofPerson(person)).running.find((o) => o.from === '2026-11-16')?.state).toBe('due')
    await until('2026-12-01T16:00:00')
    await sweep()
    const missed = (await ofPerson(person)).running.find((o) => o.from === '2026-11-16')
    expect(missed).toMatchObject({ state: 'missed', outageMinutes: 39 * 60 })
  })

  test('rests while the person is held, and has its time back; ends with correction', async () => {
    const person = await entrant()
    await sweep()
    await set(person, "state = 'detained'")
    await sweep()
    await sweep()
    expect(await running(person, 'report')).toMatchObject({ paused: true })
    await until('2026-12-05T10:00:00')
    await sweep()
    expect((await running(person, 'report')).state).toBe('due')
    await set(person, "state = 'inCorrection'")
    await sweep()
    // 17 days.
    expect((await ofPerson(person)).running.find((o) => o.from === '2026-11-16')).toMatchObject({
      paused: false,
      clock: { dueOn: '2026-12-16' },
    })
    await set(person, "state = 'released'")
    await sweep()
    expect((await ofPerson(person)).running).toEqual([])
  })

  test('back from leave by its last day; the report rests meanwhile', async () => {
    const person = await entrant()
    await sweep()
    const leave = await officer.call(leaves.ask, {
      body: {
        person,
        from: '2026-11-21',
        until: '2026-11-25',
        destination: { text: '南宁', area: '450103' },
        reason: '01',
        reasonText: '就医',
      },
    })
    await head.call(leaves.decide, {
      params: { id: leave.id },
      body: { verdict: 'approved', note: '同意', unproven: '原件在卷', revision: 1 },
    })
    await until('2026-11-21T09:00:00')
    await sweep()
    expect((await running(person, 'leaveReturn')).clock).toMatchObject({
      dueOn: '2026-11-25',
      citation: { rule: 'LVE-09' },
    })
    expect(await running(person, 'report')).toMatchObject({ paused: true })
    await until('2026-11-24T18:00:00')
    const { revision } = await officer.call(leaves.get, { params: { id: leave.id } })
    await officer.call(leaves.return, { params: { id: leave.id }, body: { on: '2026-11-24', revision } })
    await sweep()
    const { settled } = await ofPerson(person)
    expect(settled).toMatchObject([{ kind: 'leaveReturn', doneOn: '2026-11-24', late: false }])
    expect(await running(person, 'report')).toMatchObject({ paused: false, clock: { dueOn: '2026-12-02' } })
  })

  test('seen by whoever sees the person, settled by whoever may edit the file', async () => {
    const person = await entrant()
    await sweep()
    const report = await running(person, 'report')
    const second = await county.signIn('officer')
    const far = await county.signIn('county', { of: places.otherCounty })
    const volunteer = await county.signIn('volunteer')
    expect(await codeOf(ofPerson(person, second))).toBe('ZJ_NOT_FOUND')
    expect((await far.call(obligations.list, { query: {} })).total).toBe(0)
    expect(await codeOf(ofPerson(person, volunteer))).toBe('ZJ_NOT_ALLOWED')
    const body = { on: '2026-11-18', revision: report.revision }
    expect(await codeOf(far.call(obligations.fulfil, { params: { id: report.id }, body }))).toBe('ZJ_NOT_FOUND')
    expect((await head.call(obligations.list, { query: {} })).total).toBe(2)
  })
})

describe('REP-07 a person under an injunction reports on keeping it', () => {
  const injunction = { kind: '02', content: '禁止进入网吧', from: '2026-09-01', until: '2028-08-31' }
  const bound = async (more: Partial<typeof injunction> = {}, name = '覃某') => {
    const person = await entrant({ name })
    const row = await officer.call(people.addPart, {
      params: { personId: person },
      body: { part: 'injunction', data: { ...injunction, ...more } },
    })
    await sweep()
    return { person, row }
  }
  const kinds = async (person: string) => (await ofPerson(person)).running.map((o) => o.kind).sort()
  const told = (person: string, more: object = {}) =>
    officer.call(matters.register, {
      body: {
        kind: 'report',
        person,
        form: {
          what: 'injunction',
          at: new Date(county.house.chance.now() - 3_600_000).toISOString(),
          mode: '01',
          content: '本月未进入网吧，晚间在家。',
          ...more,
        },
      },
    })

  test('the duty comes with the injunction, by article and setting, and nobody else has it', async () => {
    const { person } = await bound()
    const other = await entrant({ name: '周某' })
    await sweep()
    expect(await kinds(person)).toEqual(['education', 'injunctionReport', 'report'])
    expect(await kinds(other)).toEqual(['education', 'report'])
    const duty = await running(person, 'injunctionReport')
    expect(duty).toMatchObject({
      from: '2026-11-07',
      kindName: { zh: '报告遵守禁止令情况', en: 'Report on keeping the injunction' },
      clock: { dueOn: '2026-12-06', citation: { rule: 'REP-07', article: '24' }, overdue: false },
    })
    expect(duty.clock.counted?.zh).toContain('每月一次（本地设置 SET-35）')
    // In the list, in what is due soon, and on the strip of the person's life.
    const listed = await officer.call(obligations.list, { query: { kind: 'injunctionReport' } })
    expect(listed.items.map((o) => o.person.id)).toEqual([person])
    const soon = await officer.call(obligations.upcoming, { query: { days: 20, mine: true } })
    expect(soon.byKind).toContainEqual(expect.objectContaining({ kind: 'injunctionReport', due: 1, missed: 0 }))
    const { due } = await officer.call(matters.lifecycle, { params: { personId: person } })
    expect(due).toContainEqual(
      expect.objectContaining({ kind: 'duty.injunctionReport', citation: expect.objectContaining({ rule: 'REP-07' }) }),
    )
  })

  test('the registered report of that kind fulfils it at once; another kind does not', async () => {
    const { person } = await bound()
    await told(person, { what: 'regular' })
    expect(await kinds(person)).toEqual(['education', 'injunctionReport'])
    const matter = await told(person)
    expect(await kinds(person)).toEqual(['education'])
    const done = (await ofPerson(person)).settled.find((o) => o.kind === 'injunctionReport')
    expect(done).toMatchObject({ state: 'fulfilled', doneOn: '2026-11-18', late: false, settledBy: '王警官' })
    const entry = await sql<{ cites: string[] }>`
      select cites from ledger_entry where subject = ${done?.id ?? ''} and kind = 'obligation.fulfilled'`.execute(db())
    expect(entry.rows[0]?.cites).toEqual(['REP-07'])
    // The same report answers no second period.
    await until('2026-12-07T09:00:00')
    await sweep()
    await sweep()
    expect((await running(person, 'injunctionReport')).clock.dueOn).toBe('2027-01-06')
    expect(matter.end).toBe('recorded')
  })

  test('a report that was there before the duty, an old one that came in too, counts for its period', async () => {
    const person = await entrant({ name: '莫某' })
    const clerk = await county.signIn('county')
    const at = '2026-11-10T02:00:00.000Z'
    await clerk.call(matters.importHistory, {
      body: {
        source: '旧系统',
        matters: [
          {
            id: county.house.chance.id(),
            kind: 'report',
            person,
            on: '2026-11-10',
            openedAt: at,
            openedBy: '原承办人',
            register: { what: 'injunction', at, mode: '01', content: '遵守' },
            passages: [],
          },
        ],
      },
    })
    await part(person, 'injunction', injunction)
    await sweep()
    await sweep()
    expect(await kinds(person)).toEqual(['education', 'report'])
    expect((await ofPerson(person)).settled).toMatchObject([
      { kind: 'injunctionReport', state: 'fulfilled', doneOn: '2026-11-10', settledBy: 'system:worker' },
    ])
  })

  test('none before it begins, none after it ends, none once it is lifted', async () => {
    const { person: later } = await bound({ from: '2026-11-20' }, '后某')
    const { person: past } = await bound({ until: '2026-11-17' }, '前某')
    const { person, row } = await bound({ until: '2026-11-30' })
    for (const one of [later, past]) expect(await kinds(one)).toEqual(['education', 'report'])
    expect((await running(person, 'injunctionReport')).clock.dueOn).toBe('2026-11-30')
    await until('2026-11-20T09:00:00')
    await sweep()
    expect((await running(later, 'injunctionReport')).clock.dueOn).toBe('2026-12-19')
    await officer.call(people.endPart, {
      params: { personId: person, id: row.id },
      body: { reason: '人民法院撤销禁止令' },
    })
    await sweep()
    expect(await kinds(person)).toEqual(['education', 'report'])
    expect((await officer.call(tasks.list, { query: {} })).total).toBe(0)
    // What the registration says to a report that answers nothing.
    const { hints } = await officer.call(matters.weigh, {
      body: { kind: 'report', person, form: { what: 'injunction' } },
    })
    expect(hints).toMatchObject([{ tone: 'careful', citation: { rule: 'REP-07' } }])
    const bounded = await officer.call(matters.weigh, { body: { kind: 'report', person: later, form: {} } })
    expect(bounded.hints).toMatchObject([
      { tone: 'must', said: { zh: '禁止令至2027年12月31日有效：定期报告遵守情况' } },
    ])
  })

  test('the last one is missed after the injunction, and a missed one goes the way of a missed report', async () => {
    const { person } = await bound({ until: '2026-11-25' })
    await until('2026-11-26T00:00:01')
    await sweep()
    const duty = await running(person, 'injunctionReport')
    expect(duty).toMatchObject({ state: 'missed', clock: { dueOn: '2026-11-25' } })
    const { items } = await officer.call(tasks.list, { query: { kind: 'duty.missed' } })
    expect(items).toMatchObject([
      { subject: duty.id, level: 3, owner: { id: officer.id }, clock: { citation: { rule: 'REP-07' } } },
    ])
    expect(items[0]?.title.zh).toBe('覃某：未在 2026-11-25 前报告遵守禁止令情况，请核实原因')
    expect(await ledgerAbout(county, duty.id)).toEqual(['obligation.missed'])
    // Nobody looked into it: it climbs, as a missed report does.
    await until('2026-11-27T12:00:00')
    await climbOverdue(county.house)
    const late = await officer.call(tasks.list, { query: { view: 'overdue' } })
    expect(late.items).toMatchObject([{ subject: duty.id, climbed: 1, owner: { id: officer.id } }])
    // Told late, it is done late, and the officer's task ends with it.
    await told(person, { at: '2026-11-26T02:00:00.000Z' })
    const done = (await ofPerson(person)).settled.find((o) => o.id === duty.id)
    expect(done).toMatchObject({ state: 'fulfilled', late: true })
    expect((await officer.call(tasks.list, { query: { kind: 'duty.missed' } })).total).toBe(0)
  })

  test('how often is the province’s to set; what it leaves out is not asked for', async () => {
    const { person } = await bound()
    const [one, two] = [await county.signIn('province'), await county.signIn('province')]
    const set = async (value: string) => {
      const { id } = await one.call(lawDesk.draft, {
        body: { from: '2026-11-18', source: '省实施细则', values: { 'SET-35': value }, confirms: [] },
      })
      await two.call(lawDesk.publish, { params: { id } })
      await sweep()
    }
    expect(await codeOf(set('每月'))).toBe('ZJ_LAW_DRAFT_SHAPE')
    await set('2=1w,3=-')
    expect((await running(person, 'injunctionReport')).clock.dueOn).toBe('2026-11-24')
    // What a change of level changes names it, of who is under an injunction.
    const weighed = async (whose: string) =>
      (await officer.call(matters.weigh, { body: { kind: 'level', person: whose, form: { to: '3' } } })).hints.map(
        (h) => h.said.zh,
      )
    const changed = '遵守禁止令情况报告：由每周一次改为不作要求'
    expect(await weighed(person)).toContain(changed)
    expect(await weighed(await entrant({ name: '周某' }))).not.toContain(changed)
    await set('-')
    expect(await kinds(person)).toEqual(['education', 'report'])
  })
})

describe('S2.32a a new entrant whose file is not made', () => {
  test('is shown from the first day, due after three working days, and ends when the file is complete', async () => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '新某' })
    await part(person, 'correction', { receivedOn: '2026-11-18' })
    await sweep()
    await sweep()
    const { items } = await officer.call(tasks.list, { query: { kind: 'watch.entry' } })
    expect(items).toMatchObject([{ owner: { id: officer.id }, clock: { dueOn: '2026-11-23', overdue: false } }])
    expect(items[0]?.title.zh).toBe('新某：新入矫档案未建齐，尚缺判决情况')
    expect(items[0]?.clock.counted?.zh).toContain('3 个工作日')
    await until('2026-11-24T00:00:01')
    expect((await officer.call(tasks.list, { query: { view: 'overdue' } })).total).toBe(1)
    await part(person, 'sentence', { court: '示例一县人民法院' })
    await sweep()
    expect((await officer.call(tasks.list, { query: { kind: 'watch.entry' } })).total).toBe(0)
    const done = await officer.call(tasks.list, { query: { view: 'done' } })
    expect(done.items).toMatchObject([{ kind: 'watch.entry', outcome: 'complete' }])
    await sweep()
    expect((await officer.call(tasks.list, { query: {} })).total).toBe(0)
  })
})

describe('REP-04 a medical review that was put off', () => {
  const ill = async (physical = '01') => {
    const person = await plantPerson(county.house, { officer: officer.id })
    await set(person, "category = '04'")
    await part(person, 'correction', { receivedOn: '2026-09-07', physical })
    await sweep()
    return person
  }
  /** Half a month more, decided by the county, told with the next review by a day. */
  const putOff = async (person: string) => {
    const form = {
      state: '01',
      illness: '尿毒症透析',
      lastReview: '2026-09-07',
      months: 0.5,
      hospital: '示例市人民医院',
      why: '住院手术',
    }
    const asked = await begin(officer, 'medicalReview', person, form)
    const passed = await act(head, asked, 'support', { opinion: '属实' })
    const decided = await act(agencyHead, passed, 'approve', { opinion: '同意' })
    return see(agencyHead, decided.id)
  }
  const told = (nextReview: string) => ({ personOn: '2026-11-18', procuratorateOn: '2026-11-18', nextReview })

  test('the duty moves to the day that was approved, nothing is missed before it, and the next is counted from it', async () => {
    const person = await ill()
    expect((await running(person, 'medicalReview')).clock.dueOn).toBe('2026-12-07')
    const decided = await putOff(person)
    expect(decided.hints).toMatchObject([{ citation: { rule: 'REP-04' } }])
    expect(decided.hints[0]?.said.zh).toContain('2026-12-22')
    expect(await codeOf(act(agencyHead, decided, 'told', told('2026-12-23')))).toBe('ZJ_REVIEW_TOO_LATE')
    expect(await act(agencyHead, decided, 'told', told('2026-12-22'))).toMatchObject({ end: 'approved' })
    const moved = await running(person, 'medicalReview')
    expect(moved.clock).toMatchObject({ dueOn: '2026-12-22', citation: { rule: 'REP-04' } })
    await until('2026-12-08T09:00:00')
    await sweep()
    const reviews = async () => (await ofPerson(person)).running.filter((o) => o.kind === 'medicalReview')
    expect(await reviews()).toMatchObject([{ id: moved.id, state: 'due' }])
    const { items } = await officer.call(tasks.list, { query: { kind: 'duty.missed' } })
    expect(items.filter((t) => t.subject === moved.id)).toEqual([])
    await until('2026-12-23T00:00:01')
    await sweep()
    const after = await reviews()
    expect(after.map((o) => [o.state, o.from, o.clock.dueOn]).sort()).toEqual([
      ['due', '2026-12-22', '2027-03-22'],
      ['missed', '2026-09-07', '2026-12-22'],
    ])
    // And so on from there, not from the day of reception.
    await until('2027-03-23T00:00:01')
    await sweep()
    const { rows } = await sql<{ due: string }>`
      select due_on::text as due from obligation where person_id = ${person}::uuid and kind = 'medicalReview' order by due_on`.execute(
      db(),
    )
    expect(rows.map((r) => r.due)).toEqual(['2026-12-07', '2027-03-22', '2027-06-22'])
  })

  test('none runs: the approved day itself is the duty', async () => {
    const person = await ill()
    const review = await running(person, 'medicalReview')
    await officer.call(obligations.fulfil, {
      params: { id: review.id },
      body: { on: '2026-11-18', note: '已提交', revision: review.revision },
    })
    await act(agencyHead, await putOff(person), 'told', told('2026-12-20'))
    await sweep()
    expect((await running(person, 'medicalReview')).clock).toMatchObject({ dueOn: '2026-12-20', source: 'law' })
  })

  test('who serves outside prison for another cause has none', async () => {
    const person = await ill('02')
    expect((await ofPerson(person)).running.map((o) => o.kind)).not.toContain('medicalReview')
  })

  test('a corrected REP-04 and REP-03 count the next ones', async () => {
    const drafter = await county.signIn('province')
    const { id } = await drafter.call(lawDesk.draft, {
      body: {
        from: '2026-11-18',
        source: '司法部公报所载全文',
        values: {},
        confirms: [],
        corrects: { 'REP-04': { value: 6 }, 'REP-03': { value: 2 } },
      },
    })
    await (await county.signIn('province', { name: '另一人' })).call(lawDesk.publish, { params: { id } })
    const person = await ill()
    expect((await running(person, 'medicalReview')).clock.dueOn).toBe('2027-03-07')
    expect(await running(person, 'bodyReport')).toMatchObject({ from: '2026-11-07', clock: { dueOn: '2027-01-07' } })
  })
})

describe('S0.38 the term of a temporary service is watched', () => {
  test('a task for the officer three months ahead and thirty days ahead, each once', async () => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '刘某' })
    await set(person, "category = '04', term_end = '2027-02-18'")
    const watch = async () => (await officer.call(tasks.list, { query: { kind: 'watch.termEnd' } })).items
    await sweep()
    await sweep()
    const [early] = await watch()
    expect(early).toMatchObject({
      owner: { id: officer.id },
      clock: { dueOn: '2027-02-18', citation: { rule: 'REV-10' } },
    })
    expect(early?.title.zh).toContain('暂予监外执行 2027-02-18 期满')
    expect(await watch()).toHaveLength(1)
    await county.house.databases.system
      .updateTable('task')
      .set({ state: 'done', ended_at: new Date(county.house.chance.now()) })
      .where('id', '=', early?.id ?? '')
      .execute()
    await until('2027-01-19T09:00:00')
    await sweep()
    await sweep()
    expect(await watch()).toHaveLength(1)
    await until('2027-01-20T09:00:00')
    await sweep()
    expect(await watch()).toHaveLength(1)
  })
})
