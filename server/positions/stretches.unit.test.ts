import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgedBy, type Stretch, stretchesOf, undivided, versionsOf } from './stretches.ts'

const arrival = fc.record({ receivedAt: fc.nat(50), rules: fc.constantFrom('geo-2+law', 'geo-2+law+a', 'geo-2+law+b') })

test('a version that follows another begins a stretch of its own', () => {
  const told = stretchesOf(
    [[0, 10, 'a']],
    [
      { receivedAt: 30, rules: 'b' },
      { receivedAt: 12, rules: 'a' },
      { receivedAt: 20, rules: 'b' },
    ],
  )
  expect(told).toEqual([
    [0, 12, 'a'],
    [20, 30, 'b'],
  ])
  expect([judgedBy(told, 12), judgedBy(told, 20), judgedBy(told, 15)]).toEqual([['a'], ['b'], []])
  expect(versionsOf(told)).toEqual(['a', 'b'])
})

test('of a day compacted before stretches were kept all versions are named, and only for what it held then', () => {
  const known = undivided([{ receivedAt: 4 }, { receivedAt: 1 }, { receivedAt: 9 }], 'a,b')
  const told = stretchesOf(known, [{ receivedAt: 12, rules: 'b' }])
  expect([judgedBy(told, 4), judgedBy(told, 12)]).toEqual([['a', 'b'], ['b']])
  expect(undivided([], 'a')).toEqual([])
})

test('whatever came is judged by its own version, in however many foldings it came', () => {
  fc.assert(
    fc.property(fc.array(fc.array(arrival, { minLength: 1 }), { minLength: 1, maxLength: 6 }), (foldings) => {
      const told = foldings.reduce<Stretch[]>((known, arrived) => stretchesOf(known, arrived), [])
      for (const { receivedAt, rules } of foldings.flat()) expect(judgedBy(told, receivedAt)).toContain(rules)
      expect(new Set(versionsOf(told))).toEqual(new Set(foldings.flat().map((a) => a.rules)))
      // In the order of receipt, as it nearly always is, exactly by its own.
      const inOrder = foldings.flat().map((a, i) => ({ ...a, receivedAt: i }))
      const plain = inOrder.reduce<Stretch[]>((known, one) => stretchesOf(known, [one]), [])
      for (const { receivedAt, rules } of inOrder) expect(judgedBy(plain, receivedAt)).toEqual([rules])
    }),
  )
})
