import type { Cursor } from '../cursor.ts'
import { draftFix } from '../fix.ts'
import type { WireFix } from '../message.ts'
import { readTime } from './bcd.ts'

/**
 * Positions inside vendor pass-through messages (数据上行透传 0x0900, first byte the vendor's kind). Kinds 0xF0
 * (driving data), 0xFF (accident) and 0x53/0x54 (tags and samples) carry one; any other kind gives null.
 */
export function readTransparent(body: Cursor): WireFix | null {
  const kind = body.u8()
  if (kind === 0xf0) return driving(body)
  if (kind === 0xff) return accident(body)
  if (kind === 0x53 || kind === 0x54) return sample(body)
  return null
}

function driving(body: Cursor): WireFix | null {
  const time = takeTime(body)
  const blind = body.u8() > 0
  body.skip(1)
  const section = body.u8()
  if (section === 0x01) skipEntries(body, 2)
  else if (section === 0x02) skipTroubleCodes(body)
  else if (section === 0x03) skipEntries(body, 1)
  else return null
  const fix = coordinates(body, time)
  return fix === null ? null : { ...fix, blind }
}

function sample(body: Cursor): WireFix | null {
  const head = body.part(12)
  const altitudeM = body.i16()
  const speedKmh = body.u16() / 10
  const course = body.u16()
  const fix = coordinates(head, takeTime(body))
  return fix === null || body.overrun ? null : { ...fix, altitudeM, speedKmh, course }
}

function accident(body: Cursor): WireFix | null {
  const time = takeTime(body)
  const lat = (body.u32() | 0) / 1e6
  const lon = (body.u32() | 0) / 1e6
  const altitudeM = body.i16()
  const speedKmh = body.u16() / 10
  const course = body.u16()
  if (time === null || body.overrun) return null
  return { ...draftFix(lat, lon, time), valid: true, source: 'gnss', altitudeM, speedKmh, course }
}

/** Status word, latitude, longitude as in a position report. */
function coordinates(body: Cursor, time: number | null): WireFix | null {
  const status = body.u32()
  const lat = (body.u32() / 1e6) * ((status & 4) !== 0 ? -1 : 1)
  const lon = (body.u32() / 1e6) * ((status & 8) !== 0 ? -1 : 1)
  if (time === null || body.overrun) return null
  const draft = draftFix(lat, lon, time)
  draft.valid = (status & 2) !== 0
  draft.source = draft.valid ? 'gnss' : 'unknown'
  if ((status & 0x20) !== 0) draft.crs = 'GCJ02'
  return draft
}

function takeTime(body: Cursor): number | null {
  const at = body.at
  body.skip(6)
  return body.overrun ? null : readTime(body.view, at)
}

function skipEntries(body: Cursor, idWidth: 1 | 2): void {
  const count = body.u8()
  for (let i = 0; i < count && !body.overrun; i++) {
    body.skip(idWidth)
    body.skip(body.u8())
  }
}

function skipTroubleCodes(body: Cursor): void {
  const systems = body.u16()
  for (let i = 0; i < systems && !body.overrun; i++) {
    body.skip(4)
    const codes = body.u16()
    for (let j = 0; j < codes && !body.overrun; j++) {
      body.skip(8)
      body.skip(body.u16())
    }
  }
}
