import { expect, test } from 'vitest'
import { recorded } from './recorded.ts'

test('an entry says in words what it holds, and nothing that only a machine reads', () => {
  expect(recorded('contact.passed', { step: 'office', way: 'support', to: 'county', note: '' }, 'zh')).toEqual([
    '司法所意见 → 同意上报',
  ])
  expect(recorded('document.drafted', { template: 'D10', case: '01a2ef00-0000', on: '2026-11-30' }, 'zh')).toEqual([
    '外出审批表',
    '日期 2026-11-30',
  ])
  expect(recorded('task.delivered', { duty: 'leave.decide', due: '2026-11-30T16:00:00.000Z', to: 'x' }, 'zh')).toEqual([
    '期限 2026-11-30',
  ])
  expect(recorded('track.sealed', { day: '2026-11-29', root: '6fbc48cf0dba', ruleset: 'geo-1' }, 'zh')).toEqual([
    '日期 2026-11-29',
  ])
  expect(recorded('leave.refused', { note: '理由不充分，不予批准', level: 'office' }, 'en')).toEqual([
    '理由不充分，不予批准',
  ])
  expect(recorded('x.y', { long: '长'.repeat(200), n: 3, nested: {} }, 'zh')).toEqual([])
})
