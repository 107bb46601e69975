import { staff } from '@zhijiao/contract/orgs'
import { people } from '@zhijiao/contract/people'
import { tasks } from '@zhijiao/contract/tasks'
import type { NewTask } from '@zhijiao/server/core/tasks'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { openDuty } from '../support/duty.ts'
import { ledgerAbout, onDuty } from '../support/episode.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let second: Somebody
let head: Somebody
let agency: Somebody
let admin: Somebody

beforeEach(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  second = await county.signIn('officer', { name: '李警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  agency = await county.signIn('county', { name: '赵科员' })
  admin = await county.signIn('systemAdmin', { of: places.county })
})
afterEach(() => county.stop())

const open = async (wish: Partial<NewTask> = {}) => (await openDuty(county, { clockMin: 600, ...wish })).id
const see = (id: string) => head.call(tasks.get, { params: { id } })
const close = (who: Somebody, id: string, successor?: string) =>
  who.call(staff.deactivate, { params: { id }, body: { reason: '退休', ...(successor ? { successor } : {}) } })

describe('S0.21 hand-over when staff change: no duty is orphaned', () => {
  test('a closed account: the successor who was named has it all, under the same clock, on record', async () => {
    const person = await plantPerson(county.house)
    const named = await open({ owner: officer.id, person })
    const ofPost = await open({ ownerRole: 'officer' })
    await officer.call(tasks.claim, { params: { id: ofPost }, body: { revision: 1 } })
    const before = await see(named)
    await close(admin, officer.id, second.id)
    for (const id of [named, ofPost]) {
      const after = await see(id)
      expect(after).toMatchObject({
        owner: { id: second.id },
        leftBy: { id: officer.id, name: '王警官' },
        state: 'open',
      })
      expect(await ledgerAbout(county, id)).toContain('task.handedOver')
    }
    expect((await see(named)).clock.dueAt).toBe(before.clock.dueAt)
    expect((await second.call(tasks.list, { query: {} })).total).toBe(2)
    const claimed = await second.call(tasks.claim, {
      params: { id: named },
      body: { revision: (await see(named)).revision },
    })
    expect(claimed).toMatchObject({ owner: { id: second.id }, leftBy: null })
  })

  test('without a successor it goes back to the post, to whoever is on duty, or shows that nobody holds it', async () => {
    const third = await county.signIn('officer')
    await onDuty(county, officer.id)
    const ofPost = await open({ ownerRole: 'officer' })
    await officer.call(tasks.claim, { params: { id: ofPost }, body: { revision: 1 } })
    const ofRoster = await open()
    await officer.call(tasks.claim, { params: { id: ofRoster }, body: { revision: 1 } })
    await close(admin, officer.id)
    expect(await see(ofPost)).toMatchObject({ owner: null, leftBy: { id: officer.id }, ownerRole: 'officer' })
    expect((await third.call(tasks.list, { query: {} })).items.map((t) => t.id)).toContain(ofPost)
    // The duty of that shift is gone with its account: the roster calls the next one, here the head.
    expect((await see(ofRoster)).owner?.id).toBe(head.id)
    const ofHead = await open({ owner: head.id, ownerRole: 'officeHead' })
    await close(admin, head.id)
    const left = await agency.call(tasks.get, { params: { id: ofHead } })
    expect(left).toMatchObject({ owner: null, nobodyOnDuty: true, leftBy: { id: head.id } })
  })

  test('moved to another unit: nothing of the old one goes along', async () => {
    const person = await plantPerson(county.house)
    const id = await open({ owner: officer.id, person })
    const account = await admin.call(staff.get, { params: { id: officer.id } })
    await admin.call(staff.change, {
      params: { id: officer.id },
      body: {
        number: account.number,
        name: account.name,
        org: places.otherOffice,
        phone: null,
        certificate: null,
        certificateUntil: null,
        revision: account.revision,
        successor: second.id,
      },
    })
    expect(await see(id)).toMatchObject({ owner: { id: second.id }, leftBy: { id: officer.id } })
    const there = await county.house.databases.system
      .selectFrom('staff')
      .select('org_code')
      .where('id', '=', officer.id)
      .executeTakeFirstOrThrow()
    expect(there.org_code).toBe(places.otherOffice)
  })

  test('a caseload handed over takes the tasks of the person along; what the roster gave stays', async () => {
    await onDuty(county, officer.id)
    const person = await plantPerson(county.house, { officer: officer.id })
    const other = await plantPerson(county.house, { officer: officer.id })
    const mine = await open({ owner: officer.id, person })
    const shift = await open({ person })
    const elsewhere = await open({ owner: officer.id, person: other })
    await head.call(people.assign, { params: { personId: person }, body: { officer: second.id, revision: 1 } })
    expect((await see(mine)).owner?.id).toBe(second.id)
    expect((await see(shift)).owner?.id).toBe(officer.id)
    expect((await see(elsewhere)).owner?.id).toBe(officer.id)
  })

  test('nobody is his own successor, nor one whose account is closed or elsewhere', async () => {
    expect(await codeOf(close(admin, officer.id, officer.id))).toBe('ZJ_STAFF_SUCCESSOR')
    await close(admin, second.id)
    expect(await codeOf(close(admin, officer.id, second.id))).toBe('ZJ_STAFF_SUCCESSOR')
    const far = await county.signIn('officer', { of: places.officeElsewhere })
    expect(await codeOf(close(admin, officer.id, far.id))).toBe('ZJ_NOT_FOUND')
  })

  test('handing several on: each for itself, and why one stays', async () => {
    const person = await plantPerson(county.house)
    const one = await open({ owner: officer.id, person })
    const two = await open({ owner: officer.id, person })
    const worker = await county.signIn('socialWorker')
    const theirs = await open({ owner: head.id, person })
    const move = (to: string) =>
      officer.call(tasks.transferMany, { body: { ids: [one, two, theirs], to, reason: '休假两周' } })
    const far = await county.signIn('officer', { of: places.officeElsewhere })
    expect((await move(far.id)).moved).toEqual([])
    const { moved, kept } = await move(second.id)
    expect([moved, kept.map((k) => k.id)]).toEqual([[one, two], [theirs]])
    expect((await second.call(tasks.list, { query: {} })).total).toBe(2)
    expect(worker.id).toBeTruthy()
  })
})

describe('the workbench', () => {
  test('groups by due day and kind add up to the list, under the same conditions', async () => {
    const now = county.house.chance.now()
    for (const hours of [-1, 0.01, 50, 130, 300]) await open({ owner: officer.id, dueAt: now + hours * 3_600_000 })
    await open({ owner: officer.id, clockMin: undefined, kind: 'test.other' })
    const counts = await officer.call(tasks.counts, { query: {} })
    const groups = Object.entries(counts.byDue)
    expect(groups.reduce((sum, [, n]) => sum + n, 0)).toBe(counts.todo)
    expect(counts.byKind.reduce((sum, k) => sum + k.todo, 0)).toBe(counts.todo)
    for (const [due, n] of groups) {
      const { total } = await officer.call(tasks.list, { query: { due: due as 'today' } })
      expect([due, total]).toEqual([due, n])
    }
    for (const { kind, todo } of counts.byKind)
      expect((await officer.call(tasks.list, { query: { kind } })).total).toBe(todo)
    expect(counts.byDue.overdue).toBe(counts.overdue)
  })

  test('the list goes out as a workbook with who took it', async () => {
    await open({ owner: officer.id })
    const answer = await officer.call(tasks.export, { query: { view: 'todo', whose: 'mine', due: 'none', level: 2 } })
    expect(answer.headers.get('content-type')).toContain('spreadsheetml')
    const parts = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(sheet).toContain('查询条件：我的任务；级别 2；期限 无期限或暂停计时')
    expect(sheet).not.toMatch(/whose=|due=/)
  })

  test('what is done begins with what ended last, in the list and in the file', async () => {
    const ended: string[] = []
    for (const [title, minutes] of [
      ['先办结', 30],
      ['后办结', 10],
      ['中间办结', 20],
    ] as const) {
      const id = await open({ owner: officer.id, title: { zh: title, en: title } })
      await county.house.databases.system
        .updateTable('task')
        .set({ state: 'done', ended_at: new Date(county.house.chance.now() - minutes * 60_000) })
        .where('id', '=', id)
        .execute()
      ended.push(id)
    }
    const titles = async (query: { sort?: string; whose?: 'unit' }) =>
      (await officer.call(tasks.list, { query: { view: 'done', ...query } })).items
        .filter((t) => ended.includes(t.id))
        .map((t) => t.title.zh)
    expect(await titles({})).toEqual(['后办结', '中间办结', '先办结'])
    expect(await titles({ whose: 'unit' })).toEqual(['后办结', '中间办结', '先办结'])
    expect(await titles({ sort: 'ended' })).toEqual(['先办结', '中间办结', '后办结'])
    const file = await officer.call(tasks.export, { query: { view: 'done', whose: 'mine' } })
    const parts = unzipSync(new Uint8Array(await file.arrayBuffer()))
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    const at = ['后办结', '中间办结', '先办结'].map((title) => sheet.indexOf(title))
    expect(at).toEqual([...at].sort((a, b) => a - b))
    expect(at[0]).toBeGreaterThan(0)
  })
})
