import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeRequest as decodeOsmand } from './osmand/decode.ts'
import { decodeRequest as decodeOwntracks } from './owntracks/decode.ts'
import { vectorsOf } from './testing/vectors.ts'
import { timestampOf } from './timestamp.ts'

const decoders = { 'osmand-traccar': decodeOsmand, 'owntracks-traccar': decodeOwntracks } as const

for (const group of ['osmand-traccar', 'owntracks-traccar'] as const) {
  test.each(vectorsOf(group).map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    const { method = 'GET', url = '/', body, contentType } = vector
    const received = decoders[group]({ method, url, body, contentType })
    expect(received).toHaveLength(1)
    const [one] = received
    if (!one?.ok) throw new Error(one?.fault)
    const [wanted] = vector.expect ?? []
    expect(one.message.fixes).toHaveLength(wanted === undefined ? 0 : 1)
    if (wanted === undefined) return
    const [fix] = one.message.fixes
    expect(fix?.lat).toBeCloseTo(wanted.lat ?? Number.NaN, 7)
    expect(fix?.lon).toBeCloseTo(wanted.lon ?? Number.NaN, 7)
    expect(new Date(fix?.time ?? 0).toISOString()).toBe(wanted.time)
    if (wanted.deviceId) expect(one.message.device).toBe(wanted.deviceId)
    if (wanted.accuracy != null) expect(fix?.accuracyM).toBe(wanted.accuracy)
    if (group === 'owntracks-traccar') expect(fix?.batteryPct).toBe(wanted.battery)
    if (wanted.speedKmh != null) expect(fix?.speedKmh).toBe(wanted.speedKmh)
    if (wanted.mock === true) expect(fix?.mock).toBe(true)
  })
}

describe('osmand', () => {
  const get = (query: string) => decodeOsmand({ method: 'GET', url: `/?${query}` })[0]
  const post = (json: unknown) => decodeOsmand({ method: 'POST', url: '/', body: JSON.stringify(json) })[0]

  test('knots become km/h, the query and a form are one', () => {
    const one = get(
      'id=7&timestamp=1377177267&lat=60&lon=30&speed=10&bearing=90&accuracy=12&batt=55&charge=true&mock=1',
    )
    expect(one).toMatchObject({
      ok: true,
      message: {
        device: '7',
        fixes: [{ speedKmh: 18.52, course: 90, accuracyM: 12, batteryPct: 55, charging: true, mock: true }],
      },
    })
    const form = decodeOsmand({ method: 'POST', url: '/', body: 'id=7&timestamp=1377177267&lat=60&lon=30' })[0]
    expect(form?.ok && form.message.fixes[0]?.lat).toBe(60)
  })

  test('cells and WiFi without a place are what the phone hears', () => {
    const one = get('id=1&timestamp=1377177267&cell=257,02,16,2224&cell=257,02,16,2223,-90&wifi=00-14-22-01-23-45,-80')
    expect(one).toMatchObject({
      ok: true,
      message: {
        type: 'network',
        cells: [{ cell: 2224, rssi: null }, { rssi: -90 }],
        wifi: [{ mac: '00:14:22:01:23:45', rssi: -80 }],
      },
    })
  })

  test('the mock flag of the newer form', () => {
    const location = {
      timestamp: '2026-11-21T04:00:00Z',
      coords: { latitude: 24, longitude: 109, speed: 2 },
      mock: true,
    }
    expect(post({ device_id: 'a', location })).toMatchObject({
      ok: true,
      message: { fixes: [{ mock: true, speedKmh: 7.2 }] },
    })
    expect(post({ device_id: 'a', location: [location, location] })).toMatchObject({
      ok: true,
      message: { fixes: [{}, {}] },
    })
  })

  test('without a device, a place or a time there is no fix', () => {
    expect(get('lat=1&lon=2&timestamp=1')).toMatchObject({ ok: false, fault: 'noSession' })
    expect(get('')).toMatchObject({ ok: false, fault: 'malformed' })
    expect(get('id=1&lat=x&lon=2&timestamp=1377177267')).toMatchObject({ ok: false, fault: 'malformed', device: '1' })
    expect(get('id=1&lat=1&lon=2&timestamp=yesterday')).toMatchObject({ ok: false, fault: 'malformed' })
    expect(get('id=1&lat=1&lon=2')).toMatchObject({ ok: true, message: { type: 'other', fixes: [] } })
    expect(post({ device_id: 'a' })).toMatchObject({ ok: false, fault: 'malformed' })
  })
})

describe('owntracks', () => {
  const send = (item: unknown) => decodeOwntracks({ method: 'POST', url: '/?u=li&d=phone', body: JSON.stringify(item) })

  test('what was handed over late came from the store', () => {
    const location = { _type: 'location', lat: 24, lon: 109, tst: 1_736_161_169 }
    expect(send({ ...location, created_at: 1_736_161_415 })[0]).toMatchObject({ message: { fixes: [{ blind: true }] } })
    expect(send({ ...location, created_at: 1_736_161_170 })[0]).toMatchObject({
      message: { device: 'li/phone', fixes: [{ blind: false }] },
    })
  })

  test('transitions, last wills, waypoints, lists and nonsense', () => {
    const received = send([
      { _type: 'transition', event: 'leave', lat: 24, lon: 109, tst: 1_736_161_169, tid: 'JJ' },
      { _type: 'lwt', tst: 1_736_161_169 },
      { _type: 'waypoint', desc: 'x' },
      { _type: 'location' },
      7,
    ])
    expect(received.map((one) => (one.ok ? one.message.type : one.fault))).toEqual([
      'event',
      'logout',
      'other',
      'malformed',
      'malformed',
    ])
    expect(received[0]).toMatchObject({ message: { events: ['fenceOut'], fixes: [{ lat: 24, events: ['fenceOut'] }] } })
  })
})

test('no request makes either throw, and no fix is without numbers', () => {
  const bodies = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify({ _type: 'location', location: value, device_id: value })),
  )
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), bodies, (url, body) => {
      for (const decode of [decodeOsmand, decodeOwntracks]) {
        for (const one of decode({ method: 'POST', url, body })) {
          if (one.ok)
            for (const { lat, lon, time } of one.message.fixes)
              expect([lat, lon, time].every(Number.isFinite)).toBe(true)
        }
      }
    }),
    { numRuns: 500 },
  )
})

test('times as phones write them', () => {
  const at = Date.UTC(2014, 5, 4, 9, 10, 11)
  for (const text of [
    at,
    at / 1000,
    `${at}`,
    `${at / 1000}`,
    '2014-06-04 09:10:11',
    '2014-06-04T09:10:11Z',
    '2014-06-04T17:10:11+08:00',
    '2014-06-04T09:10:11.000Z',
  ]) {
    expect(timestampOf(text)).toBe(at)
  }
  expect(timestampOf('2014-06-04T09:10:11.862Z')).toBe(at + 862)
  for (const text of ['', 'soon', '2014-13-04T09:10:11Z', null, -5, Number.NaN]) expect(timestampOf(text)).toBeNull()
})
