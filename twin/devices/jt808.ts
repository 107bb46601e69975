import { Builder } from '@zhijiao/wire/builder'
import {
  authenticate,
  batch,
  type DevicePosition,
  generalReply,
  heartbeat,
  position,
  positionReply,
  register,
  vendorGroup,
} from '@zhijiao/wire/jt808/device'
import type { Address } from '@zhijiao/wire/jt808/envelope'
import { encodeFrame } from '@zhijiao/wire/jt808/envelope'
import { openSegment } from '@zhijiao/wire/jt808/frame'
import { readHeader } from '@zhijiao/wire/jt808/header'
import { DOWN, UP } from '@zhijiao/wire/jt808/ids'
import { Splitter } from '@zhijiao/wire/jt808/splitter'
import type { DeviceWord, Report } from '../handset.ts'
import type { Link, Speaking } from './link.ts'
import { Awaited, Line } from './socket.ts'

/** Alarm bits (JT/T 808—2019 table 24). */
const alarmOf: Partial<Record<DeviceWord, number>> = { sos: 0, lowBattery: 7 }
/** State word of the vendor group's item 0x0089: bit 0 power, bit 12 strap; a cleared bit tells its loss. */
const well = 0x1001
const stateOf: Partial<Record<DeviceWord, number>> = { strapOpen: 0x0001, strapClosed: well, powerOff: 0x1000 }
const perBatch = 20

/** A wristband that speaks JT/T 808, in the edition its maker built it for. */
export function jt808Link({ identity, secret, ports, onOrder }: Speaking, is2019: boolean): Link {
  const answers = new Awaited<number, number>()
  const registered = new Awaited<'code', string>()
  let splitter = new Splitter()
  let serial = 0
  let code = secret ?? ''
  let introduced = false
  const from = (): Address => {
    serial = (serial % 0xffff) + 1
    return { device: identity, is2019, serial }
  }

  const line = new Line({
    host: ports.host,
    port: ports.jt808,
    receive: (chunk) => {
      for (const piece of splitter.split(chunk)) if (piece.kind === 'segment') hear(piece.bytes)
    },
    lost: () => {
      splitter = new Splitter()
      answers.giveUp()
      registered.giveUp()
    },
    async introduce() {
      if (!introduced) {
        const came = registered.for('code')
        line.write(
          register(from(), {
            province: 45,
            county: 9001,
            maker: 'SYNTH',
            model: 'TWIN-BAND',
            terminal: identity.slice(-7),
            plate: '',
          }),
        )
        const handed = await came
        if (handed === null) return false
        if (handed !== '') code = handed
        introduced = true
      }
      return (await ask((to) => authenticate(to, code, `90000000${identity.slice(-7)}`, 'TWIN 1.0'))) === 0
    },
  })

  async function ask(make: (from: Address) => Uint8Array): Promise<number | null> {
    const to = from()
    const answer = answers.for(to.serial)
    line.write(make(to))
    return answer
  }
  const say = async (make: (from: Address) => Uint8Array): Promise<boolean> =>
    (await line.open()) && (await ask(make)) === 0

  function hear(bytes: Uint8Array): void {
    const segment = openSegment(bytes)
    if (typeof segment === 'string') return
    const header = readHeader(segment)
    if (!header) return
    const { view } = segment
    const at = header.bodyAt
    const left = segment.end - at
    const done = (result = 0) => line.write(generalReply(from(), header.serial, header.id, result))
    switch (header.id) {
      case DOWN.generalReply:
        if (left >= 5) answers.came(view.getUint16(at), view.getUint8(at + 4))
        return
      case DOWN.registerReply: {
        const text = new Uint8Array(view.buffer, view.byteOffset + at + 3, Math.max(0, left - 3))
        registered.came('code', left >= 3 && view.getUint8(at + 2) === 0 ? new TextDecoder().decode(text) : '')
        return
      }
      case DOWN.queryPosition:
        asked = header.serial
        onOrder({ kind: 'locate' })
        return
      case DOWN.track: {
        done()
        const interval = view.getUint16(at)
        if (interval > 0 && left >= 6)
          onOrder({ kind: 'burst', intervalMs: interval * 1000, lastsMs: view.getUint32(at + 2) * 1000 })
        return
      }
      case DOWN.setParameters: {
        done()
        for (const [id, value] of parametersIn(view, at, segment.end))
          if (id === 0x0029 && value > 0) onOrder({ kind: 'interval', ms: value * 1000 })
        return
      }
      case DOWN.queryAttributes: {
        const attributes = encodeFrame(UP.attributes, attributesBody(identity), from())
        if (attributes) line.write(attributes)
        return
      }
      case DOWN.control:
        done()
        if (view.getUint8(at) === 3) onOrder({ kind: 'stop' })
        return
      case DOWN.resendRequest:
      case DOWN.timeReply:
        return
      default:
        done(header.id === DOWN.text || header.id === DOWN.confirmAlarm ? 0 : 3)
    }
  }
  /** Serial of the "locate now" still unanswered. */
  let asked = 0

  return {
    async report(report, twice) {
      const fix = positionOf(report)
      const taken = await say((to) => position(to, fix))
      if (taken && twice) await say((to) => position(to, fix))
      return taken
    },
    async stored(reports) {
      if (!(await line.open())) return false
      for (let i = 0; i < reports.length; i += perBatch) {
        const some = reports.slice(i, i + perBatch).map((report) => positionOf(report))
        const to = from()
        const answer = answers.for(to.serial)
        for (const frame of batch(to, some, true)) line.write(frame)
        if ((await answer) !== 0) return false
      }
      return true
    },
    word: (word, report) => say((to) => position(to, positionOf(report, word))),
    heartbeat: (batteryPct) => say((to) => heartbeat(to, batteryPct)),
    async located(report) {
      if (!(await line.open())) return false
      line.write(positionReply(from(), asked, positionOf(report)))
      return true
    },
    vanish: () => line.cut(),
    close: () => line.close(),
  }
}

