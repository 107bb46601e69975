import { MINUTE, SECOND } from '@zhijiao/geo/day'
import type { DeviceEvent } from '@zhijiao/wire/message'
import { type ArrivedEvent, EventFlag } from '../../positions/index.ts'
import { type Sign, type Signal, tells } from '../domain.ts'
import type { AlarmKindName, Said } from '../kinds.ts'
import { when } from '../words.ts'
import { batteryText, silenceSign } from './silence.ts'
import type { Slot } from './slot.ts'

const damages: Partial<Record<DeviceEvent, Said>> = {
  caseOpen: { zh: '外壳被打开', en: 'its case opened' },
  simRemoved: { zh: 'SIM 卡被取出', en: 'its SIM removed' },
  gnssFault: { zh: '定位模块故障', en: 'a positioning fault' },
  powerLost: { zh: '供电被切断', en: 'its power cut' },
}

/**
 * Takes what a device said of itself. What was stored, and what came after a newer report on the same matter, annotates and
 * opens, settles and moves nothing; except a call for help, which is told whenever it comes, with the time it was cried.
 * `beside`: what arrived together with it.
 */
export function seeEvent(
  slot: Slot,
  event: ArrivedEvent,
  beside: readonly ArrivedEvent[],
  now: number,
  out: Signal[],
): void {
  const { kind, ts } = event
  if (kind === 'sos') {
    out.push(sosSign(slot, event, now))
    return
  }
  // From a line without the secret while the device proves itself: on the track, and nothing beyond.
  if ((event.flags & EventFlag.doubted) !== 0) return
  if (ofThePast(event)) {
    annotate(slot, event, beside, now, out)
    return
  }
  switch (kind) {
    case 'strapOpen':
      if (slot.strapReports === 0) slot.strapSince = ts
      slot.strapReports++
      slot.dirty = true
      strapDue(slot, now, out)
      return
    case 'strapClosed':
      strapClosed(slot, ts, out)
      return
    case 'powerOff':
      slot.shutdownAt = ts
      slot.silence = 2
      slot.silentSince = ts
      slot.dirty = true
      out.push(powerOffSign(slot, ts, now))
      return
    case 'powerOn':
    case 'rebooted':
      slot.shutdownAt = null
      slot.dirty = true
      return
    case 'lowBattery':
      low(slot, ts, out)
      return
    case 'locationOff':
    case 'locationOn':
      annotate(slot, event, beside, now, out)
      return
    default: {
      const damage = damages[kind]
      if (damage && isNews(slot, kind, now)) out.push(damageSign(slot, ts, damage))
    }
  }
}

/** Tells an open strap once enough reports agree or one has stood long enough (positioning.md §3.7 d, POS-14, POS-15). */
export function strapDue(slot: Slot, now: number, out: Signal[]): void {
  if (slot.strapTold || slot.strapReports === 0) return
  const { reports, afterMs } = slot.rules.strap
  if (slot.strapReports < reports && now - slot.strapSince < afterMs) return
  slot.strapTold = true
  slot.dirty = true
  const said =
    slot.strapReports >= reports
      ? { zh: `连续 ${slot.strapReports} 次报告表带打开`, en: `${slot.strapReports} reports of an open strap in a row` }
      : {
          zh: `报告表带打开后 ${afterMs / 1000} 秒内未见闭合`,
          en: `an open strap was reported and not closed within ${afterMs / 1000} s`,
        }
  out.push({
    ...base(slot, 'strapOpen', slot.strapSince),
    what: 'confirmed',
    sureness: slot.strapReports >= reports ? 0.95 : 0.85,
    evidence: [tells(slot.strapSince, 'event', 'for', said)],
  })
}

function strapClosed(slot: Slot, ts: number, out: Signal[]): void {
  if (slot.strapReports === 0) return
  const told = slot.strapTold
  slot.strapReports = 0
  slot.strapSince = 0
  slot.strapTold = false
  slot.dirty = true
  if (!told) return
  const said = { zh: `${when(ts).zh} 报告表带已闭合`, en: `the strap was reported closed at ${when(ts).en}` }
  out.push({
    what: 'cleared',
    as: 'cleared',
    ...about(slot, 'strapOpen'),
    at: ts,
    evidence: [tells(ts, 'event', 'against', said)],
  })
}

