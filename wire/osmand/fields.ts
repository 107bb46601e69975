import { draftFix, measured, radiusOf } from '../fix.ts'
import { courseOf, numberOf, percentOf, switchOf, unsignedOf } from '../http.ts'
import type { CellTower, DeviceEvent, Received, WifiPoint } from '../message.ts'
import { timestampOf } from '../timestamp.ts'
import { envelopeOf, refused } from './envelope.ts'

const KNOT = 1.852

/** Alarms that clients send as a word. */
const ALARMS: Readonly<Record<string, DeviceEvent>> = {
  sos: 'sos',
  lowBattery: 'lowBattery',
  fallDown: 'fall',
  tampering: 'caseOpen',
  removing: 'strapOpen',
}

/**
 * Fields id, timestamp, lat, lon (or location=lat,lon), speed in knots, bearing, altitude in m, accuracy in m, batt in %,
 * charge, valid, mock, cell=mcc,mnc,lac,cid,rssi, wifi=mac,rssi, alarm. Without a timestamp there is no fix: when a
 * position was taken is not ours to guess.
 */
export function readFields(fields: URLSearchParams, bytes: number): Received {
  const device = fields.get('id') ?? fields.get('deviceid') ?? ''
  if (device === '') return refused(fields.size === 0 ? 'malformed' : 'noSession', bytes)
  const [lat, lon] = placeOf(fields)
  const time = timestampOf(fields.get('timestamp'))
  const cells = fields.getAll('cell').flatMap(cellOf)
  const wifi = fields.getAll('wifi').flatMap(wifiOf)
  const batteryPct = percentOf(numberOf(fields.get('batt')))
  if (fields.has('timestamp') && time === null) return refused('malformed', bytes, device)
  const envelope = envelopeOf('query')
  if (lat === null || lon === null) {
    if (fields.has('lat') || fields.has('lon') || fields.has('location')) return refused('malformed', bytes, device)
    return {
      ok: true,
      envelope,
      message: { type: 'network', device, serial: 0, fixes: [], time, cells, wifi, batteryPct },
    }
  }
  if (time === null)
    return { ok: true, envelope, message: { type: 'other', device, serial: 0, fixes: [], code: 'untimed' } }
  const draft = draftFix(lat, lon, time)
  const radius = numberOf(fields.get('accuracy'))
  draft.valid = (switchOf(fields.get('valid')) ?? true) && measured(radius)
  const speed = unsignedOf(numberOf(fields.get('speed')))
  draft.speedKmh = speed === null ? null : speed * KNOT
  draft.course = courseOf(numberOf(fields.get('bearing') ?? fields.get('heading')))
  draft.altitudeM = numberOf(fields.get('altitude'))
  draft.accuracyM = radiusOf(radius)
  draft.batteryPct = batteryPct
  draft.charging = switchOf(fields.get('charge'))
  draft.mock = switchOf(fields.get('mock'))
  draft.cells = cells
  draft.wifi = wifi
  const event = ALARMS[fields.get('alarm') ?? '']
  if (event !== undefined) draft.events = [event]
  return { ok: true, envelope, message: { type: 'position', device, serial: 0, fixes: [draft] } }
}

function placeOf(fields: URLSearchParams): readonly [number | null, number | null] {
  const [lat, lon] = fields.get('location')?.split(',') ?? []
  return [numberOf(fields.get('lat') ?? lat), numberOf(fields.get('lon') ?? lon)]
}

function cellOf(text: string): CellTower[] {
  const [mcc, mnc, lac, cell, rssi] = text.split(',').map(numberOf)
  if (mcc == null || mnc == null || lac == null || cell == null) return []
  return [{ mcc, mnc, lac, cell, rssi: rssi ?? null }]
}

function wifiOf(text: string): WifiPoint[] {
  const [address = '', rssi] = text.split(',')
  const mac = address.replaceAll('-', ':').toLowerCase()
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac) ? [{ mac, rssi: numberOf(rssi) }] : []
}
