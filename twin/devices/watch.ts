import { type DevicePosition, heartbeat, position, reply, type WatchAddress } from '@zhijiao/wire/watch/device'
import { readFrame } from '@zhijiao/wire/watch/message'
import { Splitter } from '@zhijiao/wire/watch/splitter'
import type { DeviceWord, Report } from '../handset.ts'
import type { Link, Speaking } from './link.ts'
import { Awaited, Line } from './socket.ts'

/** Bits of the status word. Where a strap was closed again the bit is simply gone. */
const bitOf: Partial<Record<DeviceWord, number>> = { sos: 16, lowBattery: 17, strapOpen: 20 }

/** A wrist tracker of the bracket protocol. Positions have no answer there; a heartbeat and an alarm have. */
export function watchLink({ identity, ports, onOrder }: Speaking): Link {
  const me: WatchAddress = { maker: '3G', device: identity, index: null }
  const answers = new Awaited<'LK' | 'AL', true>()
  let splitter = new Splitter()
  const line: Line = new Line({
    host: ports.host,
    port: ports.watch,
    async introduce() {
      const came = answers.for('LK')
      line.write(heartbeat(me, 0, 100))
      return (await came) === true
    },
    lost: () => {
      splitter = new Splitter()
      answers.giveUp()
    },
    receive(chunk) {
      for (const piece of splitter.split(chunk)) {
        const frame = piece.kind === 'message' ? readFrame(piece.bytes) : null
        if (frame) hear(frame.kind, frame.values)
      }
    },
  })

  function hear(kind: string, values: readonly string[]): void {
    if (kind === 'LK' || kind === 'AL') answers.came(kind, true)
    else line.write(reply(me, kind))
    if (kind === 'CR') onOrder({ kind: 'locate' })
    if (kind === 'UPLOAD' && Number(values[0]) > 0) onOrder({ kind: 'interval', ms: Number(values[0]) * 1000 })
    if (kind === 'POWEROFF') onOrder({ kind: 'stop' })
  }
  const out = async (kind: 'UD' | 'UD2', reports: readonly Report[]): Promise<boolean> => {
    if (!(await line.open())) return false
    for (const report of reports) line.write(position(me, kind, positionOf(report)))
    return true
  }
  return {
    report: (report, twice) => out('UD', twice ? [report, report] : [report]),
    stored: (reports) => out('UD2', reports),
    async word(word, report) {
      const bit = bitOf[word]
      if (bit === undefined) return out('UD', [report])
      if (!(await line.open())) return false
      const came = answers.for('AL')
      line.write(position(me, 'AL', { ...positionOf(report), status: [bit] }))
      return (await came) === true
    },
    async heartbeat(batteryPct, steps) {
      if (!(await line.open())) return false
      const came = answers.for('LK')
      line.write(heartbeat(me, steps, batteryPct))
      return (await came) === true
    },
    located: (report) => out('UD', [report]),
    vanish: () => line.cut(),
    close: () => line.close(),
  }
}

function positionOf(report: Report): DevicePosition {
  const valid = report.source === 'gnss'
  return {
    lat: report.lat,
    lon: report.lon,
    time: Math.floor(report.ts / 1000) * 1000,
    valid,
    speedKmh: report.speedKmh,
    course: report.course,
    altitudeM: 90,
    satellites: report.satellites,
    batteryPct: report.batteryPct,
    steps: report.steps,
    cells: [{ ...report.tower, rssi: 60 }],
  }
}
