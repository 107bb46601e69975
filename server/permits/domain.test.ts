import { civilDate, plusDays } from '@zhijiao/law/civil-date'
import { lawInForce } from '@zhijiao/law/in-force'
import { compareLeaveLevels } from '@zhijiao/law/leave'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../core/refusals.ts'
import {
  ask,
  cancel,
  comeBack,
  competent,
  decide,
  type Earlier,
  late,
  opine,
  pathOf,
  type Wish,
  weigh,
} from './domain.ts'

const today = civilDate('2026-03-02')
const org = '459001001'
const where = { org, today, law: lawInForce(today, org) }
const leave = (days: number, more: Partial<Wish> = {}): Wish => ({
  from: civilDate('2026-03-10'),
  until: plusDays(civilDate('2026-03-10'), days - 1),
  destination: { text: '南宁', area: '450103' },
  travelBy: [],
  reason: '01',
  ...more,
})
const code = (answer: unknown) => (answer instanceof Refusal ? answer.kind.code : answer)
const levelOf = (wish: Wish, earlier: readonly Earlier[] = []) => {
  const answer = weigh(wish, earlier, where)
  return answer instanceof Refusal ? answer.kind.code : answer.level
}

test('7 days the office, 8 the county, 30 the county, 31 the city', () => {
  expect([7, 8, 30, 31].map((days) => levelOf(leave(days)))).toEqual(['office', 'county', 'county', 'city'])
})

test('abroad is for nobody to approve', () =>
  expect(levelOf(leave(2, { destination: { text: '河内', country: 'VN' } }))).toBe('ZJ_LAW_LEAVE_ABROAD'))

test('within the county no leave is needed', () =>
  expect(levelOf(leave(2, { destination: { text: '县城', area: '459001' } }))).toBe('ZJ_LEAVE_NOT_NEEDED'))

test('more days never reach a lower authority', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (a, b) => {
      const [short, long] = [weigh(leave(Math.min(a, b)), [], where), weigh(leave(Math.max(a, b)), [], where)]
      if (short instanceof Refusal || long instanceof Refusal) throw new Error('both are lawful')
      expect(compareLeaveLevels(short.level, long.level)).toBeLessThanOrEqual(0)
    }),
  ))

describe('competence', () => {
  test.each([
    ['office', 'officeHead', '459001001', true],
    ['office', 'officeHead', '459001002', false],
    ['office', 'officer', '459001001', false],
    ['office', 'county', '459001', true],
    ['county', 'officeHead', '459001001', false],
    ['county', 'county', '459001', true],
    ['county', 'countyHead', '459001', true],
    ['county', 'county', '459002', false],
    ['county', 'city', '4590', false],
    ['city', 'county', '459001', false],
    ['city', 'city', '4590', true],
    ['city', 'city', '4591', false],
  ] as const)('%s by %s of %s: %s', (level, role, unit, is) =>
    expect(competent(level, org, { roles: [role], unit })).toBe(is),
  )
  test('the wrong one is told who is', () => {
    const competence = weigh(leave(8), [], where)
    if (competence instanceof Refusal) throw competence
    const refused = decide({ state: 'asked', org }, competence, { roles: ['officeHead'], unit: org })
    expect(code(refused)).toBe('ZJ_LEAVE_NOT_COMPETENT')
    expect(refused instanceof Refusal && refused.data.level).toBe('county')
  })
})

describe('asking', () => {
  const earlier: Earlier = {
    id: 'x',
    from: civilDate('2026-03-12'),
    until: civilDate('2026-03-13'),
    state: 'approved',
    returnedOn: null,
  }
  test('not over another', () => expect(code(ask(leave(5), [earlier], where))).toBe('ZJ_LEAVE_OVERLAP'))
  test('over a cancelled one', () =>
    expect(ask(leave(5), [{ ...earlier, state: 'cancelled' }], where)).not.toBeInstanceOf(Refusal))
  test('not for the past', () =>
    expect(code(ask(leave(1, { from: plusDays(today, -5), until: plusDays(today, -4) }), [], where))).toBe(
      'ZJ_LEAVE_PAST',
    ))
  test('not without a reason of the list', () =>
    expect(code(ask(leave(3, { reason: '77' }), [], where))).toBe('ZJ_LEAVE_REASON'))
})

