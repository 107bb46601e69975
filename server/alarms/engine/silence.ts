import type { Evidence } from '@zhijiao/contract/alarms'
import { DAY, MINUTE, SECOND, timeOfDay } from '@zhijiao/geo/day'
import { type GapDeadlines, gapDeadlines, gapDefaults } from '@zhijiao/geo/gaps'
import type { Cleared, Sign } from '../domain.ts'
import { tells } from '../domain.ts'
import type { AlarmKindName, Said } from '../kinds.ts'
import { howLong, when } from '../words.ts'
import type { Silence, Slot } from './slot.ts'
import type { Thresholds } from './thresholds.ts'

/** Heartbeat where the model's own is not known, seconds (JT/T 808 terminals ship with 60). */
const heartbeatS = 60

/** Night hours in which a device may report less often (LOC-07). */
function asleep(now: number, { from, until }: Thresholds['night']): boolean {
  return inHours(timeOfDay(now) / MINUTE, from, until)
}

/** Whether a minute of the day lies in hours that may go over midnight. */
export const inHours = (minute: number, from: number, until: number): boolean =>
  from < until ? minute >= from && minute < until : minute >= from || minute < until

/** When silence of a slot grows serious if nothing more is heard. `overlapMs` of outages since is subtracted. */
export function deadlinesOf(slot: Slot, now: number, overlapMs: number): GapDeadlines {
  const floor = Math.max(slot.excusedUntil, slot.activation.startsAt)
  const deadlines = gapDeadlines(
    { intervalS: slot.activation.intervalS, heartbeatS, asleep: asleep(now, slot.rules.night) },
    {
      lastByteTs: Math.max(slot.lastByteTs, floor),
      lastFixTs: Math.max(slot.lastTs, floor),
      shutdownAt: slot.shutdownAt,
    },
    slot.rules.gap,
  )
  // A phone under the information check may be off while its owner sleeps (法 26): its nights are not counted.
  const counted = (at: number) =>
    slot.activation.regime === 'check' ? afterNights(at, Math.max(slot.lastTs, floor), slot.rules.night) : at
  return {
    offlineAt: deadlines.offlineAt + slot.rules.offlineGraceMs + overlapMs,
    yellowAt: counted(deadlines.yellowAt) + overlapMs,
    redAt: counted(deadlines.redAt) + overlapMs,
    searchAt: deadlines.searchAt + overlapMs,
  }
}

const DAY_MIN = 1440

/**
 * A deadline moved on by the nights between `since` and itself, so that the waking time up to it stays the same. Nights
 * that the moving reaches count as well; it never ends inside one.
 */
export function afterNights(at: number, since: number, { from, until }: Thresholds['night']): number {
  const lengthMs = ((until - from + DAY_MIN) % DAY_MIN) * MINUTE
  if (lengthMs === 0 || !Number.isFinite(at)) return at
  let deadline = at
  const sinceDay = since - timeOfDay(since)
  for (let begins = sinceDay - DAY + from * MINUTE; begins < deadline; begins += DAY) {
    const inside = Math.min(deadline, begins + lengthMs) - Math.max(since, begins)
    if (begins + lengthMs <= since || inside <= 0) continue
    deadline += Math.min(lengthMs, begins + lengthMs - Math.max(since, begins))
  }
  return deadline
}

/** What silence has come to, and when it next grows. */
export function silenceAt(slot: Slot, d: GapDeadlines, now: number): { readonly now: Silence; readonly next: number } {
  if (now >= d.searchAt) return { now: 4, next: Number.POSITIVE_INFINITY }
  if (now >= d.redAt) return { now: 3, next: d.searchAt }
  if (now >= d.yellowAt) return { now: 2, next: d.redAt }
  // The link says something only of a band that is known to keep one open.
  const watched = slot.beats && slot.activation.regime === 'device'
  if (watched && now >= d.offlineAt) return { now: 1, next: d.yellowAt }
  return { now: 0, next: watched ? Math.min(d.offlineAt, d.yellowAt) : d.yellowAt }
}

