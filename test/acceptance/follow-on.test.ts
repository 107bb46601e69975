import { alarms, type followOnCodes } from '@zhijiao/contract/alarms'
import { devices } from '@zhijiao/contract/devices'
import { fences } from '@zhijiao/contract/fences'
import { matters } from '@zhijiao/contract/matters'
import { fiveClears } from '@zhijiao/contract/procedures/care/contacts'
import { tasks } from '@zhijiao/contract/tasks'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { ledgerAbout, onDuty, plantAlarm } from '../support/episode.ts'
import { act, begin, plantSupervised } from '../support/matters.ts'
import { codeOf } from '../support/refused.ts'
import { circle } from '../support/watched.ts'

let county: County
let officer: Somebody
let head: Somebody
let staff: Somebody
let worker: Somebody

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  staff = await county.signIn('county', { name: '赵科员' })
  worker = await county.signIn('socialWorker', { name: '周社工' })
  await onDuty(county, officer.id)
})
afterAll(() => county.stop())

const person = () => plantSupervised(county, { officer: officer.id })
const ago = (hours: number) => new Date(county.house.chance.now() - hours * 3_600_000).toISOString()

/** An alarm about somebody, closed with what follows; answers the duty that came of it. */
async function following(of: string, followOn: (typeof followOnCodes)[number]) {
  const { id } = await plantAlarm(county, of)
  const { revision } = await officer.call(alarms.get, { params: { id } })
  const sent = await officer.call(alarms.submit, {
    params: { id },
    body: { cause: 'C01', finding: '本人承认', measures: '责令返回', followOn, revision },
  })
  await head.call(alarms.review, { params: { id }, body: { verdict: 'approved', note: '', revision: sent.revision } })
  const { items } = await officer.call(tasks.list, { query: { kind: `followOn.${followOn}`, person: of } })
  const [task] = items
  if (!task) throw new Error('nothing follows')
  return task
}
const seeTask = (id: string, who = officer) => who.call(tasks.get, { params: { id } })
const talk = (of: string, task: string) =>
  officer.call(matters.register, {
    body: {
      kind: 'talk',
      person: of,
      task,
      form: {
        at: ago(1),
        where: '司法所',
        by: '王警官',
        kind: 'breach',
        ...Object.fromEntries(fiveClears.map((c) => [c, 'clear'])),
        content: '教育其按规定返回。',
      },
    },
  })

