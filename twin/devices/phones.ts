import type { AppAnswer } from '@zhijiao/wire/app/answers'
import { SIGNATURE_HEADERS, sign } from '@zhijiao/wire/app/signature'
import type { AppBatch, AppEvent, AppEventKind, AppFix } from '@zhijiao/wire/app/types'
import type { DeviceWord, Report } from '../handset.ts'
import type { Link, Order, Speaking } from './link.ts'

/** How long a request may take, real milliseconds. */
const requestMs = 15_000

const eventOf: Partial<Record<DeviceWord, AppEventKind>> = {
  sos: 'sos',
  lowBattery: 'lowBattery',
  powerOff: 'powerOff',
  powerOn: 'powerOn',
}

/** Where a phone's counting stands; kept over restarts so that a hole in the numbers stays what it is: a deletion. */
export interface PhoneMemory {
  seq: number
}

/** Our own app: signed batches, numbered without gaps; what is not acknowledged is sent again. */
export function appLink({ identity, secret, ports, now, onOrder }: Speaking, memory: PhoneMemory): Link {
  const bootedAt = now() - 3_600_000
  const waiting: { fixes: AppFix[]; events: AppEvent[]; answers: AppAnswer[] } = { fixes: [], events: [], answers: [] }
  let sending: Promise<boolean> = Promise.resolve(true)
  /** How far the phone's clock is off, ms, as its positions show; its time since the start is right all the same. */
  let skew = 0

  const fixOf = (report: Report): AppFix => ({
    seq: ++memory.seq,
    t: Math.round(report.ts),
    elapsedRealtime: Math.max(0, Math.round(report.measuredAt - bootedAt)),
    lat: report.lat,
    lon: report.lon,
    crs: 'WGS84',
    acc: Math.round(report.accuracyM),
    vacc: null,
    alt: 90,
    spd: report.speedKmh / 3.6,
    brg: report.moving ? report.course : null,
    provider: report.source === 'gnss' ? 'gps' : report.source === 'wifi' ? 'fused' : 'network',
    mock: false,
    sats: report.source === 'gnss' ? report.satellites : null,
    batt: report.batteryPct,
    charging: report.charging,
    steps: report.steps,
    activity: report.moving ? (report.speedKmh < 7 ? 'walking' : 'vehicle') : 'still',
    netType: 'mobile',
    airplane: false,
    powerSave: false,
  })

  const flush = (): Promise<boolean> => {
    sending = sending.then(async () => {
      const fixes = waiting.fixes.slice(0, 500)
      const events = waiting.events.slice(0, 500)
      const answers = waiting.answers.slice(0, 100)
      const batch: AppBatch & { answers: readonly AppAnswer[] } = {
        install: identity,
        bootId: `boot-${bootedAt}`,
        wallClockAtSend: now() + skew,
        elapsedRealtimeAtSend: Math.max(0, Math.round(now() - bootedAt)),
        fixes,
        events,
        answers,
      }
      const body = new TextEncoder().encode(JSON.stringify(batch))
      const time = String(Math.round(now() + skew))
      const response = await fetch(`http://${ports.host}:${ports.http}/app/batch`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          [SIGNATURE_HEADERS.install]: identity,
          [SIGNATURE_HEADERS.time]: time,
          [SIGNATURE_HEADERS.signature]: sign(new TextEncoder().encode(secret ?? ''), {
            install: identity,
            time,
            body,
          }),
        },
        signal: AbortSignal.timeout(requestMs),
      }).catch(() => null)
      if (!response?.ok) {
        await response?.arrayBuffer().catch(() => undefined)
        return false
      }
      const answer: unknown = await response.json().catch(() => null)
      waiting.fixes.splice(0, fixes.length)
      waiting.events.splice(0, events.length)
      waiting.answers.splice(0, answers.length)
      waiting.answers.push(...answersTo(answer))
      for (const order of ordersIn(answer)) onOrder(order)
      return true
    })
    return sending
  }
  return {
    report(report, _twice) {
      skew = Math.round(report.ts - report.measuredAt)
      waiting.fixes.push(fixOf(report))
      return flush()
    },
    stored(reports) {
      waiting.fixes.push(...reports.map(fixOf))
      return flush()
    },
    async word(word, report) {
      const kind = eventOf[word]
      if (!kind) return true
      const elapsedRealtime = Math.max(0, Math.round(report.measuredAt - bootedAt))
      waiting.events.push({ seq: ++memory.seq, t: Math.round(report.ts), elapsedRealtime, kind })
      return flush()
    },
    // An empty batch: asks whether anything is wanted, and says nothing of where the phone is.
    heartbeat: () => flush(),
    located(report) {
      waiting.fixes.push(fixOf(report))
      return flush()
    },
    vanish: () => undefined,
    close: () => undefined,
  }
}

/** What the phone says of them with its next batch: texts are shown, positions sent; of intervals it keeps its own. */
function answersTo(answer: unknown): AppAnswer[] {
  if (typeof answer !== 'object' || answer === null || !('commands' in answer) || !Array.isArray(answer.commands))
    return []
  return answer.commands.flatMap((command: unknown): AppAnswer[] => {
    if (typeof command !== 'object' || command === null || !('kind' in command) || !('id' in command)) return []
    const does = command.kind === 'locate' || command.kind === 'stop' || command.kind === 'text'
    return typeof command.id === 'string' ? [{ id: command.id, result: does ? 'ok' : 'unsupported' }] : []
  })
}

/** Commands come with the answer to a batch. */
function ordersIn(answer: unknown): Order[] {
  if (typeof answer !== 'object' || answer === null || !('commands' in answer) || !Array.isArray(answer.commands))
    return []
  return answer.commands.flatMap((command: unknown): Order[] => {
    if (typeof command !== 'object' || command === null || !('kind' in command)) return []
    if (command.kind === 'locate') return [{ kind: 'locate' }]
    return command.kind === 'stop' ? [{ kind: 'stop' }] : []
  })
}

/** A phone with the Traccar client: one request a position, nothing comes back. */
export function osmandLink({ identity, secret, ports }: Speaking): Link {
  const send = async (report: Report, alarm?: string): Promise<boolean> => {
    const query = new URLSearchParams({
      id: identity,
      ...(secret ? { key: secret } : {}),
      timestamp: String(Math.floor(report.ts / 1000)),
      lat: report.lat.toFixed(6),
      lon: report.lon.toFixed(6),
      speed: (report.speedKmh / 1.852).toFixed(2),
      bearing: report.course.toFixed(0),
      altitude: '90',
      accuracy: report.accuracyM.toFixed(0),
      batt: String(report.batteryPct),
      charge: String(report.charging),
      valid: String(report.source !== 'none'),
      ...(alarm ? { alarm } : {}),
    })
    const response = await fetch(`http://${ports.host}:${ports.http}/?${query}`, {
      signal: AbortSignal.timeout(requestMs),
    }).catch(() => null)
    await response?.arrayBuffer().catch(() => undefined)
    return response?.ok ?? false
  }
  return {
    report: (report) => send(report),
    async stored(reports) {
      for (const report of reports) if (!(await send(report))) return false
      return true
    },
    word: (word, report) => (word === 'lowBattery' ? send(report, 'lowBattery') : Promise.resolve(true)),
    heartbeat: () => Promise.resolve(true),
    located: (report) => send(report),
    vanish: () => undefined,
    close: () => undefined,
  }
}
