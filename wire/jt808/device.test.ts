import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concat } from '../bytes.ts'
import { cut } from '../testing/vectors.ts'
import { Jt808Decoder } from './decoder.ts'
import * as device from './device.ts'
import type { Address } from './envelope.ts'

const digits = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map((all) => all.join(''))

const addresses: fc.Arbitrary<Address> = fc.boolean().chain((is2019) =>
  fc.record({
    device: digits(is2019 ? 20 : 12),
    is2019: fc.constant(is2019),
    serial: fc.integer({ min: 0, max: 0xffff }),
  }),
)

const positions: fc.Arbitrary<device.DevicePosition> = fc.record({
  lat: fc.integer({ min: -90_000_000, max: 90_000_000 }).map((raw) => raw / 1e6),
  lon: fc.integer({ min: -180_000_000, max: 180_000_000 }).map((raw) => raw / 1e6),
  time: fc.integer({ min: 946_684_800 - 28_800, max: 4_102_444_799 - 28_800 }).map((seconds) => seconds * 1000),
  positioned: fc.boolean(),
  gcj02: fc.boolean(),
  alarms: fc.uniqueArray(fc.constantFrom(0, 7, 8, 28)),
  altitudeM: fc.integer({ min: -400, max: 9000 }),
  speedKmh: fc.integer({ min: 0, max: 3000 }).map((raw) => raw / 10),
  course: fc.integer({ min: 0, max: 359 }),
})

const zero = (value: number): number => (value === 0 ? 0 : value)

const decodeOne = (frame: Uint8Array) => {
  const [one] = new Jt808Decoder().receive(frame)
  if (!one?.ok) throw new Error('refused')
  return one
}

test('a position comes back as it was written, in both headers', () => {
  fc.assert(
    fc.property(addresses, positions, (from, wanted) => {
      const { message, envelope } = decodeOne(device.position(from, wanted))
      expect(message).toMatchObject({ type: 'position', device: from.device, serial: from.serial })
      expect(envelope).toMatchObject({ id: 0x0200, version: from.is2019 ? 2019 : 2013 })
      const { lat, lon, time, altitudeM, speedKmh, course } = wanted
      expect(message.fixes).toMatchObject([
        { lat: zero(lat), lon: zero(lon), time, altitudeM, speedKmh, course, valid: wanted.positioned, blind: false },
      ])
      expect(message.fixes[0]?.crs).toBe(wanted.gcj02 ? 'GCJ02' : 'WGS84')
      expect(message.fixes[0]?.events).toHaveLength(wanted.alarms?.length ?? 0)
    }),
  )
})

test('a batch of any size comes back in order, whole or in sub-packages, however the stream is cut', () => {
  fc.assert(
    fc.property(
      addresses,
      fc.array(positions, { maxLength: 80 }),
      fc.boolean(),
      fc.array(fc.nat(), { maxLength: 12 }),
      (from, fixes, blind, places) => {
        const frames = device.batch(from, fixes, blind)
        const decoder = new Jt808Decoder()
        const received = cut(concat(frames), places).flatMap((chunk) => decoder.receive(chunk))
        expect(received).toHaveLength(1)
        const [one] = received
        if (!one?.ok) throw new Error('refused')
        expect(one.message.fixes.map(({ time }) => time)).toEqual(fixes.map(({ time }) => time))
        expect(one.message.fixes.every((fix) => fix.blind === blind)).toBe(true)
        const serials = frames.map((_, i) => (from.serial + i) & 0xffff)
        expect(one.envelope.parts).toEqual(frames.length > 1 ? serials : [])
        expect(one.envelope.serial).toBe(from.serial)
      },
    ),
    { numRuns: 40 },
  )
})

test('registration in all three editions, authentication with and without IMEI', () => {
  const registration = {
    province: 45,
    county: 205,
    maker: 'ZJ001',
    model: 'BAND-8',
    terminal: 'B000123',
    plate: '测试1',
  }
  const from = { device: '013800138000', is2019: false, serial: 7 }
  const from2019 = { device: '00000000013800138000', is2019: true, serial: 7 }
  const editions = [
    [device.register(from, registration, 2011), 2011],
    [device.register(from, registration), 2013],
    [device.register(from2019, registration), 2019],
  ] as const
  for (const [frame, version] of editions) {
    const { message, envelope } = decodeOne(frame)
    expect(message).toMatchObject({ type: 'register', registration })
    expect(envelope.version).toBe(version)
  }
  expect(decodeOne(device.authenticate(from, 'code-1')).message).toMatchObject({ code: 'code-1', imei: null })
  expect(decodeOne(device.authenticate(from2019, 'code-2', '860000000000001', 'v1.2')).message).toMatchObject({
    code: 'code-2',
    imei: '860000000000001',
    software: 'v1.2',
  })
})

