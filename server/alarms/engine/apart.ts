import { type ApartEpisode, nextRun, pairOf, showsApart } from '@zhijiao/geo/apart'
import { MINUTE } from '@zhijiao/geo/day'
import { apartM } from '@zhijiao/geo/distance'
import type { Fix } from '@zhijiao/geo/fix'
import { type Signal, tells } from '../domain.ts'
import { howFar, howLong, when } from '../words.ts'
import type { Slot, Spot } from './slot.ts'

/** Positions kept for pairing: of the time between an answer on its way and the position it answers to. */
const keptMs = 10 * MINUTE
const most = 64
/** A position older than this on arrival asks nobody: it is a replay, or long over. */
const freshMs = 2 * MINUTE
/** Pairs further apart in time than this are no run: what was suspected then was never borne out. */
const runGapMs = 4 * 60 * MINUTE
/** A band may be asked again this soon; it is continuous anyway (法 29). */
const bandAgainMs = 2 * MINUTE
/** Protocols in which nothing can be asked: the phone sends and hears nothing. */
const deaf: ReadonlySet<string> = new Set(['osmand', 'owntracks'])

/**
 * Phone and band of one person (人机分离, S0.16). Pairs this position with the other device's of the same half minute;
 * where there is none and the two places last known lie apart, the other device is asked for one: the band at any time,
 * the phone on this prompt and at most once in a while (法 26: sampled, and on prompt). Only slots with a sibling come
 * here. Told against the device of article 29 where there is one, else the older activation.
 */
export function seeApart(slot: Slot, fix: Fix, now: number, out: Signal[]): void {
  const { apart } = slot.rules
  if (fix.accuracyM > apart.accuracyGateM) return
  const recent = slot.recent ?? []
  slot.recent = recent
  recent.push({ ts: fix.ts, lat: fix.lat, lon: fix.lon, accuracyM: fix.accuracyM })
  while (recent.length > most || (recent[0] && fix.ts - recent[0].ts > keptMs)) recent.shift()
  for (const other of slot.siblings ?? []) {
    const met = nearest(other.recent ?? [], fix.ts)
    const pair = met ? pairOf(fix, met, apart) : null
    if (met === null || pair === null) {
      ask(slot, other, fix, now)
      continue
    }
    const [carrier, beside] = carried(slot, other) === slot ? [slot, other] : [other, slot]
    // Of the device that speaks seldom each position counts once, however often the other speaks.
    const rare = beside === slot ? fix.ts : met.ts
    if (rare <= beside.pairedTs) continue
    beside.pairedTs = rare
    const known = beside.apartRun
    const before = known !== null && pair.ts - known.to > runGapMs ? null : known
    beside.apartRun = nextRun(before, pair, apart)
    if (known !== beside.apartRun) beside.dirty = true
    if (beside.apartRun === null) together(carrier, before, fix.ts, out)
    else tell(carrier, beside.apartRun, fix, out)
  }
}

/** Wishes a position of the other device, if the last places speak for it and it was not asked a moment ago. */
function ask(slot: Slot, other: Slot, fix: Fix, now: number): void {
  if (other.lastTs === 0 || now - fix.ts > freshMs || deaf.has(other.activation.protocol)) return
  const { apart, compareMs } = slot.rules
  const beyond = apartM(other, fix) - other.accuracyM - fix.accuracyM
  const [, beside] = carried(slot, other) === slot ? [slot, other] : [other, slot]
  const suspicious = beside.apartRun !== null
  // Once a pair was apart, being together again is as much worth knowing as being apart still.
  if (beyond <= apart.apartM && !suspicious) return
  const again = other.activation.regime === 'device' ? bandAgainMs : suspicious ? compareMs.suspicious : compareMs.calm
  if (now - other.comparedAt < again) return
  other.comparedAt = now
  other.compare = `${when(fix.ts).zh} 两个终端相距 ${howFar(Math.max(0, beyond)).zh}，索取定位比对`
}

function nearest(spots: readonly Spot[], ts: number): Spot | null {
  let best: Spot | null = null
  for (const spot of spots) if (best === null || Math.abs(spot.ts - ts) <= Math.abs(best.ts - ts)) best = spot
  return best
}

/** Two pairs make a suspicion, which prompts the person; as many as the rule wants bring an officer. */
function tell(carrier: Slot, run: ApartEpisode, fix: Fix, out: Signal[]): void {
  const shown = showsApart(run, carrier.rules.apart)
  if (run.pairs < 2 || (carrier.apartTold && shown)) return
  if (shown) {
    carrier.apartTold = true
    carrier.dirty = true
  }
  const [far, long] = [howFar(run.farthestM), howLong(run.to - run.from)]
  out.push({
    what: shown ? 'confirmed' : 'suspected',
    kind: 'apart',
    activationNo: carrier.activation.no,
    fence: null,
    at: run.from,
    sureness: Math.min(0.95, (shown ? 0.7 : 0.4) + 0.05 * run.pairs),
    place: { lat: fix.lat, lon: fix.lon },
    where: { zh: `手机与腕带相距 ${far.zh}`, en: `phone and band ${far.en} apart` },
    evidence: [
      tells(run.to, 'neighbour', 'for', {
        zh: `${when(run.from).zh} 起 ${run.pairs} 对定位相距均超过误差 ${carrier.rules.apart.apartM} 米以上，持续 ${long.zh}，最远 ${far.zh}`,
        en: `since ${when(run.from).en} ${run.pairs} pairs lay more than ${carrier.rules.apart.apartM} m apart beyond their error, for ${long.en}, farthest ${far.en}`,
      }),
    ],
    expectedS: carrier.activation.intervalS,
  })
}

function together(carrier: Slot, before: ApartEpisode | null, ts: number, out: Signal[]): void {
  if (!carrier.apartTold && (before?.pairs ?? 0) < 2) return
  carrier.apartTold = false
  carrier.dirty = true
  out.push({
    what: 'cleared',
    as: 'cleared',
    kind: 'apart',
    activationNo: carrier.activation.no,
    fence: null,
    at: ts,
    evidence: [
      tells(ts, 'neighbour', 'against', {
        zh: `${when(ts).zh} 两个终端重新在一起`,
        en: `both devices together again at ${when(ts).en}`,
      }),
    ],
  })
}

function carried(a: Slot, b: Slot): Slot {
  if (a.activation.regime !== b.activation.regime) return a.activation.regime === 'device' ? a : b
  return a.activation.no < b.activation.no ? a : b
}

/** How long a wish to compare stays worth sending: an app asks every ten minutes whether anything is wanted, ms. */
export const compareWithinMs = 15 * MINUTE
