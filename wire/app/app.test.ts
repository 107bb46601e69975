import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBatch } from './batch.ts'
import { toMessages } from './decode.ts'
import { addToRanges, contiguousAck, findHoles, type SequenceEntry, withoutArrived } from './sequence.ts'
import { SIGNATURE_TOLERANCE_MS, sign, verify } from './signature.ts'

const fix = {
  seq: 1,
  t: Date.UTC(2026, 10, 21, 4),
  elapsedRealtime: 5_000_000,
  lat: 24.326,
  lon: 109.415,
  crs: 'WGS84',
  acc: 15,
  vacc: null,
  alt: 90,
  spd: 2,
  brg: 45,
  provider: 'gps',
  mock: false,
  sats: 9,
  batt: 63,
  charging: false,
  steps: 120,
  activity: 'walking',
  netType: 'mobile',
  airplane: false,
  powerSave: true,
}

const batch = {
  install: 'a1',
  bootId: 'b1',
  wallClockAtSend: fix.t + 1000,
  elapsedRealtimeAtSend: 5_001_000,
  fixes: [fix],
  events: [{ seq: 2, t: fix.t, kind: 'locationOff' }],
}

describe('batch', () => {
  test('becomes messages like those of any device', () => {
    const parsed = parseBatch(JSON.stringify(batch))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fault))
    expect(toMessages(parsed.batch)).toMatchObject([
      {
        type: 'position',
        device: 'a1',
        fixes: [
          { lat: 24.326, speedKmh: 7.2, source: 'gnss', blind: false, mock: false, seq: 1, moving: true, steps: 120 },
        ],
      },
      { type: 'event', time: fix.t, events: ['locationOff'] },
    ])
  })

  test('what waited in the store is blind, also across a start of the phone', () => {
    for (const elapsedRealtimeAtSend of [fix.elapsedRealtime + 600_000, 1000]) {
      const parsed = parseBatch(JSON.stringify({ ...batch, elapsedRealtimeAtSend }))
      if (!parsed.ok) throw new Error('refused')
      expect(toMessages(parsed.batch)[0]?.fixes[0]?.blind).toBe(true)
    }
  })

  test('an entry that lacks what it cannot do without is named with its number, and costs its neighbours nothing', () => {
    const good = { ...fix, seq: 7 }
    for (const name of ['seq', 't', 'elapsedRealtime', 'lat', 'lon', 'crs', 'provider', 'mock']) {
      const { [name]: _, ...rest } = { ...fix } as Record<string, unknown>
      expect(parseBatch(JSON.stringify({ ...batch, fixes: [rest, good] }))).toMatchObject({
        ok: true,
        batch: { fixes: [{ seq: 7 }] },
        refused: [{ at: `fixes[0].${name}`, problem: 'missing', seq: name === 'seq' ? null : 1 }],
      })
    }
    const wrong = [{ lat: 91 }, { lon: '109' }, { crs: 'wgs' }, { seq: 1.5 }, { mock: 'no' }, { seq: 0 }, { t: -1 }]
    for (const part of wrong)
      expect(parseBatch(JSON.stringify({ ...batch, fixes: [{ ...fix, ...part }, good] }))).toMatchObject({
        ok: true,
        batch: { fixes: [{ seq: 7 }] },
        refused: [{ at: `fixes[0].${Object.keys(part)[0]}` }],
      })
    expect(parseBatch(JSON.stringify({ ...batch, fixes: [fix, fix, null] }))).toMatchObject({
      batch: { fixes: [{ seq: 1 }] },
      refused: [
        { at: 'fixes[1].seq', problem: 'repeated', seq: 1 },
        { at: 'fixes[2]', problem: 'wrongType', seq: null },
      ],
    })
    expect(parseBatch(JSON.stringify({ ...batch, events: [{ seq: 2, t: 1, kind: 'x' }] }))).toMatchObject({
      batch: { fixes: [{ seq: 1 }], events: [] },
      refused: [{ at: 'events[0].kind', problem: 'unknownValue', seq: 2 }],
    })
  })

  test('what a fix can do without is unknown where it cannot be read, and named', () => {
    const odd = { batt: 101, activity: 'swimming', charging: 'yes', alt: 'high' }
    expect(parseBatch(JSON.stringify({ ...batch, fixes: [{ ...fix, ...odd }] }))).toMatchObject({
      batch: { fixes: [{ seq: 1, batt: null, activity: null, charging: null, alt: null }] },
      refused: [],
      ignored: [
        { at: 'fixes[0].alt', problem: 'wrongType' },
        { at: 'fixes[0].batt', problem: 'outOfRange' },
        { at: 'fixes[0].charging', problem: 'wrongType' },
        { at: 'fixes[0].activity', problem: 'unknownValue' },
      ],
    })
  })

  test('an iPhone says "unknown" with -1, and its clock counts in fractions of a millisecond', () => {
    const unknown = { spd: -1, brg: -1, batt: -100, sats: -1, steps: -1, vacc: -1, t: fix.t + 0.4 }
    const read = (part: object) => {
      const parsed = parseBatch(JSON.stringify({ ...batch, fixes: [{ ...fix, ...part }] }))
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.fault))
      expect([parsed.refused, parsed.ignored]).toEqual([[], []])
      return toMessages(parsed.batch)[0]?.fixes[0]
    }
    const nothing = { speedKmh: null, course: null, batteryPct: null, satellites: null, steps: null, altitudeM: null }
    expect(read(unknown)).toMatchObject({ ...nothing, valid: true, accuracyM: 15, time: fix.t })
    // A place with a negative radius is none, as the phone's maker says; zero is Android's way to say that it has no radius.
    expect(read({ acc: -1 })).toMatchObject({ valid: false, accuracyM: null, lat: 24.326 })
    expect(read({ acc: 0 })).toMatchObject({ valid: true, accuracyM: null })
  })

  test('a body whose frame cannot be read is refused as a whole', () => {
    expect(parseBatch(JSON.stringify({ ...batch, fixes: 'none' }))).toMatchObject({ fault: { at: 'fixes' } })
    expect(parseBatch(JSON.stringify({ ...batch, bootId: 1 }))).toMatchObject({ fault: { at: 'bootId' } })
    expect(parseBatch('{')).toMatchObject({ fault: { problem: 'notJson' } })
    expect(parseBatch('[]')).toMatchObject({ fault: { problem: 'notAnObject' } })
  })

  test('nothing makes it throw', () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((fixes) => JSON.stringify({ ...batch, fixes })),
    )
    fc.assert(
      fc.property(bodies, (body) => void parseBatch(body)),
      { numRuns: 400 },
    )
  })
})

