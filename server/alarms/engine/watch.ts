import { isHis, noPlace } from '@zhijiao/geo/counts'
import { breachSide } from '@zhijiao/geo/fence'
import { type Fix, FixFault, FixFlag } from '@zhijiao/geo/fix'
import { replay } from '@zhijiao/geo/history'
import { type Arrival, type Contact, EventFlag } from '../../positions/index.ts'
import { type Signal, tells } from '../domain.ts'
import { when } from '../words.ts'
import { seeApart } from './apart.ts'
import { placeOf } from './evidence.ts'
import { seeNight } from './night.ts'
import { seeFix } from './presence.ts'
import { seeBattery, seeEvent, strapDue } from './reports.ts'
import { heardAgain } from './silence.ts'
import type { Slot } from './slot.ts'
import { count, looksOdd, scoreOf, spoofStart } from './spoof.ts'
import { seeStill } from './still.ts'

const stored = FixFlag.blind | FixFlag.late | FixFlag.imported

/** Takes one flush of one activation into its live state; signs worth an episode go to `out`. */
export function seeArrival(slot: Slot, arrival: Arrival, out: Signal[]): void {
  const now = arrival.receivedAt
  if (arrival.fixes.some(isHis) || arrival.events.some((e) => (e.flags & EventFlag.doubted) === 0)) hear(slot, now)
  let late: Fix[] | null = null
  for (const fix of arrival.fixes) {
    // Who only knows the number settles, opens and moves nothing; it stands on the track, marked.
    if (!isHis(fix)) continue
    if ((fix.flags & stored) !== 0) {
      if (fix.fault === FixFault.none) {
        late ??= []
        late.push(fix)
      }
      continue
    }
    if (slot.spoof !== null || looksOdd(fix)) seeSpoof(slot, fix, out)
    if (fix.fault !== FixFault.none) continue
    seeLive(slot, fix, now, out)
  }
  for (const event of arrival.events) seeEvent(slot, event, arrival.events, now, out)
  if (slot.strapReports > 0) strapDue(slot, now, out)
  if (late) seeStored(slot, late, out)
}

function seeLive(slot: Slot, fix: Fix, now: number, out: Signal[]): void {
  if ((fix.flags & noPlace) === 0 && fix.ts > slot.lastTs) {
    if (slot.silence > 0) speak(slot, fix.ts, true, out)
    slot.lastTs = fix.ts
    slot.lat = fix.lat
    slot.lon = fix.lon
    slot.accuracyM = fix.accuracyM
    slot.fixFlags = fix.flags
    if (slot.siblings !== null) seeApart(slot, fix, now, out)
    if (slot.activation.regime === 'device') seeStill(slot, fix, out)
    if (slot.activation.home !== null) seeNight(slot, fix, out)
  }
  if (fix.steps !== null) slot.steps = fix.steps
  if (slot.sights.length > 0) seeFix(slot, fix, now, out)
  if (fix.batteryPct !== null) seeBattery(slot, fix.batteryPct, (fix.flags & FixFlag.charging) !== 0, fix.ts, out)
}

/** A sign of life without a position. */
export function seeContact(slot: Slot, contact: Contact, out: Signal[]): void {
  hear(slot, contact.at)
  if (!slot.beats) {
    slot.beats = true
    slot.dirty = true
  }
  // The link is back; whether positions are is another question, answered by a fix.
  if (slot.silence === 1) speak(slot, contact.at, false, out)
  if (contact.steps !== null) slot.steps = contact.steps
  if (contact.batteryPct !== null) seeBattery(slot, contact.batteryPct, slot.charging, contact.at, out)
}

function hear(slot: Slot, at: number): void {
  if (at <= slot.lastByteTs) return
  slot.lastByteTs = at
  if (slot.shutdownAt !== null && at > slot.shutdownAt + 5_000) slot.shutdownAt = null
}

function speak(slot: Slot, ts: number, byFix: boolean, out: Signal[]): void {
  out.push(heardAgain(slot, ts, byFix))
  slot.silence = 0
  slot.shutdownAt = null
  slot.dirty = true
}

function seeSpoof(slot: Slot, fix: Fix, out: Signal[]): void {
  slot.spoof ??= spoofStart()
  const signs = slot.spoof
  count(signs, fix)
  const { score, different } = scoreOf(signs)
  // One sign alone never accuses; it is remembered until another joins it.
  const reached = different >= 2 && score >= 0.6 ? 2 : different >= 2 && score >= 0.4 ? 1 : 0
  if (reached <= signs.told) return
  signs.told = reached === 2 ? 2 : 1
  slot.dirty = true
  out.push({
    what: reached === 2 ? 'confirmed' : 'suspected',
    kind: 'spoof',
    activationNo: slot.activation.no,
    fence: null,
    at: signs.since,
    sureness: Math.round(score * 100) / 100,
    place: { lat: fix.lat, lon: fix.lon },
    where: { zh: '位置见地图', en: 'place on the map' },
    evidence: spoofSays(signs, fix),
    expectedS: slot.activation.intervalS,
  })
}

function spoofSays(signs: NonNullable<Slot['spoof']>, fix: Fix) {
  const says = [
    [signs.mock, '个定位被手机标为模拟', 'position(s) the phone itself called simulated'],
    [signs.leaps, '次位移快于任何交通工具', 'leap(s) faster than any vehicle'],
    [
      signs.frozen > 50 ? signs.frozen : 0,
      '个移动中的定位精度与高度完全相同',
      'moving positions with the very same radius and height',
    ],
    [signs.grid >= 10 ? signs.grid : 0, '个定位恰在万分之一度网格上', 'position(s) exactly on a grid of 1e-4 degrees'],
  ] as const
  return says
    .filter(([n]) => n > 0)
    .map(([n, zh, en]) => ({
      ...tells(fix.ts, 'fix', 'for', { zh: `${n} ${zh}`, en: `${n} ${en}` }),
      ...placeOf(fix),
    }))
}

/**
 * Positions that were stored on the device and came later: they explain a silence, and the fences are run over them
 * again. They are added to what is known and raise nothing.
 */
function seeStored(slot: Slot, fixes: readonly Fix[], out: Signal[]): void {
  const [first] = fixes
  if (!first) return
  let [from, to] = [first.ts, first.ts]
  for (const fix of fixes) {
    from = Math.min(from, fix.ts)
    to = Math.max(to, fix.ts)
  }
  const evidence = [
    tells(to, 'fix', 'against', {
      zh: `补传 ${fixes.length} 个定位，覆盖 ${when(from).zh} 至 ${when(to).zh}：终端当时在工作，只是未能上传`,
      en: `${fixes.length} stored position(s) arrived, covering ${when(from).en} to ${when(to).en}: the device worked and could not send`,
    }),
  ]
  for (const sight of slot.sights) {
    const breach = breachSide(sight.binding.rule)
    const found = replay(fixes, sight.binding.rule, { from, to: to + 1 }).filter(
      (i) => i.at === breach && i.reason === 'confirmed',
    )
    for (const stretch of found)
      evidence.push(
        tells(stretch.from, 'fix', 'for', {
          zh: `补传轨迹显示 ${when(stretch.from).zh} 至 ${when(stretch.to).zh} ${breach === 'out' ? '不在' : '在'}“${sight.binding.name}”内`,
          en: `the stored track shows ${breach === 'out' ? 'outside' : 'inside'} ${sight.binding.name} from ${when(stretch.from).en} to ${when(stretch.to).en}`,
        }),
      )
  }
  out.push({ what: 'annotated', kind: 'lostContact', activationNo: slot.activation.no, fence: null, evidence })
}
