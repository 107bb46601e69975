import type { Shift } from '@zhijiao/contract/roster'
import { expect, test } from 'vitest'
import { daysOf, standingOn, stretchesOf } from './week.ts'

test('a shift of many days runs on the day it is, not on each of them', () => {
  const shift = { from: '2026-11-28T16:00:00.000Z', until: '2026-12-29T16:00:00.000Z', endedAt: null } as Shift
  const at = Date.parse('2026-12-02T01:00:00.000Z')
  const standings = daysOf('2026-11-30').map((day) => stretchesOf([shift], day).map((s) => standingOn(s, at)))
  expect(standings.flat()).toEqual(['over', 'over', 'running', 'coming', 'coming', 'coming', 'coming'])
})
