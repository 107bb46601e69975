/**
 * What people of the twin do against their duties, on purpose and by script, and the truth about it. A breach changes
 * the itinerary or what becomes of a device; the truth about boundaries and closed places is then read off the itinerary
 * itself, so that it is what happened and not what was planned.
 */
import { DAY, HOUR, MINUTE } from '@zhijiao/geo/day'
import { localFrame, metresBetween, type Place } from '@zhijiao/geo/distance'
import { type Chance, chanceOf } from './chance.ts'
import { lengthOf, type Way } from './geography/roads.ts'
import type { Geography } from './geography.ts'
import { type Itinerary, type Leg, ordinaryTurn, turnOf, whereabouts } from './movement.ts'
import type { Person } from './people.ts'

/** The kinds of alarm a truth should lead to, by the product's names; `leave` should lead to none. */
export type TruthKind =
  | 'boundaryOut'
  | 'forbiddenIn'
  | 'requiredAbsent'
  | 'nightAbsent'
  | 'strapOpen'
  | 'apart'
  | 'powerOff'
  | 'lostContact'
  | 'sos'
  | 'leave'

/** One line of the truth table. [start, end), milliseconds UTC. */
export interface Truth {
  readonly kind: TruthKind
  readonly person: string
  readonly start: number
  readonly end: number
}

/** One thing somebody will do. */
export interface Breach {
  readonly kind: Exclude<TruthKind, 'leave' | 'requiredAbsent'>
  readonly person: number
  readonly start: number
  /** How long, ms. */
  readonly lasts: number
}

/** Relative frequency of the scripted kinds among band wearers. */
const mix: readonly [readonly [Breach['kind'], number], ...(readonly [Breach['kind'], number])[]] = [
  ['boundaryOut', 24],
  ['forbiddenIn', 16],
  ['strapOpen', 12],
  ['sos', 10],
  ['powerOff', 14],
  ['lostContact', 10],
  ['apart', 7],
  ['nightAbsent', 7],
]

/**
 * Scripts breaches over [from, to): on average one per wearer every `meanDays`, at times at which each kind happens.
 * Without the night kinds two breaches of one person are at least six hours apart, so that one truth is one matter.
 */
export function scriptBreaches(
  seed: number,
  people: readonly Person[],
  from: number,
  to: number,
  meanDays = 1.2,
): Breach[] {
  const breaches = people.flatMap((person) => {
    const chance = chanceOf(seed, 'breaches', person.index, from / MINUTE)
    // Phones are looked at once an hour; only what lasts can be seen at all.
    const mean = (person.band ? meanDays : meanDays * 12) * DAY
    const own: Breach[] = []
    for (let at = from + chance.wait(mean); at < to - HOUR; at += 6 * HOUR + chance.wait(mean)) {
      const breach = scripted(chance, person, at)
      if (breach && breach.start + breach.lasts < to) own.push(breach)
    }
    return own
  })
  return breaches.sort((a, b) => a.start - b.start)
}

function scripted(chance: Chance, person: Person, at: number): Breach | null {
  if (person.state !== 'inCorrection') return null
  const kind = person.band ? chance.weighted(mix) : 'boundaryOut'
  const midnight = turnOf(person, at)
  const minutes = (low: number, high: number) => chance.between(low, high) * MINUTE
  const breach = (start: number, lasts: number): Breach => ({ kind, person: person.index, start, lasts })
  switch (kind) {
    case 'boundaryOut':
      return breach(midnight + chance.between(4, 11) * HOUR, person.band ? minutes(40, 200) : minutes(240, 420))
    case 'forbiddenIn':
      return person.injunction && person.injunction.closed.length > 0 ? breach(at, minutes(25, 120)) : null
    case 'nightAbsent':
      return breach(midnight + chance.between(17.5, 18.5) * HOUR, minutes(300, 330))
    case 'strapOpen':
      return breach(at, minutes(10, 60))
    case 'apart':
      return breach(midnight + chance.between(4, 6) * HOUR, minutes(330, 480))
    case 'powerOff':
      return breach(at, minutes(90, 300))
    case 'lostContact':
      return breach(at, minutes(150, 400))
    case 'sos':
      return breach(at, minutes(1, 2))
  }
}

/**
 * Breaches for somebody who watches: the first after a minute or so, then one every few minutes, every second one by a
 * wearer of the first office, so that whoever signed in there has something to do. Nobody is chosen whose band cannot tell of
 * it: an empty battery or a cell that is down would leave the desk empty for a first hour.
 */
