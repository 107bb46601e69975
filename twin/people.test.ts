import { ageOn, civilDate } from '@zhijiao/law/civil-date'
import { correctionTerm } from '@zhijiao/law/term'
import { describe, expect, test } from 'vitest'
import { drawFormer } from './former.ts'
import { drawGeography } from './geography.ts'
import { identityNumber, reservedAreas } from './people/identity.ts'
import { lengthInWords } from './people/sentence.ts'
import { drawPeople, peopleDefaults } from './people.ts'
import { officersInCity, staffOf } from './staff.ts'

describe('Z8 the twin’s people', { timeout: 30_000 }, () => {
  const city = drawGeography(3)
  const staff = staffOf(city)
  const people = drawPeople(city, staff, { ...peopleDefaults, on: '2026-11-21' })

  test('2,700 people, the same for the same seed, two to four per cent with a band', () => {
    expect(people).toHaveLength(2_700)
    expect(drawPeople(city, staff, { ...peopleDefaults, on: '2026-11-21' })[1_234]).toEqual(people[1_234])
    const share = people.filter((p) => p.band).length / people.length
    expect(share).toBeGreaterThanOrEqual(0.02)
    expect(share).toBeLessThanOrEqual(0.04)
    expect(people.every((p) => p.phone.intervalS >= 3_600)).toBe(true)
    expect(
      people.filter((p) => p.band).every(({ band }) => band && band.intervalS >= 60 && band.intervalS <= 300),
    ).toBe(true)
  })

  test('identity numbers end in the right character, are nobody’s and no two alike', () => {
    // The standard's own example, under its own area code, checks the arithmetic; ours never leaves the reserved areas.
    expect(() => identityNumber('110105', '1949-12-31', 'female', 1)).toThrow(RangeError)
    expect(
      people.every((p) => reservedAreas.test(p.identity) && p.identity.slice(6, 14) === p.birth.replaceAll('-', '')),
    ).toBe(true)
    expect(new Set(people.map((p) => p.identity)).size).toBe(people.length)
    expect(people.every((p) => (Number(p.identity.charAt(16)) % 2 === 1) === (p.sex === 'male'))).toBe(true)
    expect(people.every((p) => p.phoneNumber.startsWith('100'))).toBe(true)
  })

  test('210 officers, a head in every office, and every file has its officer', () => {
    expect(staff.filter((s) => s.roles.includes('officer'))).toHaveLength(officersInCity)
    expect(staff.filter((s) => s.roles.includes('officeHead'))).toHaveLength(city.offices.length)
    expect(new Set(staff.map((s) => s.login)).size).toBe(staff.length)
    for (const person of people) expect(staff.find((s) => s.login === person.officer)?.org).toBe(person.office)
  })

  test('a small county still has a caseload, bands and town and country', () => {
    const few = drawPeople(city, staff, { count: 30, bandShare: 0.2, on: '2026-11-21' })
    expect(few.filter((p) => p.officer === 'officer').length).toBe(10)
    expect(few.filter((p) => p.band)).toHaveLength(6)
    expect(new Set(few.map((p) => p.county)).size).toBe(3)
  })

  test('every term is what the law makes of the sentence, nobody began it too young, and only courts that may forbid places do', () => {
    const day = civilDate
    for (const person of [...people, ...drawFormer(city, staff, 200, '2026-11-21')]) {
      const { category, termStart, termEnd, months, length, penalty, minor, birth } = person
      const inMonths = (words: string) =>
        Array.from({ length: 400 }, (_, n) => n).find((n) => n > 0 && lengthInWords(n) === words) ?? 0
      const start = day(termStart)
      const term = correctionTerm(
        category === '01'
          ? { category: 'control', start, months }
          : category === '02'
            ? {
                category: 'suspendedSentence',
                start,
                sentence: penalty.startsWith('拘役') ? 'criminalDetention' : 'imprisonment',
                sentenceMonths: inMonths(length),
                months,
              }
            : { category: 'parole', start, sentenceEnds: day(termEnd) },
      )
      expect(term, `${person.number} ${penalty}`).toMatchObject({ lastDay: termEnd })
      const age = ageOn(day(birth), start)
      expect(minor ? age >= 16 && age < 18 : age >= 18, `${person.number} was ${age}`).toBe(true)
      if (person.injunction) expect(['01', '02']).toContain(category)
      if (person.band?.ground === 'injunctionBreach') expect(person.injunction).not.toBeNull()
    }
  })

  test('nobody lives or works where a court closed the door', () => {
    for (const { injunction, home, habits } of people)
      for (const closed of injunction?.closed ?? [])
        for (const place of [home, habits.market, ...(habits.work ? [habits.work] : [])])
          expect(
            Math.hypot((place.lat - closed.at.lat) * 111_000, (place.lon - closed.at.lon) * 101_000),
          ).toBeGreaterThan(400)
  })
})