/** The charge a fix or heartbeat carried. */
export function seeBattery(slot: Slot, pct: number, charging: boolean, ts: number, out: Signal[]): void {
  slot.batteryPct = pct
  slot.charging = charging
  const { lowPct, fullPct } = slot.rules.battery
  if (pct < lowPct && !charging) {
    low(slot, ts, out)
    return
  }
  if (!slot.lowTold || (!charging && pct < fullPct)) return
  slot.lowTold = false
  slot.dirty = true
  const said = charging
    ? { zh: `${when(ts).zh} 开始充电（${pct}%）`, en: `charging since ${when(ts).en} (${pct} %)` }
    : { zh: `${when(ts).zh} 电量恢复到 ${pct}%`, en: `battery back at ${pct} % at ${when(ts).en}` }
  out.push({
    what: 'cleared',
    as: 'cleared',
    ...about(slot, 'lowBattery'),
    at: ts,
    evidence: [tells(ts, 'battery', 'against', said)],
  })
}

function low(slot: Slot, ts: number, out: Signal[]): void {
  if (slot.lowTold) return
  slot.lowTold = true
  slot.dirty = true
  const pct = slot.batteryPct >= 0 ? `${slot.batteryPct}%` : ''
  const said = { zh: `${when(ts).zh} 终端报告电量不足 ${pct}`, en: `low battery reported at ${when(ts).en} ${pct}` }
  out.push({
    ...base(slot, 'lowBattery', ts),
    what: 'confirmed',
    sureness: 0.95,
    battery: pct ? { zh: ` ${pct} `, en: ` ${pct} ` } : { zh: '', en: '' },
    evidence: [tells(ts, 'battery', 'for', said)],
  })
}

function powerOffSign(slot: Slot, ts: number, now: number): Sign {
  const sign = silenceSign(slot, 2, now)
  // A band that says "I am being switched off" needs no second witness; a phone may be off for three hours (LOC-14).
  const firm = slot.activation.regime === 'device'
  const said = { zh: `${when(ts).zh} 终端报告正在关机`, en: `the device reported being switched off at ${when(ts).en}` }
  return {
    ...sign,
    kind: 'powerOff',
    what: firm ? 'confirmed' : 'suspected',
    at: ts,
    sureness: firm ? 0.85 : 0.6,
    evidence: [tells(ts, 'event', 'for', said), ...sign.evidence.filter((e) => e.kind === 'battery')],
  }
}

const ofThePast = ({ blind, flags }: ArrivedEvent) => blind || (flags & EventFlag.late) !== 0

function sosSign(slot: Slot, { ts, blind, flags }: ArrivedEvent, now: number): Sign {
  const said = { zh: `${when(ts).zh} 按下求助键`, en: `help key pressed at ${when(ts).en}` }
  const late = {
    zh: `无网络时按下，${when(now).zh} 补传到达`,
    en: `pressed without a network, arrived at ${when(now).en}`,
  }
  const timeless = {
    zh: `终端时间不可信，按收到时间 ${when(now).zh} 记`,
    en: `the device’s time cannot be believed: ${when(now).en} is when it arrived`,
  }
  return {
    ...base(slot, 'sos', ts),
    what: 'confirmed',
    sureness: 0.9,
    evidence: [
      { ...tells(ts, 'event', 'for', said), ...((flags & EventFlag.doubted) !== 0 ? { unauthenticated: true } : {}) },
      ...(blind ? [tells(now, 'event', 'neither', late)] : []),
      ...((flags & EventFlag.clockWrong) !== 0 ? [tells(now, 'event', 'neither', timeless)] : []),
    ],
  }
}

/** A damage that went unsaid this long is told again, ms; a device on a sparse plan repeats itself as seldom. */
const unsaidMs = (slot: Slot) => Math.max(30 * MINUTE, 3 * slot.activation.intervalS * SECOND)

/**
 * Whether a damage is told. It is a state: the bit stands in every position until somebody mends the device (JT/T 808 table
 * 24), and a repeat says nothing that was not known, whatever became of the alarm meanwhile. Remembered to a tenth of the
 * time, so that not every repeat is worth a row.
 */
