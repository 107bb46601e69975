import { Builder } from '../builder.ts'
import { fromHex } from '../bytes.ts'
import type { CellTower } from '../message.ts'
import { encodeFrame } from './frame.ts'
import { DEGREE } from './gps.ts'
import { TYPE } from './layout.ts'

/** A position as a device writes it; the clock runs in UTC. */
export interface DevicePosition {
  /** Degrees, resolution 1/1,800,000. */
  readonly lat: number
  readonly lon: number
  /** Milliseconds UTC, whole seconds, years 2000–2099. */
  readonly time: number
  readonly valid: boolean
  /** 0–15. */
  readonly satellites?: number
  /** Whole km/h, 0–255. */
  readonly speedKmh?: number
  readonly course?: number
  readonly cell?: CellTower
}

/** 0x01: fifteen digits of IMEI, and the clock's zone in minutes east of Greenwich where the device tells it. */
export function login(imei: string, serial: number, offsetMinutes?: number): Uint8Array {
  const content = new Builder().bytes(fromHex(imei.padStart(16, '0').slice(-16)) ?? new Uint8Array(8)).u16(0)
  if (offsetMinutes !== undefined) {
    const amount = Math.abs(offsetMinutes)
    content.u16(((Math.floor(amount / 60) * 100 + (amount % 60)) << 4) | (offsetMinutes < 0 ? 0x08 : 0))
  }
  return encodeFrame(TYPE.login, content.done(), serial)
}

/** 0x12. */
export function position(fix: DevicePosition, serial: number): Uint8Array {
  return encodeFrame(0x12, cellOf(gpsOf(fix), fix.cell).done(), serial)
}

/** 0x22: with ignition, reason and whether it comes from the store. */
export function positionWithOrigin(fix: DevicePosition, blind: boolean, serial: number): Uint8Array {
  const content = cellOf(gpsOf(fix), fix.cell)
    .u8(0)
    .u8(0)
    .u8(blind ? 1 : 0)
  return encodeFrame(0x22, content.done(), serial)
}

/** 0x16: a position with battery in percent and an alarm (1 SOS, 4 into a fence, 5 out of it, 0x18 taken off, …). */
export function alarm(fix: DevicePosition, batteryPct: number, kind: number, serial: number): Uint8Array {
  const content = cellOf(gpsOf(fix).u8(9), fix.cell).u8(0).u8(batteryPct).u8(4).u8(kind).u8(2)
  return encodeFrame(0x16, content.done(), serial)
}

/** 0x13: battery in percent; 7–100, since 0–6 are levels. */
export function heartbeat(batteryPct: number, serial: number): Uint8Array {
  return encodeFrame(TYPE.status, Uint8Array.of(0, batteryPct, 4, 0, 2), serial)
}

/** 0x8A: asks for the time. */
export const timeRequest = (serial: number): Uint8Array => encodeFrame(TYPE.timeRequest, new Uint8Array(0), serial)

/** 0x15: the words with which a device answers command `toSerial`. */
export function answer(toSerial: number, words: string, serial: number): Uint8Array {
  const text = new TextEncoder().encode(words)
  return encodeFrame(
    TYPE.text,
    new Builder()
      .u8(text.length + 4)
      .u32(toSerial)
      .bytes(text)
      .done(),
    serial,
  )
}

function gpsOf(fix: DevicePosition): Builder {
  const at = new Date(fix.time)
  const content = new Builder()
    .u8(at.getUTCFullYear() - 2000)
    .u8(at.getUTCMonth() + 1)
    .u8(at.getUTCDate())
  content.u8(at.getUTCHours()).u8(at.getUTCMinutes()).u8(at.getUTCSeconds())
  content.u8(0xc0 | ((fix.satellites ?? 0) & 0x0f))
  content.u32(Math.round(Math.abs(fix.lat) * DEGREE)).u32(Math.round(Math.abs(fix.lon) * DEGREE))
  const flags = (fix.valid ? 0x1000 : 0) | (fix.lat >= 0 ? 0x0400 : 0) | (fix.lon < 0 ? 0x0800 : 0)
  return content.u8(Math.round(fix.speedKmh ?? 0)).u16(flags | (Math.round(fix.course ?? 0) & 0x03ff))
}

function cellOf(content: Builder, cell: CellTower | undefined): Builder {
  content
    .u16(cell?.mcc ?? 460)
    .u8(cell?.mnc ?? 0)
    .u16(cell?.lac ?? 0)
  return content.u8((cell?.cell ?? 0) >> 16).u16((cell?.cell ?? 0) & 0xffff)
}
