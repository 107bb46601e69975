import { expect, test } from 'vitest'
import { toldOf } from './told.ts'

test('an entry is told in words; codes, ids and hashes are left out', () => {
  const payload = {
    kind: 'boundaryOut',
    said: { zh: '李合成自11月21日22:30起可能离开示例一县。', en: 'Li may have left since 21 Nov 22:30.' },
    settledAs: 'cleared',
    ruleVersion: 'geo-7+law-2026.1',
    fence: '0199c0de-0000-7000-8000-000000000001',
    due: '2026-11-21T14:30:00.000Z',
    reason: '本人在县医院就诊',
    day: '2026-11-21',
  }
  expect(toldOf(payload, 'zh')).toEqual([
    '李合成自11月21日22:30起可能离开示例一县。',
    '期限 2026-11-21 22:30',
    '本人在县医院就诊',
    '日期 2026-11-21',
  ])
  expect(toldOf(payload, 'en')[0]).toBe('Li may have left since 21 Nov 22:30.')
  expect(toldOf({ mime: 'image/jpeg', files: 'a1b2,c3d4', n: 3, x: null }, 'zh')).toEqual([])
  expect(toldOf({ assessedAt: '2026-11-21T14:30:00.000Z' }, 'zh')).toEqual([])
  expect(toldOf({ day: '2026-11-21' }, 'zh')).toEqual(['日期 2026-11-21'])
})