function positionOf(report: Report, word?: DeviceWord): DevicePosition {
  const { source, tower } = report
  const positioned = source === 'gnss'
  const alarm = word && alarmOf[word]
  const state = word && stateOf[word]
  const vendor: (readonly [number, Uint8Array])[] = [[0x00a8, Uint8Array.of(report.batteryPct)]]
  if (state !== undefined) vendor.push([0x0089, new Builder().u32(state).done()])
  // Without satellites the band tells the cell it hears; the server knows where that is.
  if (source === 'wifi' || source === 'cell')
    vendor.push([0x00d8, new Builder().u16(tower.mcc).u8(tower.mnc).u16(tower.lac).u32(tower.cell).done()])
  return {
    lat: report.lat,
    lon: report.lon,
    time: Math.floor(report.ts / 1000) * 1000,
    positioned,
    altitudeM: 90,
    speedKmh: report.speedKmh,
    course: report.course,
    ...(alarm === undefined ? {} : { alarms: [alarm] }),
    items: [
      [0x31, Uint8Array.of(report.satellites)],
      [0xeb, vendorGroup(vendor)],
    ],
  }
}

/** Numeric parameters of a 0x8103 body. */
function parametersIn(view: DataView, at: number, end: number): [id: number, value: number][] {
  const found: [number, number][] = []
  for (let i = at + 1; i + 5 <= end; ) {
    const id = view.getUint32(i)
    const length = view.getUint8(i + 4)
    if (length === 4 && i + 9 <= end) found.push([id, view.getUint32(i + 5)])
    i += 5 + length
  }
  return found
}

/** 0x0107 (2013 table 20): kind, maker, model, terminal, ICCID, hardware and firmware, kinds of satellites and radio. */
function attributesBody(identity: string): Uint8Array {
  const text = (value: string) => new TextEncoder().encode(value)
  return new Builder()
    .u16(0)
    .fixed(text('SYNTH'), 5)
    .fixed(text('TWIN-BAND'), 20)
    .fixed(text(identity.slice(-7)), 7)
    .bytes(new Uint8Array(10))
    .u8(3)
    .bytes(text('1.0'))
    .u8(3)
    .bytes(text('1.0'))
    .u8(3)
    .u8(1)
    .done()
}