export function liveScript(
  seed: number,
  people: readonly Person[],
  from: number,
  to: number,
  tells: (person: Person, ts: number) => boolean,
  everyMs = 4 * MINUTE,
): Breach[] {
  const wearers = people.filter((p) => p.band && p.state === 'inCorrection')
  const first = wearers.filter((p) => p.office === people[0]?.office)
  const chance = chanceOf(seed, 'live', from / MINUTE)
  const free = new Map<number, number>()
  const kinds = ['strapOpen', 'sos', 'boundaryOut', 'forbiddenIn', 'powerOff', 'apart', 'lostContact'] as const
  const script: Breach[] = []
  let at = from
  for (let i = 0; at < to; i++, at += everyMs * chance.between(0.6, 1.4)) {
    const ready = (some: readonly Person[]) => some.filter((p) => (free.get(p.index) ?? 0) <= at && tells(p, at))
    const near = i % 2 === 0 ? ready(first) : []
    const group = near.length > 0 ? near : ready(wearers)
    const person = group[chance.whole(0, Math.max(0, group.length - 1))]
    if (!person) continue
    const wanted = kinds[i % kinds.length] ?? 'sos'
    const kind = wanted === 'forbiddenIn' && !person.injunction?.closed.length ? 'strapOpen' : wanted
    const lasts = kind === 'sos' ? MINUTE : kind === 'strapOpen' ? 20 * MINUTE : chance.between(60, 150) * MINUTE
    script.push({ kind, person: person.index, start: at, lasts })
    free.set(person.index, at + lasts + 2 * HOUR)
  }
  return script
}

/** A turn as it truly goes, with the breaches that change where the person is. */
export function trueTurn(geography: Geography, person: Person, start: number, breaches: readonly Breach[]): Itinerary {
  const ordinary = ordinaryTurn(geography, person, start)
  const breach = breaches.find(
    (b) => b.person === person.index && b.start >= start && b.start + b.lasts < start + DAY && travels.has(b.kind),
  )
  if (!breach) return ordinary
  const target = targetOf(geography, person, breach)
  return target ? detour(ordinary, breach, target, start + DAY, person.home) : ordinary
}

const travels: ReadonlySet<TruthKind> = new Set(['boundaryOut', 'forbiddenIn', 'nightAbsent', 'apart'])

function targetOf(geography: Geography, person: Person, breach: Breach): Place | null {
  const chance = chanceOf(geography.seed, 'target', person.index, breach.start / MINUTE)
  if (breach.kind === 'forbiddenIn') {
    const closed = person.injunction?.closed ?? []
    return closed[chance.whole(0, Math.max(0, closed.length - 1))]?.at ?? null
  }
  if (breach.kind === 'boundaryOut') return beyondBorder(geography, person, chance)
  const friends = person.habits.friends.filter(
    ({ lat, lon }) => metresBetween(lat, lon, person.home.lat, person.home.lon) > 900,
  )
  return friends[0] ?? person.habits.market
}

/** Straight on from home until a place two to five kilometres past the line, in the direction in which it is nearest. */
function beyondBorder(geography: Geography, person: Person, chance: Chance): Place | null {
  const { area } = geography.territoryOf(person.county)
  const frame = localFrame(person.home)
  const past = chance.between(2_000, 5_000)
  const turn = chance.unit()
  let best: { readonly at: Place; readonly m: number } | null = null
  for (let i = 0; i < 16; i++) {
    const angle = ((i + turn) / 16) * 2 * Math.PI
    for (let m = 1_000; m < 45_000; m += 500) {
      const at = frame.toPlace({ x: m * Math.cos(angle), y: m * Math.sin(angle) })
      if (area.contains(at.lat, at.lon)) continue
      const end = m + past
      const target = frame.toPlace({ x: end * Math.cos(angle), y: end * Math.sin(angle) })
      if (!area.contains(target.lat, target.lon) && (!best || m < best.m)) best = { at: target, m }
      break
    }
  }
  return best?.at ?? null
}

