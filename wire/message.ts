import type { WireCounts } from './counts.ts'

/**
 * What every device protocol decodes to. Pure data: no sockets, no clocks, no judgement.
 * A decoder says what the device said; whether it is believed is decided elsewhere.
 */
export type ProtocolName = 'jt808' | 'gt06' | 'watch' | 'osmand' | 'owntracks' | 'app'

export interface CellTower {
  readonly mcc: number
  readonly mnc: number
  /** Location or tracking area code. */
  readonly lac: number
  readonly cell: number
  readonly rssi: number | null
}

export interface WifiPoint {
  readonly mac: string
  readonly rssi: number | null
}

/** A position as the device reported it. Absent values are null, never guessed. */
export interface WireFix {
  /** Degrees in `crs`. */
  readonly lat: number
  readonly lon: number
  /** Milliseconds UTC. */
  readonly time: number
  readonly crs: 'WGS84' | 'GCJ02' | 'BD09'
  readonly source: 'gnss' | 'fused' | 'wifi' | 'cell' | 'unknown'
  /** The device's own word that it has a fix. */
  readonly valid: boolean
  /** Sent from the device's store after a break. */
  readonly blind: boolean
  readonly speedKmh: number | null
  readonly course: number | null
  readonly altitudeM: number | null
  readonly accuracyM: number | null
  readonly satellites: number | null
  readonly batteryPct: number | null
  readonly charging: boolean | null
  readonly steps: number | null
  readonly moving: boolean | null
  readonly mock: boolean | null
  readonly seq: number | null
  readonly cells: readonly CellTower[]
  readonly wifi: readonly WifiPoint[]
  /** What else the device said in the same breath. */
  readonly events: readonly DeviceEvent[]
}

/** Something a device reports besides a position. */
export type DeviceEvent =
  | 'sos'
  | 'strapOpen'
  | 'strapClosed'
  | 'caseOpen'
  | 'lowBattery'
  | 'powerOff'
  | 'powerOn'
  | 'powerLost'
  | 'gnssFault'
  | 'fall'
  | 'fenceIn'
  | 'fenceOut'
  | 'illegalMove'
  | 'simRemoved'
  | 'rebooted'
  | 'locationOff'
  | 'locationOn'

/** One decoded message. `device` is the identity as it travels (phone number, IMEI, id), '' where the frame has none. */
export type Message =
  | {
      readonly type: 'register'
      readonly device: string
      readonly serial: number
      readonly fixes: readonly []
      readonly registration: Registration
    }
  | {
      readonly type: 'authenticate'
      readonly device: string
      readonly serial: number
      readonly fixes: readonly []
      readonly code: string
      readonly imei: string | null
      readonly software: string | null
    }
  | {
      readonly type: 'heartbeat'
      readonly device: string
      readonly serial: number
      readonly fixes: readonly []
      readonly batteryPct: number | null
      readonly steps: number | null
      readonly events: readonly DeviceEvent[]
    }
  | { readonly type: 'logout'; readonly device: string; readonly serial: number; readonly fixes: readonly [] }
  | { readonly type: 'position'; readonly device: string; readonly serial: number; readonly fixes: readonly WireFix[] }
  | {
      readonly type: 'event'
      readonly device: string
      readonly serial: number
      readonly fixes: readonly WireFix[]
      /** When the device says it happened; null where it has no clock. */
      readonly time: number | null
      readonly events: readonly DeviceEvent[]
      /** Waited in the device's store; absent where it is said at once. */
      readonly blind?: boolean
    }
  /** What a device hears of cells and WiFi when it has no position of its own; nothing places it, but it is there. */
  | {
      readonly type: 'network'
      readonly device: string
      readonly serial: number
      readonly fixes: readonly []
      readonly time: number | null
      readonly cells: readonly CellTower[]
      readonly wifi: readonly WifiPoint[]
      readonly batteryPct: number | null
    }
  /** A device answers a command; `result` 0 is success. `fixes` holds the answer to "locate now". */
  | {
      readonly type: 'reply'
      readonly device: string
      readonly serial: number
      readonly fixes: readonly WireFix[]
      readonly toSerial: number
      readonly toCommand: number
      readonly result: number
      readonly details: Readonly<Record<string, unknown>> | null
    }
  /** A device asks for the time (and some protocols for nothing else). */
  | { readonly type: 'timeRequest'; readonly device: string; readonly serial: number; readonly fixes: readonly [] }
  /** Well-formed, of no use to us; still answered so that the device goes on. */
  | {
      readonly type: 'other'
      readonly device: string
      readonly serial: number
      readonly fixes: readonly []
      readonly code: string
    }

