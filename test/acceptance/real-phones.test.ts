import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fences } from '@zhijiao/contract/fences'
import { metresBetween } from '@zhijiao/geo/distance'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { moved, RealPhone, relive, traceOf } from '../support/real-phone.ts'
import { dayAfter, type Ground, startGround, still, trackOf, until, type Worn } from './devices.support.ts'

/** A place in the demo county; traces are moved here in time and place, true in distance and speed. */
const liuzhou = { lat: 24.3262, lon: 109.4281 }
const minute = 60_000
let g: Ground

// Each trace is lived in a county of its own: hours pass in it, and nobody else's silence is part of the story.
beforeEach(async () => {
  g = await startGround({ at: '2026-03-02T08:00:00+08:00' })
})
afterEach(() => g?.county.stop())

const now = () => g.county.house.chance.now()
const phoneOf = (worn: Worn) => new RealPhone(`http://127.0.0.1:${g.ports().http}`, worn.identity, worn.secret)
const episodesOf = async (person: string) =>
  (
    await sql<{
      kind: string
      state: string
      settled_as: string | null
      began_at: Date
      detected_at: Date
      said_zh: string
      evidence: { zh: string }[]
    }>`
    select kind, state, settled_as, began_at, detected_at, said_zh, evidence from episode where person_id = ${person} order by detected_at`.execute(
      g.county.house.databases.system,
    )
  ).rows

/** Every stored position of a person, day by day, through the one door. */
async function stored(person: string, from: number, until: number) {
  const reader = await g.county.signIn('officeHead')
  const fixes = []
  const gaps = []
  for (let at = from; at < until + 86_400_000; at += 86_400_000) {
    const day = dayAfter(at, 0)
    if (day > dayAfter(until, 0)) break
    const track = await trackOf(reader, person, day)
    fixes.push(...track.fixes)
    gaps.push(...track.gaps)
  }
  return { fixes, gaps }
}

test('S2.14 S3.6 P35 Z9 a real day through the app contract: every fix kept, and a clock of 1970 named for what it is', async () => {
  const worn = await g.wear({ kind: 'wristband', protocol: 'app', days: 60 })
  const phone = phoneOf(worn)
  const trace = moved(traceOf('day-p1_2015-07-22'), liuzhou, now() + minute)
  const reset = { ...(trace[20] ?? trace[0]), t: 1_000, w: trace[20]?.w ?? 0 } as (typeof trace)[number]
  await relive(g.county, phone, [...trace.slice(0, 21), reset, ...trace.slice(21)])
  expect(phone.acknowledged).toBe(phone.written)

  const { fixes } = await stored(worn.person, trace[0]?.w ?? 0, now())
  const kept = new Set(fixes.map((f) => f.ts))
  // Two positions of one instant are one; nothing else may be missing.
  expect(trace.filter((r) => !kept.has(r.t))).toEqual([])
  expect(fixes.every((f) => f.fault === undefined || f.fault.says.zh.length > 0)).toBe(true)
  expect(fixes.filter((f) => f.accuracyM > 0).length).toBe(fixes.length)
  const odd = fixes.filter((f) => f.fault?.code === 'clockWrong')
  expect(odd.length).toBe(1)
  expect(odd[0]?.fault?.says.zh).toContain('1970')
  expect(odd[0]?.fault?.rules).toContain('geo-')
})

