import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat } from '../bytes.ts'
import { cut, vectorsOf } from '../testing/vectors.ts'
import { WatchDecoder } from './decoder.ts'
import * as device from './device.ts'

const vectors = vectorsOf('watch-traccar')
const text = new TextEncoder()
const bytesOf = (words: string | undefined): Uint8Array => text.encode(words ?? '')

/**
 * Longitude −9 with hemisphere W is Lisbon; a reading straight from the text multiplies both signs and lands in
 * Sardinia.
 */
const BOTH_SIGNS = 'watch-traccar-s-014'

test.each(vectors.map((vector) => [vector.id, vector] as const))('%s', (id, vector) => {
  const received = new WatchDecoder().receive(bytesOf(vector.text))
  expect(received).toHaveLength(1)
  const [one] = received
  if (!one?.ok) throw new Error(one?.fault)
  const { textual, expect: wanted } = vector
  if (textual) {
    expect(one.envelope.id).toBe(textual.kind)
    const [fix] = one.message.fixes
    expect(fix?.lat).toBeCloseTo(textual.lat, 6)
    expect(fix?.lon).toBeCloseTo(id === BOTH_SIGNS ? -9 : textual.lon, 6)
    expect(fix?.valid).toBe(textual.valid)
    expect(fix?.speedKmh).toBeCloseTo(textual.speed, 6)
    expect(fix?.course).toBeCloseTo(textual.course, 6)
    const [, day = '', month = '', year = ''] = /(..)(..)(..)/.exec(textual.date) ?? []
    const [, hour = '', minute = '', second = ''] = /(..)(..)(..)/.exec(textual.time) ?? []
    expect(new Date(fix?.time ?? 0).toISOString()).toBe(`20${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`)
    expect(fix?.blind).toBe(textual.kind === 'UD2')
  }
  const [position] = wanted ?? []
  if (position !== undefined) {
    const [fix] = one.message.fixes
    expect(fix?.lat).toBeCloseTo(position.lat ?? Number.NaN, 4)
    expect(fix?.lon).toBeCloseTo(position.lon ?? Number.NaN, 4)
    expect(new Date(fix?.time ?? 0).toISOString()).toBe(position.time)
  }
  if (!textual && position === undefined) expect(one.message.fixes).toHaveLength(0)
})

test('the vector of a watch taken off says so', () => {
  const off = vectors.find(({ assertedByTest }) => JSON.stringify(assertedByTest).includes('ALARM_REMOVING'))
  const [one] = new WatchDecoder().receive(bytesOf(off?.text))
  expect(one?.ok && one.message.fixes[0]?.events).toEqual(['strapOpen'])
  expect(one?.ok && one.message.fixes[0]?.wifi).toHaveLength(6)
  expect(one?.ok && one.message.fixes[0]?.cells).toEqual([{ mcc: 460, mnc: 0, lac: 16399, cell: 234887445, rssi: 0 }])
})

const from: device.WatchAddress = { maker: '3G', device: '8800000015', index: null }
const at: device.DevicePosition = { lat: 24.326, lon: 109.415, time: Date.UTC(2026, 10, 21, 4), valid: true }

const positions: fc.Arbitrary<device.DevicePosition> = fc.record({
  lat: fc.integer({ min: -90_000_000, max: 90_000_000 }).map((raw) => raw / 1e6),
  lon: fc.integer({ min: -180_000_000, max: 180_000_000 }).map((raw) => raw / 1e6),
  time: fc.integer({ min: 946_684_800, max: 4_102_444_799 }).map((seconds) => seconds * 1000),
  valid: fc.boolean(),
  batteryPct: fc.integer({ min: 0, max: 100 }),
  steps: fc.integer({ min: 0, max: 50_000 }),
  satellites: fc.integer({ min: 0, max: 30 }),
  cells: fc.array(
    fc.record({
      mcc: fc.constant(460),
      mnc: fc.constant(1),
      lac: fc.integer({ min: 1, max: 65535 }),
      cell: fc.integer({ min: 1, max: 268_435_455 }),
      rssi: fc.integer({ min: -120, max: 0 }),
    }),
    { maxLength: 4 },
  ),
  wifi: fc.array(fc.record({ mac: fc.constant('68:77:24:1b:e7:a7'), rssi: fc.integer({ min: -99, max: 0 }) }), {
    maxLength: 3,
  }),
})