describe('signature', () => {
  const secret = new Uint8Array(32).fill(7)
  const signed = { install: 'a1', time: String(fix.t), body: new TextEncoder().encode(JSON.stringify(batch)) }

  test('holds for what was signed and for nothing else', () => {
    const signature = sign(secret, signed)
    expect(verify(secret, signed, signature, fix.t + 1000)).toBe('ok')
    expect(verify(secret, signed, signature.toUpperCase(), fix.t)).toBe('ok')
    expect(verify(new Uint8Array(32), signed, signature, fix.t)).toBe('badSignature')
    expect(verify(secret, { ...signed, install: 'a2' }, signature, fix.t)).toBe('badSignature')
    expect(verify(secret, { ...signed, time: String(fix.t + 1) }, signature, fix.t)).toBe('badSignature')
    expect(verify(secret, { ...signed, body: signed.body.slice(1) }, signature, fix.t)).toBe('badSignature')
    expect(verify(secret, signed, '', fix.t)).toBe('badSignature')
    expect(verify(secret, signed, 'zz', fix.t)).toBe('badSignature')
  })

  test('is too old to be taken after five minutes', () => {
    const signature = sign(secret, signed)
    expect(verify(secret, signed, signature, fix.t + SIGNATURE_TOLERANCE_MS)).toBe('ok')
    expect(verify(secret, signed, signature, fix.t + SIGNATURE_TOLERANCE_MS + 1)).toBe('badTime')
    const odd = { ...signed, time: 'now' }
    expect(verify(secret, odd, sign(secret, odd), fix.t)).toBe('badTime')
  })
})

