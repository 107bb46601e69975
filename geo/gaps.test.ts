import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, dayStart, HOUR, MINUTE } from './day.ts'
import { type Fix, FixFault, FixFlag } from './fix.ts'
import { coverage, findGaps, type GapExplanation, gapDeadlines, isCellOutage, type Plan } from './gaps.ts'
import { aFix } from './testing/fixes.ts'
import { readTrace } from './testing/traces.ts'
import { validate, validationDefaults, validationStart } from './validate.ts'

const plan: Plan = { intervalS: 300, heartbeatS: 60, asleep: false }
const from = dayStart('2020-02-21')
const to = dayStart('2020-02-23')
const every = (minutes: number, start: number, end: number, over: Partial<Fix> = {}) =>
  Array.from({ length: Math.max(0, Math.ceil((end - start) / (minutes * MINUTE))) }, (_, i) =>
    aFix({ ts: start + i * minutes * MINUTE, ...over }),
  )

const kinds = (explanations: readonly GapExplanation[] = []) => explanations.map((explanation) => explanation.kind)

describe('live policy', () => {
  test('an ordinary plan is offline after 3 minutes, yellow after 30, red after 60, searched after a day', () => {
    expect(gapDeadlines(plan, { lastByteTs: 0, lastFixTs: 0, shutdownAt: null })).toEqual({
      offlineAt: 3 * MINUTE,
      yellowAt: 30 * MINUTE,
      redAt: 60 * MINUTE,
      searchAt: 24 * HOUR,
    })
  })

  test('a sparse plan and a sleeping device wait longer', () => {
    expect(gapDeadlines({ ...plan, asleep: true }, { lastByteTs: 0, lastFixTs: 0, shutdownAt: null })).toMatchObject({
      yellowAt: HOUR,
      redAt: 2 * HOUR,
    })
    expect(
      gapDeadlines({ ...plan, intervalS: 3_600 }, { lastByteTs: 0, lastFixTs: 0, shutdownAt: null }),
    ).toMatchObject({ yellowAt: 3 * HOUR, redAt: 6 * HOUR })
  })

  test('a shutdown is yellow at once, unless the device spoke again', () => {
    expect(gapDeadlines(plan, { lastByteTs: 5, lastFixTs: 0, shutdownAt: 7 })).toMatchObject({
      offlineAt: 7,
      yellowAt: 7,
    })
    expect(gapDeadlines(plan, { lastByteTs: 9, lastFixTs: 0, shutdownAt: 7 }).yellowAt).toBe(30 * MINUTE)
  })

  test('a failed cell is one where many fall silent together', () => {
    expect([isCellOutage(1, 1), isCellOutage(2, 2), isCellOutage(3, 10), isCellOutage(4, 10)]).toEqual([
      false,
      false,
      false,
      true,
    ])
  })
})

