import { findStill, isLeftBehind, type StillStretch, stillDefaults } from '@zhijiao/geo/apart'
import { dayStart, HOUR, legalDay, MINUTE } from '@zhijiao/geo/day'
import type { Fix } from '@zhijiao/geo/fix'
import { type Signal, tells } from '../domain.ts'
import { howLong, when } from '../words.ts'
import type { Slot } from './slot.ts'

/** Waking hours, of the legal day. */
const wakes = 8 * HOUR
const sleeps = 22 * HOUR
/** One position in so many minutes is enough to see that nothing moved. */
const everyMs = 10 * MINUTE

/** A band's waking day so far, and how still its last days were. Only the days outlive a restart. */
export interface Stillness {
  day: string
  fixes: Fix[]
  /** Flags of the positions left out since the last one kept: any movement counts. */
  flags: number
  days: (StillStretch | null)[]
}

/**
 * A band that lies somewhere without its owner (positioning.md §3.7 b): the same 30 m for over ten waking hours without a
 * step and without charging, three days alike. One day of it is a day in bed.
 */
export function seeStill(slot: Slot, fix: Fix, out: Signal[]): void {
  const day = legalDay(fix.ts)
  slot.still ??= { day, fixes: [], flags: 0, days: [] }
  const still = slot.still
  if (still.day !== day) {
    if (still.day !== '') closeDay(slot, still, out)
    still.day = day
  }
  const since = fix.ts - dayStart(day)
  if (since < wakes || since >= sleeps) return
  const last = still.fixes.at(-1)
  still.flags |= fix.flags
  if (last && fix.ts - last.ts < everyMs) return
  still.fixes.push({ ...fix, flags: still.flags })
  still.flags = 0
}

function closeDay(slot: Slot, still: Stillness, out: Signal[]): void {
  const midnight = dayStart(still.day)
  const counted = still.fixes.some((f) => f.steps !== null)
  // Without a step counter lying still proves nothing: people sleep, sit and watch television.
  const found = counted ? findStill(still.fixes, { from: midnight + wakes, to: midnight + sleeps }) : null
  still.days = [...still.days, found].slice(-stillDefaults.days)
  still.fixes = []
  still.flags = 0
  slot.dirty = true
  const about = { kind: 'apart' as const, activationNo: slot.activation.no, fence: null }
  if (isLeftBehind(still.days)) {
    if (slot.apartTold) return
    slot.apartTold = true
    const stretches = still.days.filter((d) => d !== null)
    const [first] = stretches
    if (!first) return
    out.push({
      what: 'confirmed',
      ...about,
      at: first.from,
      sureness: 0.75,
      place: first.place,
      where: { zh: `连续 ${stretches.length} 天静置未动`, en: `lying still for ${stretches.length} days` },
      evidence: stretches.map((s) =>
        tells(s.from, 'steps', 'for', {
          zh: `${when(s.from).zh} 起 ${howLong(s.to - s.from).zh}未移动、零步数、未充电`,
          en: `from ${when(s.from).en} for ${howLong(s.to - s.from).en}: not moved, no step, not charging`,
        }),
      ),
      expectedS: slot.activation.intervalS,
    })
    return
  }
  if (!slot.apartTold || found !== null) return
  slot.apartTold = false
  out.push({
    what: 'cleared',
    as: 'cleared',
    ...about,
    at: midnight + sleeps,
    evidence: [
      tells(midnight + sleeps, 'steps', 'against', {
        zh: `${still.day} 终端有正常活动`,
        en: `the device moved normally on ${still.day}`,
      }),
    ],
  })
}