describe('numbering', () => {
  test('the acknowledgement is the end of what has no gap, and never goes back', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.array(fc.nat(100)), (lastAck, received) => {
        const ack = contiguousAck(lastAck, received)
        expect(ack).toBeGreaterThanOrEqual(lastAck)
        expect(received).not.toContain(ack + 1)
        for (let seq = lastAck + 1; seq <= ack; seq++) expect(received).toContain(seq)
      }),
    )
  })

  test('ranges hold exactly what came beyond the acknowledgement', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 })),
        fc.array(fc.integer({ min: 1, max: 60 })),
        fc.nat(30),
        (a, b, ack) => {
          const ranges = addToRanges(addToRanges([], a, ack), b, ack)
          const listed = ranges.flatMap(([first, last]) =>
            Array.from({ length: last - first + 1 }, (_, i) => first + i),
          )
          expect(listed).toEqual([...new Set([...a, ...b])].filter((seq) => seq > ack).sort((x, y) => x - y))
        },
      ),
    )
  })

  const entry = (seq: number, minutes: number, bootId = 'b', turned = 0): SequenceEntry => ({
    seq,
    t: fix.t + (minutes + turned) * 60_000,
    elapsedRealtime: minutes * 60_000,
    bootId,
  })
  const limits = { silenceMs: 20 * 60_000, clockMs: 60_000 }

  test('missing numbers are deletions, missing time is a switch, a new boot is a start, a turned clock is one', () => {
    expect(findHoles([entry(1, 0), entry(2, 10), entry(3, 20)], limits)).toEqual([])
    expect(findHoles([entry(5, 40), entry(1, 0), entry(2, 10)], limits)).toEqual([
      { kind: 'deleted', firstSeq: 3, lastSeq: 4 },
    ])
    expect(findHoles([entry(1, 0), entry(2, 90)], limits)).toEqual([
      { kind: 'switchedOff', fromSeq: 1, toSeq: 2, gapMs: 90 * 60_000 },
    ])
    expect(findHoles([entry(1, 0), entry(2, 3, 'c', 60)], limits)).toEqual([
      { kind: 'rebooted', fromSeq: 1, toSeq: 2, gapMs: 63 * 60_000 },
    ])
    expect(findHoles([entry(1, 0), entry(2, 10, 'b', -120)], limits)).toEqual([
      { kind: 'clockTurned', fromSeq: 1, toSeq: 2, byMs: -120 * 60_000 },
    ])
  })

  test('what came without a clock of its own was not deleted', () => {
    expect(findHoles([entry(1, 0), entry(4, 10), entry(7, 20)], limits, { clockless: [3, 2, 5] })).toEqual([
      { kind: 'deleted', firstSeq: 6, lastSeq: 6 },
    ])
  })

  test('what came with earlier batches was not deleted, and its neighbours were judged then', () => {
    const earlier = [12, 13, 14, 15]
    expect(findHoles([entry(15, 50), entry(16, 60), entry(17, 70)], limits, { earlier, upTo: 10 })).toEqual([])
    // The one that was missing comes late: nothing is said of the hour between it and the last.
    expect(findHoles([entry(11, 0), entry(15, 60)], limits, { earlier: [12, 13, 14], upTo: 10 })).toEqual([])
    // An event without clocks was acknowledged between two fixes.
    expect(findHoles([entry(10, 0), entry(12, 10)], limits, { upTo: 11 })).toEqual([])
    expect(findHoles([entry(10, 0), entry(14, 10)], limits, { upTo: 11 })).toEqual([
      { kind: 'deleted', firstSeq: 12, lastSeq: 13 },
    ])
  })

  test('a number that came late was not deleted', () => {
    const hole = { kind: 'deleted', firstSeq: 4, lastSeq: 8, at: 5 } as const
    const off = { kind: 'switchedOff', fromSeq: 8, toSeq: 9, gapMs: 1 } as const
    expect(withoutArrived([hole, off], [1, 9])).toEqual([hole, off])
    expect(withoutArrived([hole, off], [6, 5])).toEqual([
      { ...hole, firstSeq: 4, lastSeq: 4 },
      { ...hole, firstSeq: 7, lastSeq: 8 },
      off,
    ])
    expect(withoutArrived([hole], [4, 5, 6, 7, 8])).toEqual([])
  })

  test('order and repetition do not matter', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([entry(1, 0), entry(2, 5), entry(4, 9), entry(5, 300), entry(5, 300)], { minLength: 5 }),
        (all) => {
          expect(findHoles(all, limits).map(({ kind }) => kind)).toEqual(['deleted', 'switchedOff'])
        },
      ),
    )
  })
})
