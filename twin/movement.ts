/**
 * Where a person truly is at each moment: an itinerary of stays and journeys, one turn of 24 hours at a time. A turn
 * begins and ends at home, so that any turn can be drawn without those before it.
 */

import { DAY, dayStart, HOUR, legalDay, MINUTE, weekday } from '@zhijiao/geo/day'
import { bearingDeg, metresBetween, type Place } from '@zhijiao/geo/distance'
import { chanceOf } from './chance.ts'
import { lengthOf, type Way } from './geography/roads.ts'
import type { Geography } from './geography.ts'
import type { Person } from './people.ts'

/** One piece of an itinerary, [from, to), milliseconds UTC. */
export type Leg =
  | { readonly kind: 'stay'; readonly from: number; readonly to: number; readonly at: Place; readonly indoors: boolean }
  | { readonly kind: 'go'; readonly from: number; readonly to: number; readonly way: Way; readonly speedMs: number }

export type Itinerary = readonly Leg[]

/** Where somebody is, and how; the truth that no device ever sees. */
export interface Whereabouts extends Place {
  readonly moving: boolean
  readonly indoors: boolean
  readonly speedKmh: number
  readonly course: number
}

/** Metres a second on foot, on an electric bicycle, by bus or car. */
const speeds = { foot: 1.3, bicycle: 5.5, car: 11 } as const

const speedFor = (metres: number): number => (metres < 900 ? speeds.foot : metres < 6_000 ? speeds.bicycle : speeds.car)

/** Hour of the local day at which a person's turn begins: when he is surely at home. */
const turnHour = (person: Person): number => (person.habits.job === 'nightShift' ? 14 : 4)

/** First instant of the turn that holds an instant. */
export function turnOf(person: Person, ts: number): number {
  const shift = turnHour(person) * HOUR
  return dayStart(legalDay(ts - shift)) + shift
}

/** One outing of a turn: be there from `arrives`, for so long. */
interface Outing {
  readonly to: Place
  readonly leavesAt: number
  readonly staysMs: number
  readonly indoors: boolean
}

/** The ordinary itinerary of the turn beginning at `start`. */
export function ordinaryTurn(geography: Geography, person: Person, start: number): Itinerary {
  const day = legalDay(start)
  const away = person.leaves.find((leave) => leave.from <= day && day <= leave.until)
  if (away) return leaveTurn(geography, person, start, away.to, day === away.from, day === away.until)
  const { roads } = geography.territoryOf(person.county)
  return walk(person.home, outingsOf(geography, person, start), start, start + DAY, (from, to) => roads.way(from, to))
}

/** Goes through outings in order, drops what no longer fits, and is home before the turn ends. */
export function walk(
  home: Place,
  outings: readonly Outing[],
  start: number,
  end: number,
  way: (from: Place, to: Place) => Way,
): Leg[] {
  const legs: Leg[] = []
  let at = home
  let now = start
  let indoors = true
  const stay = (until: number) => {
    if (until > now) legs.push({ kind: 'stay', from: now, to: until, at, indoors })
    now = Math.max(now, until)
  }
  const go = (to: Place): void => {
    const line = way(at, to)
    const metres = lengthOf(line)
    const speedMs = speedFor(metres)
    const arrives = now + Math.max(20_000, (metres / speedMs) * 1000)
    legs.push({ kind: 'go', from: now, to: arrives, way: line, speedMs })
    at = to
    now = arrives
  }
  const hours = (from: Place, to: Place) => {
    const metres = lengthOf(way(from, to))
    return (metres / speedFor(metres)) * 1000
  }
  for (const outing of outings) {
    const leaves = Math.max(now, outing.leavesAt)
    const back = leaves + hours(at, outing.to) + outing.staysMs + hours(outing.to, home) + 30 * MINUTE
    if (back > end) continue
    stay(leaves)
    go(outing.to)
    indoors = outing.indoors
    stay(now + outing.staysMs)
  }
  if (at !== home) {
    go(home)
    indoors = true
  }
  stay(end)
  return legs
}

