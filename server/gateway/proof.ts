import { type KnownDevice, proofEveryMs } from '../devices/index.ts'
import { counted } from '../positions/index.ts'
import type { Speaker } from './reception.ts'
import type { Tally } from './tally.ts'

/** What a line did that a device which has proved itself would not do. */
export type ProofCause = 'noProof' | 'wrongSecret' | 'notReplaced' | 'heldBack'

/**
 * So long after its last proven word a device is still taken to be on its own line, milliseconds: when it is silent longer,
 * the silence itself has reached an officer (red after two hours at the latest, positioning.md §3.6), who settles it; what
 * comes without a secret then says more than nothing. Shorter, a stranger could speak before the silence is noticed.
 */
const proofHoldsMs = 120 * 60_000

/**
 * Which devices have shown their secret at least once. A terminal's number stands on its case: whoever reads it can say it.
 * Who once proved himself is spoken to on a proven line only, and when he stops proving himself it is seen.
 */
export class Proofs {
  readonly #tally: Tally
  /** Proved since this gateway began; the register knows of those before. */
  readonly #here = new Set<string>()
  /** What was last noted of each device, so that a flood costs no write a message. */
  readonly #noted = new Map<string, { proven: boolean; at: number }>()

  /** When each was last heard on a proven line, and when its secret was made anew. */
  readonly #heard = new Map<string, number>()
  readonly #renewed = new Map<string, number>()

  constructor(tally: Tally) {
    this.#tally = tally
  }

  once(device: KnownDevice): boolean {
    return device.provenOnce || this.#here.has(device.id)
  }

  /** Whether what is meant for the device may go out on this line. */
  trusts(speaker: Speaker, device: KnownDevice): boolean {
    return speaker.proven || !this.once(device)
  }

  /** Something came on a proven line. */
  heard(device: KnownDevice, at: number): void {
    this.#heard.set(device.id, at)
  }

  /** The secret was renewed: nobody has proved himself with the new one yet. */
  renewed(device: KnownDevice, at: number): void {
    this.#heard.delete(device.id)
    this.#renewed.set(device.id, at)
  }

  /** Whether what comes on this line is kept as evidence only: the device itself proves that it is the one, and this line does not. */
  doubts(speaker: Speaker, device: KnownDevice, now: number): boolean {
    if (speaker.proven || !this.once(device)) return false
    const noted = device.provenAt ?? 0
    const known = noted > (this.#renewed.get(device.id) ?? 0) ? noted : 0
    return now - Math.max(known, this.#heard.get(device.id) ?? 0) < proofHoldsMs
  }

  proved(device: KnownDevice, at: number): void {
    const first = !this.once(device)
    this.#here.add(device.id)
    this.#heard.set(device.id, at)
    if (this.#news(device, true, at)) this.#tally.proof(device, at, true, first)
  }

  /** Somebody speaks under its number and shows no secret, or a wrong one. */
  unproven(device: KnownDevice, cause: 'noProof' | 'wrongSecret', at: number): void {
    if (!this.once(device)) return
    counted.unproven.inc({ protocol: device.protocol, cause })
    if (this.#news(device, false, at)) this.#tally.proof(device, at, false, false)
  }

  #news(device: KnownDevice, proven: boolean, at: number): boolean {
    const last = this.#noted.get(device.id)
    if (last && last.proven === proven && at - last.at < proofEveryMs) return false
    this.#noted.set(device.id, { proven, at })
    return true
  }
}
