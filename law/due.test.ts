import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extendCalendar, isWorkingDay, readCalendar, shippedCalendar } from './calendar.ts'
import { civilDate as d, isCivilDate, plusDays } from './civil-date.ts'
import { dueOf } from './due.ts'
import { lawInForce } from './in-force.ts'
import { isRefusal, settled } from './refusals.ts'
import { type RuleId, ruleIds, ruleOn } from './rule.ts'

const aDayOf2026 = fc.integer({ min: 0, max: 330 }).map((n) => plusDays(d('2026-01-01'), n))

describe('deadlines', () => {
  test.each([
    ['RPT-01', '2026-03-02', '2026-03-12', 'calendar', 'ten days, the first not counted'],
    ['RPT-01', '2026-09-24', '2026-10-08', 'calendar', 'the last day in the National Day holiday moves on'],
    ['RPT-01', '2026-02-04', '2026-02-14', 'calendar', 'a make-up Saturday is a working day'],
    ['RPT-02', '2026-09-24', '2026-10-04', 'calendar', 'a person in custody is handed over without delay'],
    ['DLV-01', '2026-03-02', '2026-03-09', 'calendar', 'the last day on a Saturday moves to Monday'],
    ['INV-01', '2026-02-10', '2026-03-02', 'working', 'ten working days across Spring Festival'],
    ['INV-02', '2026-03-02', '2026-03-09', 'working', 'five working days'],
    ['REV-01', '2026-03-02', '2026-04-01', 'calendar', 'thirty days'],
    ['SUP-03', '2026-01-31', '2026-02-28', 'calendar', 'a month clamps to its last day, a make-up Saturday'],
    ['REP-03', '2026-01-31', '2026-02-28', 'calendar', 'the next monthly report'],
    ['REP-04', '2026-11-30', '2027-02-28', 'calendar', 'the next quarterly review needs no calendar'],
    ['LVE-01', '2026-05-10', '2026-05-07', 'calendar', 'three days ahead'],
    ['MOV-01', '2026-03-31', '2026-02-28', 'calendar', 'a month ahead'],
    ['END-01', '2026-12-31', '2026-12-01', 'calendar', 'thirty days ahead'],
    ['EPD-03', '2026-01-01', '2026-03-31', 'calendar', 'three months end a day before the anniversary'],
    ['LVE-12', '2022-03-25', '2022-09-24', 'calendar', 'six months of recurrent travel'],
    ['REV-03', '2026-09-02', '2026-10-01', 'calendar', 'custody ends on a holiday as on any day'],
    ['REV-02', '2026-11-21T10:00:00Z', '2026-11-23T10:00:00Z', 'hours', 'hours in the zone asked'],
    ['REV-02', '2026-11-21T10:00', '2026-11-23T10:00:00+08:00', 'hours', 'in Shanghai when none is named'],
    ['REV-02', '20261121', '2026-11-23T00:00:00+08:00', 'hours', 'a bare day is read as its first moment'],
    ['RPT-01', '2026-03-01T23:30:00Z', '2026-03-12', 'calendar', 'an instant counts from its legal day'],
    ['RPT-01', '20260302', '2026-03-12', 'calendar', 'a day without dashes'],
  ])('%s from %s is due %s (%s): %s', (rule, from, due, counted) =>
    expect(dueOf(rule, from)).toMatchObject({ rule, due, counted }),
  )

  test('the answer cites its article', () =>
    expect(dueOf('RPT-01', '2026-03-02')).toEqual({
      rule: 'RPT-01',
      due: '2026-03-12',
      article: '21',
      counted: 'calendar',
      source: '社区矫正法',
      recalled: false,
    }))

  test('promptly and at once have words, no day', () => {
    expect(dueOf('EPD-05', '2026-03-02')).toMatchObject({
      due: null,
      counted: 'words',
      words: { zh: '及时', en: 'promptly' },
    })
    expect(dueOf('MIS-01', '2026-03-02')).toMatchObject({ due: null, words: { zh: '立即', en: 'immediately' } })
  })

  test('custody keeps the last day where it is', () =>
    expect(dueOf('REV-01', '2026-09-03', { inCustody: true })).toMatchObject({ due: '2026-10-03' }))

  test('a term set by the judgment needs its months', () => {
    expect(dueOf('TRM-04', '2022-06-28', { months: 24 })).toMatchObject({ due: '2024-06-27' })
    expect(dueOf('TRM-01', '2026-04-30', { months: 6 })).toMatchObject({ due: '2026-10-30' })
    for (const months of [undefined, 6, 61, 12.5])
      expect(dueOf('TRM-04', '2022-06-28', { months })).toMatchObject({ refused: 'ZJ_LAW_TERM_NEEDED' })
  })
})