function outingsOf(geography: Geography, person: Person, start: number): Outing[] {
  const chance = chanceOf(geography.seed, 'turn', person.index, start / DAY)
  const midnight = dayStart(legalDay(start))
  const { habits } = person
  const rest = weekday(legalDay(start)) > 5 && habits.job !== 'farm'
  const outings: Outing[] = []
  const out = (to: Place, atMin: number, staysMin: number, indoors = true) =>
    outings.push({ to, leavesAt: midnight + atMin * MINUTE, staysMs: Math.max(5, staysMin) * MINUTE, indoors })
  const late = () => chance.normal() * 15
  if (habits.work && !(rest && chance.happens(0.8)) && chance.happens(0.94)) {
    if (habits.job === 'farm') {
      out(habits.work, habits.leavesAt - 30 + late(), 180 + late(), false)
      if (chance.happens(0.7)) out(habits.work, 15 * 60 + late(), 130 + late(), false)
    } else if (habits.job === 'nightShift') out(habits.work, habits.leavesAt + late(), habits.worksMin + late())
    else {
      out(habits.work, habits.leavesAt + late(), habits.worksMin / 2 + late())
      // Whatever follows leaves when what was before is over: a minute later at the earliest, in this order.
      const morning = (outings[0]?.leavesAt ?? midnight) - midnight
      if (chance.happens(0.3)) out(habits.market, morning / MINUTE + 1, 35)
      out(habits.work, morning / MINUTE + 2, habits.worksMin / 2 - 30)
    }
  } else {
    if (chance.happens(0.75)) out(habits.market, 8 * 60 + 60 * chance.unit(), chance.between(20, 60), false)
    if (chance.happens(0.4)) out(habits.friends[0] ?? habits.market, 14 * 60 + late(), chance.between(60, 180))
  }
  if (chance.happens(0.06)) out(habits.hospital, 10 * 60 + late(), chance.between(50, 140))
  if (habits.job !== 'nightShift' && !person.injunction?.curfew && chance.happens(0.45)) {
    const friend = habits.friends[chance.whole(0, habits.friends.length - 1)] ?? habits.market
    out(friend, 19 * 60 + late(), chance.between(40, 110), chance.happens(0.6))
  }
  // Once a month or so to the office, to report in person.
  const office = geography.offices.find((o) => o.code === person.office)
  if (office && chance.happens(0.05)) out(office.at, 9 * 60 + 30 + late(), 45)
  return outings.sort((a, b) => a.leavesAt - b.leavesAt)
}

/** A day of an approved leave: out on the first, away between, back on the last. */
function leaveTurn(
  geography: Geography,
  person: Person,
  start: number,
  to: Place,
  first: boolean,
  last: boolean,
): Itinerary {
  const chance = chanceOf(geography.seed, 'leave', person.index, start / DAY)
  const end = start + DAY
  const way: Way = [
    person.home,
    { lat: (person.home.lat + to.lat) / 2 + 0.004, lon: (person.home.lon + to.lon) / 2 },
    to,
  ]
  const lasts = (lengthOf(way) / speeds.car) * 1000
  const stay = (from: number, until: number, at: Place): Leg => ({ kind: 'stay', from, to: until, at, indoors: true })
  const go = (from: number, line: Way): Leg => ({ kind: 'go', from, to: from + lasts, way: line, speedMs: speeds.car })
  const morning = start + chance.between(3, 5) * HOUR
  const evening = start + chance.between(11, 14) * HOUR
  const back = [...way].reverse()
  if (first && last)
    return [
      stay(start, morning, person.home),
      go(morning, way),
      stay(morning + lasts, evening, to),
      go(evening, back),
      stay(evening + lasts, end, person.home),
    ]
  if (first) return [stay(start, morning, person.home), go(morning, way), stay(morning + lasts, end, to)]
  if (last) return [stay(start, evening, to), go(evening, back), stay(evening + lasts, end, person.home)]
  return [stay(start, end, to)]
}

/** Where one is at an instant within an itinerary; before and after it, at its ends. */
export function whereabouts(itinerary: Itinerary, ts: number): Whereabouts {
  const leg = itinerary.find((one) => ts < one.to) ?? itinerary.at(-1)
  if (!leg) throw new Error('an empty itinerary has no place')
  if (leg.kind === 'stay') return { ...leg.at, moving: false, indoors: leg.indoors, speedKmh: 0, course: 0 }
  const share = Math.min(1, Math.max(0, (ts - leg.from) / (leg.to - leg.from)))
  return along(leg.way, share * lengthOf(leg.way), leg.speedMs)
}

function along(way: Way, metres: number, speedMs: number): Whereabouts {
  let left = metres
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1], way[i]]
    if (!a || !b) break
    const length = metresBetween(a.lat, a.lon, b.lat, b.lon)
    if (left <= length || i === way.length - 1) {
      const t = length === 0 ? 0 : Math.min(1, left / length)
      const at = { lat: a.lat + (b.lat - a.lat) * t, lon: a.lon + (b.lon - a.lon) * t }
      return {
        ...at,
        moving: true,
        indoors: false,
        speedKmh: speedMs * 3.6,
        course: length === 0 ? 0 : bearingDeg(a, b),
      }
    }
    left -= length
  }
  const [only] = way
  if (!only) throw new Error('a way without places')
  return { ...only, moving: false, indoors: false, speedKmh: 0, course: 0 }
}
