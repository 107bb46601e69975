import { isPlace } from './counts.ts'
import { MINUTE } from './day.ts'
import { METRES_PER_DEGREE, metresBetween } from './distance.ts'
import type { Fix } from './fix.ts'

/** Limits of finding persons together (同行, positioning.md §3.9). */
export interface TogetherParameters {
  readonly binMs: number
  readonly withinM: number
  readonly atLeastMs: number
  readonly accuracyGateM: number
  /** Where more persons than this are at once is a common place (the office, a station) and says nothing. */
  readonly crowd: number
}

export const togetherDefaults: TogetherParameters = {
  binMs: 5 * MINUTE,
  withinM: 60,
  atLeastMs: 15 * MINUTE,
  accuracyGateM: 200,
  crowd: 20,
}

/** Two persons at one place for a while; `a` < `b` in the order of the keys given. */
export interface Meeting {
  readonly a: string
  readonly b: string
  readonly from: number
  readonly to: number
}

/**
 * Who was together with whom, from everybody's fixes of one stretch of time. `common` are places where meeting means
 * nothing. Cost grows with persons × bins and with how crowded places are, not with pairs of persons.
 */
export function findTogether(
  tracks: ReadonlyMap<string, readonly Fix[]>,
  isCommon: (lat: number, lon: number) => boolean = () => false,
  parameters: TogetherParameters = togetherDefaults,
): Meeting[] {
  const open = new Map<string, Meeting>()
  const done: Meeting[] = []
  const bins = binned(tracks, parameters)
  for (const bin of [...bins.keys()].sort((x, y) => x - y)) {
    const from = bin * parameters.binMs
    for (const [a, b] of pairsNear(bins.get(bin) ?? [], isCommon, parameters)) {
      const key = `${a}\n${b}`
      const meeting = open.get(key)
      if (meeting && meeting.to === from) open.set(key, { ...meeting, to: from + parameters.binMs })
      else {
        if (meeting) done.push(meeting)
        open.set(key, { a, b, from, to: from + parameters.binMs })
      }
    }
  }
  return [...done, ...open.values()]
    .filter((meeting) => meeting.to - meeting.from >= parameters.atLeastMs)
    .sort((x, y) => x.from - y.from || (x.a < y.a ? -1 : 1))
}

/** Somebody at a place. */
export interface Seen {
  readonly who: string
  readonly lat: number
  readonly lon: number
}

/** The last usable fix of each person in each bin. */
function binned(
  tracks: ReadonlyMap<string, readonly Fix[]>,
  { binMs, accuracyGateM }: TogetherParameters,
): Map<number, Seen[]> {
  const bins = new Map<number, Map<string, Seen & { readonly ts: number }>>()
  for (const [who, fixes] of tracks) {
    for (const fix of fixes) {
      if (!isPlace(fix) || fix.accuracyM > accuracyGateM) continue
      const bin = Math.floor(fix.ts / binMs)
      const people = bins.get(bin) ?? new Map()
      bins.set(bin, people)
      if ((people.get(who)?.ts ?? Number.NEGATIVE_INFINITY) <= fix.ts)
        people.set(who, { who, ts: fix.ts, lat: fix.lat, lon: fix.lon })
    }
  }
  return new Map([...bins].map(([bin, people]) => [bin, [...people.values()]]))
}

/** Every two near each other, each pair once and in the order of their keys; nobody in a crowd or at a common place. */
export function* pairsNear(
  people: readonly Seen[],
  isCommon: (lat: number, lon: number) => boolean,
  { withinM, crowd }: Pick<TogetherParameters, 'withinM' | 'crowd'>,
) {
  const side = withinM / METRES_PER_DEGREE
  const cells = new Map<string, Seen[]>()
  const cellOf = (one: Seen): [number, number] => [
    Math.floor(one.lat / side),
    Math.floor((one.lon * Math.cos((Math.round(one.lat) * Math.PI) / 180)) / side),
  ]
  for (const one of people) {
    if (isCommon(one.lat, one.lon)) continue
    const key = cellOf(one).join()
    const inCell = cells.get(key)
    if (inCell) inCell.push(one)
    else cells.set(key, [one])
  }
  for (const one of people) {
    const [row, column] = cellOf(one)
    const around = AROUND.map(([i, j]) => cells.get(`${row + i},${column + j}`) ?? [])
    const crowded = around.reduce((sum, inCell) => sum + inCell.length, 0) > crowd
    if (crowded || isCommon(one.lat, one.lon)) continue
    for (const other of around.flat()) {
      if (one.who < other.who && metresBetween(one.lat, one.lon, other.lat, other.lon) <= withinM) {
        yield [one.who, other.who] as const
      }
    }
  }
}

const AROUND = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => [i, j] as const))
