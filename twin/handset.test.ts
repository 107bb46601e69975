import { DAY, HOUR, MINUTE } from '@zhijiao/geo/day'
import { metresBetween } from '@zhijiao/geo/distance'
import { describe, expect, test } from 'vitest'
import type { Breach } from './breaches.ts'
import { type ErrorParameters, errorDefaults, flawless } from './errors.ts'
import { drawGeography } from './geography.ts'
import { type Act, handsetOf, worldOf } from './handset.ts'
import { drawPeople } from './people.ts'
import { staffOf } from './staff.ts'

const city = drawGeography(1)
const people = drawPeople(city, staffOf(city), { count: 20, bandShare: 0.5, on: '2026-11-21' })
const from = Date.parse('2026-11-19T00:00:00Z')
const wearer = people.find((p) => p.band)
if (!wearer) throw new Error('nobody wears a band')

function run(
  kind: 'band' | 'phone',
  hours: number,
  breaches: readonly Breach[] = [],
  errors: ErrorParameters = errorDefaults,
): Act[] {
  if (!wearer) return []
  const handset = handsetOf(worldOf(city, breaches, [], errors), wearer, kind, from)
  const acts: Act[] = []
  while (handset.next < from + hours * HOUR) acts.push(...handset.act())
  return acts
}
const reports = (acts: readonly Act[]) => acts.flatMap((a) => (a.kind === 'report' ? [a.report] : []))

describe('Z8 the twin’s devices', { timeout: 30_000 }, () => {
  test('the same seed measures the same day', () => expect(run('band', 24)).toEqual(run('band', 24)))

  test('a phone under article 26 never exceeds one position an hour', () => {
    const times = reports(run('phone', 72)).map((r) => r.ts)
    for (let i = 1; i < times.length; i++) expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(HOUR)
  })

  test('a band measures at its interval, and off by drift alone when nothing fails', () => {
    const fixes = reports(run('band', 24, [], flawless))
    const interval = (wearer.band?.intervalS ?? 0) * 1000
    expect(fixes.length).toBeGreaterThan((DAY / interval) * 0.95)
    expect(fixes.every((f) => f.source === 'gnss')).toBe(true)
  })

  test('over-confident jumps, cells, WiFi and missing fixes all occur', () => {
    const fixes = reports(run('band', 24 * 6))
    for (const source of ['gnss', 'wifi', 'cell', 'none']) expect(fixes.some((f) => f.source === source)).toBe(true)
    const cells = fixes.filter((f) => f.source === 'cell')
    expect(cells.every((f) => f.accuracyM >= 600 && f.accuracyM <= 2_000)).toBe(true)
  })

  test('what was measured without a network arrives later as stored, once', () => {
    const acts = run('band', 24 * 5)
    const stored = acts.flatMap((a) => (a.kind === 'stored' ? a.reports : []))
    expect(stored.length).toBeGreaterThan(0)
    const live = new Set(reports(acts).map((r) => r))
    expect(stored.every((r) => !live.has(r))).toBe(true)
  })

  test('a cut strap, a call for help and a switch-off are told; lost contact is not', () => {
    const at = from + 6 * HOUR
    const words = (kind: Breach['kind']) =>
      run('band', 12, [{ kind, person: wearer.index, start: at, lasts: 2 * HOUR }], flawless).flatMap((a) =>
        a.kind === 'word' ? [a.word] : [],
      )
    expect(words('strapOpen')).toContain('strapOpen')
    expect(words('strapOpen')).toContain('strapClosed')
    expect(words('sos').filter((w) => w === 'sos')).toHaveLength(1)
    expect(words('powerOff')).toContain('powerOff')
    expect(words('lostContact')).toEqual([])
  })

  test('a phone left at home stays there while the band goes out', () => {
    const breach: Breach = { kind: 'apart', person: wearer.index, start: from + 2 * HOUR, lasts: 5 * HOUR }
    const phone = handsetOf(worldOf(city, [breach], [], flawless), wearer, 'phone', from)
    const at = phone.locate(from + 5 * HOUR)
    expect(at && metresBetween(at.lat, at.lon, wearer.home.lat, wearer.home.lon)).toBeLessThan(60)
    const band = handsetOf(worldOf(city, [breach], [], flawless), wearer, 'band', from)
    const out = band.locate(from + 5 * HOUR)
    expect(out && metresBetween(out.lat, out.lon, wearer.home.lat, wearer.home.lon)).toBeGreaterThan(300)
  })

  test('a burst gives a position each ten seconds and then stops', () => {
    const handset = handsetOf(worldOf(city, [], [], flawless), wearer, 'band', from)
    while (handset.next < from + HOUR) handset.act()
    const before = from + HOUR
    handset.burst(before, 10_000, before + MINUTE)
    const times: number[] = []
    while (handset.next < before + 20 * MINUTE) times.push(...reports(handset.act()).map((r) => r.ts))
    expect(times.filter((t) => t <= before + MINUTE + 11_000).length).toBeGreaterThanOrEqual(6)
    expect(times.filter((t) => t > before + 2 * MINUTE).length).toBeLessThan(25)
  })
})