describe('gaps', () => {
  /** Seed case 002: no data from 2020-02-21 22:30 to 02-22 17:45. */
  const lost = from + 22.5 * HOUR
  const found = from + 41.75 * HOUR
  const bi = [...every(5, from, lost + 1, { batteryPct: 64 }), ...every(5, found, to)]

  test('the night of 21 February is found to the minute', () => {
    const gaps = findGaps(bi, { from, to, plan })
    expect(gaps).toHaveLength(1)
    expect(gaps[0]).toMatchObject({
      start: lost,
      end: found,
      weight: 'red',
      lastBatteryPct: 64,
      movedM: 0,
      charging: false,
    })
    expect(gaps[0]?.explanations).toEqual([{ kind: 'unexplained' }])
  })

  test('what the device said explains it', () => {
    const events = [
      { ts: lost + MINUTE, kind: 'shutdown' as const },
      { ts: found - MINUTE, kind: 'boot' as const },
    ]
    expect(kinds(findGaps(bi, { from, to, plan, events })[0]?.explanations)).toEqual(['shut-down', 'rebooted'])
    const empty = bi.map((fix) => (fix.ts === lost ? { ...fix, batteryPct: 3 } : fix))
    expect(findGaps(empty, { from, to, plan })[0]?.explanations).toEqual([{ kind: 'ran-down', batteryPct: 3 }])
    const outage = [{ ts: lost + 5 * MINUTE, kind: 'cell-outage' as const }]
    expect(findGaps(bi, { from, to, plan, events: outage })[0]?.explanations).toEqual([
      { kind: 'cell-outage', from: lost + 5 * MINUTE, to: found },
    ])
  })

  test('a later blind upload annotates and never removes', () => {
    const blind = every(10, lost + 10 * MINUTE, found, { flags: FixFlag.blind | FixFlag.late })
    const [gap] = findGaps([...bi, ...blind], { from, to, plan })
    expect(gap).toMatchObject({ start: lost, end: found })
    expect(kinds(gap?.explanations)).toEqual(['blind-covered'])
    expect(kinds(findGaps([...bi, ...blind.slice(0, 20)], { from, to, plan })[0]?.explanations)).toEqual([
      'blind-partly-covered',
    ])
  })

  test('faulty fixes leave a gap; no fix at all is one gap', () => {
    const faulty = every(5, lost, found, { fault: FixFault.stale })
    expect(findGaps([...bi, ...faulty], { from, to, plan })).toHaveLength(1)
    expect(findGaps([], { from, to, plan })).toMatchObject([
      { start: from, end: to, weight: 'search', lastFix: null, movedM: null },
    ])
  })

  test('more live fixes never make more silence', () => {
    const times = fc.array(fc.integer({ min: 0, max: 2_879 }), { maxLength: 60 })
    const silence = (minutes: readonly number[]) =>
      findGaps(
        minutes.map((minute) => aFix({ ts: from + minute * MINUTE })),
        { from, to, plan },
      ).reduce((sum, gap) => sum + gap.end - gap.start, 0)
    fc.assert(
      fc.property(times, times, (some, more) => {
        expect(silence([...some, ...more])).toBeLessThanOrEqual(silence(some))
      }),
    )
  })

  test('a line that is not believed neither fills a gap nor explains it, nor covers anything', () => {
    const his = [...every(5, from, from + HOUR), ...every(5, from + 5 * HOUR, from + 6 * HOUR)]
    const doubted = every(5, from + HOUR, from + 5 * HOUR, { flags: FixFlag.doubted, batteryPct: 3 })
    const span = { from, to: from + 6 * HOUR, plan }
    expect(findGaps([...his, ...doubted], span)).toEqual(findGaps(his, span))
    const blind = doubted.map((fix) => ({ ...fix, flags: fix.flags | FixFlag.blind }))
    expect(kinds(findGaps([...his, ...blind], span)[0]?.explanations)).toEqual(['unexplained'])
    expect(coverage([...his, ...doubted], from, span.to)).toBe(coverage(his, from, span.to))
  })

  test('a simulated position fills no gap and covers none; it is named as what came instead', () => {
    const his = [...every(5, from, from + HOUR), ...every(5, from + 5 * HOUR, from + 6 * HOUR)]
    const span = { from, to: from + 6 * HOUR, plan }
    const [gap, ...others] = findGaps(his, span)
    expect(others).toEqual([])
    for (const flags of [FixFlag.mock, FixFlag.mock | FixFlag.blind]) {
      const mocked = every(5, from + HOUR, from + 5 * HOUR, { flags, lat: 31.2 })
      const [found, ...more] = findGaps([...his, ...mocked], span)
      expect(more).toEqual([])
      expect(found).toEqual({ ...gap, explanations: [{ kind: 'simulated', fixes: mocked.length }] })
      expect(coverage([...his, ...mocked], from, span.to)).toBe(coverage(his, from, span.to))
    }
    // What the phone says of its battery is no place: it stays known.
    const low = every(5, gap?.start ?? 0, (gap?.start ?? 0) + MINUTE, { flags: FixFlag.mock, batteryPct: 4, lat: 31.2 })
    expect(kinds(findGaps([...his, ...low], span)[0]?.explanations)).toEqual(['ran-down'])
  })

  test('what the device calls its last known place fills none either', () => {
    const his = [...every(5, from, from + HOUR), ...every(5, from + 5 * HOUR, from + 6 * HOUR)]
    const again = every(5, from + HOUR, from + 5 * HOUR, { flags: FixFlag.notFixed })
    const span = { from, to: from + 6 * HOUR, plan }
    expect(findGaps([...his, ...again], span)).toEqual(findGaps(his, span))
  })

  test('coverage counts each fix for a quarter of an hour at most', () => {
    expect(coverage(every(5, from, to), from, to)).toBe(1)
    expect(coverage(every(30, from, to), from, to)).toBe(0.5)
    expect(coverage(bi, from, to)).toBeCloseTo(1 - (19.25 - 0.25) / 48, 3)
    expect(coverage([], from, to)).toBe(0)
    expect(coverage(bi, from, from)).toBe(0)
  })
})

describe('real days', () => {
  /** Judges a trace as if each fix arrived when the phone wrote it. */
  const judged = (fixes: readonly Fix[], writtenAt: readonly number[]) => {
    let state = validationStart
    return fixes.map((fix, i) => {
      const step = validate(
        state,
        fix,
        { receivedAt: writtenAt[i] ?? fix.ts, connectedAt: null },
        { ...validationDefaults, maxSpeedMs: 100 },
      )
      state = step.state
      return step.verdict.fix
    })
  }

  test('the reboot of 23 hours is named', () => {
    const trace = readTrace('day-p1_untracked_time_jan_15_reboot_multi_day.jsonl')
    const fixes = judged(trace.fixes, trace.writtenAt)
    const times = fixes.filter((fix) => fix.fault === 0).map((fix) => fix.ts)
    const gaps = findGaps(fixes, { from: Math.min(...times), to: Math.max(...times) + 1, plan })
    const longest = gaps.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a))
    expect((longest.end - longest.start) / HOUR).toBeCloseTo(23.12, 1)
    expect(longest.lastBatteryPct).not.toBeNull()
  })

  test('a real day in which the clock fell back to 1970 keeps that fix and names it', () => {
    const { fixes } = readTrace('day-p1_2016-01-12.jsonl')
    const broken = fixes.map((fix, i) => (i === 100 ? { ...fix, ts: fix.ts % DAY } : fix))
    const wrong = judged(
      broken,
      broken.map((fix, i) => fixes[i]?.ts ?? fix.ts),
    ).filter((fix) => fix.fault === FixFault.clockWrong)
    expect(wrong.map((fix) => new Date(fix.ts).getUTCFullYear())).toEqual([1970])
    const [gap] = findGaps([...every(5, from, from + HOUR), ...wrong], { from, to, plan })
    expect(kinds(gap?.explanations)).toEqual(['clock-wrong'])
  })
})
