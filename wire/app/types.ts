import type { DeviceEvent } from '../message.ts'

/** Things our app reports besides positions. */
export type AppEventKind = Extract<
  DeviceEvent,
  | 'sos'
  | 'rebooted'
  | 'powerOff'
  | 'powerOn'
  | 'lowBattery'
  | 'locationOff'
  | 'locationOn'
  | 'simRemoved'
  | 'fenceIn'
  | 'fenceOut'
>

/**
 * One position of the phone app. `seq` counts fixes and events of one install together, from 1, without gaps; a missing
 * number is a deletion. `elapsedRealtime` runs on while the clock may be turned.
 */
export interface AppFix {
  readonly seq: number
  /** Wall clock when the fix was taken, milliseconds UTC. */
  readonly t: number
  /** Milliseconds since the phone started. */
  readonly elapsedRealtime: number
  /** Degrees in `crs`. */
  readonly lat: number
  readonly lon: number
  readonly crs: 'WGS84' | 'GCJ02' | 'BD09'
  /** Horizontal and vertical accuracy, metres, 68 %. Negative: the phone says that place or height is not valid (iOS). */
  readonly acc: number | null
  readonly vacc: number | null
  /** Metres above the ellipsoid. */
  readonly alt: number | null
  /** Metres a second. For this and for every measure below null and a negative number both say "unknown". */
  readonly spd: number | null
  /** Degrees from north. */
  readonly brg: number | null
  readonly provider: 'gps' | 'network' | 'fused'
  readonly mock: boolean
  readonly sats: number | null
  /** Percent. */
  readonly batt: number | null
  readonly charging: boolean | null
  /** Counted since the phone started. */
  readonly steps: number | null
  readonly activity: 'still' | 'walking' | 'running' | 'cycling' | 'vehicle' | 'unknown' | null
  readonly netType: 'none' | 'wifi' | 'mobile' | null
  readonly airplane: boolean | null
  readonly powerSave: boolean | null
}

export interface AppEvent {
  readonly seq: number
  /** Wall clock when it happened, milliseconds UTC. */
  readonly t: number
  /** Milliseconds since the phone started, or null where it does not say. */
  readonly elapsedRealtime: number | null
  readonly kind: AppEventKind
}

/** What the app posts in one request. `bootId` changes with every start of the phone. */
export interface AppBatch {
  readonly install: string
  readonly bootId: string
  readonly wallClockAtSend: number
  readonly elapsedRealtimeAtSend: number
  readonly fixes: readonly AppFix[]
  readonly events: readonly AppEvent[]
}
