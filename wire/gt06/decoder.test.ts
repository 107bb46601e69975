import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, toHex } from '../bytes.ts'
import { cut } from '../testing/vectors.ts'
import { Gt06Decoder } from './decoder.ts'
import * as device from './device.ts'
import { encodeFrame } from './frame.ts'

const imei = '860000000000017'
const at: device.DevicePosition = {
  lat: 24.326,
  lon: 109.415,
  time: Date.UTC(2026, 10, 21, 4),
  valid: true,
  satellites: 9,
}

const positions: fc.Arbitrary<device.DevicePosition> = fc.record({
  lat: fc.integer({ min: -162_000_000, max: 162_000_000 }).map((raw) => raw / 1_800_000),
  lon: fc.integer({ min: -324_000_000, max: 324_000_000 }).map((raw) => raw / 1_800_000),
  time: fc.integer({ min: 946_684_801, max: 4_102_444_799 }).map((seconds) => seconds * 1000),
  valid: fc.boolean(),
  satellites: fc.integer({ min: 0, max: 15 }),
  speedKmh: fc.integer({ min: 0, max: 255 }),
  course: fc.integer({ min: 0, max: 359 }),
})

describe('round trips', () => {
  test('a position after a login comes back as it was written', () => {
    fc.assert(
      fc.property(
        positions,
        fc.integer({ min: 0, max: 0xffff }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (fix, serial, places) => {
          const decoder = new Gt06Decoder()
          const stream = concat([device.login(imei, 1), device.position(fix, serial)])
          const [login, one] = cut(stream, places).flatMap((chunk) => decoder.receive(chunk))
          if (!login?.ok || !one?.ok) throw new Error('refused')
          expect(login.message).toMatchObject({ type: 'authenticate', device: imei })
          expect(one.message).toMatchObject({ type: 'position', device: imei, serial })
          const [back] = one.message.fixes
          expect(back?.lat).toBeCloseTo(fix.lat, 6)
          expect(back?.lon).toBeCloseTo(fix.lon, 6)
          const { time, valid, satellites, speedKmh, course } = fix
          expect(back).toMatchObject({ time, valid, satellites, speedKmh, course })
        },
      ),
    )
  })

  test('alarms, heartbeats, answers', () => {
    const decoder = new Gt06Decoder()
    const frames = [
      device.login(imei, 1),
      device.alarm(at, 41, 0x18, 2),
      device.heartbeat(40, 3),
      device.answer(77, 'TIMER OK', 4),
      device.positionWithOrigin(at, true, 5),
      device.timeRequest(6),
    ]
    const messages = decoder.receive(concat(frames)).map((one) => (one.ok ? one.message : one.fault))
    expect(messages).toMatchObject([
      { type: 'authenticate' },
      { fixes: [{ events: ['strapOpen'], batteryPct: 41 }] },
      { type: 'heartbeat', batteryPct: 40 },
      { type: 'reply', toSerial: 77, details: { text: 'TIMER OK' } },
      { fixes: [{ blind: true }] },
      { type: 'timeRequest' },
    ])
  })

  test('the clock of the device is set by configuration', () => {
    const decoder = new Gt06Decoder({ offsetMinutes: 480, requireLogin: false })
    const [one] = decoder.receive(device.position(at, 1))
    expect(one?.ok && one.message.fixes[0]?.time).toBe(at.time - 480 * 60_000)
  })
})

describe('robustness', () => {
  test('nothing is accepted before a login', () => {
    expect(new Gt06Decoder().receive(device.position(at, 1))).toMatchObject([{ ok: false, fault: 'noSession' }])
  })

  test('a wrong check code is refused and the next frame read', () => {
    const broken = device.position(at, 1)
    broken[8] = (broken[8] ?? 0) ^ 1
    const decoder = new Gt06Decoder({ requireLogin: false })
    const received = decoder.receive(concat([broken, device.position(at, 2)]))
    expect(received).toMatchObject([
      { ok: false, fault: 'checksum' },
      { ok: true, message: { serial: 2 } },
    ])
    expect(decoder.counts.faults.checksum).toBe(1)
  })

  test('no bytes make it throw, and a frame after them is found', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(), { maxLength: 6 }), (noise, places) => {
        const decoder = new Gt06Decoder({ requireLogin: false })
        const received = cut(concat([noise, device.position(at, 9)]), places).flatMap((chunk) => decoder.receive(chunk))
        expect(received.filter((one) => one.ok && one.message.fixes[0]?.time === at.time)).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })

  test('start marks that promise bytes which never come do not hold up a frame', () => {
    const decoder = new Gt06Decoder({ requireLogin: false })
    const received = decoder.receive(concat([Uint8Array.of(0x79, 0x79, 0x0f, 0xff, 1, 2), device.position(at, 9)]))
    expect(received.map(({ ok }) => ok)).toEqual([false, true])
  })

  test('any content in a good frame never throws', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 255 }),
        fc.uint8Array({ maxLength: 120 }),
        fc.boolean(),
        (type, content, long) => {
          const received = new Gt06Decoder({ requireLogin: false }).receive(encodeFrame(type, content, 1, long))
          for (const one of received) {
            if (one.ok)
              for (const { lat, lon, time } of one.message.fixes)
                expect([lat, lon, time].every(Number.isFinite)).toBe(true)
          }
        },
      ),
      { numRuns: 1500 },
    )
  })
})

test('acknowledgements and commands', () => {
  const decoder = new Gt06Decoder()
  const [login] = decoder.receive(device.login('123456789012345', 1))
  if (!login?.ok) throw new Error('refused')
  const now = Date.UTC(2026, 10, 21, 4, 5, 6)
  expect(toHex(decoder.acknowledge(login, { result: 'ok', now }))).toBe('787805010001d9dc0d0a')
  const [asked] = decoder.receive(device.timeRequest(6))
  if (!asked?.ok) throw new Error('refused')
  expect(toHex(decoder.acknowledge(asked, { result: 'ok', now }))).toContain('78780b8a1a0b15040506')
  const [answered] = decoder.receive(device.answer(1, 'OK', 7))
  if (!answered?.ok) throw new Error('refused')
  expect(decoder.acknowledge(answered, { result: 'ok', now })).toHaveLength(0)
  expect(toHex(decoder.command({ kind: 'locate' }, '', 9) ?? new Uint8Array(0))).toContain(
    '0a00000009' + '574845524523',
  )
  expect(decoder.command({ kind: 'stop' }, '', 9)).toBeNull()
})
