import { alarmStatistics, alarms } from '@zhijiao/contract/alarms'
import type { PastAlarm } from '@zhijiao/contract/past-alarms'
import { people } from '@zhijiao/contract/people'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let agency: Somebody
beforeAll(async () => {
  county = await startCounty({ at: '2026-11-20T02:00:00Z' })
  agency = await county.signIn('county')
})
afterAll(() => county?.stop())

const past: PastAlarm[] = [
  {
    kind: 'boundaryOut',
    from: '2026-10-03T01:00:00.000Z',
    until: '2026-10-03T05:00:00.000Z',
    raisedAt: '2026-10-03T01:08:00.000Z',
    closedAt: '2026-10-03T09:00:00.000Z',
    way: 'handled',
    cause: 'C01',
    finding: '电话核实，本人承认未请假去了邻县',
    measures: '批评教育',
    handledBy: '周某（原所）',
    reviewedBy: '吴某（原所）',
    lat: 24.4,
    lon: 109.5,
    number: '旧-0031',
  },
  { kind: 'lowBattery', from: '2026-10-05T11:00:00.000Z', closedAt: '2026-10-05T13:00:00.000Z', way: 'cleared' },
]
let made = 0
const file = (alarmsOf: PastAlarm[], number = `旧档-${++made}`) => ({
  number,
  person: {
    name: '韦旧案',
    identity: identityNumber(300 + ++made),
    category: '02' as const,
    termStart: '2026-01-01',
    termEnd: '2028-01-01',
    org: places.office,
  },
  alarms: alarmsOf,
})
const bring = (files: ReturnType<typeof file>[]) =>
  agency.call(people.importHistory, { body: { source: '旧平台', files } })

test('S0.17 past alarms enter with the old file as settled rows of the desk, with no task, no clock and no sound', async () => {
  const answer = await bring([file(past)])
  expect(answer).toMatchObject({ created: 1, refused: [] })
  const person = answer.people[0]?.id ?? ''
  const { items, total } = await agency.call(alarms.list, { query: { person, state: ['settled'] } })
  expect(total).toBe(2)
  expect(items.map((a) => [a.kind, a.settledAs, a.imported, a.owner])).toEqual([
    ['lowBattery', 'cleared', true, null],
    ['boundaryOut', 'closed', true, null],
  ])
  const [, old] = items
  expect(old).toMatchObject({
    beganAt: '2026-10-03T01:00:00.000Z',
    detectedAt: '2026-10-03T01:08:00.000Z',
    settledAt: '2026-10-03T09:00:00.000Z',
    at: { lat: 24.4, lon: 109.5 },
  })
  expect(old?.said.zh).toMatch(/^历史导入：韦旧案10月3日09:00越界，历时 4 小时。$/)
  expect(old?.clock.dueAt ?? null).toBeNull()

  const shown = await agency.call(alarms.get, { params: { id: old?.id ?? '' } })
  expect(shown.closure).toMatchObject({
    way: 'handled',
    cause: 'C01',
    finding: '电话核实，本人承认未请假去了邻县',
    submittedBy: { id: null, name: '周某（原所）' },
    reviewedBy: { id: null, name: '吴某（原所）' },
    review: 'approved',
  })
  expect([shown.may, shown.task]).toEqual([[], null])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from task where person_id = ${person}`.execute(
    county.house.databases.system,
  )
  expect(rows[0]?.n).toBe(0)

  // In the ledger: when it happened, when it was recorded, that this platform did not witness it.
  const line = await agency.call(people.timeline, { params: { personId: person }, query: { kind: 'alarm.imported' } })
  expect(line.items).toHaveLength(2)
  const entry = line.items.find((i) => i.occurredAt === past[0]?.from)
  expect(entry).toMatchObject({
    imported: true,
    subject: old?.id,
    payload: { handledBy: '周某（原所）', source: '旧平台' },
  })
  expect(Date.parse(entry?.recordedAt ?? '')).toBeGreaterThan(Date.parse('2026-11-20T00:00:00Z'))
})

test('who may not see the person does not see his past; a second import of the number changes nothing', async () => {
  const one = file(past)
  const { people: entered } = await bring([one])
  const person = entered[0]?.id ?? ''
  const away = await county.signIn('county', { of: places.otherCounty })
  expect((await away.call(alarms.list, { query: { person } })).total).toBe(0)
  const { items } = await agency.call(alarms.list, { query: { person } })
  expect(await codeOf(away.call(alarms.get, { params: { id: items[0]?.id ?? '' } }))).toBe('ZJ_NOT_FOUND')
  expect(await bring([one])).toMatchObject({ created: 0, known: 1 })
  expect((await agency.call(alarms.list, { query: { person } })).total).toBe(2)
  // Nobody works on what is history.
  const officer = await county.signIn('officeHead')
  const [settled] = items
  expect(
    await codeOf(
      officer.call(alarms.claim, { params: { id: settled?.id ?? '' }, body: { revision: settled?.revision ?? 1 } }),
    ),
  ).toBe('ZJ_ALARM_OVER')
})

test('a file with an alarm that cannot have been so is left out, and says which and why', async () => {
  const [good] = past
  if (!good) throw new Error('none')
  const wrong: readonly (readonly [Partial<PastAlarm>, RegExp])[] = [
    [{ kind: 'boredom' }, /第 2 条报警：没有“boredom”/],
    [{ closedAt: '2026-12-01T00:00:00.000Z' }, /晚于现在/],
    [{ until: '2026-10-02T00:00:00.000Z' }, /颠倒/],
    [{ closedAt: '2026-10-03T01:01:00.000Z' }, /颠倒/],
    [{ handledBy: undefined as unknown as string }, /处置人/],
    [{ reviewedBy: '周某（原所）' }, /不能是同一人/],
  ]
  for (const [over, says] of wrong) {
    const bad = JSON.parse(JSON.stringify({ ...good, ...over })) as PastAlarm
    const answer = await bring([file([good, bad])])
    expect(answer.created).toBe(0)
    expect(answer.refused[0]?.zh).toMatch(says)
  }
})

test('imported alarms count among the precision of their kind by their cause', async () => {
  const before = await agency.call(alarmStatistics.precision, {
    query: { from: '2026-09-01T00:00:00.000Z', until: '2026-10-02T00:00:00.000Z' },
  })
  const raised = (kinds: typeof before.kinds) => kinds.find((k) => k.kind === 'sos')?.raised ?? 0
  await bring([
    file([
      {
        kind: 'sos',
        from: '2026-09-03T01:00:00.000Z',
        closedAt: '2026-09-03T02:00:00.000Z',
        way: 'notHandled',
        cause: 'C24',
        handledBy: '周某',
      },
    ]),
  ])
  const after = await agency.call(alarmStatistics.precision, {
    query: { from: '2026-09-01T00:00:00.000Z', until: '2026-10-02T00:00:00.000Z' },
  })
  expect(raised(after.kinds)).toBe(raised(before.kinds) + 1)
})
