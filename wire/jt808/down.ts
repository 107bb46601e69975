import { Builder } from '../builder.ts'
import type { Command } from '../message.ts'
import { timeBytes } from './bcd.ts'
import { type Address, encodeFrame } from './envelope.ts'
import { DOWN } from './ids.ts'
import { parametersBody } from './parameters.ts'
import type { MissingParts } from './parts.ts'
import { textBytes } from './text.ts'

const EMPTY = new Uint8Array(0)

/** Result of the platform's general reply (JT/T 808—2019 table 4). */
export const GENERAL_RESULT = { ok: 0, failed: 1, malformed: 2, unsupported: 3, alarmConfirmed: 4 } as const

/** Result of a registration (JT/T 808—2019 table 8). */
export const REGISTER_RESULT = { ok: 0, vehicleTaken: 1, noVehicle: 2, terminalTaken: 3, noTerminal: 4 } as const

/** Terminal control words (JT/T 808—2019 table 17). */
export const CONTROL = {
  upgrade: 1,
  connect: 2,
  off: 3,
  reset: 4,
  factoryReset: 5,
  closeData: 6,
  closeRadio: 7,
} as const

/** Parameter numbers the product sets by name (JT/T 808—2019 table 12). Intervals in seconds. */
export const PARAMETER = {
  heartbeatInterval: 0x0001,
  reportStrategy: 0x0020,
  sleepingInterval: 0x0027,
  emergencyInterval: 0x0028,
  defaultInterval: 0x0029,
  alarmMask: 0x0050,
} as const

/** 0x8001: takes message `toId` with serial `toSerial` as received. */
export function generalReply(to: Address, toSerial: number, toId: number, result: number): Uint8Array | null {
  return encodeFrame(DOWN.generalReply, new Builder().u16(toSerial).u16(toId).u8(result).done(), to)
}

/** 0x8100: the code travels only with success. */
export function registerReply(to: Address, toSerial: number, result: number, authCode: string): Uint8Array | null {
  const body = new Builder().u16(toSerial).u8(result)
  if (result === REGISTER_RESULT.ok) body.bytes(textBytes(authCode))
  return encodeFrame(DOWN.registerReply, body.done(), to)
}

/** 0x8003: asks for missing sub-packages. The count is a byte before 2019 and a word since. */
export function resendRequest(missing: MissingParts, serial: number): Uint8Array | null {
  const { device, is2019, firstSerial } = missing
  // One frame's worth; what is then still missing is asked for again.
  const ids = missing.missing.slice(0, 255)
  const body = new Builder().u16(firstSerial)
  if (is2019) body.u16(ids.length)
  else body.u8(ids.length)
  for (const id of ids) body.u16(id)
  return encodeFrame(DOWN.resendRequest, body.done(), { device, is2019, serial })
}

/** 0x8004: the server's time, BCD in UTC (JT/T 808—2019 table 6). `now` in milliseconds UTC. */
export function timeReply(to: Address, now: number): Uint8Array | null {
  return encodeFrame(DOWN.timeReply, timeBytes(now, 0), to)
}

/** Answer to the vendor's 0x0109: year as a word, then month to second in bytes, UTC, and a result byte. */
export function vendorTimeReply(to: Address, now: number): Uint8Array | null {
  const at = new Date(now)
  const body = new Builder()
    .u16(at.getUTCFullYear())
    .u8(at.getUTCMonth() + 1)
    .u8(at.getUTCDate())
  body.u8(at.getUTCHours()).u8(at.getUTCMinutes()).u8(at.getUTCSeconds()).u8(0)
  return encodeFrame(DOWN.vendorTimeReply, body.done(), to)
}

/** 0x8105 with a control word and its text, if it has any. */
export function control(to: Address, word: number, text = ''): Uint8Array | null {
  return encodeFrame(DOWN.control, new Builder().u8(word).bytes(textBytes(text)).done(), to)
}

/** 0x8203 (since 2013): confirms the alarms of `kinds` (bits as in the alarm word) that came with serial `toSerial`, 0 for all. */
export function confirmAlarm(to: Address, toSerial: number, kinds: number): Uint8Array | null {
  return encodeFrame(DOWN.confirmAlarm, new Builder().u16(toSerial).u32(kinds).done(), to)
}

/**
 * 0x8300, GBK, at most 1,024 bytes by the standard and 1,023 less the flags by the frame. `flags` bit 2: on the display,
 * bit 3: read aloud. The 2019 edition adds a kind: 1 notice, 2 service.
 */
export function text(to: Address, content: string, flags = 0x0c, kind = 1): Uint8Array | null {
  const body = new Builder().u8(flags)
  if (to.is2019) body.u8(kind)
  return encodeFrame(DOWN.text, body.bytes(textBytes(content)).done(), to)
}

/** 0x8103. */
export function setParameters(to: Address, set: Readonly<Record<number, number | string>>): Uint8Array | null {
  const body = parametersBody(set)
  return body === null ? null : encodeFrame(DOWN.setParameters, body, to)
}

/** 0x8202: one position every `intervalS` for `validityS`; 0 ends it and then nothing follows (JT/T 808—2019 table 29). */
export function track(to: Address, intervalS: number, validityS: number): Uint8Array | null {
  const body = new Builder().u16(Math.min(intervalS, 0xffff))
  if (intervalS > 0) body.u32(validityS)
  return encodeFrame(DOWN.track, body.done(), to)
}

/** 0x8104: asks for all parameters. */
export const queryParameters = (to: Address): Uint8Array | null => encodeFrame(DOWN.queryParameters, EMPTY, to)

/** A neutral command as a frame; null where it does not fit. */
export function encodeCommand(command: Command, to: Address): Uint8Array | null {
  switch (command.kind) {
    case 'locate':
      return encodeFrame(DOWN.queryPosition, EMPTY, to)
    case 'burst':
      return track(to, command.intervalS, command.validityS)
    case 'interval':
      return setParameters(to, { [PARAMETER.reportStrategy]: 0, [PARAMETER.defaultInterval]: command.seconds })
    case 'text':
      return text(to, command.text)
    case 'selfCheck':
      return encodeFrame(DOWN.queryAttributes, EMPTY, to)
    case 'readParameters':
      return queryParameters(to)
    case 'stop':
      // The standard knows no "stop reporting"; a terminal that is off collects nothing after the term's end.
      return control(to, CONTROL.off)
    case 'parameters':
      return setParameters(to, command.set)
  }
}