/** Which name this silence has. */
export function nameOf(slot: Slot, now: number): AlarmKindName {
  if (slot.shutdownAt !== null && slot.shutdownAt >= slot.lastByteTs) return 'powerOff'
  const quietMs = now - slot.lastByteTs
  return slot.lastByteTs > slot.lastTs && quietMs < gapDefaults.offlineAtLeastMs ? 'noPosition' : 'lostContact'
}

const stageSays: Readonly<Record<1 | 2 | 3 | 4, (since: Said, long: Said) => Said>> = {
  1: (since, long) => ({ zh: `${since.zh}起链路中断，已 ${long.zh}`, en: `link down since ${since.en}, ${long.en}` }),
  2: (since, long) => ({
    zh: `${since.zh}起没有可用定位，已 ${long.zh}（黄）`,
    en: `no usable position since ${since.en}, ${long.en} (yellow)`,
  }),
  3: (since, long) => ({
    zh: `${since.zh}起没有可用定位，已 ${long.zh}（红）`,
    en: `no usable position since ${since.en}, ${long.en} (red)`,
  }),
  4: (_since, long) => ({
    zh: `已 ${long.zh}没有任何消息，应立即组织查找（社区矫正法第三十条）`,
    en: `${long.en} without any news: a search is due at once (Law 30)`,
  }),
}

/** The sign that silence has grown to a stage. */
export function silenceSign(slot: Slot, stage: 1 | 2 | 3 | 4, now: number): Sign {
  const since = slot.lastTs > 0 ? slot.lastTs : slot.activation.startsAt
  const at = stage === 1 ? slot.lastByteTs : since
  const evidence: Evidence[] = [tells(now, 'silence', 'for', stageSays[stage](when(at), howLong(now - at)))]
  if (stage >= 2) evidence.push(...batterySays(slot, now))
  return {
    what: stage >= 3 ? 'confirmed' : 'suspected',
    kind: nameOf(slot, now),
    activationNo: slot.activation.no,
    fence: null,
    at,
    sureness: [0, 0.3, 0.5, 0.85, 0.95][stage] ?? 0.5,
    place: slot.lastTs > 0 ? { lat: slot.lat, lon: slot.lon } : null,
    where: { zh: '最后位置见地图', en: 'last place on the map' },
    battery: batteryText(slot),
    evidence,
    expectedS: slot.activation.intervalS,
  }
}

/** A device that ran down explains its silence; it does not excuse having let it. */
function batterySays(slot: Slot, now: number): Evidence[] {
  if (slot.batteryPct < 0) return []
  const pct = slot.batteryPct
  if (pct <= gapDefaults.emptyPct)
    return [
      tells(now, 'battery', 'against', {
        zh: `中断前电量 ${pct}%，可能系电量耗尽`,
        en: `battery at ${pct} % before the silence: it probably ran out`,
      }),
    ]
  return [
    tells(now, 'battery', 'neither', {
      zh: `中断前电量 ${pct}%${slot.charging ? '，正在充电' : ''}`,
      en: `battery at ${pct} % before the silence${slot.charging ? ', charging' : ''}`,
    }),
  ]
}

export function batteryText(slot: Slot): Said {
  return slot.batteryPct < 0
    ? { zh: '', en: '' }
    : { zh: `（最后电量 ${slot.batteryPct}%）`, en: ` (last battery ${slot.batteryPct} %)` }
}

/** The device speaks again. */
export function heardAgain(slot: Slot, ts: number, byFix: boolean): Cleared {
  const ranOut = slot.batteryPct >= 0 && slot.batteryPct <= gapDefaults.emptyPct
  const length = howLong(ts - slot.silentSince)
  return {
    what: 'cleared',
    as: ranOut ? 'ranOut' : 'cleared',
    kind: 'lostContact',
    activationNo: slot.activation.no,
    fence: null,
    at: ts,
    evidence: [
      tells(ts, byFix ? 'fix' : 'reply', 'against', {
        zh: `${when(ts).zh} 恢复${byFix ? '定位' : '联系'}，共中断 ${length.zh}`,
        en: `${byFix ? 'positions' : 'contact'} again at ${when(ts).en} after ${length.en}`,
      }),
    ],
  }
}

/** A link that answers within a second more or less is no news. */
export const sameMoment = SECOND
