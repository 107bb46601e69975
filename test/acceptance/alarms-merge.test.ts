import { alarms } from '@zhijiao/contract/alarms'
import { tasks } from '@zhijiao/contract/tasks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { later, ledgerAbout, onDuty, plantAlarm } from '../support/episode.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '韦所员' })
  head = await county.signIn('officeHead', { name: '覃所长' })
  await onDuty(county, officer.id)
})
afterAll(() => county.stop())

const see = (id: string, who = officer) => who.call(alarms.get, { params: { id } })
const merge = async (id: string, other: string, options: { who?: Somebody; reason?: string } = {}) => {
  const who = options.who ?? officer
  const [a, b] = [await see(id), await see(other)]
  return who.call(alarms.merge, {
    params: { id },
    body: {
      other,
      reason: options.reason ?? '同一次离开，手环与手机分别报警',
      revision: a.revision,
      otherRevision: b.revision,
    },
  })
}

describe('S0.21 two alarms of one person about one matter are handled as one', () => {
  test('the other ends, the record of both stays, the earlier clock holds, and one closure ends the matter', async () => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '李合成' })
    const early = await plantAlarm(county, person, { kind: 'lostContact', level: 3 })
    await later(county, 20 * 60_000)
    const into = await plantAlarm(county, person, { kind: 'boundaryOut', level: 2 })
    await officer.call(alarms.call, {
      params: { id: early.id },
      body: {
        to: 'person',
        answered: true,
        startedAt: new Date(county.house.chance.now()).toISOString(),
        text: '本人称在县医院',
      },
    })
    const dues = [(await see(early.id)).clock.dueAt, (await see(into.id)).clock.dueAt]
    const merged = await merge(into.id, early.id)
    expect(merged.mergedFrom.map((m) => m.id)).toEqual([early.id])
    expect(merged.clock.dueAt).toBe([...dues].sort()[0])
    const ended = await see(early.id)
    expect(ended).toMatchObject({ state: 'settled', settledAs: 'merged', mergedInto: { id: into.id } })
    expect(ended.notes.map((n) => n.kind)).toContain('call')
    expect(await ledgerAbout(county, into.id)).toContain('alarm.merged')
    expect(await ledgerAbout(county, early.id)).toContain('alarm.mergedAway')
    const mine = await officer.call(tasks.list, { query: { whose: 'mine' } })
    expect(mine.items.filter((i) => i.person?.id === person)).toHaveLength(1)
    expect(await codeOf(officer.call(alarms.note, { params: { id: early.id }, body: { text: '再记' } }))).toBe(
      'ZJ_ALARM_OVER',
    )
    const closed = await officer.call(alarms.submit, {
      params: { id: into.id },
      body: { cause: 'C11', finding: '在县医院就诊，有病历', revision: merged.revision },
    })
    expect(closed.state).toBe('submitted')
  })

  test('not of two people, not with itself, not into a milder one, not without a reason, not what is gone', async () => {
    const person = await plantPerson(county.house, { officer: officer.id })
    const stranger = await plantPerson(county.house, { officer: officer.id })
    const grave = await plantAlarm(county, person, { kind: 'strapOpen', level: 1 })
    const mild = await plantAlarm(county, person, { kind: 'lowBattery', level: 4 })
    const foreign = await plantAlarm(county, stranger)
    expect(await codeOf(merge(grave.id, foreign.id))).toBe('ZJ_ALARM_MERGE_PERSON')
    expect(await codeOf(merge(grave.id, grave.id))).toBe('ZJ_ALARM_MERGE_SELF')
    expect(await codeOf(merge(mild.id, grave.id))).toBe('ZJ_ALARM_MERGE_GRAVER')
    expect(await codeOf(merge(grave.id, mild.id, { reason: '同一' }))).toBe('ZJ_ALARM_MERGE_REASON')
    const elsewhere = await county.signIn('officer', { of: places.officeElsewhere })
    expect(await codeOf(merge(grave.id, mild.id, { who: elsewhere }))).toBe('ZJ_NOT_FOUND')
    await merge(grave.id, mild.id)
    expect(await codeOf(merge(grave.id, mild.id))).toBe('ZJ_ALARM_OVER')
  })
})

describe('S0.21 several alarms are acknowledged and claimed at once', () => {
  test('what a colleague was faster with is named, the rest is done', async () => {
    const ids: string[] = []
    for (const _ of [1, 2, 3]) {
      const person = await plantPerson(county.house, { officer: officer.id })
      ids.push((await plantAlarm(county, person)).id)
    }
    const items = await Promise.all(ids.map(async (id) => ({ id, revision: (await see(id)).revision })))
    const seen = await officer.call(alarms.batch, { body: { act: 'acknowledge', items } })
    expect(seen).toEqual({ done: ids, refused: [] })
    const [first] = items
    if (!first) throw new Error('nothing planted')
    await head.call(alarms.claim, { params: { id: first.id }, body: { revision: (await see(first.id)).revision } })
    const taken = await officer.call(alarms.batch, { body: { act: 'claim', items } })
    expect(taken.done).toEqual(ids.slice(1))
    expect(taken.refused).toMatchObject([
      { id: first.id, code: 'ZJ_ALARM_TAKEN', zh: expect.stringContaining('覃所长') },
    ])
    const elsewhere = await county.signIn('officer', { of: places.officeElsewhere })
    const far = await elsewhere.call(alarms.batch, { body: { act: 'claim', items } })
    expect(far.done).toEqual([])
    expect(far.refused.every((r) => r.code === 'ZJ_NOT_FOUND' && r.number === null)).toBe(true)
  })
})
