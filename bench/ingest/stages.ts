import { packInbox } from '@zhijiao/geo/track'
import type { Signal } from '@zhijiao/server/alarms/domain'
import { bind, Slot } from '@zhijiao/server/alarms/engine/slot'
import { seeArrival } from '@zhijiao/server/alarms/engine/watch'
import type { KnownDevice } from '@zhijiao/server/devices/index'
import { type FenceBook, makeBook } from '@zhijiao/server/fences/index'
import type { Arrival } from '@zhijiao/server/positions/arrival'
import { fixOf } from '@zhijiao/server/positions/convert'
import { shippedGates } from '@zhijiao/server/positions/gates'
import { judge, Standing } from '@zhijiao/server/positions/judge'
import { Jt808Decoder } from '@zhijiao/wire/jt808/decoder'
import type { WireFix } from '@zhijiao/wire/message'
import { countyOutline, homeOf, loadPlaces } from '../../test/support/load-county.ts'
import { frameRoom, Walker, writePositions } from '../../test/support/load-frames.ts'
import { median } from '../print.ts'

/** Processor microseconds a fix costs in each stage, measured alone: the functions of the product on the frames of the load. */
export interface Stages {
  readonly decode: number
  readonly validate: number
  readonly presence: number
  readonly encode: number
}

const people = 1_000
const rounds = 5
const passes = 7

export function measureStages(fixesPerFrame: number, seed: number): Stages {
  const now = Date.now()
  const walkers = Array.from(
    { length: people },
    (_, i) =>
      new Walker(
        { identity: String(13_900_000_001 + i), code: null, home: homeOf(i + 1) },
        now - 45_000,
        seed * 1_000_003 + i,
      ),
  )
  const chunks: Uint8Array[] = []
  for (let round = 0; round < rounds; round++)
    for (let from = 0; from < people; from += 20) {
      const bytes = new Uint8Array(20 * frameRoom)
      let end = 0
      for (const walker of walkers.slice(from, from + 20))
        end = writePositions(bytes, end, walker, round, fixesPerFrame, 1000)
      chunks.push(bytes.slice(0, end))
    }
  const fixes = people * rounds * fixesPerFrame
  const heard = decodeAll(chunks)
  const devices = new Map(
    [...new Set(heard.map((h) => h.device))].map((identity, i) => [identity, deviceOf(identity, i, now)]),
  )
  const judged = judgeAll(heard, devices, now)
  const book = bookOf()
  return {
    decode: perFix(fixes, () => decodeAll(chunks)),
    validate: perFix(fixes, () => judgeAll(heard, devices, now)),
    presence: perFix(fixes, () => seeAll(judged, slotsOf(devices, book))),
    encode: perFix(fixes, () => packAll(judged)),
  }
}

function perFix(fixes: number, work: () => unknown): number {
  const costs: number[] = []
  for (let pass = 0; pass < passes; pass++) {
    const before = process.cpuUsage()
    work()
    const used = process.cpuUsage(before)
    costs.push((used.user + used.system) / fixes)
  }
  return median(costs.slice(2))
}

interface Heard {
  readonly device: string
  readonly fixes: readonly WireFix[]
}

function decodeAll(chunks: readonly Uint8Array[]): Heard[] {
  const decoder = new Jt808Decoder()
  const heard: Heard[] = []
  for (const chunk of chunks)
    for (const received of decoder.receive(chunk))
      if (received.ok) heard.push({ device: received.message.device, fixes: received.message.fixes })
  return heard
}

function judgeAll(heard: readonly Heard[], devices: ReadonlyMap<string, KnownDevice>, now: number): Arrival[] {
  const standings = new Map<number, Standing>()
  const standingOf = (activation: KnownDevice['activations'][number]) => {
    let standing = standings.get(activation.no)
    if (!standing) {
      standing = new Standing(activation, shippedGates)
      standings.set(activation.no, standing)
    }
    return standing
  }
  return heard.flatMap(({ device, fixes }, no) => {
    const known = devices.get(device)
    const activation = known?.activations[0]
    if (!known || !activation) return []
    const kept: Arrival['fixes'][number][] = []
    for (const [i, sent] of fixes.entries()) {
      const arrival = { receivedAt: now, connectedAt: now, session: 1, newest: i === fixes.length - 1 }
      const verdict = judge(known, standingOf, fixOf(sent, known.crs, true), arrival)
      if (verdict.kept) kept.push(verdict.fix)
    }
    const { no: activationNo, id: activationId, personId, deviceId, org } = activation
    return [
      { shard: 0, no, activationNo, activationId, personId, deviceId, org, receivedAt: now, fixes: kept, events: [] },
    ]
  })
}

function slotsOf(devices: ReadonlyMap<string, KnownDevice>, book: FenceBook): Map<number, Slot> {
  const slots = new Map<number, Slot>()
  for (const device of devices.values())
    for (const a of device.activations) {
      const { no, id, personId: person, org, regime, intervalS, startsAt, endsAt } = a
      const slot = new Slot({
        no,
        id,
        person,
        org,
        device: device.id,
        protocol: device.protocol,
        regime,
        intervalS,
        home: null,
        startsAt,
        endsAt,
      })
      bind(slot, book.bindings(person, org, '2026-01-01'))
      slots.set(no, slot)
    }
  return slots
}

function seeAll(arrivals: readonly Arrival[], slots: ReadonlyMap<number, Slot>): number {
  const signals: Signal[] = []
  for (const arrival of arrivals) {
    const slot = slots.get(arrival.activationNo)
    if (slot) seeArrival(slot, arrival, signals)
  }
  return signals.length
}

/** As flushes are packed: 8,000 fixes at most. */
function packAll(arrivals: readonly Arrival[]): number {
  let bytes = 0
  for (let from = 0; from < arrivals.length; from += 400) bytes += packInbox(arrivals.slice(from, from + 400)).length
  return bytes
}

function deviceOf(identity: string, i: number, now: number): KnownDevice {
  const id = `device-${i}`
  const activation = {
    no: i + 1,
    id: `activation-${i}`,
    personId: `person-${i}`,
    deviceId: id,
    org: loadPlaces.office,
    regime: 'device' as const,
    startsAt: now - 86_400_000,
    endsAt: now + 86_400_000,
    ceilingMs: null,
    intervalS: 60,
    last: null,
  }
  return {
    id,
    protocol: 'jt808',
    identity,
    org: loadPlaces.office,
    kind: 'wristband',
    crs: 'WGS84',
    secret: null,
    handed: false,
    provenOnce: false,
    provenAt: null,
    activations: [activation],
  }
}

function bookOf(): FenceBook {
  const outline = countyOutline()
  const circle = { kind: 'circle', coordinates: [109.42, 24.32], radiusM: 300 } as const
  const common = {
    org: loadPlaces.county,
    datum: 'WGS84',
    sourceNote: '',
    calendar: null,
    dwellMin: 0,
    basis: '',
    synthetic: true,
    personal: false,
    active: true,
    createdBy: null,
    createdAt: new Date(0),
    revision: 1,
  } as const
  return makeBook(
    [
      { ...common, id: 'f1', name: '示例县', kind: 'livingArea', area: outline },
      { ...common, id: 'f2', name: '示例学校', kind: 'forbidden', area: circle },
    ],
    Array.from({ length: people }, (_, i) => ({ person: `person-${i}`, fence: 'f2', from: '2020-01-01', until: null })),
    [{ code: loadPlaces.county, name: '示例县', urban: false }],
  )
}
