import { draftFix, measured, radiusOf, STORED_AFTER_MS } from '../fix.ts'
import {
  courseOf,
  fieldsOf,
  type HttpRequest,
  isObject,
  type Json,
  jsonOf,
  numberOf,
  percentOf,
  textOf,
  unsignedOf,
} from '../http.ts'
import type { DeviceEvent, Message, Received, WireFix } from '../message.ts'

/** OwnTracks in HTTP mode reads a list of messages back; an empty one is the answer. */
export const OWNTRACKS_ANSWER = '[]'

/** An OwnTracks message, or a list of them (booklet, "JSON"). Each gives one `Received`. */
export function decodeRequest(request: HttpRequest): Received[] {
  const json = jsonOf(request)
  const items = Array.isArray(json) ? json : [json]
  const bytes = request.url.length + (request.body?.length ?? 0)
  const fallback = deviceOfQuery(request)
  return items.map((item) => (isObject(item) ? readItem(item, fallback, bytes) : refused(bytes, fallback)))
}

function readItem(item: Json, fallback: string, bytes: number): Received {
  const kind = textOf(item._type) ?? ''
  const device = deviceOf(item) || fallback
  const message = kind === '' ? null : readMessage(kind, item, device)
  if (message === null) return refused(bytes, device)
  return { ok: true, message, envelope: { protocol: 'owntracks', id: kind, version: 0, serial: 0, parts: [] } }
}

function readMessage(kind: string, item: Json, device: string): Message | null {
  const base = { device, serial: 0 }
  if (kind === 'location') {
    const fix = readLocation(item)
    return fix === null ? null : { type: 'position', ...base, fixes: [fix] }
  }
  if (kind === 'transition') return readTransition(item, base)
  // The broker speaks the last will when a phone's connection broke; why it broke nobody knows.
  if (kind === 'lwt') return { type: 'logout', ...base, fixes: [] }
  return { type: 'other', ...base, fixes: [], code: kind }
}

/** Degrees; `tst` seconds; `acc`, `alt` and its `vac` m; `vel` km/h; `batt` %; `bs` 2 charging, 3 full; `conn` w WiFi, m mobile, o none. */
function readLocation(item: Json): WireFix | null {
  const lat = numberOf(item.lat)
  const lon = numberOf(item.lon)
  const time = secondsOf(item.tst)
  if (lat === null || lon === null || time === null) return null
  const created = secondsOf(item.created_at)
  const radius = numberOf(item.acc)
  const draft = draftFix(lat, lon, time)
  draft.valid = measured(radius)
  draft.source = 'fused'
  draft.blind = created !== null && created - time > STORED_AFTER_MS
  draft.accuracyM = radiusOf(radius)
  draft.altitudeM = measured(numberOf(item.vac)) ? numberOf(item.alt) : null
  draft.speedKmh = unsignedOf(numberOf(item.vel))
  draft.course = courseOf(numberOf(item.cog))
  draft.batteryPct = percentOf(numberOf(item.batt))
  const charge = numberOf(item.bs)
  if (charge === 1) draft.charging = false
  if (charge === 2 || charge === 3) draft.charging = true
  return draft
}

/** A region was entered or left; where it was noticed is a fix like any other if it is told. */
function readTransition(item: Json, base: { device: string; serial: number }): Message | null {
  const events: readonly DeviceEvent[] =
    item.event === 'leave' ? ['fenceOut'] : item.event === 'enter' ? ['fenceIn'] : []
  const fix = readLocation(item)
  const time = fix?.time ?? secondsOf(item.tst)
  if (events.length === 0) return null
  return { type: 'event', ...base, fixes: fix === null ? [] : [{ ...fix, events }], time, events }
}

/** The topic owntracks/user/device names the device best; tid is two letters that the user chose. */
function deviceOf(item: Json): string {
  return textOf(item.topic)?.split('/').slice(1).join('/') || textOf(item.tid) || ''
}

function deviceOfQuery(request: HttpRequest): string {
  const fields = fieldsOf({ ...request, body: null })
  return [fields.get('u'), fields.get('d')].filter((part) => part !== null && part !== '').join('/')
}

function secondsOf(value: unknown): number | null {
  const seconds = numberOf(value)
  return seconds === null || seconds < 0 || seconds > 8.64e12 ? null : Math.round(seconds * 1000)
}

const refused = (bytes: number, device = ''): Received => ({
  ok: false,
  fault: 'malformed',
  bytes,
  envelope: null,
  ...(device ? { device } : {}),
})
