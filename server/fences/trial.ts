import type { FenceTrial } from '@zhijiao/contract/fences'
import { isPlace } from '@zhijiao/geo/counts'
import { type Fence, standing } from '@zhijiao/geo/fence'
import type { Fix } from '@zhijiao/geo/fix'
import { crossings } from '@zhijiao/geo/prepared'
import { nothingKnown, observe, type PresenceState } from '@zhijiao/geo/presence'

const instant = (ts: number) => new Date(ts).toISOString()
/** Straight lines across longer silences are nobody's way. */
const SEGMENT_MS = 30 * 60_000

/**
 * Runs a fence over one past day of fixes, oldest first, and tells what it would have said. The same evidence rules as
 * live, except that what arrived late counts here. A day starts from nothing known.
 */
export function tryFence(fence: Fence, fixes: readonly Fix[]): FenceTrial {
  let state: PresenceState = nothingKnown
  let previous: Fix | null = null
  let breached = false
  let wouldRaise = 0
  const stretches: FenceTrial['stretches'] = []
  const found: FenceTrial['crossings'] = []
  for (const fix of fixes) {
    const { state: next, signal } = observe(state, fix, fence, undefined, { use: 'history' })
    state = next
    const open = stretches.at(-1)
    if (open?.state === state.at) {
      open.to = instant(fix.ts)
      open.fixes++
    } else stretches.push({ state: state.at, from: instant(fix.ts), to: instant(fix.ts), fixes: 1 })
    if (signal?.kind === 'confirmed' && found.length > 0) {
      const hint = found.findLast((c) => c.to === signal.to)
      if (hint) hint.sure = true
    }
    if (usable(fix)) {
      if (previous && fix.ts - previous.ts <= SEGMENT_MS)
        for (const c of crossings(fence.area, previous, fix))
          found.push({
            at: instant(previous.ts + c.share * (fix.ts - previous.ts)),
            to: c.to,
            lat: c.place.lat,
            lon: c.place.lon,
            sure: false,
          })
      previous = fix
    }
    const now = state.firm ? standing(fence, state.at, state.since, fix.ts) : { kind: 'unknown' as const }
    if (now.kind === 'breached' && !breached) wouldRaise++
    breached = now.kind === 'breached'
  }
  return { fixes: fixes.length, stretches, crossings: found, wouldRaise, says: said(fixes.length, wouldRaise) }
}

function usable(fix: Fix): boolean {
  return isPlace(fix) && fix.accuracyM <= 200
}

function said(fixes: number, wouldRaise: number) {
  if (fixes === 0) return { zh: '当日没有定位数据，无法试算。', en: 'There are no positions on that day to try it on.' }
  return wouldRaise === 0
    ? {
        zh: `按当日 ${fixes} 个定位点试算，不会产生警情。`,
        en: `Tried on ${fixes} positions of that day: it would have opened nothing.`,
      }
    : {
        zh: `按当日 ${fixes} 个定位点试算，会产生 ${wouldRaise} 起警情。试算不留警情记录。`,
        en: `Tried on ${fixes} positions of that day: it would have opened ${wouldRaise} episode(s). A trial opens none.`,
      }
}
