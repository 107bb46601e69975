import { describe, expect, test } from 'vitest'
import { MINUTE } from './day.ts'
import { localFrame } from './distance.ts'
import type { Fix } from './fix.ts'
import { liuzhou } from './testing/areas.ts'
import { aFix } from './testing/fixes.ts'
import { findTogether } from './together.ts'

const start = Date.UTC(2024, 4, 6, 2)
const frame = localFrame(liuzhou)
const stay = (x: number, from: number, to: number): Fix[] =>
  Array.from({ length: (to - from) / 5 }, (_, i) =>
    aFix({ ts: start + (from + i * 5) * MINUTE, ...frame.toPlace({ x, y: 0 }) }),
  )

describe('together', () => {
  test('two at one table for half an hour', () => {
    const tracks = new Map([
      ['a', [...stay(0, 0, 60), ...stay(2_000, 60, 90), ...stay(0, 90, 120)]],
      ['b', [...stay(9_000, 0, 55), ...stay(2_030, 55, 95)]],
      ['c', stay(2_000, 60, 70)],
      ['d', stay(2_100, 60, 90)],
    ])
    expect(findTogether(tracks)).toEqual([{ a: 'a', b: 'b', from: start + 60 * MINUTE, to: start + 90 * MINUTE }])
  })

  test('the justice office and a crowd say nothing', () => {
    const two = new Map([
      ['a', stay(0, 0, 60)],
      ['b', stay(10, 0, 60)],
    ])
    expect(findTogether(two)).toHaveLength(1)
    expect(findTogether(two, () => true)).toEqual([])
    const crowd = new Map(Array.from({ length: 25 }, (_, i) => [`p${i}`, stay(i, 0, 60)] as const))
    expect(findTogether(crowd)).toEqual([])
  })

  test('a break longer than a bin begins a new meeting', () => {
    const two = new Map([
      ['a', [...stay(0, 0, 20), ...stay(0, 40, 60)]],
      ['b', stay(0, 0, 60)],
    ])
    expect(findTogether(two)).toHaveLength(2)
  })
})
