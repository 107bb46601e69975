import { apartDefaults, findApart } from '@zhijiao/geo/apart'
import { MINUTE } from '@zhijiao/geo/day'
import { apartM } from '@zhijiao/geo/distance'
import type { Fix } from '@zhijiao/geo/fix'
import { type Signal, tells } from '../domain.ts'
import { howFar, howLong, when } from '../words.ts'
import type { Slot, Spot } from './slot.ts'

/** What is kept for pairing: enough for the rule's ten minutes at one fix every ten seconds. */
const keptMs = 40 * MINUTE
const most = 128

/**
 * Phone and band of one person (人机分离, S0.16): compares this fix with the other device's by `geo`'s rule. Only slots
 * with a sibling come here. Told against the device of article 29 where there is one, else the older activation.
 */
export function seeApart(slot: Slot, fix: Fix, out: Signal[]): void {
  const recent = slot.recent ?? []
  slot.recent = recent
  recent.push({ ts: fix.ts, lat: fix.lat, lon: fix.lon, accuracyM: fix.accuracyM })
  while (recent.length > most || (recent[0] && fix.ts - recent[0].ts > keptMs)) recent.shift()
  for (const other of slot.siblings ?? []) {
    const theirs = other.recent ?? []
    const last = theirs.findLast((s) => Math.abs(s.ts - fix.ts) <= apartDefaults.pairMs)
    if (!last) continue
    const carrier = carried(slot, other)
    const beyond = apartM(last, fix) - last.accuracyM - fix.accuracyM
    if (beyond <= apartDefaults.apartM) {
      together(carrier, fix.ts, out)
      continue
    }
    const found = findApart(recent.map(asFix), theirs.map(asFix)).at(-1)
    if (!found || found.to < fix.ts - apartDefaults.pairMs || carrier.apartTold) continue
    carrier.apartTold = true
    carrier.dirty = true
    const far = howFar(found.farthestM)
    out.push({
      what: 'confirmed',
      kind: 'apart',
      activationNo: carrier.activation.no,
      fence: null,
      at: found.from,
      sureness: Math.min(0.95, 0.7 + 0.05 * found.pairs),
      place: { lat: fix.lat, lon: fix.lon },
      where: { zh: `手机与腕带相距 ${far.zh}`, en: `phone and band ${far.en} apart` },
      evidence: [
        tells(found.from, 'neighbour', 'for', {
          zh: `${when(found.from).zh} 起 ${found.pairs} 对定位相距均超过误差 200 米以上,持续 ${howLong(found.to - found.from).zh},最远 ${far.zh}`,
          en: `since ${when(found.from).en} ${found.pairs} pairs lay more than 200 m apart beyond their error, for ${howLong(found.to - found.from).en}, farthest ${far.en}`,
        }),
      ],
      expectedS: carrier.activation.intervalS,
    })
  }
}

function together(carrier: Slot, ts: number, out: Signal[]): void {
  if (!carrier.apartTold) return
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

/** `geo` pairs fixes; what it does not read is empty. */
function asFix(spot: Spot): Fix {
  return {
    ...spot,
    source: 'fused',
    speedKmh: null,
    course: null,
    altitudeM: null,
    satellites: null,
    batteryPct: null,
    steps: null,
    seq: null,
    flags: 0,
    fault: 0,
  }
}
