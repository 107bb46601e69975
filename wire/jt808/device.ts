import { Builder } from '../builder.ts'
import { timeBytes } from './bcd.ts'
import { type Address, encodeFrame, encodeParts } from './envelope.ts'
import { UP } from './ids.ts'
import { type Edition, REGISTRATION_WIDTHS } from './registration.ts'
import { textBytes } from './text.ts'

/** A position as a terminal writes it. Bits as in JT/T 808—2019 tables 24 and 25. */
export interface DevicePosition {
  /** Degrees, south and west negative; resolution 10⁻⁶. */
  readonly lat: number
  readonly lon: number
  /** Milliseconds UTC, whole seconds, years 2000–2099. */
  readonly time: number
  readonly positioned: boolean
  readonly gcj02?: boolean
  /** Alarm bits. */
  readonly alarms?: readonly number[]
  /** Metres, −32,768 to 32,767. */
  readonly altitudeM?: number
  /** Resolution 0.1. */
  readonly speedKmh?: number
  readonly course?: number
  /** Additional items in the order given: number and value. */
  readonly items?: readonly (readonly [id: number, value: Uint8Array])[]
}

/** What a terminal says of itself when it registers. */
export interface DeviceRegistration {
  readonly province: number
  readonly county: number
  readonly maker: string
  readonly model: string
  readonly terminal: string
  readonly plate: string
}

const GPS_AND_BEIDOU = 0x0c_0000

/** 0x0100. `edition` must agree with `from.is2019`. */
export function register(from: Address, device: DeviceRegistration, edition: Edition = from.is2019 ? 2019 : 2013) {
  const widths = REGISTRATION_WIDTHS[edition]
  const body = new Builder().u16(device.province).u16(device.county)
  const put = (text: string, width: number) =>
    edition === 2019 ? body.fixedRight(textBytes(text), width) : body.fixed(textBytes(text), width)
  put(device.maker, widths.maker)
  put(device.model, widths.model)
  put(device.terminal, widths.terminal)
  return frame(UP.register, body.u8(0).bytes(textBytes(device.plate)).done(), from)
}

/** 0x0102. IMEI and software travel in the 2019 edition only. */
export function authenticate(from: Address, code: string, imei = '', software = ''): Uint8Array {
  const bytes = textBytes(code)
  if (!from.is2019) return frame(UP.authenticate, bytes, from)
  const body = new Builder().u8(bytes.length).bytes(bytes).fixed(textBytes(imei), 15).fixed(textBytes(software), 20)
  return frame(UP.authenticate, body.done(), from)
}

/** 0x0002, with battery in percent, signal and status behind it as vendors do, if `batteryPct` is given. */
export function heartbeat(from: Address, batteryPct?: number): Uint8Array {
  return frame(UP.heartbeat, batteryPct === undefined ? new Uint8Array(0) : Uint8Array.of(batteryPct, 0, 0), from)
}

/** 0x0003. */
export const logout = (from: Address): Uint8Array => frame(UP.logout, new Uint8Array(0), from)

/** 0x0004 (2019). */
export const timeRequest = (from: Address): Uint8Array => frame(UP.timeRequest, new Uint8Array(0), from)

/** 0x0200. */
export const position = (from: Address, fix: DevicePosition): Uint8Array => frame(UP.position, locationBody(fix), from)

/** 0x0201: the answer to "locate now" of serial `toSerial`. */
export function positionReply(from: Address, toSerial: number, fix: DevicePosition): Uint8Array {
  return frame(UP.positionReply, new Builder().u16(toSerial).bytes(locationBody(fix)).done(), from)
}

/** 0x0704; `blind` for positions from the store. More than one frame holds them goes out as sub-packages. */
export function batch(from: Address, fixes: readonly DevicePosition[], blind: boolean): Uint8Array[] {
  const body = new Builder().u16(fixes.length).u8(blind ? 1 : 0)
  for (const fix of fixes) {
    const location = locationBody(fix)
    body.u16(location.length).bytes(location)
  }
  return encodeParts(UP.batch, body.done(), from)
}

/** 0x0001: the answer to a command. */
export function generalReply(from: Address, toSerial: number, toId: number, result: number): Uint8Array {
  return frame(UP.generalReply, new Builder().u16(toSerial).u16(toId).u8(result).done(), from)
}

/** Value of a vendor group 0xEB from sub-items, to put into `items`. */
export function vendorGroup(subItems: readonly (readonly [id: number, value: Uint8Array])[]): Uint8Array {
  const body = new Builder()
  for (const [id, value] of subItems)
    body
      .u16(value.length + 2)
      .u16(id)
      .bytes(value)
  return body.done()
}

/** Body of a position report (JT/T 808—2019 table 23). */
export function locationBody(fix: DevicePosition): Uint8Array {
  let alarm = 0
  for (const bit of fix.alarms ?? []) alarm |= 1 << bit
  let status = fix.positioned ? GPS_AND_BEIDOU | 2 : 0
  if (fix.lat < 0) status |= 4
  if (fix.lon < 0) status |= 8
  if (fix.gcj02) status |= 0x20
  const body = new Builder().u32(alarm).u32(status)
  body.u32(Math.round(Math.abs(fix.lat) * 1e6)).u32(Math.round(Math.abs(fix.lon) * 1e6))
  body
    .u16(Math.round(fix.altitudeM ?? 0))
    .u16(Math.round((fix.speedKmh ?? 0) * 10))
    .u16(Math.round(fix.course ?? 0))
  body.bytes(timeBytes(fix.time))
  for (const [id, value] of fix.items ?? []) body.u8(id).u8(value.length).bytes(value)
  return body.done()
}

/** Device bodies are short by construction; one that is not is a mistake of the caller, and is sent cut into parts. */
function frame(id: number, body: Uint8Array, from: Address): Uint8Array {
  const whole = encodeFrame(id, body, from)
  if (whole !== null) return whole
  const parts = encodeParts(id, body, from)
  const joined = new Builder()
  for (const part of parts) joined.bytes(part)
  return joined.done()
}