test('heartbeat, logout, time, and answers to commands', () => {
  const from = { device: '013800138000', is2019: false, serial: 9 }
  const fix = { lat: 24.3, lon: 109.4, time: Date.UTC(2026, 10, 21), positioned: true }
  expect(decodeOne(device.heartbeat(from)).message).toMatchObject({ type: 'heartbeat', batteryPct: null })
  expect(decodeOne(device.heartbeat(from, 41)).message).toMatchObject({ type: 'heartbeat', batteryPct: 41 })
  expect(decodeOne(device.logout(from)).message.type).toBe('logout')
  expect(decodeOne(device.timeRequest(from)).message.type).toBe('timeRequest')
  expect(decodeOne(device.generalReply(from, 3, 0x8300, 0)).message).toMatchObject({
    type: 'reply',
    toSerial: 3,
    toCommand: 0x8300,
    result: 0,
  })
  expect(decodeOne(device.positionReply(from, 4, fix)).message).toMatchObject({
    type: 'reply',
    toSerial: 4,
    toCommand: 0x8201,
    fixes: [{ lat: 24.3, lon: 109.4 }],
  })
})

test('strap, power, battery, motion, cells and WiFi of the vendor group', () => {
  const text = new TextEncoder()
  const items = (flags: Uint8Array) => [
    [
      0xeb,
      device.vendorGroup([
        [0x0089, flags],
        [0x00a8, Uint8Array.of(37)],
        [0x00b9, Uint8Array.of(1, ...text.encode('68:77:24:1B:E7:A7,-59'))],
        [0x00c5, Uint8Array.of(0xfe, 0x7f, 0xff, 0xef)],
        [0x00d8, Uint8Array.of(0x01, 0xcc, 0, 0x10, 0x01, 0, 0, 0x20, 0x02)],
      ]),
    ] as const,
  ]
  const from = { device: '013800138000', is2019: false, serial: 1 }
  const at = { lat: 24.3, lon: 109.4, time: Date.UTC(2026, 10, 21), positioned: true }
  const open = decodeOne(device.position(from, { ...at, items: items(Uint8Array.of(0xff, 0xff, 0xef, 0xfe)) }))
  expect(open.message.fixes).toMatchObject([
    {
      events: ['powerOff', 'strapOpen'],
      batteryPct: 37,
      moving: true,
      wifi: [{ mac: '68:77:24:1b:e7:a7', rssi: -59 }],
      cells: [{ mcc: 460, mnc: 0, lac: 0x1001, cell: 0x2002, rssi: null }],
    },
  ])
  const closed = decodeOne(device.position(from, { ...at, items: items(Uint8Array.of(0xff, 0xff, 0xff, 0xff)) }))
  expect(closed.message.fixes[0]?.events).toEqual(['strapClosed'])
})

test('the direction of a crossed fence comes from item 0x12; without it, leaving is assumed', () => {
  const from = { device: '013800138000', is2019: false, serial: 1 }
  const at = { lat: 24.3, lon: 109.4, time: Date.UTC(2026, 10, 21), positioned: true, alarms: [20] }
  const eventsWith = (items: device.DevicePosition['items']) =>
    decodeOne(device.position(from, { ...at, items })).message.fixes[0]?.events
  expect(eventsWith([[0x12, Uint8Array.of(1, 0, 0, 0, 5, 0)]])).toEqual(['fenceIn'])
  expect(eventsWith([[0x12, Uint8Array.of(1, 0, 0, 0, 5, 1)]])).toEqual(['fenceOut'])
  expect(eventsWith([])).toEqual(['fenceOut'])
})

test('in the 2019 edition 0x05 and 0x06 are tyres and cabin and never a battery', () => {
  const from = { device: '00000000013800138000', is2019: true, serial: 1 }
  const at = { lat: 24.3, lon: 109.4, time: Date.UTC(2026, 10, 21), positioned: true }
  const { message } = decodeOne(
    device.position(from, {
      ...at,
      items: [
        [0x05, new Uint8Array(30).fill(50)],
        [0x06, Uint8Array.of(0, 22)],
      ],
    }),
  )
  expect(message.fixes[0]?.batteryPct).toBeNull()
})
