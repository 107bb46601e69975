import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, civilDate as d, endOfLegalDay, plusDays, plusMonths, startOfLegalDay } from './civil-date.ts'
import { dutiesFor, hasReached, isRecordSealed, mayTrainForWork, minorAtEntry, needsGuardianConsent } from './minors.ts'
import { settled } from './refusals.ts'
import {
  activationTerm,
  commutedFloor,
  correctionTerm,
  deviceGrounds,
  deviceTerm,
  extendDevice,
  isWithinTerm,
  type Judgment,
  lastDayOfTerm,
  latestDeviceDay,
  recurrentTravelLastDay,
} from './term.ts'

const start = d('2024-08-09')
const outOfRange = { refused: 'ZJ_LAW_TERM_OUT_OF_RANGE' }

describe('correction terms', () => {
  const suspended = { category: 'suspendedSentence', sentence: 'imprisonment', sentenceMonths: 12, months: 12 } as const
  const detention = {
    category: 'suspendedSentence',
    sentence: 'criminalDetention',
    sentenceMonths: 3,
    months: 6,
  } as const
  test.each<[string, Judgment, CivilDate]>([
    ['one year suspended', { ...suspended, start }, d('2025-08-08')],
    ['two years suspended', { ...suspended, start: d('2022-06-28'), months: 24 }, d('2024-06-27')],
    ['from a leap day', { ...suspended, start: d('2024-02-29') }, d('2025-02-27')],
    ['suspended detention', { ...detention, start }, d('2025-02-08')],
    [
      'shortened on commutation',
      { ...suspended, start, sentenceMonths: 36, months: 12, commuted: true },
      d('2025-08-08'),
    ],
    ['control', { category: 'control', start, months: 3 }, d('2024-11-08')],
    [
      'control less custody, one day for two',
      { category: 'control', start, months: 6, custodyDays: 10 },
      d('2025-01-19'),
    ],
    ['control for several crimes', { category: 'control', start, months: 36, severalCrimes: true }, d('2027-08-08')],
    ['parole', { category: 'parole', start, sentenceEnds: d('2026-01-03') }, d('2026-01-03')],
    ['parole from life', { category: 'parole', start, sentenceEnds: 'life' }, d('2034-08-08')],
    [
      'nursing, then prison',
      { category: 'temporaryServiceOutsidePrison', start, sentenceEnds: d('2027-05-17'), causeEnds: d('2025-08-06') },
      d('2025-08-06'),
    ],
    [
      'illness to the end of the sentence',
      { category: 'temporaryServiceOutsidePrison', start, sentenceEnds: d('2027-05-17') },
      d('2027-05-17'),
    ],
    [
      'days of escape do not count',
      { category: 'temporaryServiceOutsidePrison', start, sentenceEnds: d('2027-05-17'), daysNotCounted: 10 },
      d('2027-05-27'),
    ],
  ])('%s', (_, judgment, lastDay) => expect(correctionTerm(judgment)).toMatchObject({ lastDay, start: judgment.start }))

  test.each<[string, Judgment]>([
    ['control under three months', { category: 'control', start, months: 2 }],
    ['control over two years', { category: 'control', start, months: 25 }],
    ['custody longer than control', { category: 'control', start, months: 3, custodyDays: 60 }],
    ['probation shorter than the sentence', { ...suspended, start, sentenceMonths: 18, months: 12 }],
    ['probation under a year', { ...suspended, start, sentenceMonths: 6, months: 11 }],
    ['probation over five years', { ...suspended, start, months: 61 }],
    ['probation of detention over a year', { ...detention, start, months: 13 }],
    ['half a month', { ...detention, start, months: 6.5 }],
    ['commuted below the floor', { ...suspended, start, months: 11, commuted: true }],
    ['parole after the sentence', { category: 'parole', start, sentenceEnds: d('2024-01-01') }],
  ])('%s is refused', (_, judgment) => expect(correctionTerm(judgment)).toMatchObject(outOfRange))

  test('days and citations', () =>
    expect(correctionTerm({ ...suspended, start, commuted: true })).toMatchObject({
      days: 365,
      cites: ['TRM-04', 'TRM-05', 'TRM-07', 'TRM-10'],
    }))

  test('an approval of recurrent travel lasts six months', () =>
    expect(recurrentTravelLastDay(d('2022-03-25'))).toBe('2022-09-24'))
})

