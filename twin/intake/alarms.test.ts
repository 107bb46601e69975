import { addDays, dayStart } from '@zhijiao/geo/day'
import { expect, test } from 'vitest'
import { scriptBreaches } from '../breaches.ts'
import { drawGeography } from '../geography.ts'
import { drawPeople } from '../people.ts'
import { staffOf } from '../staff.ts'
import { oneOfEach, pastAlarms } from './alarms.ts'

const on = '2026-11-20'
const days = 30
const geography = drawGeography(1)
const staff = staffOf(geography)
const people = drawPeople(geography, staff, { count: 400, bandShare: 0.03, on })
const breaches = scriptBreaches(1, people, dayStart(addDays(on, -days)), dayStart(on), 20)
const draw = () =>
  people.map((person) => ({
    person,
    alarms: pastAlarms(geography, person, { breaches, staff, on, days, surely: oneOfEach(people, on) }),
  }))

test('the same seed draws the same past, every alarm over and handled before the planting', () => {
  const drawn = draw()
  expect(draw()).toEqual(drawn)
  const names = new Map(staff.map((s) => [s.login, s.name]))
  for (const { person, alarms } of drawn)
    for (const a of alarms) {
      const [from, closed] = [Date.parse(a.from), Date.parse(a.closedAt)]
      expect(from).toBeGreaterThanOrEqual(dayStart(addDays(on, -days)))
      expect(closed).toBeLessThanOrEqual(dayStart(on))
      expect(closed).toBeGreaterThanOrEqual(Date.parse(a.raisedAt ?? a.from))
      expect(Date.parse(a.until ?? a.from)).toBeGreaterThanOrEqual(from)
      if (a.way !== 'handled' && a.way !== 'notHandled') continue
      expect(a.cause).toBeTruthy()
      expect(a.handledBy).toBe(names.get(person.officer))
      expect(a.reviewedBy).not.toBe(a.handledBy)
    }
})

test('the lists are full and stay believable: some per person and month, most of them handled or settled for a reason', () => {
  const all = draw().flatMap(({ alarms }) => alarms)
  const perPersonDay = all.length / people.length / days
  expect(perPersonDay).toBeGreaterThan(0.01)
  // What officers are planned for elsewhere (positioning.md §3.3: at most 0.2 a person-day).
  expect(perPersonDay).toBeLessThan(0.2)
  const kinds = new Set(all.map((a) => a.kind))
  for (const kind of ['boundaryOut', 'lostContact', 'noPosition', 'lowBattery']) expect(kinds).toContain(kind)
  const ways = new Set(all.map((a) => a.way))
  for (const way of ['handled', 'notHandled', 'cleared', 'outage']) expect(ways).toContain(way)
})

test('no officer’s desk is without a past, on whatever day a small county is planted', () => {
  for (let d = 0; d < 40; d++) {
    const day = addDays(on, d)
    const few = drawPeople(geography, staff, { count: 30, bandShare: 0.03, on: day })
    const surely = oneOfEach(few, day)
    const had = new Set(
      few.flatMap((person) =>
        pastAlarms(geography, person, { breaches: [], staff, on: day, days: 1, surely }).map(() => person.officer),
      ),
    )
    expect(had, day).toEqual(new Set(few.filter((p) => surely.has(p.index)).map((p) => p.officer)))
    expect(had.size).toBeGreaterThan(0)
  }
})