/** Leaves the ordinary itinerary at the breach, goes to the target, stays, and is home for the rest of the turn. */
function detour(ordinary: Itinerary, breach: Breach, target: Place, end: number, home: Place): Itinerary {
  const here = whereabouts(ordinary, breach.start)
  const out: Way = [here, target]
  const back: Way = [target, home]
  const speedMs = 11
  const outMs = Math.max(60_000, (lengthOf(out) / speedMs) * 1000)
  const backMs = Math.max(60_000, (lengthOf(back) / speedMs) * 1000)
  const before = ordinary.flatMap((leg): Leg[] =>
    leg.from >= breach.start
      ? []
      : leg.to <= breach.start
        ? [leg]
        : leg.kind === 'stay'
          ? [{ ...leg, to: breach.start }]
          : cut(leg, breach.start, here),
  )
  const arrives = breach.start + outMs
  const leaves = Math.min(end - backMs - MINUTE, arrives + breach.lasts)
  if (leaves <= arrives) return ordinary
  return [
    ...before,
    { kind: 'go', from: breach.start, to: arrives, way: out, speedMs },
    { kind: 'stay', from: arrives, to: leaves, at: target, indoors: breach.kind !== 'boundaryOut' },
    { kind: 'go', from: leaves, to: leaves + backMs, way: back, speedMs },
    { kind: 'stay', from: leaves + backMs, to: end, at: home, indoors: true },
  ]
}

/** A journey broken off: the share of its way already gone. */
function cut(leg: Extract<Leg, { kind: 'go' }>, at: number, here: Place): Leg[] {
  const gone = ((at - leg.from) / (leg.to - leg.from)) * lengthOf(leg.way)
  const way: Place[] = []
  let metres = 0
  for (const corner of leg.way) {
    const before = way.at(-1)
    if (before) metres += metresBetween(before.lat, before.lon, corner.lat, corner.lon)
    if (metres >= gone) break
    way.push(corner)
  }
  return [{ ...leg, to: at, way: [...way, here] }]
}

/** What truly happened to one person over [from, to), by itinerary and script. */
export function truthOf(
  geography: Geography,
  person: Person,
  breaches: readonly Breach[],
  from: number,
  to: number,
): Truth[] {
  const own = breaches.filter((b) => b.person === person.index && b.start < to && b.start + b.lasts > from)
  const truths: Truth[] = own
    .filter((b) => b.kind !== 'boundaryOut' && b.kind !== 'forbiddenIn')
    .map((b) => ({ kind: b.kind, person: person.number, start: b.start, end: b.start + b.lasts }))
  const open = new Map<string, { kind: TruthKind; start: number }>()
  const mark = (key: string, kind: TruthKind, holds: boolean, ts: number) => {
    const begun = open.get(key)
    if (holds && !begun) open.set(key, { kind, start: ts })
    if (!holds && begun) {
      open.delete(key)
      truths.push({ ...begun, person: person.number, end: ts })
    }
  }
  const { area } = geography.territoryOf(person.county)
  for (let turn = turnOf(person, from); turn < to; turn += DAY)
    for (const leg of trueTurn(geography, person, turn, breaches)) {
      // A stay is one place, but a curfew may begin or end within it.
      const step = leg.kind === 'go' ? 15_000 : person.injunction?.curfew ? MINUTE : Math.max(MINUTE, leg.to - leg.from)
      for (let ts = leg.from; ts < leg.to; ts += step) {
        if (ts < from || ts >= to) continue
        const at = whereabouts([leg], ts)
        const outside = !area.contains(at.lat, at.lon)
        const excused = onLeave(person, ts)
        mark('line', 'boundaryOut', outside && !excused, ts)
        mark('leave', 'leave', outside && excused, ts)
        mark(
          'curfew',
          'requiredAbsent',
          underCurfew(person, ts) && metresBetween(at.lat, at.lon, person.home.lat, person.home.lon) > 300,
          ts,
        )
        for (const place of person.injunction?.closed ?? [])
          mark(place.code, 'forbiddenIn', metresBetween(at.lat, at.lon, place.at.lat, place.at.lon) < place.radiusM, ts)
      }
    }
  for (const [, { kind, start }] of open) truths.push({ kind, person: person.number, start, end: to })
  return truths.sort((a, b) => a.start - b.start)
}

/** Whether an approved leave covers an instant, its last day included. */
export function onLeave(person: Person, ts: number): boolean {
  const day = new Date(ts + 8 * HOUR).toISOString().slice(0, 10)
  return person.leaves.some((leave) => leave.from <= day && day <= leave.until)
}

/** From ten in the evening to six in the morning, Asia/Shanghai. */
function underCurfew(person: Person, ts: number): boolean {
  const hour = (ts / HOUR + 8) % 24
  return person.injunction?.curfew === true && (hour >= 22 || hour < 6)
}
