import { createHash } from 'node:crypto'
import { largestPowerBelow, nodeHash } from '@zhijiao/geo/merkle'

/**
 * The ledger's Merkle tree (RFC 6962 §2.1) over stored roots of complete subtrees, so that a proof among a hundred
 * million entries reads a few dozen rows. Level 0 holds leaf hashes; (level, index) covers leaves [index·2^level, (index+1)·2^level).
 */
export type Subtree = (level: number, index: number) => Promise<Buffer>

/** Root of the first `size` leaves. */
export async function rootOf(size: number, at: Subtree): Promise<Buffer> {
  return size === 0 ? createHash('sha256').digest() : rangeRoot(0, size, at)
}

/** Inclusion path of leaf `index` in the tree of the first `size` leaves, nearest sibling first. */
export async function inclusionPath(index: number, size: number, at: Subtree): Promise<Buffer[]> {
  const path: Buffer[] = []
  let start = 0
  let width = size
  while (width > 1) {
    const split = largestPowerBelow(width)
    if (index - start < split) {
      path.push(await rangeRoot(start + split, width - split, at))
      width = split
    } else {
      path.push(await rangeRoot(start, split, at))
      start += split
      width -= split
    }
  }
  return path.reverse()
}

/** Proof that the tree of `older` leaves is a prefix of the tree of `size` leaves (RFC 6962 §2.1.2). */
export async function consistencyPath(older: number, size: number, at: Subtree): Promise<Buffer[]> {
  if (older <= 0 || older >= size) return []
  const path: Buffer[] = []
  let start = 0
  let width = size
  let m = older
  let whole = true
  while (m !== width) {
    const split = largestPowerBelow(width)
    if (m <= split) {
      path.push(await rangeRoot(start + split, width - split, at))
      width = split
    } else {
      path.push(await rangeRoot(start, split, at))
      start += split
      m -= split
      width -= split
      whole = false
    }
  }
  if (!whole) path.push(await rangeRoot(start, width, at))
  return path.reverse()
}

async function rangeRoot(start: number, width: number, at: Subtree): Promise<Buffer> {
  const level = Math.log2(width)
  if (Number.isInteger(level)) return at(level, start / width)
  const split = largestPowerBelow(width)
  return nodeHash(await rangeRoot(start, split, at), await rangeRoot(start + split, width - split, at))
}

/** Checks a consistency proof; the roots of both trees must come out of it (RFC 9162 §2.1.4.2). */
export function isConsistent(
  older: { size: number; root: Uint8Array },
  newer: { size: number; root: Uint8Array },
  path: readonly Uint8Array[],
): boolean {
  const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0
  if (older.size === newer.size) return path.length === 0 && same(older.root, newer.root)
  if (older.size <= 0 || older.size > newer.size) return false
  const proof = [...path]
  if (Number.isInteger(Math.log2(older.size))) proof.unshift(Buffer.from(older.root))
  const [first, ...rest] = proof
  if (!first) return false
  let node = older.size - 1
  let last = newer.size - 1
  while (node % 2 === 1) {
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  let oldRoot: Uint8Array = first
  let newRoot: Uint8Array = first
  for (const sibling of rest) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      oldRoot = nodeHash(sibling, oldRoot)
      newRoot = nodeHash(sibling, newRoot)
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
      }
    } else newRoot = nodeHash(newRoot, sibling)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && same(oldRoot, older.root) && same(newRoot, newer.root)
}
