import { DAY } from '@zhijiao/geo/day'
import { describe, expect, test } from 'vitest'
import { scriptBreaches, trueTurn, truthOf } from './breaches.ts'
import { drawGeography } from './geography.ts'
import { turnOf, whereabouts } from './movement.ts'
import { drawPeople } from './people.ts'
import { staffOf } from './staff.ts'

describe('Z8 scripted breaches and the truth about them', { timeout: 30_000 }, () => {
  const city = drawGeography(1)
  const people = drawPeople(city, staffOf(city), { count: 60, bandShare: 0.5, on: '2026-11-21' })
  const from = Date.parse('2026-11-19T00:00:00Z')
  const to = from + 2 * DAY
  const breaches = scriptBreaches(1, people, from, to)

  test('the same seed, the same script; every kind is in it somewhere', () => {
    expect(scriptBreaches(1, people, from, to)).toEqual(breaches)
    const month = scriptBreaches(1, people, from, from + 30 * DAY)
    expect(new Set(month.map((b) => b.kind)).size).toBe(8)
  })

  test('who does nothing wrong never crosses a line nor enters a closed place', () => {
    const truths = people.flatMap((person) => truthOf(city, person, [], from, to))
    expect(truths.filter((t) => t.kind !== 'leave')).toEqual([])
  })

  test('every scripted exit is one truth, read off the way that was truly gone', () => {
    for (const breach of breaches.filter((b) => b.kind === 'boundaryOut')) {
      const person = people[breach.person]
      if (!person) throw new Error('a breach of nobody')
      const truths = truthOf(city, person, [breach], from, to).filter((t) => t.kind === 'boundaryOut')
      expect(truths).toHaveLength(1)
      const [truth] = truths
      if (!truth) throw new Error('no truth')
      expect(truth.start).toBeGreaterThan(breach.start)
      const { area } = city.territoryOf(person.county)
      const middle = (truth.start + truth.end) / 2
      const at = whereabouts(trueTurn(city, person, turnOf(person, middle), [breach]), middle)
      expect(area.contains(at.lat, at.lon)).toBe(false)
    }
  })

  test('absence on an approved leave is no breach', () => {
    const away = people.find((p) => p.leaves.length > 0)
    const [leave] = away?.leaves ?? []
    if (!away || !leave) throw new Error('nobody is on leave')
    const start = Date.parse(`${leave.from}T00:00:00+08:00`)
    const truths = truthOf(city, away, [], start, start + 8 * DAY)
    expect(truths.some((t) => t.kind === 'leave')).toBe(true)
    expect(truths.every((t) => t.kind === 'leave')).toBe(true)
  })

  test('itineraries have no holes: each leg begins when and where the last ended', () => {
    for (const person of people) {
      const turn = trueTurn(city, person, turnOf(person, from), breaches)
      for (let i = 1; i < turn.length; i++) expect(turn[i]?.from).toBeCloseTo(turn[i - 1]?.to ?? 0, 0)
      expect((turn.at(-1)?.to ?? 0) - (turn[0]?.from ?? 0)).toBeCloseTo(DAY, -1)
    }
  })
})
