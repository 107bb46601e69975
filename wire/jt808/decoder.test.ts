import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat } from '../bytes.ts'
import { cut } from '../testing/vectors.ts'
import { Jt808Decoder } from './decoder.ts'
import * as device from './device.ts'
import { encodeFrame } from './envelope.ts'
import { closeFrame, openSegment } from './frame.ts'
import { MAX_SEGMENT } from './splitter.ts'

const from = { device: '013800138000', is2019: false, serial: 1 }
const fix = { lat: 24.326, lon: 109.415, time: Date.UTC(2026, 10, 21, 4), positioned: true }
const good = device.position(from, fix)
const aBatch = device.batch(
  from,
  Array.from({ length: 90 }, (_, i) => ({ ...fix, time: fix.time + i * 1000 })),
  true,
)

describe('framing', () => {
  test("the standard's own example: 30 7E 08 7D 55", () => {
    const bare = Uint8Array.of(0x30, 0x7e, 0x08, 0x7d)
    expect(Array.from(closeFrame(bare))).toEqual([0x7e, 0x30, 0x7d, 0x02, 0x08, 0x7d, 0x01, 0x3b, 0x7e])
    const opened = openSegment(Uint8Array.of(0x30, 0x7d, 0x02, 0x08, 0x7d, 0x01, 0x3b))
    expect(typeof opened === 'string' ? opened : opened.end).toBe(4)
  })

  test('any content survives escaping', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (content) => {
        const frame = closeFrame(content)
        expect(frame.subarray(1, -1).includes(0x7e)).toBe(false)
        const opened = openSegment(frame.subarray(1, -1))
        if (typeof opened === 'string') throw new Error(opened)
        expect(new Uint8Array(opened.view.buffer, opened.view.byteOffset, opened.end)).toEqual(content)
      }),
    )
  })

  test('no bytes make it throw, and a frame after them is found', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.array(fc.nat(), { maxLength: 8 }), (noise, places) => {
        const decoder = new Jt808Decoder()
        for (const chunk of cut(concat([noise, good]), places)) decoder.receive(chunk)
        // The noise may end inside a segment, which then swallows the first delimiter but not the second frame.
        const received = decoder.receive(good)
        expect(received.filter(({ ok }) => ok)).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })

  test('noise shaped like frames never throws either', () => {
    const ids = fc.constantFrom(
      0x0001,
      0x0002,
      0x0100,
      0x0102,
      0x0104,
      0x0107,
      0x0200,
      0x0201,
      0x0210,
      0x0704,
      0x0900,
      0x5501,
    )
    fc.assert(
      fc.property(ids, fc.uint8Array({ maxLength: 200 }), fc.boolean(), (id, body, is2019) => {
        const device = is2019 ? '00000000013800138000' : from.device
        const frame = encodeFrame(id, body, { ...from, device, is2019 })
        if (frame === null) return
        const received = new Jt808Decoder().receive(frame)
        for (const one of received) {
          if (one.ok)
            for (const { lat, lon, time } of one.message.fixes)
              expect([lat, lon, time].every(Number.isFinite)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('a frame without end is given up once and the next one is read', () => {
    const decoder = new Jt808Decoder()
    const endless = concat([Uint8Array.of(0x7e), new Uint8Array(3 * MAX_SEGMENT).fill(0x11)])
    const received = [...decoder.receive(endless), ...decoder.receive(endless.subarray(1)), ...decoder.receive(good)]
    expect(received.map((one) => (one.ok ? one.message.type : one.fault))).toEqual(['tooLong', 'position'])
  })

  test('faults are counted by cause', () => {
    const decoder = new Jt808Decoder()
    const broken = good.slice()
    broken[20] = (broken[20] ?? 0) ^ 0x55
    decoder.receive(new TextEncoder().encode('(741,BASE,2)'))
    decoder.receive(broken)
    decoder.receive(concat([Uint8Array.of(0x7e, 0x01, 0x7d, 0x33, 0x7e)]))
    decoder.receive(concat([Uint8Array.of(0x7e, 0x01, 0x01, 0x7e)]))
    const encrypted = closeFrame(Uint8Array.of(0x02, 0, 0x04, 0, 1, 0x38, 0, 0x13, 0x80, 0, 0, 9))
    decoder.receive(encrypted)
    expect(decoder.counts.faults).toMatchObject({ checksum: 1, escape: 1, length: 1, encrypted: 1, malformed: 1 })
  })

  test('a length that contradicts the bytes is noted and accepted', () => {
    const plain = openSegment(good.subarray(1, -1))
    if (typeof plain === 'string') throw new Error(plain)
    const content = new Uint8Array(plain.view.buffer, plain.view.byteOffset, plain.end).slice()
    content[3] = (content[3] ?? 0) + 7
    const decoder = new Jt808Decoder()
    expect(decoder.receive(closeFrame(content))[0]?.ok).toBe(true)
    expect(decoder.counts.lengthMismatches).toBe(1)
  })
})

describe('times', () => {
  const withTime = (...bcd: number[]) => {
    const body = device.locationBody({ ...fix, alarms: [0] })
    body.set(bcd, 22)
    const frame = encodeFrame(0x0200, body, from)
    return frame === null ? [] : new Jt808Decoder().receive(frame)
  }

  test('impossible dates are malformed', () => {
    expect(withTime(0x26, 0x13, 0x01, 0, 0, 0)).toMatchObject([{ ok: false, fault: 'malformed' }])
    expect(withTime(0x26, 0x02, 0x29, 0, 0, 0)).toMatchObject([{ ok: false, fault: 'malformed' }])
    expect(withTime(0x26, 0x02, 0x2a, 0, 0, 0)).toMatchObject([{ ok: false, fault: 'malformed' }])
    expect(withTime(0x24, 0x02, 0x29, 0, 0, 0)).toMatchObject([{ ok: true }])
  })

  test('a device without a clock still raises its alarm', () => {
    expect(withTime(0, 0, 0, 0, 0, 0)).toMatchObject([
      { ok: true, message: { type: 'event', time: null, events: ['sos'], fixes: [] } },
    ])
  })

  test('one bad date in a batch costs one position', () => {
    const [frame] = device.batch(from, [fix, fix, fix], false)
    const plain = openSegment((frame ?? good).subarray(1, -1))
    if (typeof plain === 'string') throw new Error(plain)
    const content = new Uint8Array(plain.view.buffer, plain.view.byteOffset, plain.end).slice()
    content[12 + 3 + 30 + 2 + 23] = 0x77
    const decoder = new Jt808Decoder()
    expect(decoder.receive(closeFrame(content))).toMatchObject([{ ok: true, message: { fixes: [{}, {}] } }])
    expect(decoder.counts.lostFixes).toBe(1)
  })
})

describe('sub-packages', () => {
  test('in any order, repeated, and with others between', () => {
    const order = fc.shuffledSubarray([...aBatch.keys()], { minLength: aBatch.length })
    fc.assert(
      fc.property(order, fc.nat(aBatch.length - 1), (places, again) => {
        const decoder = new Jt808Decoder()
        const frames = places.flatMap((place) => [aBatch[place] ?? good, device.heartbeat(from)])
        const repeated = [aBatch[again] ?? good, ...frames]
        const whole = repeated
          .flatMap((frame) => decoder.receive(frame))
          .filter((one) => one.ok && one.envelope.id === 0x0704)
        expect(whole).toHaveLength(1)
        expect(whole[0]?.ok ? whole[0].message.fixes.length : 0).toBe(90)
      }),
      { numRuns: 20 },
    )
  })

  test('what is missing is asked for by 0x8003 with a count of one byte before 2019 and two since', () => {
    expect(aBatch.length).toBeGreaterThan(2)
    const decoder = new Jt808Decoder()
    const [first] = aBatch
    expect(decoder.receive(first ?? good)).toEqual([])
    const [missing] = decoder.missingParts()
    expect(missing).toMatchObject({ device: from.device, id: 0x0704, firstSerial: 1, missing: [2, 3] })
    if (missing === undefined) return
    const asked = openSegment(decoder.requestMissing(missing).subarray(1, -1))
    if (typeof asked === 'string') throw new Error(asked)
    expect(asked.end).toBe(12 + 3 + 4)
    const asked2019 = openSegment(decoder.requestMissing({ ...missing, is2019: true }).subarray(1, -1))
    if (typeof asked2019 === 'string') throw new Error(asked2019)
    expect(asked2019.end).toBe(17 + 4 + 4)
  })

  test('memory stays bounded and the message that gives way is counted', () => {
    const decoder = new Jt808Decoder()
    for (let serial = 0; serial < 400; serial += 10) {
      const [first] = device.batch(
        { ...from, serial },
        Array.from({ length: 90 }, () => fix),
        true,
      )
      decoder.receive(first ?? good)
    }
    expect(decoder.missingParts().length).toBeLessThanOrEqual(4)
    expect(decoder.counts.faults.subPackageLost).toBe(36)
  })

  test('every part is acknowledged', () => {
    const decoder = new Jt808Decoder()
    const [whole] = aBatch.flatMap((frame) => decoder.receive(frame))
    if (!whole?.ok) throw new Error('refused')
    const answer = decoder.acknowledge(whole, { result: 'ok', now: fix.time })
    const replies = new Jt808Decoder().receive(answer)
    expect(replies).toHaveLength(aBatch.length)
  })
})
