import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, fromHex } from '../bytes.ts'
import type { DeviceEvent } from '../message.ts'
import { cut, type Vector, vectorsOf } from '../testing/vectors.ts'
import { Gt06Decoder } from './decoder.ts'
import * as device from './device.ts'

const vectors = vectorsOf('gt06-traccar')

const bytesOf = ({ hex }: Vector): Uint8Array => {
  const bytes = fromHex(hex ?? '')
  if (bytes === null) throw new Error('the fixture is no hexadecimal')
  return bytes
}

/** Frames whose source sends a login before them that tells a clock eight hours east of Greenwich. */
const AFTER_LOGIN = new Set(['gt06-traccar-s-078', 'gt06-traccar-s-079'])

/**
 * Frames whose network code has two bytes: the source skips one byte too many behind the cell and takes the battery's
 * byte for the status. With the length byte counting itself, battery and signal come out as the levels they are.
 */
const SHIFTED = new Set(['gt06-traccar-s-041', 'gt06-traccar-s-043'])

function decodeAlone(vector: Vector) {
  const decoder = new Gt06Decoder({ requireLogin: false })
  if (AFTER_LOGIN.has(vector.id)) decoder.receive(device.login('351608080666810', 1, 480))
  return decoder
    .receive(bytesOf(vector))
    .map((one) => (one.ok ? { ...one, message: { ...one.message, device: '' } } : one))
}

/** WiFi reports of watches carry no check code by design; the source's reading finds none that could hold. */
const BARE = new Set(['0x17', '0x69'])

/** The source's alarm words and what we call them; words of drivers (braking, cornering) are no events of ours. */
const EVENTS: Readonly<Record<string, DeviceEvent>> = {
  sos: 'sos',
  lowBattery: 'lowBattery',
  powerCut: 'powerLost',
  removing: 'strapOpen',
  tampering: 'caseOpen',
  geofenceEnter: 'fenceIn',
}

test.each(vectors.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
  const received = decodeAlone(vector)
  const bare = BARE.has(vector.frame?.msgType ?? '') && vector.frame?.crcItuOk === false
  // Three good frames behind one another; the source's reading takes them for one with a bad check code.
  if (vector.id === 'gt06-traccar-s-074') return void expect(received.map(({ ok }) => ok)).toEqual([true, true, true])
  if (vector.frame?.crcItuOk === false && !bare) {
    // The source's tests go round its own check of the check code; a connection must not.
    expect(received.every(({ ok }) => !ok)).toBe(true)
    return
  }
  expect(received).toHaveLength(1)
  const [one] = received
  if (!one?.ok) throw new Error(one?.fault)
  expect(one.envelope.id).toBe(Number(vector.frame?.msgType))
  if (!bare) expect(one.message.serial).toBe(vector.frame?.serial)
  const wanted = (vector.expect ?? []).filter((fix) => fix.noPosition !== true)
  expect(one.message.fixes).toHaveLength(wanted.length)
  wanted.forEach((position, i) => {
    const fix = one.message.fixes[i]
    if (fix === undefined) throw new Error('a fix is missing')
    expect(fix.lat).toBeCloseTo(position.lat ?? Number.NaN, 6)
    expect(fix.lon).toBeCloseTo(position.lon ?? Number.NaN, 6)
    expect(new Date(fix.time).toISOString()).toBe(position.time)
    expect(fix.valid).toBe(position.valid)
    expect(fix.speedKmh ?? 0).toBeCloseTo(position.speedKmh ?? Number.NaN, 1)
    expect(fix.course ?? 0).toBe(position.course)
    if (position.attributes?.sat !== undefined) expect(fix.satellites).toBe(position.attributes.sat)
    if (position.attributes?.archive === true) expect(fix.blind).toBe(true)
    if (fix.batteryPct !== null && !SHIFTED.has(vector.id) && position.attributes?.batteryLevel !== undefined) {
      expect(fix.batteryPct).toBe(position.attributes.batteryLevel)
    }
  })
  const events = one.message.type === 'event' || one.message.type === 'heartbeat' ? one.message.events : []
  const said = [...events, ...one.message.fixes.flatMap((fix) => fix.events)]
  const alarms = String(vector.expect?.[0]?.attributes?.alarm ?? '').split(',')
  for (const alarm of alarms) {
    const event = EVENTS[alarm]
    if (event !== undefined) expect(said).toContain(event)
  }
  if (one.message.type === 'network') {
    const network = vector.expect?.[0]?.network
    // The source drops repetitions.
    const distinct = new Set(one.message.cells.map((cell) => JSON.stringify(cell)))
    expect(distinct.size).toBe(network?.cellTowers?.length ?? 0)
    expect(one.message.wifi).toHaveLength(network?.wifiAccessPoints?.length ?? 0)
  }
})

describe('as a stream', () => {
  test('frames of the frame decoder come out whole', () => {
    for (const vector of vectorsOf('frames-traccar')) {
      if (vector.protocol !== 'gt06') continue
      const bytes = fromHex(vector.in ?? '')
      if (bytes === null) continue
      const received = new Gt06Decoder({ requireLogin: false }).receive(bytes)
      expect(received.filter(({ ok }) => ok)).toHaveLength(1)
    }
  })

  test('all in one stream of random chunks gives what each gives alone', () => {
    const whole = vectors.filter(({ id, frame }) => frame?.crcItuOk && !AFTER_LOGIN.has(id))
    const alone = whole.flatMap(decodeAlone).map((one) => (one.ok ? one.message : one.fault))
    const stream = concat(whole.map(bytesOf))
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (places) => {
        const decoder = new Gt06Decoder({ requireLogin: false })
        const received = cut(stream, places).flatMap((chunk) => decoder.receive(chunk))
        expect(received.map((one) => (one.ok ? { ...one.message, device: '' } : one.fault))).toEqual(alone)
      }),
      { numRuns: 15 },
    )
  })
})