function isNews(slot: Slot, kind: DeviceEvent, now: number): boolean {
  const saidAt = slot.damaged?.[kind] ?? Number.NEGATIVE_INFINITY
  const tenth = unsaidMs(slot) / 10
  if (now - saidAt < tenth) return false
  slot.damaged = { ...slot.damaged, [kind]: now }
  slot.dirty = true
  return now - saidAt >= unsaidMs(slot) + tenth
}

function damageSign(slot: Slot, ts: number, damage: Said): Sign {
  return {
    ...base(slot, 'deviceDamaged', ts),
    what: 'confirmed',
    sureness: 0.8,
    where: damage,
    evidence: [
      tells(ts, 'event', 'for', {
        zh: `${when(ts).zh} 终端报告${damage.zh}`,
        en: `the device reported ${damage.en} at ${when(ts).en}`,
      }),
    ],
  }
}

const eventNames: Partial<Record<DeviceEvent, Said>> = {
  strapOpen: { zh: '表带打开', en: 'strap open' },
  strapClosed: { zh: '表带闭合', en: 'strap closed' },
  powerOff: { zh: '关机', en: 'switched off' },
  lowBattery: { zh: '电量不足', en: 'low battery' },
  powerLost: { zh: '供电被切断', en: 'power cut' },
  caseOpen: { zh: '外壳打开', en: 'case opened' },
  simRemoved: { zh: 'SIM 卡被取出', en: 'SIM removed' },
  locationOff: { zh: '手机定位被关闭', en: 'location switched off on the phone' },
  locationOn: { zh: '手机定位已打开', en: 'location switched on on the phone' },
}

/** What was stored on the device, or overtaken, and came later: beside the silence it belongs to. */
function annotate(slot: Slot, event: ArrivedEvent, beside: readonly ArrivedEvent[], now: number, out: Signal[]): void {
  const name = eventNames[event.kind]
  if (!name) return
  const kind: AlarmKindName = event.kind === 'strapOpen' || event.kind === 'strapClosed' ? 'strapOpen' : 'lostContact'
  const speaks =
    event.kind === 'locationOff' || event.kind === 'strapOpen' || event.kind === 'powerOff' ? 'for' : 'neither'
  const stored = event.blind
    ? { zh: '（补传）', en: ' (stored, sent later)' }
    : ofThePast(event)
      ? { zh: '（晚于更新的报告到达）', en: ' (arrived after a newer report)' }
      : { zh: '', en: '' }
  const end = event.kind === 'powerOff' ? switchedOn(event, beside, now) : { zh: '', en: '' }
  out.push({
    what: 'annotated',
    ...about(slot, kind),
    evidence: [
      tells(event.ts, 'event', speaks, {
        zh: `${when(event.ts).zh} ${name.zh}${end.zh}${stored.zh}`,
        en: `${name.en} at ${when(event.ts).en}${end.en}${stored.en}`,
      }),
    ],
  })
}

/** A power-off that came later is over: by the device's own word, or at the latest when it brought the news. */
function switchedOn({ ts }: ArrivedEvent, beside: readonly ArrivedEvent[], now: number): Said {
  const on = beside.find((e) => e.ts >= ts && (e.kind === 'powerOn' || e.kind === 'rebooted'))
  return on
    ? { zh: `，${when(on.ts).zh} 开机`, en: `, on again at ${when(on.ts).en}` }
    : { zh: `，最迟 ${when(now).zh} 已开机`, en: `, on again by ${when(now).en}` }
}

function about(slot: Slot, kind: AlarmKindName) {
  return { kind, activationNo: slot.activation.no, fence: null }
}

function base(slot: Slot, kind: AlarmKindName, at: number) {
  return {
    ...about(slot, kind),
    at,
    place: slot.lastTs > 0 ? { lat: slot.lat, lon: slot.lon } : null,
    where: slot.lastTs > 0 ? { zh: '位置见地图', en: 'place on the map' } : { zh: '', en: '' },
    battery: batteryText(slot),
    expectedS: slot.activation.intervalS,
  }
}
