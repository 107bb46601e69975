import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MINUTE } from './day.ts'
import { localFrame } from './distance.ts'
import { type Gathering, gather, gatheredDefaults, type Nearnesses, type Present } from './gathered.ts'
import { liuzhou } from './testing/areas.ts'

const start = Date.UTC(2026, 4, 6, 2)
const frame = localFrame(liuzhou)
const at = (who: string, x: number, minute: number, accuracyM = 15): Present => ({
  who,
  ts: start + minute * MINUTE,
  accuracyM,
  ...frame.toPlace({ x, y: 0 }),
})

/** Looks once a minute over so many minutes; everybody is where `places` says, seen every `every` minutes. */
function watch(
  minutes: number,
  places: (minute: number) => readonly Present[],
  apart?: (a: Present, b: Present) => boolean,
): Gathering[] {
  let near: Nearnesses = new Map()
  let last: Gathering[] = []
  for (let minute = 0; minute <= minutes; minute++) {
    const seen = gather(near, places(minute), start + minute * MINUTE, gatheredDefaults, apart)
    near = seen.near
    last = seen.gatherings
  }
  return last
}
const three = (minute: number, x = [0, 20, 40]) => ['a', 'b', 'c'].map((who, i) => at(who, x[i] ?? 0, minute))

test('three who stand together for a quarter of an hour are a gathering, not before', () => {
  expect(watch(14, (m) => three(m))).toEqual([])
  expect(watch(15, (m) => three(m))).toMatchObject([{ members: ['a', 'b', 'c'], since: start }])
})

test('two are none, nor are three in a row too long for everyone but joined by the middle one when nobody stays', () => {
  expect(watch(60, (m) => three(m).slice(0, 2))).toEqual([])
  // A chain counts: each is near the next.
  expect(watch(20, (m) => three(m, [0, 50, 100]))).toMatchObject([{ members: ['a', 'b', 'c'] }])
  expect(watch(60, (m) => three(m, [0, 100, 200]))).toEqual([])
})

test('who leaves ends the bond; meeting again begins anew', () => {
  const comes = (m: number) => three(m, [0, 20, m >= 10 && m < 12 ? 500 : 40])
  expect(watch(20, comes)).toEqual([])
  expect(watch(27, comes)).toMatchObject([{ since: start + 12 * MINUTE }])
})

test('vague or old positions gather nobody, and silence ends a gathering', () => {
  expect(watch(60, (m) => three(m).map((p) => ({ ...p, accuracyM: 200 })))).toEqual([])
  expect(watch(60, (m) => three(Math.min(m, 5)))).toEqual([])
  expect(watch(20, (m) => three(m).map((p) => ({ ...p, ts: start + 9_000_000 })))).toEqual([])
  expect(watch(40, (m) => three(Math.min(m, 20)))).toEqual([])
})

test('a household at home, and a crowd, are none', () => {
  expect(
    watch(
      30,
      (m) => three(m),
      (a, b) => a.who !== 'c' && b.who !== 'c',
    ),
  ).toMatchObject([{ members: ['a', 'b', 'c'] }])
  expect(
    watch(
      30,
      (m) => three(m),
      () => true,
    ),
  ).toEqual([])
  const crowd = (m: number) => Array.from({ length: 25 }, (_, i) => at(`p${String(i).padStart(2, '0')}`, i % 5, m))
  expect(watch(30, crowd)).toEqual([])
})

test('everyone of a gathering is in it once, and there are never fewer than it takes', () => {
  const people = fc.array(fc.record({ x: fc.integer({ min: 0, max: 300 }), from: fc.nat(20) }), { maxLength: 8 })
  fc.assert(
    fc.property(people, (drawn) => {
      const found = watch(40, (m) => drawn.flatMap(({ x, from }, i) => (m >= from ? [at(`p${i}`, x, m)] : [])))
      const members = found.flatMap((g) => g.members)
      expect(new Set(members).size).toBe(members.length)
      for (const g of found) expect(g.members.length).toBeGreaterThanOrEqual(gatheredDefaults.persons)
    }),
  )
})