describe('whole months (SPC 2021, 202)', () => {
  test.each([
    ['2023-02-28', 3, '2023-05-30', 'from the last day of February to that of May'],
    ['2024-02-28', 3, '2024-05-27', 'which in a leap year is not its last'],
    ['2024-02-29', 3, '2024-05-30', 'but the 29th is'],
    ['2026-04-30', 6, '2026-10-30', 'from the last of April to the last of October'],
    ['2026-08-31', 6, '2027-02-27', 'and to the last of February'],
    ['2026-08-30', 6, '2027-02-27', 'as from a day that February does not have'],
    ['2023-02-28', 12, '2024-02-27', 'a year runs to the same day'],
    ['2024-02-29', 12, '2025-02-27', 'or to the last where there is none'],
    ['2026-04-30', 18, '2027-10-30', 'a year and six months'],
    ['2024-02-28', 18, '2025-08-27', 'which begin on the first day, not on its anniversary'],
    ['2026-12-31', 2, '2027-02-27', 'over the turn of the year'],
  ])('%s and %d months: %s, %s', (from, months, last) => expect(lastDayOfTerm(d(from), months)).toBe(last))

  test('a longer term never ends sooner, and none is more than three days longer than the same day says', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 60 }), (from, months) => {
        const first = plusDays(d('2020-01-01'), from)
        const last = lastDayOfTerm(first, months)
        expect(lastDayOfTerm(first, months + 1) > last).toBe(true)
        const same = plusDays(plusMonths(first, months), -1)
        expect(last >= same && last <= plusDays(same, 3)).toBe(true)
      }),
    ))

  test('an approval of a measure keeps the shorter reading, and so does the floor of a commutation', () => {
    expect(commutedFloor(d('2026-10-15'), 'criminalDetention')).toBe('2026-12-14')
    expect(commutedFloor(d('2026-04-30'), 'criminalDetention')).toBe('2026-06-29')
    expect(commutedFloor(d('2026-04-30'), 'imprisonment')).toBe('2027-04-29')
    expect(latestDeviceDay(d('2026-04-30'), d('2027-12-31'))).toBe('2026-07-29')
    expect(recurrentTravelLastDay(d('2026-04-30'))).toBe('2026-10-29')
  })
})

describe('device terms', () => {
  const correctionEnds = d('2027-12-31')
  const running = { start: d('2026-01-01'), lastDay: d('2026-03-31') }
  const refused = { refused: 'ZJ_LAW_DEVICE_TERM_REFUSED' }

  test('five grounds', () => expect(Object.values(deviceGrounds).map(({ clause }) => clause)).toEqual([1, 2, 3, 4, 5]))

  test('three months and no day more', () => {
    expect(deviceTerm(running, correctionEnds)).toEqual(running)
    expect(deviceTerm({ ...running, lastDay: d('2026-04-01') }, correctionEnds)).toMatchObject(refused)
    expect(deviceTerm({ ...running, lastDay: d('2025-12-31') }, correctionEnds)).toMatchObject(refused)
  })

  test('never longer than the correction', () => {
    expect(latestDeviceDay(running.start, d('2026-02-10'))).toBe('2026-02-10')
    expect(deviceTerm(running, d('2026-02-10'))).toMatchObject(refused)
  })

  test('an extension is assessed and approved before the end, and follows without a gap', () => {
    const extension = { assessedOn: d('2026-03-20'), approvedOn: d('2026-03-31'), lastDay: d('2026-06-30') }
    expect(extendDevice(running, extension, correctionEnds)).toEqual({ start: '2026-04-01', lastDay: '2026-06-30' })
    expect(extendDevice(running, { ...extension, lastDay: d('2026-07-01') }, correctionEnds)).toMatchObject(refused)
    expect(extendDevice(running, { ...extension, approvedOn: d('2026-04-01') }, correctionEnds)).toMatchObject(refused)
    expect(extendDevice(running, { ...extension, approvedOn: d('2026-03-19') }, correctionEnds)).toMatchObject(refused)
    expect(extendDevice(running, { ...extension, assessedOn: d('2025-12-31') }, correctionEnds)).toMatchObject(refused)
  })

  test('a lawful term is never longer than three months, whatever is asked', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: -5, max: 200 }), (from, length) => {
        const first = plusDays(d('2026-01-01'), from)
        const lastDay = plusDays(first, length)
        const answer = deviceTerm({ start: first, lastDay }, d('2035-01-01'))
        expect('refused' in answer).toBe(lastDay < first || lastDay > plusDays(plusMonths(first, 3), -1))
      }),
    ))
})

