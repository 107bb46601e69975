import { draftFix, measured, radiusOf } from '../fix.ts'
import { courseOf, type Json, numberOf, objectOf, percentOf, switchOf, textOf, unsignedOf } from '../http.ts'
import type { DeviceEvent, Received, WireFix } from '../message.ts'
import { timestampOf } from '../timestamp.ts'
import { envelopeOf, refused } from './envelope.ts'

const METRES_PER_SECOND = 3.6

/** What the client's own name for its trigger tells besides the position. */
const EVENTS: Readonly<Record<string, DeviceEvent>> = { boot: 'rebooted', sos: 'sos' }

/**
 * The newer clients' JSON: device_id and one `location`, or a list of them, each with timestamp, coords (degrees, m,
 * m/s), is_moving, event, battery (level 0–1), activity, mock.
 */
export function readJson(json: unknown, fallbackDevice: string, bytes: number): Received[] {
  const root = Array.isArray(json) ? { location: json } : objectOf(json)
  const device = textOf(root.device_id) ?? textOf(root.deviceId) ?? textOf(root.id) ?? fallbackDevice
  const places = (Array.isArray(root.location) ? root.location : [root.location ?? root.locations]).flat()
  if (places.every((place) => place === undefined)) return [refused('malformed', bytes, device)]
  if (device === '') return [refused('noSession', bytes)]
  const read = places.map((place) => readLocation(objectOf(place)))
  const fixes = read.filter((fix) => fix !== null)
  // Each that cannot be read is counted for itself and costs its neighbours nothing.
  const faults = read.filter((fix) => fix === null).map(() => refused('malformed', bytes, device))
  if (fixes.length === 0) return faults
  const message = { type: 'position', device, serial: 0, fixes } as const
  return [{ ok: true, envelope: envelopeOf('json'), message }, ...faults]
}

function readLocation(location: Json): WireFix | null {
  const coords = objectOf(location.coords)
  const lat = numberOf(coords.latitude)
  const lon = numberOf(coords.longitude)
  const time = timestampOf(location.timestamp)
  if (lat === null || lon === null || time === null) return null
  const battery = objectOf(location.battery)
  const level = numberOf(battery.level)
  const speed = unsignedOf(numberOf(coords.speed))
  const radius = numberOf(coords.accuracy)
  const draft = draftFix(lat, lon, time)
  draft.valid = measured(radius)
  draft.source = 'fused'
  draft.accuracyM = radiusOf(radius)
  draft.speedKmh = speed === null ? null : speed * METRES_PER_SECOND
  draft.course = courseOf(numberOf(coords.heading))
  draft.altitudeM = measured(numberOf(coords.altitude_accuracy)) ? numberOf(coords.altitude) : null
  draft.batteryPct = level === null ? null : percentOf(Math.round(level * 1000) / 10)
  draft.charging = switchOf(battery.is_charging)
  draft.moving = switchOf(location.is_moving)
  // Clients before the flag existed leave it out; that is not "no".
  draft.mock = switchOf(location.mock)
  const event = EVENTS[textOf(location.event) ?? '']
  if (event !== undefined) draft.events = [event]
  return draft
}