export interface Registration {
  /** GB/T 2260 province (first 2 digits) and county (last 4), as the device was set up. */
  readonly province: number
  readonly county: number
  readonly maker: string
  readonly model: string
  readonly terminal: string
  readonly plate: string
}

/** Why bytes were refused; counted by cause, never fatal. */
export type WireFault =
  | 'checksum'
  | 'length'
  | 'escape'
  | 'tooLong'
  | 'encrypted'
  | 'unknownMessage'
  | 'malformed'
  | 'noSession'
  | 'subPackageLost'

/** What a decoder hands out for each frame, in arrival order. */
export type Received =
  | {
      readonly ok: true
      readonly message: Message
      /** Needed to answer: protocol variant and message id as they travelled. */
      readonly envelope: Envelope
    }
  | {
      readonly ok: false
      readonly fault: WireFault
      readonly bytes: number
      readonly envelope: Envelope | null
      /** Who sent it, where that could still be read. */
      readonly device?: string
    }

export interface Envelope {
  readonly protocol: ProtocolName
  /** Message id or kind as the protocol names it (0x0200, 0x12, 'UD', …). */
  readonly id: number | string
  /** 2011, 2013 or 2019 for JT/T 808; for GT06 1 where the frame was of the long kind (7979); 0 elsewhere. */
  readonly version: number
  readonly serial: number
  /** All serials of a sub-packaged message, first to last; empty otherwise. */
  readonly parts: readonly number[]
}

/** Commands the server may send to a device, protocol-neutral. */
export type Command =
  | { readonly kind: 'locate' }
  /** Burst: one position every `intervalS` for `validityS` seconds (JT/T 808 0x8202). `intervalS` 0 stops it. */
  | { readonly kind: 'burst'; readonly intervalS: number; readonly validityS: number }
  /** Regular reporting interval, seconds. */
  | { readonly kind: 'interval'; readonly seconds: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'selfCheck' }
  /** Stop reporting: the legal term has ended. */
  | { readonly kind: 'stop' }
  /** Asks the device how it is set. */
  | { readonly kind: 'readParameters' }
  | { readonly kind: 'parameters'; readonly set: Readonly<Record<number, number | string>> }

/** A message that came in parts and still lacks some, as 0x8003 of JT/T 808 asks for them. */
export interface MissingParts {
  readonly device: string
  readonly is2019: boolean
  readonly id: number
  /** Serial of the first sub-package. */
  readonly firstSerial: number
  /** Sub-package numbers, from 1. */
  readonly missing: readonly number[]
}

/**
 * One connection's decoder: bytes in chunks of any size, messages out. Holds what the protocol needs to remember
 * (identity, half frames, sub-packages) within a fixed bound of memory; never throws on input.
 */
export interface Decoder {
  receive(chunk: Uint8Array): Received[]
  /** What was refused and what was left out since the connection began. */
  readonly counts: WireCounts
  /** Bytes to send so that the device takes `to` as received. Empty where the protocol has no answer. */
  acknowledge(to: Extract<Received, { ok: true }>, outcome: Acknowledgement): Uint8Array
  /** Bytes of a command, or null where the protocol cannot express it. `serial` comes back in the reply. */
  command(command: Command, device: string, serial: number): Uint8Array | null
  /** Messages that came in parts and lack some, longest open first, and the bytes that ask for them; only where there are parts. */
  missingParts?(): readonly MissingParts[]
  requestMissing?(missing: MissingParts): Uint8Array
}

export interface Acknowledgement {
  readonly result: 'ok' | 'failed' | 'unsupported'
  /** Handed to a registering device. */
  readonly authCode?: string
  /** Milliseconds UTC, for protocols that carry the server's time. */
  readonly now: number
}
