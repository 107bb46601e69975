import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { canonical } from './canonical.ts'

/** A signed statement of how long the ledger was and what it held (RFC 6962's signed tree head), chained to the one before. */
export interface TreeHead {
  readonly size: number
  /** Hex. */
  readonly root: string
  /** ISO 8601 UTC. */
  readonly at: string
  /** SHA-256 of the previous head's signed text, hex; null for the first. */
  readonly previous: string | null
  /** First 16 hex digits of SHA-256 of the raw public key. */
  readonly keyId: string
  /** Ed25519 public key, hex; the holder of heads pins it. */
  readonly publicKey: string
  /** Ed25519 over the signed text, hex. */
  readonly signature: string
}

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

export interface HeadSigner {
  readonly keyId: string
  readonly publicKey: string
  sign(head: Pick<TreeHead, 'size' | 'root' | 'at' | 'previous'>): TreeHead
}

/** @param seed 32 bytes; the same seed is the same key */
export function headSigner(seed: Buffer): HeadSigner {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length)
  const keyId = createHash('sha256').update(raw).digest('hex').slice(0, 16)
  const publicKey = Buffer.from(raw).toString('hex')
  return {
    keyId,
    publicKey,
    sign: (head) => {
      const whole = { ...head, keyId, publicKey }
      return { ...whole, signature: sign(null, Buffer.from(signedText(whole)), key).toString('hex') }
    },
  }
}

/** What the signature covers and what the next head's `previous` hashes. */
export function signedText(head: Omit<TreeHead, 'signature'>): string {
  const { size, root, at, previous, keyId, publicKey } = head
  return canonical({ size, root, at, previous, keyId, publicKey })
}

export const hashOfHead = (head: Omit<TreeHead, 'signature'>) =>
  createHash('sha256').update(signedText(head)).digest('hex')

/** Whether a head was signed by the key it names. Whose key that is, only the holder of a trusted head can say. */
export function isSigned(head: TreeHead): boolean {
  try {
    const raw = Buffer.from(head.publicKey, 'hex')
    if (createHash('sha256').update(raw).digest('hex').slice(0, 16) !== head.keyId) return false
    const key: KeyObject = createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(signedText(head)), key, Buffer.from(head.signature, 'hex'))
  } catch {
    return false
  }
}