test('an approval is cancelled before it begins, not after', () => {
  const approved = { state: 'approved', from: today } as const
  expect(cancel(approved, plusDays(today, -1))).toBe(true)
  expect(code(cancel(approved, today))).toBe('ZJ_LEAVE_BEGUN')
  expect(code(cancel({ ...approved, state: 'refused' }, today))).toBe('ZJ_LEAVE_DECIDED')
})

test('a return lies between departure and today', () => {
  const away = { state: 'approved', from: plusDays(today, -2) } as const
  expect(comeBack(away, today, today)).toBe(true)
  expect(code(comeBack(away, plusDays(today, 1), today))).toBe('ZJ_LEAVE_RETURN_DAY')
  expect(code(comeBack(away, plusDays(today, -3), today))).toBe('ZJ_LEAVE_RETURN_DAY')
  expect(code(comeBack({ ...away, state: 'returned' }, today, today))).toBe('ZJ_LEAVE_NOT_AWAY')
})

describe('opinions', () => {
  test.each([
    ['office', 'officeHead', org, 'ZJ_LEAVE_OPINION'],
    ['county', 'officeHead', org, 'office'],
    ['county', 'officeHead', '459001002', 'ZJ_LEAVE_OPINION'],
    ['county', 'county', '459001', 'ZJ_LEAVE_OPINION'],
    ['city', 'officeHead', org, 'office'],
    ['city', 'county', '459001', 'county'],
    ['city', 'countyHead', '459001', 'county'],
    ['city', 'county', '459002', 'ZJ_LEAVE_OPINION'],
    ['city', 'city', '4590', 'ZJ_LEAVE_OPINION'],
  ] as const)('%s decides, %s of %s: %s', (level, role, unit, is) =>
    expect(code(opine({ state: 'asked', org }, level, { roles: [role], unit }))).toBe(is),
  )
  test('not once it is decided', () =>
    expect(code(opine({ state: 'approved', org }, 'city', { roles: ['officeHead'], unit: org }))).toBe(
      'ZJ_LEAVE_DECIDED',
    ))
})

describe('the picture of a leave', () => {
  const from = plusDays(today, 3)
  const none = { office: false, county: false }
  const states = (...args: Parameters<typeof pathOf>) => pathOf(...args).map(({ step, state }) => `${step} ${state}`)

  test('the office alone', () =>
    expect(states({ state: 'asked', from, opined: none }, 'office', today)).toEqual([
      'ask done',
      'office now',
      'away ahead',
      'return ahead',
    ]))
  test('the city, with one opinion given and one passed over', () =>
    expect(states({ state: 'approved', from, opined: { office: true, county: false } }, 'city', today)).toEqual([
      'ask done',
      'office done',
      'county passedOver',
      'city done',
      'procuratorate done',
      'away ahead',
      'return ahead',
    ]))
  test('the procuratorate stays in hand until it was told', () =>
    expect(states({ state: 'approved', from, opined: none, toTell: true }, 'city', today)).toContain(
      'procuratorate now',
    ))
  test('away, back, refused, taken back', () => {
    expect(states({ state: 'approved', from: today, opined: none }, 'county', today)).toContain('away now')
    expect(states({ state: 'returned', from: today, opined: none }, 'county', today).slice(-2)).toEqual([
      'away done',
      'return done',
    ])
    expect(states({ state: 'refused', from, opined: none }, 'city', today).slice(-3)).toEqual([
      'procuratorate passedOver',
      'away passedOver',
      'return passedOver',
    ])
    expect(states({ state: 'cancelled', from, opined: none }, 'office', today)).toContain('office passedOver')
  })
})

test('a late return lies after the last approved day', () => {
  const away = { state: 'approved', until: today } as const
  expect(late(away, plusDays(today, 1))).toBe(true)
  expect(code(late(away, today))).toBe('ZJ_LEAVE_DELAY_DAY')
  expect(code(late({ ...away, state: 'asked' }, plusDays(today, 1)))).toBe('ZJ_LEAVE_NOT_AWAY')
})