test('S2.25 S0.18 a phone that says nothing for 23 hours is one episode of silence, and the gap is on the record', async () => {
  const worn = await g.wear({ kind: 'wristband', protocol: 'app', days: 60 })
  const trace = moved(traceOf('day-p1_untracked_time_jan_15_reboot_multi_day'), liuzhou, now() + minute)
  let before = trace[0]
  let after = trace[0]
  trace.forEach((r, i) => {
    const last = trace[i - 1]
    if (last && before && after && r.w - last.w > after.w - before.w) [before, after] = [last, r]
  })
  const silence = ((after?.w ?? 0) - (before?.w ?? 0)) / 3_600_000
  expect(silence).toBeGreaterThan(23)
  await relive(g.county, phoneOf(worn), trace)
  await still(300)
  const { gaps } = await stored(worn.person, trace[0]?.w ?? 0, now())
  const hours = gaps
    .filter((x) => Date.parse(x.until) > (before?.w ?? 0) && Date.parse(x.from) < (after?.w ?? 0))
    .reduce((sum, x) => sum + (Date.parse(x.until) - Date.parse(x.from)) / 3_600_000, 0)
  expect(hours).toBeGreaterThan(22.9)
  const silent = (await episodesOf(worn.person)).filter(
    (e) =>
      /noPosition|lostContact/.test(e.kind) &&
      e.detected_at.getTime() > (before?.w ?? 0) &&
      e.detected_at.getTime() < (after?.w ?? 0),
  )
  expect(silent.length).toBeGreaterThan(0)
  // One matter, not one alarm an hour.
  expect(new Set(silent.map((e) => e.kind)).size).toBe(silent.length)
})

const lyingStill = readdirSync(fileURLToPath(new URL('../fixtures/tracks', import.meta.url)))
  .filter((f) => f.startsWith('stationary-'))
  .map((f) => f.replace('.jsonl', ''))

test.each(lyingStill.slice(0, 3))(
  'S2.14 a phone that lies still never crosses a line, whatever its positions claim: %s',
  async (name) => {
    const worn = await g.wear({ kind: 'wristband', protocol: 'app', days: 60 })
    const trace = moved(traceOf(name), liuzhou, now() + minute)
    const home = { lat: median(trace.map((r) => r.lat)), lon: median(trace.map((r) => r.lon)) }
    await bind(worn, { name: '住所', kind: 'required', org: '459001001', at: home, radiusM: 100 })
    await relive(g.county, phoneOf(worn), trace)
    await still(300)
    expect((await episodesOf(worn.person)).filter((e) => /required|boundary/.test(e.kind))).toEqual([])
  },
)

test('S0.17 S3.13 the same real day with a boundary laid across its route: the crossing is found', async () => {
  const worn = await g.wear({ kind: 'wristband', protocol: 'app', days: 60 })
  const trace = moved(traceOf('day-p1_2015-07-22'), liuzhou, now() + 5 * minute)
  const first = trace[0]
  if (!first) throw new Error('an empty trace')
  const far = Math.max(...trace.map((r) => metresBetween(first.lat, first.lon, r.lat, r.lon)))
  const radius = far / 2
  await bind(worn, { name: '活动范围', kind: 'livingArea', org: '459001', at: first, radiusM: radius })
  await relive(g.county, phoneOf(worn), trace)
  g.county.pass(2 * minute)
  await until('the crossing is known', async () =>
    (await episodesOf(worn.person)).some((e) => e.kind === 'boundaryOut'),
  )
  const found = (await episodesOf(worn.person)).filter((e) => e.kind === 'boundaryOut')
  const crossedAt = trace.find((r) => metresBetween(first.lat, first.lon, r.lat, r.lon) > radius + r.acc + 100)?.t ?? 0
  expect(found.some((e) => Math.abs(e.began_at.getTime() - crossedAt) < 30 * minute)).toBe(true)
})

/** Draws a circle and binds the person to it. */
async function bind(
  worn: Worn,
  f: { name: string; kind: 'required' | 'livingArea'; org: string; at: { lat: number; lon: number }; radiusM: number },
) {
  const fence = await g.clerk.call(fences.create, {
    body: {
      org: f.org,
      name: f.name,
      kind: f.kind,
      area: { kind: 'circle', coordinates: [f.at.lon, f.at.lat], radiusM: f.radiusM },
      datum: 'WGS84',
      basis: '测试',
      accepts: ['noResidences'],
    },
  })
  await g.clerk.call(fences.assign, {
    params: { id: fence.id },
    body: { persons: [worn.person], from: dayAfter(now(), 0), basis: '测试' },
  })
  await still(300)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
