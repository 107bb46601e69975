import { describe, expect, test } from 'vitest'
import { findApart, findStill } from './apart.ts'
import { dayStart, HOUR, MINUTE } from './day.ts'
import { localFrame } from './distance.ts'
import { type Fix, FixFault, FixFlag } from './fix.ts'
import { judgeNight } from './nights.ts'
import { nothingKnown, observe, presenceDefaults } from './presence.ts'
import { scoreSpoofing } from './spoof.ts'
import { findStays } from './stays.ts'
import { liuzhou } from './testing/areas.ts'
import { aFix } from './testing/fixes.ts'
import { findTogether } from './together.ts'

const day = '2024-05-06'
const evening = dayStart(day) + 22 * HOUR
const frame = localFrame(liuzhou)
/** A position a minute from the evening on, so many metres east of home. */
const line = (x: number, minutes: number, over: Partial<Fix> = {}): Fix[] =>
  Array.from({ length: minutes }, (_, i) =>
    aFix({ ts: evening + i * MINUTE, ...frame.toPlace({ x, y: 0 }), steps: 100, ...over }),
  )

describe.each([
  ['came on a line that was not believed', { flags: FixFlag.doubted }],
  ['the phone itself calls simulated', { flags: FixFlag.mock }],
  ['the device did not find', { flags: FixFlag.notFixed }],
  ['failed a check', { fault: FixFault.tooFast }],
] as const)('a position that %s', (_, over) => {
  const [home, elsewhere] = [line(0, 600), line(9_000, 600, over)]

  test('makes no night away, and none at home', () => {
    expect(judgeNight(elsewhere, day, liuzhou).verdict).toBe('no-data')
    expect(judgeNight([...home, ...elsewhere], day, liuzhou)).toEqual(judgeNight(home, day, liuzhou))
    const away = line(9_000, 600)
    expect(judgeNight([...away, ...line(0, 600, over)], day, liuzhou)).toEqual(judgeNight(away, day, liuzhou))
  })

  test('makes no stay and cuts none', () => {
    expect(findStays(elsewhere)).toEqual([])
    expect(findStays([...home, ...elsewhere])).toEqual(findStays(home))
  })

  test('brings nobody together and keeps nobody apart from another', () => {
    const other = line(9_000, 600)
    expect(
      findTogether(
        new Map([
          ['a', [...home, ...elsewhere]],
          ['b', other],
        ]),
      ),
    ).toEqual([])
    const beside = line(10, 600)
    const met = findTogether(
      new Map([
        ['a', home],
        ['b', beside],
      ]),
    )
    expect(met).toHaveLength(1)
    expect(
      findTogether(
        new Map([
          ['a', [...home, ...elsewhere]],
          ['b', beside],
        ]),
      ),
    ).toEqual(met)
  })

  test('parts no phone from its band, and lets none lie still', () => {
    expect(findApart(home, elsewhere)).toEqual([])
    expect(findApart(home, [...line(10, 600), ...elsewhere])).toEqual([])
    const span = { from: evening, to: evening + 16 * HOUR }
    expect(findStill(line(0, 660), span)).not.toBeNull()
    expect(findStill(line(0, 660, over), span)).toBeNull()
  })

  test('moves no presence, live or afterwards', () => {
    const fence = {
      rule: 'keep-in',
      size: 'county',
      area: { distanceToEdgeM: () => 5_000, depthM: 1_000 },
    } as unknown as Parameters<typeof observe>[2] // only what `observe` asks of a fence
    for (const use of ['live', 'history'] as const)
      for (const fix of elsewhere.slice(0, 20))
        expect(observe(nothingKnown, fix, fence, presenceDefaults, { use })).toEqual({
          state: nothingKnown,
          signal: null,
        })
  })
})

test('what came on a line that was not believed accuses nobody of a made-up track', () => {
  const made = line(0, 60, { flags: FixFlag.mock | FixFlag.doubted })
  expect(scoreSpoofing(made).signals).toEqual([])
  expect(scoreSpoofing(line(0, 60, { flags: FixFlag.mock })).signals.map((s) => s.kind)).toContain('mock-flag')
})
