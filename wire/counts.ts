import type { WireFault } from './message.ts'

/** What a connection was refused, by cause, and what was accepted although it bent the protocol. */
export interface WireCounts {
  readonly frames: number
  readonly faults: Readonly<Record<WireFault, number>>
  /** Frames whose declared length contradicts their bytes; accepted, because delimiter and checksum hold. */
  readonly lengthMismatches: number
  /** Positions inside an otherwise good batch that had to be left out (impossible date, cut short). */
  readonly lostFixes: number
}

export class Counter implements WireCounts {
  frames = 0
  lengthMismatches = 0
  lostFixes = 0
  readonly faults: Record<WireFault, number> = {
    checksum: 0,
    length: 0,
    escape: 0,
    tooLong: 0,
    encrypted: 0,
    unknownMessage: 0,
    malformed: 0,
    noSession: 0,
    subPackageLost: 0,
  }
}
