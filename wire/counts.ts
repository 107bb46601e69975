import type { WireFault } from './message.ts'

/** Why a position of an otherwise good message was left out: the item is cut short, cannot be read, or has no time yet. */
export type LostCause = 'cutShort' | 'malformed' | 'noTime'

/** What a connection was refused, by cause, and what was accepted although it bent the protocol. */
export interface WireCounts {
  readonly frames: number
  readonly faults: Readonly<Record<WireFault, number>>
  /** Frames whose declared length contradicts their bytes; accepted, because delimiter and checksum hold. */
  readonly lengthMismatches: number
  /** Positions inside otherwise good messages that had to be left out, by cause, and altogether. */
  readonly lost: Readonly<Record<LostCause, number>>
  readonly lostFixes: number
}

export class Counter implements WireCounts {
  frames = 0
  lengthMismatches = 0
  readonly lost: Record<LostCause, number> = { cutShort: 0, malformed: 0, noTime: 0 }
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

  /** Positions of one message that were left out. */
  leave(lost: Readonly<Partial<Record<LostCause, number>>>): void {
    this.lost.cutShort += lost.cutShort ?? 0
    this.lost.malformed += lost.malformed ?? 0
    this.lost.noTime += lost.noTime ?? 0
  }

  get lostFixes(): number {
    return this.lost.cutShort + this.lost.malformed + this.lost.noTime
  }
}
