import { createHmac } from 'node:crypto'
import { unpackDay } from './daytrack.ts'
import type { ReceivedFix } from './merge.ts'
import { leafHash, MerkleTree, merkleRoot, rootFromPath } from './merkle.ts'

/**
 * The seal of an activation-day: one root over all its fixes, entered in the ledger, so that one fix can be shown and
 * proved without showing the others. Data that comes late makes a new day blob and a superseding root.
 */
export interface FixProof {
  readonly activationNo: number
  readonly fix: ReceivedFix
  /** Hex. Opens this leaf only; it says nothing of the day's salt. */
  readonly leafSalt: string
  /** Place of the fix in the day, from 0, and number of fixes of the day. */
  readonly index: number
  readonly size: number
  /** Hex SHA-256, nearest first. */
  readonly path: readonly string[]
}

/**
 * What a leaf commits to, as text anybody can rebuild: whole numbers between bars, empty where the device said nothing.
 * zjfix1 | activation | time ms | received ms | lat 1e-7° | lon 1e-7° | radius dm | source | speed 0.1 km/h | course 0.1° |
 * height dm | satellites | battery 0.1 % | steps | seq | flags | fault
 */
export function canonicalFix(activationNo: number, fix: ReceivedFix): string {
  return [
    'zjfix1',
    activationNo,
    Math.round(fix.ts),
    Math.round(fix.receivedAt),
    Math.round(fix.lat * 1e7),
    Math.round(fix.lon * 1e7),
    Math.round(fix.accuracyM * 10),
    fix.source,
    tenths(fix.speedKmh),
    tenths(fix.course),
    tenths(fix.altitudeM),
    whole(fix.satellites),
    tenths(fix.batteryPct),
    whole(fix.steps),
    whole(fix.seq),
    fix.flags,
    fix.fault,
  ].join('|')
}

/** Leaf hash of a fix: RFC 6962 over the leaf's own 16-byte salt followed by the canonical text in UTF-8. */
export function fixLeaf(activationNo: number, fix: ReceivedFix, leafSalt: Uint8Array): Buffer {
  return leafHash(Buffer.concat([leafSalt, Buffer.from(canonicalFix(activationNo, fix), 'utf8')]))
}

/** The root of a packed day, hex SHA-256. */
export function dayRoot(blob: Uint8Array): string {
  return merkleRoot(leavesOf(blob).leaves).toString('hex')
}

/** A packed day opened for proving its fixes: hashed once, however many are asked for. */
export interface ProvableDay {
  readonly fixes: readonly ReceivedFix[]
  /** Root over all of them, hex. */
  readonly root: string
  /** Proof for the `index`-th of them. Throws RangeError when there is none. */
  prove(index: number): FixProof
}

export function provable(blob: Uint8Array): ProvableDay {
  const { activationNo, salt, fixes, leaves } = leavesOf(blob)
  const tree = new MerkleTree(leaves)
  return {
    fixes,
    root: tree.root.toString('hex'),
    prove(index) {
      const fix = fixes[index]
      if (!fix) throw new RangeError(`the day has ${fixes.length} fixes, no number ${index}`)
      return {
        activationNo,
        fix,
        leafSalt: leafSaltOf(salt, activationNo, fix).toString('hex'),
        index,
        size: fixes.length,
        path: tree.path(index).map((hash) => hash.toString('hex')),
      }
    },
  }
}

/** Whether a proof leads to the root that was sealed. Anything altered in the fix, its place or the path answers false. */
export function verifyFix(proof: FixProof, root: string): boolean {
  const leaf = fixLeaf(proof.activationNo, proof.fix, Buffer.from(proof.leafSalt, 'hex'))
  const path = proof.path.map((hash) => Buffer.from(hash, 'hex'))
  if (path.some((hash) => hash.length !== 32)) return false
  return rootFromPath(leaf, proof.index, proof.size, path)?.toString('hex') === root.toLowerCase()
}

function leavesOf(blob: Uint8Array) {
  const day = unpackDay(blob)
  const leaves = day.fixes.map((fix) => fixLeaf(day.activationNo, fix, leafSaltOf(day.salt, day.activationNo, fix)))
  return { ...day, leaves }
}

/** Derived from the day's salt and the fix itself, so that a superseding root keeps the leaves that did not change. */
function leafSaltOf(daySalt: Uint8Array, activationNo: number, fix: ReceivedFix): Buffer {
  return createHmac('sha256', daySalt).update(canonicalFix(activationNo, fix)).digest().subarray(0, 16)
}

function tenths(value: number | null): number | '' {
  return value === null ? '' : Math.round(value * 10)
}

function whole(value: number | null): number | '' {
  return value === null ? '' : Math.round(value)
}