describe('S0.21 what follows an alarm ends when it is done', () => {
  test('a talk registered from the duty ends it and leads there; of another person, or of another kind, it does not', async () => {
    const [of, other] = [await person(), await person()]
    const task = await following(of, 'talk')
    expect(task).toMatchObject({ byHand: { begins: ['talk'] }, owner: { id: officer.id } })
    expect(await codeOf(talk(other, task.id))).toBe('ZJ_TASK_NOT_BY_HAND')
    expect(await seeTask(task.id)).toMatchObject({ state: 'open' })
    const held = await talk(of, task.id)
    expect(await seeTask(task.id)).toMatchObject({
      state: 'done',
      outcome: 'talk',
      outcomeSaid: { zh: expect.stringContaining('谈话') },
      answeredBy: held.id,
    })
    expect(await ledgerAbout(county, task.id)).toContain('task.done')
    expect(await codeOf(talk(of, task.id))).toBe('ZJ_TASK_OVER')
  })

  test('a plain word with a note ends it; a head calls it off; nobody else, and not what belongs to a matter', async () => {
    const [of, other] = [await person(), await person()]
    const [visit, repair] = [await following(of, 'visit'), await following(other, 'repair')]
    const stranger = await county.signIn('officer', { name: '李警官' })
    const word = (task: { id: string; revision: number }, who = officer) =>
      who.call(tasks.complete, { params: { id: task.id }, body: { note: '已上门，本人在家', revision: task.revision } })
    expect(await codeOf(word(visit, stranger))).toBe('ZJ_NOT_FOUND')
    expect(await word(visit)).toMatchObject({
      state: 'done',
      outcomeNote: '已上门，本人在家',
      outcomeSaid: { zh: '已办结' },
    })
    expect(await codeOf(word({ ...visit, revision: visit.revision + 1 }))).toBe('ZJ_TASK_OVER')
    const off = (who: Somebody) =>
      who.call(tasks.callOff, {
        params: { id: repair.id },
        body: { reason: '终端正常，不必检修', revision: repair.revision },
      })
    expect(await codeOf(off(officer))).toBe('ZJ_NOT_ALLOWED')
    expect(await off(head)).toMatchObject({ state: 'cancelled', outcomeSaid: { zh: '已取消' } })
    const { id } = await plantAlarm(county, of)
    const own = (await officer.call(alarms.get, { params: { id } })).task
    expect(await codeOf(word({ id: own?.id ?? '', revision: own?.revision ?? 1 }))).toBe('ZJ_TASK_NOT_BY_HAND')
  })

  test('a device taken back ends the repair, a fence given ends its check', async () => {
    const of = await person()
    const [repair, check] = [await following(of, 'repair'), await following(of, 'fence')]
    const device = county.house.chance.id()
    await sql`insert into device (id, org_code, kind, protocol, identity, state, holder_id, created_at)
      values (${device}, ${places.office}, 'wristband', 'jt808', ${device.slice(-12)}, 'issued', ${of}, now())`.execute(
      county.house.databases.system,
    )
    await staff.call(devices.takeBack, {
      params: { id: device },
      body: { state: 'repair', reason: '腕带破损，送修', revision: 1 },
    })
    expect(await seeTask(repair.id)).toMatchObject({
      state: 'done',
      outcomeSaid: { zh: '终端已更换或收回' },
      outcomeNote: '腕带破损，送修',
    })
    const fence = await staff.call(fences.create, {
      body: {
        org: places.county,
        name: '居住区',
        kind: 'forbidden',
        area: circle(0, 0, 300),
        datum: 'WGS84',
        basis: '禁止令',
      },
    })
    await staff.call(fences.assign, {
      params: { id: fence.id },
      body: { persons: [of], from: '2026-01-01', basis: '核对后重新设定' },
    })
    expect(await seeTask(check.id)).toMatchObject({ state: 'done', outcomeSaid: { zh: '围栏已调整' } })
  })
})

describe('S2.42 a task goes only to whoever may act in its step', () => {
  test('a social worker sees a matter and is not offered its duty; given it, or claiming it, is refused with the remedy', async () => {
    const of = await person()
    const begun = await begin(officer, 'violation', of, {
      type: '02',
      what: 'report',
      from: ago(60),
      until: ago(40),
      description: '未按规定报告。',
    })
    const { items } = await officer.call(tasks.list, { query: { kind: 'matter.violation', person: of } })
    const [task] = items
    if (!task) throw new Error('no duty')
    const offered = async (id: string, who: Somebody) =>
      (await who.call(tasks.receivers, { params: { id } })).map((r) => r.id)
    const list = await offered(task.id, officer)
    expect(list).toContain(head.id)
    expect(list).not.toContain(worker.id)
    expect(list).not.toContain(staff.id)
    const give = (to: string) =>
      officer.call(tasks.transfer, {
        params: { id: task.id },
        body: { to, reason: '请协助', revision: task.revision },
      })
    expect(await codeOf(give(worker.id))).toBe('ZJ_TASK_RECEIVER_UNFIT')
    // In the county's step the office is no longer offered, and whoever spoke for it is not asked to decide.
    const checked = await act(officer, begun, 'submit', {
      explanation: '忘记了',
      excuse: 'none',
      response: '当面批评教育。',
    })
    await act(head, checked, 'submit', { opinion: '属实', weight: 'minor' })
    const another = await county.signIn('county', { name: '孙科员' })
    const decide = (await staff.call(tasks.list, { query: { kind: 'matter.violation', person: of } })).items[0]
    expect(await codeOf(head.call(tasks.claim, { params: { id: decide?.id ?? '' }, body: { revision: 1 } }))).toBe(
      'ZJ_TASK_STEP_NOT_YOURS',
    )
    const claimed = await staff.call(tasks.claim, {
      params: { id: decide?.id ?? '' },
      body: { revision: decide?.revision ?? 1 },
    })
    expect(claimed.owner?.id).toBe(staff.id)
    const then = await offered(decide?.id ?? '', staff)
    expect(then).toContain(another.id)
    expect(then).not.toContain(head.id)
    expect(then).not.toContain(worker.id)
  })
})
