import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from './day.ts'
import { seeded } from './testing/fixes.ts'
import { TimingWheel } from './wheel.ts'

/** The same promises kept by a list that is searched from end to end. */
class NaiveTimers {
  readonly timers = new Map<number, number>()
  add(id: number, deadline: number) {
    this.timers.set(id, deadline)
  }
  cancel(id: number) {
    return this.timers.delete(id)
  }
  advance(now: number) {
    const due = [...this.timers].filter(([, deadline]) => deadline <= now).sort((a, b) => a[1] - b[1] || a[0] - b[0])
    for (const [id] of due) this.timers.delete(id)
    return due.map(([id]) => id)
  }
}

describe('the wheel', () => {
  const anAct = fc.oneof(
    fc.record({ do: fc.constant('add' as const), id: fc.nat(40), in: fc.integer({ min: -5_000, max: 200_000 }) }),
    fc.record({ do: fc.constant('cancel' as const), id: fc.nat(40) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.oneof(fc.nat(900), fc.nat(20_000), fc.nat(300_000)) }),
  )

  test('does what a list would do', () => {
    fc.assert(
      fc.property(
        fc.array(anAct, { maxLength: 120 }),
        fc.constantFrom(1, 8, 64),
        fc.integer({ min: 0, max: 1e12 }),
        (acts, slots, start) => {
          const wheel = new TimingWheel(start, { capacity: 1, slots })
          const naive = new NaiveTimers()
          let now = start
          for (const act of acts) {
            if (act.do === 'add') {
              wheel.add(act.id, now + act.in)
              naive.add(act.id, now + act.in)
            } else if (act.do === 'cancel') expect(wheel.cancel(act.id)).toBe(naive.cancel(act.id))
            else {
              now += act.ms
              expect(wheel.advance(now)).toEqual(naive.advance(now))
            }
            expect(wheel.size).toBe(naive.timers.size)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a timer is due at its millisecond, not its second', () => {
    const wheel = new TimingWheel(0)
    wheel.add(3, 1_500)
    expect(wheel.advance(1_499)).toEqual([])
    expect(wheel.deadlineOf(3)).toBe(1_500)
    expect(wheel.advance(1_500)).toEqual([3])
    expect(wheel.deadlineOf(3)).toBeNull()
    expect(wheel.deadlineOf(99)).toBeNull()
  })

  test('nonsense is refused', () => {
    const wheel = new TimingWheel(0)
    expect(() => wheel.add(-1, 5)).toThrow(RangeError)
    expect(() => wheel.add(1.5, 5)).toThrow(RangeError)
    expect(() => wheel.add(1, Number.NaN)).toThrow(RangeError)
  })

  test('700,000 timers run, move and end', () => {
    const count = 700_000
    const wheel = new TimingWheel(0, { capacity: count })
    const random = seeded(5)
    for (let id = 0; id < count; id++) wheel.add(id, random() * 24 * HOUR)
    for (let id = 0; id < count; id += 7) wheel.add(id, 25 * HOUR)
    expect(wheel.size).toBe(count)
    let due = 0
    for (let now = 0; now <= 24 * HOUR; now += 5 * MINUTE) due += wheel.advance(now).length
    expect(due).toBe(600_000)
    expect(wheel.advance(25 * HOUR)).toHaveLength(100_000)
  })
})
