import { concat } from '../bytes.ts'
import type { MissingParts } from '../message.ts'
import type { Header } from './header.ts'

/** At most this many messages of one connection may be open at once. */
const MAX_OPEN = 4
/** At most this many bytes of bodies are held for one connection. */
const MAX_HELD = 256 * 1024

export type { MissingParts }

export interface WholeMessage {
  readonly body: Uint8Array
  readonly serials: readonly number[]
}

interface OpenMessage {
  readonly header: Header
  readonly firstSerial: number
  readonly parts: (Uint8Array | undefined)[]
  got: number
  bytes: number
}

/**
 * Puts sub-packaged messages (分包, properties bit 13) together. Parts of one message carry consecutive serials, so the
 * first serial names the message. Memory is bounded; what has to give way is the message opened longest ago.
 */
export class PartAssembly {
  private readonly open = new Map<string, OpenMessage>()
  private held = 0

  /** The whole message once its last part is here, else null; `lost` counts messages that gave way. */
  add(header: Header, body: Uint8Array): { whole: WholeMessage | null; lost: number } | 'malformed' {
    const { part, parts } = header
    if (part < 1 || part > parts) return 'malformed'
    const firstSerial = (header.serial - part + 1) & 0xffff
    const key = `${header.device}/${header.id}/${firstSerial}/${parts}`
    const message = this.open.get(key) ?? { header, firstSerial, parts: [], got: 0, bytes: 0 }
    if (message.parts[part - 1] === undefined) {
      // The frame's memory belongs to the socket and is about to be reused.
      message.parts[part - 1] = body.slice()
      message.got++
      message.bytes += body.length
      this.held += body.length
    }
    this.open.delete(key)
    if (message.got === parts) {
      this.held -= message.bytes
      const serials = Array.from({ length: parts }, (_, i) => (firstSerial + i) & 0xffff)
      return { whole: { body: concat(message.parts.filter((one) => one !== undefined)), serials }, lost: 0 }
    }
    this.open.set(key, message)
    return { whole: null, lost: this.makeRoom() }
  }

  /** What is still missing, message by message, longest open first. */
  missing(): MissingParts[] {
    return Array.from(this.open.values(), ({ header, firstSerial, parts }) => ({
      device: header.device,
      is2019: header.is2019,
      id: header.id,
      firstSerial,
      missing: Array.from({ length: header.parts }, (_, i) => i + 1).filter((part) => parts[part - 1] === undefined),
    }))
  }

  private makeRoom(): number {
    let lost = 0
    for (const [key, message] of this.open) {
      if (this.open.size <= MAX_OPEN && this.held <= MAX_HELD) break
      this.open.delete(key)
      this.held -= message.bytes
      lost++
    }
    return lost
  }
}
