import { createHash } from 'node:crypto'

/**
 * Merkle trees as in RFC 6962 §2.1: SHA-256, 0x00 before a leaf, 0x01 before two children, split at the largest power of
 * two below the number of leaves, no padding.
 */

/** Hash of one leaf's bytes. */
export function leafHash(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(bytes).digest()
}

/** Root over leaf hashes; of no leaves, the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  const [only] = leaves
  if (!only) return createHash('sha256').digest()
  if (leaves.length === 1) return Buffer.from(only)
  const split = largestPowerBelow(leaves.length)
  return nodeHash(merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)))
}

/**
 * A tree with all its nodes, for whoever takes many paths out of it: built in one pass, each path in as many steps as the
 * tree is high. `levels[0]` are the leaves; a node without a neighbour goes up as it is, which yields the same split.
 */
export class MerkleTree {
  readonly #levels: (readonly Uint8Array[])[]

  constructor(leaves: readonly Uint8Array[]) {
    this.#levels = [leaves]
    for (let below = leaves; below.length > 1; ) {
      const level: Uint8Array[] = []
      for (let i = 0; i < below.length; i += 2) {
        const [left, right] = [below[i], below[i + 1]]
        if (left) level.push(right ? nodeHash(left, right) : left)
      }
      this.#levels.push(level)
      below = level
    }
  }

  get root(): Buffer {
    const top = this.#levels.at(-1)?.[0]
    return top ? Buffer.from(top) : merkleRoot([])
  }

  /** The hashes that lead from leaf `index` to the root, nearest first. Throws RangeError for a leaf that is not there. */
  path(index: number): Buffer[] {
    if (!Number.isInteger(index) || index < 0 || index >= (this.#levels[0]?.length ?? 0))
      throw new RangeError(`no leaf ${index}`)
    const path: Buffer[] = []
    let node = index
    for (const level of this.#levels) {
      const sibling = level[node % 2 === 0 ? node + 1 : node - 1]
      if (sibling) path.push(Buffer.from(sibling))
      node = Math.floor(node / 2)
    }
    return path
  }
}

/** The root that a leaf hash and its path lead to, or null when the path does not fit a tree of that size (RFC 9162 §2.1.3.2). */
export function rootFromPath(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Buffer | null {
  if (!Number.isInteger(index) || index < 0 || index >= size) return null
  let node = index
  let last = size - 1
  let hash: Buffer = Buffer.from(leaf)
  for (const sibling of path) {
    if (last === 0) return null
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
      }
    } else hash = nodeHash(hash, sibling)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? hash : null
}

const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)

/** Hash of two children: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest()
}

/** Where a tree of `size` leaves splits; `size` at least 2. */
export function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}
