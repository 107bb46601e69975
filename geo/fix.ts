/**
 * One position (定位点) as the rest of the house sees it: already WGS-84, units fixed, source named.
 * What the device sent is kept beside it where the two differ.
 */
export interface Fix {
  /** Device time of the fix, milliseconds UTC. The legal day is that of Asia/Shanghai. */
  readonly ts: number
  /** Degrees WGS-84. */
  readonly lat: number
  readonly lon: number
  /** Radius in metres; the device's own where it gives one, else the floor of its source (`sourceFloorM`). */
  readonly accuracyM: number
  readonly source: FixSource
  readonly speedKmh: number | null
  /** Degrees clockwise from north. */
  readonly course: number | null
  readonly altitudeM: number | null
  readonly satellites: number | null
  /** 0–100. */
  readonly batteryPct: number | null
  /** Step counter as the device reports it; only differences mean anything. */
  readonly steps: number | null
  /** Per-install sequence number of the app contract; holes are evidence. */
  readonly seq: number | null
  /** See `FixFlag`. */
  readonly flags: number
  /** 0 = accepted; otherwise the reason it failed a check (`FixFault`). Failed fixes are kept, never used live. */
  readonly fault: FixFault
}

/** Where a position came from; the order is the order of trust. */
export type FixSource = 'gnss' | 'fused' | 'wifi' | 'cell' | 'unknown'

/** Radius assumed when a device gives none, metres (positioning.md §3.2). */
export const sourceFloorM: Readonly<Record<FixSource, number>> = {
  gnss: 15,
  fused: 40,
  wifi: 40,
  cell: 800,
  unknown: 100,
}

/** Bits of `Fix.flags`. */
export const FixFlag = {
  /** Stored and sent later (盲区补传), by the device's word or by its age on arrival: annotates history, never raises a live alarm. */
  blind: 1,
  /** The platform of the phone says the position is simulated. */
  mock: 2,
  charging: 4,
  /** The device said "not positioned"; the coordinates are its last known. */
  notFixed: 8,
  /** Sent in GCJ-02 and converted here. */
  fromGcj02: 16,
  /** Sent in BD-09 and converted here. */
  fromBd09: 32,
  /** The device proved its identity with a secret; without it every piece of evidence says "source not authenticated". */
  authenticated: 64,
  /** Recorded by an import of old files, not received by this platform. */
  imported: 128,
  /** The device says it is moving. */
  moving: 256,
  /** Arrived after a later fix of the same activation: history only. */
  late: 512,
  /** Came on a line that showed no secret while the device itself proves that it is the one: kept as evidence, moves nothing. */
  doubted: 1024,
} as const

/** Why a fix failed a check. Numbers are stored; never renumber. */
export const FixFault = {
  none: 0,
  outOfRange: 1,
  zeroIsland: 2,
  outsideChina: 3,
  fromTheFuture: 4,
  tooOld: 5,
  stale: 6,
  tooFast: 7,
  notFixed: 8,
  clockWrong: 9,
  overCeiling: 10,
} as const
export type FixFault = (typeof FixFault)[keyof typeof FixFault]
