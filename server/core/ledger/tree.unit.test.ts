import { leafHash, MerkleTree, merkleRoot, nodeHash, rootFromPath } from '@zhijiao/geo/merkle'
import { expect, test } from 'vitest'
import { consistencyPath, inclusionPath, isConsistent, rootOf, type Subtree } from './tree.ts'

const leaves = Array.from({ length: 67 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)))

/** Only complete subtrees, as the database keeps them. */
const stored: Subtree = async (level, index) => {
  const under = leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)
  if (under.length !== 2 ** level) throw new Error(`subtree ${level}/${index} is not complete`)
  return merkleRoot(under)
}

test('roots and inclusion paths from stored subtrees are those of the whole tree', async () => {
  for (const size of [1, 2, 3, 4, 5, 7, 8, 31, 33, 64, 67]) {
    const root = merkleRoot(leaves.slice(0, size))
    expect(await rootOf(size, stored)).toEqual(root)
    for (let i = 0; i < size; i++) {
      const path = await inclusionPath(i, size, stored)
      expect(path).toEqual(new MerkleTree(leaves.slice(0, size)).path(i))
      expect(rootFromPath(leaves[i] ?? Buffer.alloc(0), i, size, path)).toEqual(root)
    }
  }
})

test('a later tree proves that it only added to an earlier one, and nothing else passes', async () => {
  for (let older = 1; older <= 67; older++) {
    for (const size of [older, older + 1, 40, 64, 67].filter((n) => n >= older && n <= 67)) {
      const a = { size: older, root: await rootOf(older, stored) }
      const b = { size, root: await rootOf(size, stored) }
      const path = await consistencyPath(older, size, stored)
      expect(isConsistent(a, b, path)).toBe(true)
      expect(isConsistent({ ...a, root: nodeHash(a.root, a.root) }, b, path)).toBe(false)
      if (size > older) expect(isConsistent(a, { ...b, root: nodeHash(b.root, b.root) }, path)).toBe(false)
    }
  }
})
