import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from './bytes.ts'
import { decodeLines } from './decode.ts'
import * as gt06 from './gt06/device.ts'
import * as jt808 from './jt808/device.ts'
import type { ProtocolName } from './message.ts'
import { vectorsOf } from './testing/vectors.ts'

const PROTOCOLS: readonly ProtocolName[] = ['jt808', 'gt06', 'watch', 'osmand', 'owntracks', 'app']

test.each(PROTOCOLS)('%s: any line gives one result and never throws', (protocol) => {
  const decode = decodeLines(protocol)
  const hex = fc.uint8Array({ maxLength: 80 }).map(toHex)
  fc.assert(
    fc.property(fc.oneof(fc.string(), hex, fc.json()), (line) => {
      const result = decode(line)
      expect(result.ok || /^ZJ_WIRE_[A-Z_]+$/.test(result.error)).toBe(true)
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    }),
    { numRuns: 300 },
  )
  expect(decode('')).toEqual({ ok: false, error: 'ZJ_WIRE_EMPTY' })
  expect(decode('   ')).toEqual({ ok: false, error: 'ZJ_WIRE_EMPTY' })
  expect(decode('garbage').ok).toBe(false)
})

describe('jt808', () => {
  const from = { device: '013800138000', is2019: false, serial: 1 }
  const fix = { lat: 24.326, lon: -109.415, time: Date.UTC(2026, 10, 21, 4), positioned: true, speedKmh: 3.2 }

  test('either case, blanks around, and the result as the command prints it', () => {
    const line = toHex(jt808.position(from, fix))
    const result = decodeLines('jt808')(`  ${line.toUpperCase()}\r`)
    expect(result).toMatchObject({
      ok: true,
      messages: [
        {
          type: 'position',
          device: '013800138000',
          fixes: [
            {
              lat: 24.326,
              lon: -109.415,
              time: '2026-11-21T04:00:00.000Z',
              speedKmh: 3.2,
              accuracyM: null,
              valid: true,
            },
          ],
        },
      ],
    })
  })

  test('a bad check code is refused', () => {
    const frame = jt808.position(from, fix)
    frame[15] = (frame[15] ?? 0) ^ 1
    expect(decodeLines('jt808')(toHex(frame))).toEqual({ ok: false, error: 'ZJ_WIRE_CHECKSUM' })
    expect(decodeLines('jt808')('7e7e')).toEqual({ ok: false, error: 'ZJ_WIRE_MALFORMED' })
  })

  test('every vector, in both forms its source gives', () => {
    for (const group of ['jt808-traccar', 'jt808-yezhihao', 'jt808-smallchi']) {
      for (const { id, hex, wireHex, standard, form } of vectorsOf(group)) {
        if (standard?.bccOk === undefined) {
          expect(decodeLines('jt808')(hex ?? '').ok).toBe(false)
          continue
        }
        expect([id, decodeLines('jt808')(wireHex ?? hex ?? '').ok]).toEqual([id, standard.bccOk])
        if (standard.bccOk && form !== 'wire frame')
          expect([id, decodeLines('jt808')(hex ?? '').ok]).toEqual([id, true])
      }
    }
  })

  test('sub-packages are put together over lines', () => {
    const frames = jt808
      .batch(
        from,
        Array.from({ length: 60 }, () => fix),
        true,
      )
      .map(toHex)
    const decode = decodeLines('jt808')
    const results = frames.map((line) => decode(line))
    const counts = results.map((result) => (result.ok ? result.messages.flatMap(({ fixes }) => fixes).length : -1))
    expect(counts).toEqual([...frames.slice(1).map(() => 0), 60])
  })
})

describe('gt06', () => {
  const fix = { lat: -24.326, lon: 109.415, time: Date.UTC(2026, 10, 21, 4), valid: false }

  test('the login of one line names the device of the next, and its clock', () => {
    const decode = decodeLines('gt06')
    expect(decode(toHex(gt06.position(fix, 1)))).toMatchObject({
      ok: true,
      messages: [{ device: '', fixes: [{ valid: false }] }],
    })
    decode(toHex(gt06.login('351608080666810', 1, 480)))
    expect(decode(toHex(gt06.position(fix, 2)))).toMatchObject({
      ok: true,
      messages: [
        { device: '351608080666810', fixes: [{ lat: expect.closeTo(-24.326, 6), time: '2026-11-20T20:00:00.000Z' }] },
      ],
    })
  })

  test('half a frame does not spoil the next line', () => {
    const decode = decodeLines('gt06')
    const line = toHex(gt06.position(fix, 1))
    expect(decode(line.slice(0, 40))).toEqual({ ok: false, error: 'ZJ_WIRE_LENGTH' })
    expect(decode(line).ok).toBe(true)
  })
})

test('watch as text, also as hexadecimal; requests as JSON', () => {
  const [vector] = vectorsOf('watch-traccar')
  expect(decodeLines('watch')(vector?.text ?? '')).toEqual(decodeLines('watch')(vector?.hex ?? ''))
  for (const group of ['osmand', 'owntracks'] as const) {
    for (const { method, url, body, expect: wanted } of vectorsOf(`${group}-traccar`)) {
      const result = decodeLines(group)(JSON.stringify({ method, url, body }))
      expect(result.ok && result.messages[0]?.fixes.map(({ time }) => time)).toEqual(
        (wanted ?? []).map(({ time }) => time),
      )
    }
  }
})
