import { metresBetween } from '@zhijiao/geo/distance'
import type { Fence } from '@zhijiao/geo/fence'
import type { Fix } from '@zhijiao/geo/fix'
import type { PreparedArea } from '@zhijiao/geo/prepared'
import { lapse, nothingKnown, observe, type PresenceParameters, type PresenceState } from '@zhijiao/geo/presence'
import type { Said } from './kinds.ts'
import { howFar, when } from './words.ts'

/** An approval to be away from the city or county of residence on a legal day: a leave, or recurrent travel (IM 26, 29). */
export interface Approval {
  readonly id: string
  readonly what: 'leave' | 'travel'
  /** First and last legal day. */
  readonly from: string
  readonly until: string
  /** Where to, in words, and as area codes (GB/T 2260); of a leave whose application named none there are none. */
  readonly places: string
  readonly areas: readonly string[]
}

/** An approval with the outline of where it leads; null: some of it is not drawn, and nothing can be compared. */
export interface Destination {
  readonly approval: Approval
  readonly outline: PreparedArea | null
}

export interface TripParameters {
  readonly presence: PresenceParameters
  /** Somebody who for this long is seen within `stayM` of one place stays there; before that he is on the way, ms. */
  readonly stayMs: number
  readonly stayM: number
}

/** Where somebody keeps being seen: the first position of it, and the span of those near it, ms UTC. */
interface Stay {
  readonly lat: number
  readonly lon: number
  readonly accuracyM: number
  readonly from: number
  readonly until: number
}

/** What is known of somebody who is away: the side of each destination, by approval, and where he stays. */
export interface Trip {
  readonly lastTs: number
  readonly sides: Readonly<Record<string, PresenceState>>
  readonly stay: Stay | null
}

export const noTrip: Trip = { lastTs: 0, sides: {}, stay: null }

/** A destination as a fence of county size: the outlines are drawn as coarsely, so the same buffers and confirmations hold. */
const asFence = (area: PreparedArea): Fence => ({
  rule: 'stay-in',
  area,
  size: 'county',
  calendar: null,
  dwellMinutes: 0,
})

/** Takes a position of somebody who is away into account. One not newer than the last changes nothing. */
export function seeTrip(trip: Trip, fix: Fix, to: readonly Destination[], parameters: TripParameters): Trip {
  if (fix.ts <= trip.lastTs) return trip
  const sides: Record<string, PresenceState> = {}
  for (const { approval, outline } of to) {
    const before = trip.sides[approval.id] ?? nothingKnown
    sides[approval.id] = outline ? observe(before, fix, asFence(outline), parameters.presence).state : before
  }
  return { lastTs: fix.ts, sides, stay: stayed(trip.stay, fix, parameters) }
}

/** A position too rough to decide a fence says neither that he moved nor that he stayed. */
function stayed(stay: Stay | null, { ts, lat, lon, accuracyM }: Fix, { presence, stayM }: TripParameters): Stay | null {
  if (accuracyM > presence.accuracyGateM) return stay
  const near =
    stay !== null &&
    ts - stay.until <= presence.silenceMs &&
    metresBetween(stay.lat, stay.lon, lat, lon) - stay.accuracyM - accuracyM <= stayM
  return near ? { ...stay, until: ts } : { lat, lon, accuracyM, from: ts, until: ts }
}

/**
 * Why an approval excuses, or that it does not: `there` inside its destination; `edge` its first or last day, a day of
 * travel; `moving` on the way; `unsure` too few positions; `unchecked` no outline to compare with. Only a confirmed stay
 * clearly elsewhere is left to an officer.
 */
export type TripVerdict =
  | {
      readonly excuses: true
      readonly why: 'there' | 'edge' | 'moving' | 'unsure' | 'unchecked'
      readonly by: Approval
    }
  | { readonly excuses: false; readonly why: 'elsewhere'; readonly by: Destination; readonly since: number }

/** The most telling reason first; one approval that excuses is enough. */
const rank: Readonly<Record<TripVerdict['why'], number>> = {
  there: 0,
  edge: 1,
  moving: 2,
  unsure: 3,
  unchecked: 4,
  elsewhere: 5,
}

/** What the approvals of a legal day make of a trip. Null: nothing is approved. `now` in ms UTC. */
export function judgeTrip(
  trip: Trip,
  to: readonly Destination[],
  day: string,
  now: number,
  parameters: TripParameters,
): TripVerdict | null {
  const verdicts = to.map((destination) => judgeOne(trip, destination, day, now, parameters))
  return verdicts.sort((a, b) => rank[a.why] - rank[b.why])[0] ?? null
}

function judgeOne(
  { sides, stay }: Trip,
  destination: Destination,
  day: string,
  now: number,
  { presence, stayMs }: TripParameters,
): TripVerdict {
  const { approval: by, outline } = destination
  if (!outline) return { excuses: true, why: 'unchecked', by }
  const side = lapse(sides[by.id] ?? nothingKnown, now, presence)
  if (side.at === 'in') return { excuses: true, why: 'there', by }
  if (by.what === 'leave' && (day === by.from || day === by.until)) return { excuses: true, why: 'edge', by }
  if (!side.firm) return { excuses: true, why: 'unsure', by }
  if (!stay || stay.until - stay.from < stayMs) return { excuses: true, why: 'moving', by }
  return { excuses: false, why: 'elsewhere', by: destination, since: stay.from }
}

const because: Readonly<Record<Exclude<TripVerdict['why'], 'elsewhere' | 'unchecked'>, Said>> = {
  there: { zh: '定位在批准的目的地内', en: 'the position is inside the destination' },
  edge: { zh: '今日为外出首日或末日，按途中对待', en: 'today is its first or last day, a day of travel' },
  moving: { zh: '定位在目的地以外，尚在途中', en: 'the position is outside the destination, on the way' },
  unsure: {
    zh: '现有定位不足以判断是否在目的地',
    en: 'the positions do not tell yet whether this is the destination',
  },
}

/**
 * A verdict in the words of its evidence. `where` names the territory that the position lies in, where one is drawn;
 * `position` is the one that it is said of.
 */
export function sayTrip(
  verdict: TripVerdict,
  where: string | null,
  position: { readonly lat: number; readonly lon: number } | null,
): Said {
  if (verdict.excuses) {
    const { until, places, areas } = verdict.by
    const why =
      verdict.why !== 'unchecked'
        ? because[verdict.why]
        : areas.length > 0
          ? {
              zh: '目的地边界未导入，未能核对位置',
              en: 'no outline of it is imported, so the position was not checked',
            }
          : {
              zh: '未登记目的地区划代码，未能核对位置',
              en: 'no area code was given, so the position was not checked',
            }
    return {
      zh: `已批准外出至 ${until}（${places}）；${why.zh}`,
      en: `leave approved until ${until} (${places}); ${why.en}`,
    }
  }
  const { approval, outline } = verdict.by
  const since = when(verdict.since)
  // Farther out than the outline is exact its distance is a lower bound, which would understate it.
  const beyondM = outline && position ? outline.distanceToEdgeM(position.lat, position.lon) : 0
  const far = outline && beyondM > 0 && beyondM <= outline.exactWithinM ? howFar(beyondM) : null
  return {
    zh: `已批准前往 ${approval.places}，当前位置在${where ? ` ${where}` : '批准地以外'}${far ? `（距目的地边界 ${far.zh}）` : ''}，自 ${since.zh} 起停留`,
    en: `approved for ${approval.places}, the position is elsewhere${where ? `, in ${where}` : ''}${far ? ` (${far.en} from the destination)` : ''}, staying since ${since.en}`,
  }
}