describe('activations', () => {
  const lastDay = d('2026-03-31')
  const begin = startOfLegalDay(d('2026-01-01'))

  test('end at midnight after the last lawful day', () => {
    const term = activationTerm(begin, lastDay)
    expect(term).toEqual({ start: begin, end: Date.UTC(2026, 2, 31, 16) })
    expect([begin - 1, begin, term.end - 1, term.end].map((ms) => isWithinTerm(term, ms))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('are cut short, never lengthened', () => {
    expect(activationTerm(begin, lastDay, begin + 5).end).toBe(begin + 5)
    expect(activationTerm(begin, lastDay, endOfLegalDay(lastDay) + 5).end).toBe(endOfLegalDay(lastDay))
    expect(activationTerm(begin, lastDay, begin - 5)).toEqual({ start: begin, end: begin })
  })
})

describe('minors', () => {
  const birth = d('2008-05-20')

  test('the flag is frozen at entry', () => {
    expect(minorAtEntry(birth, d('2026-05-20'))).toEqual({ minor: true, entry: '2026-05-20' })
    expect(minorAtEntry(birth, d('2026-05-21')).minor).toBe(false)
    expect(hasReached(d('2008-02-29'), 18, d('2026-02-28'))).toBe(false)
    expect(hasReached(d('2008-02-29'), 18, d('2026-03-01'))).toBe(true)
  })

  test.each([
    ['2026-05-20', 60, true, 'on the eighteenth birthday, five years'],
    ['2026-05-20', 61, false, 'over five years'],
    ['2026-05-21', 6, false, 'the day after'],
    ['2024-01-01', 0, true, 'a lighter punishment'],
    ['2024-01-01', Number.POSITIVE_INFINITY, false, 'life'],
  ])('offence on %s with %d months: sealed %s, %s', (on, sentenceMonths, sealed) =>
    expect(isRecordSealed(birth, { on: d(on), sentenceMonths })).toBe(sealed),
  )

  test('the lines of fourteen and sixteen', () => {
    expect([needsGuardianConsent(birth, d('2022-05-20')), needsGuardianConsent(birth, d('2022-05-21'))]).toEqual([
      true,
      false,
    ])
    expect([mayTrainForWork(birth, d('2024-05-20')), mayTrainForWork(birth, d('2024-05-21'))]).toEqual([false, true])
    expect(dutiesFor({ minor: true, sealed: false })).toEqual({
      public: false,
      guardianPresent: true,
      separateFromAdults: true,
    })
    expect(dutiesFor({ minor: false, sealed: false }).public).toBe(true)
    // Grown up by now: nothing is made public, and no guardian is asked for.
    expect(dutiesFor({ minor: false, sealed: true })).toEqual({
      public: false,
      guardianPresent: false,
      separateFromAdults: false,
    })
  })
})

test('a settled term of parole gives its days', () =>
  expect(settled(correctionTerm({ category: 'parole', start, sentenceEnds: start })).days).toBe(1))