describe('round trips', () => {
  test('a position comes back as it was written, however the stream is cut', () => {
    const addresses = fc.constantFrom(from, { maker: 'ZJ', device: '689466020014198', index: '0A03' })
    fc.assert(
      fc.property(
        addresses,
        fc.constantFrom('UD', 'UD2', 'AL'),
        positions,
        fc.array(fc.nat(), { maxLength: 8 }),
        (who, kind, fix, places) => {
          const decoder = new WatchDecoder()
          const stream = concat([device.position(who, kind, fix), device.heartbeat(who, 12, 34)])
          const [one, beat] = cut(stream, places).flatMap((chunk) => decoder.receive(chunk))
          if (!one?.ok || !beat?.ok) throw new Error('refused')
          const [back] = one.message.fixes
          expect(one.message.device).toBe(who.device)
          expect(back?.lat).toBeCloseTo(fix.lat, 6)
          expect(back?.lon).toBeCloseTo(fix.lon, 6)
          const { time, valid, batteryPct, steps, satellites, cells, wifi } = fix
          expect(back).toMatchObject({ time, valid, batteryPct, steps, satellites, cells, wifi, blind: kind === 'UD2' })
          expect(beat.message).toMatchObject({ type: 'heartbeat', steps: 12, batteryPct: 34 })
          expect(decoder.counts.lengthMismatches).toBe(0)
        },
      ),
    )
  })

  test('status bits become events', () => {
    const [one] = new WatchDecoder().receive(device.position(from, 'AL', { ...at, status: [16, 20, 21] }))
    expect(one?.ok && one.message.fixes[0]?.events).toEqual(['sos', 'strapOpen', 'fall'])
  })
})

describe('robustness', () => {
  test('no bytes make it throw, and a message after them is found', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ maxLength: 300 }).map((words) => text.encode(words)),
    )
    fc.assert(
      fc.property(noise, fc.array(fc.nat(), { maxLength: 6 }), (bytes, places) => {
        const decoder = new WatchDecoder()
        const received = cut(concat([bytes, device.position(from, 'UD', at)]), places).flatMap((chunk) =>
          decoder.receive(chunk),
        )
        expect(received.filter((one) => one.ok && one.message.fixes[0]?.time === at.time)).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })

  test('an endless message is given up within bounds', () => {
    const decoder = new WatchDecoder()
    for (let i = 0; i < 30; i++) decoder.receive(text.encode(i === 0 ? `[3G*1*${'9'.repeat(2000)}` : 'x'.repeat(2000)))
    const received = decoder.receive(device.position(from, 'UD', at))
    expect(received.some(({ ok }) => ok)).toBe(true)
    expect(decoder.counts.faults.tooLong).toBeGreaterThan(0)
  })

  test('impossible dates and places are malformed and counted', () => {
    const decoder = new WatchDecoder()
    decoder.receive(text.encode('[3G*1*0010*UD,310226,010101,A,1.0,N,2.0,E]'))
    decoder.receive(text.encode('[3G*1*0010*UD,010126,010101,A,,N,2.0,E]'))
    expect(decoder.counts.faults.malformed).toBe(2)
  })
})

test('answers and commands are written as the device writes', () => {
  const words = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? new Uint8Array(0))
  const decoder = new WatchDecoder()
  const ack = { result: 'ok', now: 0 } as const
  const [beat] = decoder.receive(device.heartbeat(from, 0, 90))
  if (!beat?.ok) throw new Error('refused')
  expect(words(decoder.acknowledge(beat, ack))).toBe('[3G*8800000015*0002*LK]')
  expect(words(decoder.command({ kind: 'locate' }, '8800000015', 5))).toBe('[3G*8800000015*0002*CR]')
  const [init] = decoder.receive(text.encode('[ZJ*014111001350304*0034*0004*INIT]'))
  if (!init?.ok) throw new Error('refused')
  expect(words(decoder.acknowledge(init, ack))).toBe('[ZJ*014111001350304*0034*0006*INIT,1]')
  expect(words(decoder.command({ kind: 'text', text: '好' }, '1', 5))).toBe('[ZJ*1*0005*000C*MESSAGE,597D]')
  const [reply] = decoder.receive(device.reply(from, 'CR'))
  expect(reply).toMatchObject({ ok: true, message: { type: 'reply', details: { kind: 'CR' } } })
})