describe('refused', () => {
  test.each([
    ['XYZ-01', '2026-03-02', 'ZJ_LAW_RULE_UNKNOWN'],
    ['INT-01', '2026-03-02', 'ZJ_LAW_RULE_HAS_NO_CLOCK'],
    ['MIS-03', '2026-03-02', 'ZJ_LAW_RULE_HAS_NO_CLOCK'],
    ['RPT-01', '2019-03-02', 'ZJ_LAW_RULE_NOT_IN_FORCE'],
    ['RPT-01', '2026-02-30', 'ZJ_LAW_DATE_INVALID'],
    ['RPT-01', '2026-02-30T10:00', 'ZJ_LAW_INSTANT_INVALID'],
    ['RPT-01', '2027-03-02', 'ZJ_LAW_CALENDAR_UNKNOWN'],
    ['INV-01', '2026-12-28', 'ZJ_LAW_CALENDAR_UNKNOWN'],
  ])('%s from %s: %s', (rule, from, refused) => expect(dueOf(rule, from)).toMatchObject({ refused }))

  test('until the notice of the year is loaded', () => {
    const more = settled(readCalendar({ 2027: { off: ['2027-03-12'], work: [] } }))
    const law = lawInForce(d('2027-03-02'), '', [], extendCalendar(shippedCalendar, more))
    expect(dueOf('RPT-01', '2027-03-02', { law })).toMatchObject({ due: '2027-03-15' })
  })
})

const anyRule = fc.constantFrom(...ruleIds)
const ahead: readonly RuleId[] = ['LVE-01', 'MOV-01', 'END-01']

describe('in every case', () => {
  test('a duty is never due before its start, and something ahead never after it', () =>
    fc.assert(
      fc.property(anyRule, aDayOf2026, (id, from) => {
        const answer = dueOf(id, from)
        if (isRefusal(answer) || answer.due === null) return
        const due = answer.due.slice(0, 10)
        expect(ahead.includes(id) ? due < from : due > from, id).toBe(true)
      }),
      { numRuns: 400 },
    ))

  test('working-day counts and rolled deadlines end on a working day', () =>
    fc.assert(
      fc.property(anyRule, aDayOf2026, (id, from) => {
        const answer = dueOf(id, from)
        if (isRefusal(answer) || answer.due === null || !isCivilDate(answer.due)) return
        if (answer.counted === 'working' || ruleOn(id, from)?.rolls)
          expect(isWorkingDay(shippedCalendar, answer.due), id).toBe(true)
      }),
      { numRuns: 400 },
    ))

  test('a later start is never due earlier', () =>
    fc.assert(
      fc.property(anyRule, aDayOf2026, aDayOf2026, (id, a, b) => {
        const [first, second] = a < b ? [a, b] : [b, a]
        const [early, late] = [dueOf(id, first), dueOf(id, second)]
        if (isRefusal(early) || isRefusal(late) || early.due === null || late.due === null) return
        expect(early.due <= late.due, id).toBe(true)
      }),
      { numRuns: 400 },
    ))
})
