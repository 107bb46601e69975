import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gravestOf } from './gravest.ts'

const alarm = fc.record({
  person: fc.record({ id: fc.constantFrom('a', 'b', 'c') }),
  level: fc.integer({ min: 1, max: 4 }),
})

test('a person is shown with the gravest of his open alarms, in whatever order they come', () =>
  fc.assert(
    fc.property(fc.array(alarm), (ringing) => {
      for (const order of [ringing, [...ringing].reverse()]) {
        const gravest = gravestOf(order)
        expect([...gravest.keys()].sort()).toEqual([...new Set(ringing.map((a) => a.person.id))].sort())
        for (const { person, level } of ringing) expect(gravest.get(person.id)).toBeLessThanOrEqual(level)
      }
    }),
  ))
