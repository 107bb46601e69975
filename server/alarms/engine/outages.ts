import { MINUTE, SECOND } from '@zhijiao/geo/day'
import { gapDefaults, isCellOutage } from '@zhijiao/geo/gaps'
import { type Excused, tells } from '../domain.ts'
import { when } from '../words.ts'
import { nameOf } from './silence.ts'
import type { Slot } from './slot.ts'
import type { OutageSpan } from './store.ts'

/** Devices get this long to come back by themselves after an outage, ms. */
const returnMs = 5 * MINUTE
/** A detected outage that nobody confirms ends after this: silence of people must be looked into, ms. */
const longestMs = 6 * 60 * MINUTE
/** Share of an outage's devices heard again that ends it. */
const backShare = 0.7

export function bearsOn(outage: OutageSpan, slot: Slot): boolean {
  if (outage.members.length > 0) return outage.members.includes(slot.activation.no)
  if (!slot.activation.org.startsWith(outage.org)) return false
  return outage.protocol === null || outage.protocol === slot.activation.protocol
}

/** Time of a slot's silence that lies in outages, ms; it is subtracted from every deadline. */
export function overlapMs(outages: readonly OutageSpan[], slot: Slot, now: number): number {
  let sum = 0
  let until = Math.max(slot.lastTs, slot.excusedUntil, slot.activation.startsAt)
  for (const outage of outages) {
    if (!bearsOn(outage, slot)) continue
    const to = Math.min(now, outage.endsAt === null ? now : outage.endsAt + returnMs)
    const from = Math.max(until, outage.startsAt)
    if (to > from) {
      sum += to - from
      until = to
    }
  }
  return sum
}

/** The outage that explains a slot's silence, the latest first. */
export function explaining(outages: readonly OutageSpan[], slot: Slot): OutageSpan | null {
  return outages.findLast((o) => bearsOn(o, slot) && (o.endsAt === null || o.endsAt > slot.lastTs)) ?? null
}

export interface Silenced {
  readonly members: readonly Slot[]
  readonly total: number
  /** Last sign of life of the first to fall silent, ms UTC. */
  readonly since: number
}

/**
 * Whether the devices of a unit fell silent together (positioning.md §3.6): more than 30 % of those that spoke shortly
 * before. One or two devices prove nothing.
 */
export function fellTogether(unit: Iterable<Slot>, slot: Slot, now: number): Silenced | null {
  const t = slot.lastByteTs
  if (t === 0) return null
  const window = Math.max(10 * MINUTE, slot.activation.intervalS * SECOND)
  const members: Slot[] = []
  let total = 0
  let since = t
  for (const other of unit) {
    if (other.lastByteTs < t - window) continue
    total++
    const quiet = Math.max(gapDefaults.offlineAtLeastMs, other.activation.intervalS * 1500)
    if (other.lastByteTs > t + window || now - other.lastByteTs <= quiet) continue
    members.push(other)
    since = Math.min(since, other.lastByteTs)
  }
  return isCellOutage(members.length, total) ? { members, total, since } : null
}

/** Whether a detected outage is over: most of its devices spoke again, or it has lasted too long to be believed. */
export function isOver(outage: OutageSpan, member: (no: number) => Slot | undefined, now: number): boolean {
  if (now - outage.startsAt > longestMs) return true
  const slots = outage.members.flatMap((no) => member(no) ?? [])
  if (slots.length === 0) return true
  const quietMs = (s: Slot) => Math.max(gapDefaults.offlineAtLeastMs, s.activation.intervalS * 1500)
  return slots.filter((s) => now - s.lastByteTs <= quietMs(s)).length / slots.length >= backShare
}

/** The visible entry: silent, and not held against the person. */
export function excusedByOutage(slot: Slot, outage: OutageSpan, now: number): Excused {
  const from = when(outage.startsAt)
  return {
    what: 'excused',
    by: 'outage',
    kind: nameOf(slot, now),
    activationNo: slot.activation.no,
    fence: null,
    at: slot.lastTs > 0 ? slot.lastTs : slot.activation.startsAt,
    evidence: [
      tells(now, 'outage', 'against', {
        zh: `${from.zh} 起${outage.way === 'declared' ? '已登记' : '检测到'}故障：${outage.reason}`,
        en: `outage ${outage.way} since ${from.en}: ${outage.reason}`,
      }),
    ],
  }
}
