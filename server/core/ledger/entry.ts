import { createHash } from 'node:crypto'
import { canonical, type Json } from './canonical.ts'

/** What is written in the ledger when something happened or was decided. */
export interface Fact {
  /** `room.pastTense`: `episode.raised`, `activation.approved`. */
  readonly kind: string
  readonly org: string
  readonly person?: string | null
  /** The row the fact is about (episode, task, device …). */
  readonly subject?: string | null
  /** Milliseconds UTC; default: now. Differs from the recording time for imports and late data. */
  readonly occurredAt?: number
  /** Rules of `law/` the fact rests on. */
  readonly cites?: readonly string[]
  readonly payload: Json
  /** Brought in from old files, not witnessed by this platform. */
  readonly imported?: boolean
}

/** The sealed face of an entry: everything but the payload, which a lawful purge may delete. */
export interface EntryFace {
  readonly id: string
  readonly org: string
  readonly person: string | null
  readonly kind: string
  readonly subject: string | null
  /** ISO 8601 UTC with milliseconds. */
  readonly occurredAt: string
  readonly recordedAt: string
  readonly actor: string
  readonly actorId: string | null
  readonly cites: readonly string[]
  readonly lawRevision: string
  readonly imported: boolean
  /** SHA-256(salt ‖ canonical payload), hex. */
  readonly payloadHash: string
}

export function hashPayload(salt: Uint8Array, payload: Json): Buffer {
  return createHash('sha256').update(salt).update(canonical(payload), 'utf8').digest()
}

/** RFC 6962 leaf hash of an entry's face: SHA-256(0x00 ‖ canonical face). */
export function hashLeaf(face: EntryFace): Buffer {
  return createHash('sha256')
    .update(Buffer.from([0]))
    .update(canonical({ ...face, cites: [...face.cites] }), 'utf8')
    .digest()
}
