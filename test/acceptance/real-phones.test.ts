import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fences } from '@zhijiao/contract/fences'
import { metresBetween } from '@zhijiao/geo/distance'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { moved, RealPhone, relive, reliveTogether, type Traced, traceOf } from '../support/real-phone.ts'
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

/** Names of the traces of one kind that the fixtures hold. */
const tracesOf = (kind: 'day' | 'moving' | 'stationary') =>
  readdirSync(fileURLToPath(new URL('../fixtures/tracks', import.meta.url)))
    .filter((f) => f.startsWith(`${kind}-`) && f.endsWith('.jsonl'))
    .map((f) => f.replace('.jsonl', ''))
    .sort()

/**
 * Puts each trace on a phone of its own and lives them all at once, each phone sending every so many minutes, from so long
 * after the terms began, hours.
 */
async function liveAll(
  names: readonly string[],
  { laterH, everyMin }: { laterH: number; everyMin: number },
  prepare: (worn: Worn, trace: Traced[]) => unknown,
) {
  const worn: Worn[] = []
  for (const _ of names) worn.push(await g.wear({ kind: 'wristband', protocol: 'app', days: 60 }))
  g.county.pass(laterH * 60 * minute)
  const lives = []
  for (const [i, name] of names.entries()) {
    const one = worn[i]
    if (!one) throw new Error('a trace without a phone')
    const trace = moved(traceOf(name), liuzhou, now() + minute)
    await prepare(one, trace)
    lives.push({ name, worn: one, phone: phoneOf(one), trace })
  }
  await reliveTogether(g.county, lives, everyMin * minute)
  await still(300)
  return lives
}

/** Every fix is in the one door's answer, and every pause of more than two hours is named as a gap. */
async function keptWhole({ name, worn, phone, trace }: Awaited<ReturnType<typeof liveAll>>[number]) {
  expect(phone.acknowledged, name).toBe(phone.written)
  const taken = trace.filter((r) => r.t > clockReset).sort((a, b) => a.t - b.t)
  const first = taken[0]?.t ?? 0
  const { fixes, gaps } = await stored(worn.person, first, now())
  // Two positions of one instant and place are one; nothing else may be missing.
  const kept = new Set(fixes.map((f) => f.ts))
  expect(
    taken.filter((r) => !kept.has(r.t)),
    name,
  ).toEqual([])
  for (const [i, next] of taken.entries()) {
    const from = taken[i - 1]?.t ?? next.t
    if (next.t - from < 120 * minute) continue
    const named = gaps
      .map((x) => Math.min(Date.parse(x.until), next.t) - Math.max(Date.parse(x.from), from))
      .reduce((sum, ms) => sum + Math.max(0, ms), 0)
    expect(named / (next.t - from), `${name}: a pause of ${Math.round((next.t - from) / minute)} min`).toBeGreaterThan(
      0.9,
    )
  }
  return fixes
}

/** What a clock says that was reset, milliseconds UTC. */
const clockReset = 1_000

test('S2.14 S3.6 P35 Z9 every real day and journey of the fixtures at once, each clock reset once on the way: every fix kept, gaps and odd clocks named', async () => {
  const lives = await liveAll([...tracesOf('day'), ...tracesOf('moving')], { laterH: 40, everyMin: 5 }, (_, trace) => {
    const at = Math.min(20, Math.floor(trace.length / 2))
    const before = trace[at]
    if (before) trace.splice(at + 1, 0, { ...before, t: clockReset })
  })
  expect(lives.length).toBe(16)
  for (const life of lives) {
    const { name, trace } = life
    const fixes = await keptWhole(life)
    const odd = fixes.filter((f) => f.fault?.code === 'clockWrong')
    expect(odd.map((f) => f.fault?.says.zh).join(), name).toContain('1970')
    expect(odd.length, name).toBe(1)
    for (const f of fixes) {
      if (!f.fault) continue
      expect(f.fault.says.zh.length, name).toBeGreaterThan(0)
      expect(f.fault.rules, name).toContain('geo-')
    }
    // A position from the phone's cache, hours old when written: both its instants are on the record.
    const stale = new Set(trace.filter((r) => r.t > clockReset && r.w - r.t > 60 * minute).map((r) => r.t))
    for (const f of fixes.filter((f) => stale.has(f.ts))) expect(f.receivedAt - f.ts, name).toBeGreaterThan(60 * minute)
  }
}, 240_000)

test('S2.14 every phone of the fixtures that lies still, at once: none crosses a line, whatever its positions claim', async () => {
  const lives = await liveAll(tracesOf('stationary'), { laterH: 0, everyMin: 5 }, async (worn, trace) => {
    // Some of them heard nothing but cells for most of the night: home is where the satellites put them.
    const sure = trace.filter((r) => r.acc <= 20)
    const home = { lat: median(sure.map((r) => r.lat)), lon: median(sure.map((r) => r.lon)) }
    await bind(worn, { name: '住所', kind: 'required', org: '459001001', at: home, radiusM: 100 })
    await bind(worn, { name: '活动范围', kind: 'livingArea', org: '459001', at: home, radiusM: 200 })
  })
  expect(lives.length).toBe(10)
  for (const life of lives) {
    await keptWhole(life)
    const crossed = (await episodesOf(life.worn.person)).filter((e) => /required|boundary/.test(e.kind))
    expect(crossed, life.name).toEqual([])
  }
}, 240_000)

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
