import { concat } from '@zhijiao/wire/bytes'
import { alarm, answer, type DevicePosition, heartbeat, login, positionWithOrigin } from '@zhijiao/wire/gt06/device'
import { findFrame, nextStart } from '@zhijiao/wire/gt06/frame'
import type { DeviceWord, Report } from '../handset.ts'
import type { Link, Speaking } from './link.ts'
import { Awaited, Line } from './socket.ts'

/** The alarm byte as makers share it. This family has no word for a strap closed again. */
const kindOf: Partial<Record<DeviceWord, number>> = { sos: 1, lowBattery: 14, powerOff: 17, strapOpen: 24 }
const command = 0x80

/** A band of the GT06 family. It proves nothing of itself but its IMEI. */
export function gt06Link({ identity, ports, onOrder }: Speaking): Link {
  const answers = new Awaited<number, true>()
  let pending: Uint8Array = new Uint8Array(0)
  let serial = 0
  const next = () => {
    serial = (serial % 0xffff) + 1
    return serial
  }
  const ask = async (make: (serial: number) => Uint8Array): Promise<boolean> => {
    const mine = next()
    const came = answers.for(mine)
    line.write(make(mine))
    return (await came) === true
  }
  const say = async (make: (serial: number) => Uint8Array): Promise<boolean> => (await line.open()) && ask(make)

  const line: Line = new Line({
    host: ports.host,
    port: ports.gt06,
    introduce: () => ask((mine) => login(identity, mine, 0)),
    lost: () => {
      pending = new Uint8Array(0)
      answers.giveUp()
    },
    receive(chunk) {
      const bytes = pending.length === 0 ? chunk : concat([pending, chunk])
      let at = 0
      while (at < bytes.length) {
        const found = findFrame(bytes, at)
        if (found.kind === 'wait') break
        if (found.kind === 'frame')
          hear(found.frame.type, found.frame.serial, found.frame.bytes.subarray(found.frame.at, found.frame.end))
        at = found.kind === 'frame' ? found.next : nextStart(bytes, found.next)
      }
      pending = bytes.slice(at)
    },
  })

  function hear(type: number, toSerial: number, content: Uint8Array): void {
    if (type !== command) {
      answers.came(toSerial, true)
      return
    }
    const words = new TextDecoder().decode(content.subarray(5, 1 + (content[0] ?? 0)))
    line.write(answer(toSerial, `${words.replace('#', '')} OK`, next()))
    if (words.startsWith('WHERE')) onOrder({ kind: 'locate' })
    const timer = /^TIMER,(\d+)/.exec(words)
    if (timer) onOrder({ kind: 'interval', ms: Number(timer[1]) * 1000 })
  }
  return {
    async report(report, twice) {
      const taken = await say((mine) => positionWithOrigin(positionOf(report), false, mine))
      if (taken && twice) await say((mine) => positionWithOrigin(positionOf(report), false, mine))
      return taken
    },
    async stored(reports) {
      for (const report of reports)
        if (!(await say((mine) => positionWithOrigin(positionOf(report), true, mine)))) return false
      return true
    },
    async word(word, report) {
      const kind = kindOf[word]
      return kind === undefined
        ? true
        : say((mine) => alarm(positionOf(report), Math.max(7, report.batteryPct), kind, mine))
    },
    heartbeat: (batteryPct) => say((mine) => heartbeat(Math.max(7, batteryPct), mine)),
    located: (report) => say((mine) => positionWithOrigin(positionOf(report), false, mine)),
    vanish: () => line.cut(),
    close: () => line.close(),
  }
}

function positionOf(report: Report): DevicePosition {
  return {
    lat: report.lat,
    lon: report.lon,
    time: Math.floor(report.ts / 1000) * 1000,
    valid: report.source === 'gnss',
    satellites: Math.min(15, report.satellites),
    speedKmh: report.speedKmh,
    course: report.course,
    cell: report.tower,
  }
}
