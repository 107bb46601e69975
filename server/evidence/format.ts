import { createHash } from 'node:crypto'
import type { FixProof } from '@zhijiao/geo/seal'
import { canonical, type Json } from '../core/ledger/canonical.ts'
import type { EntryFace } from '../core/ledger/entry.ts'
import type { TreeHead } from '../core/ledger/head.ts'

/** Name of the form; a later form gets another, so that an old verifier says so instead of guessing. */
export const packForm = 'zhijiao-evidence-1'

/** Members of the pack (a ZIP). Everything but the proofs is bound by the digest in the `evidence.exported` entry. */
export const members = {
  manifest: 'manifest.json',
  entries: 'entries.json',
  proofs: 'proofs.json',
  fixes: 'fixes.json',
  law: 'law.json',
  statement: '说明-statement.html',
  files: 'files/',
} as const

export interface Manifest {
  readonly form: string
  readonly about: { readonly kind: 'episode' | 'person'; readonly id: string; readonly number: string }
  /** The only person the pack discloses. */
  readonly person: string
  readonly org: string
  readonly from: string
  readonly until: string
  readonly madeAt: string
  readonly madeBy: string
  readonly reason: string
  readonly contents: readonly { readonly path: string; readonly size: number; readonly sha256: string }[]
  /** What the pack cannot show, in words. */
  readonly limits: readonly { readonly zh: string; readonly en: string }[]
}

export interface PackedEntry {
  readonly seq: number
  readonly face: EntryFace
  /** Both null after a lawful purge: the entry still proves that something of this kind was recorded then. */
  readonly salt: string | null
  readonly payload: Json
}

export interface PackedFix {
  /** Proof under the sealed root of its activation-day; null for a day not sealed yet. */
  readonly proof: FixProof | null
  /** The `track.sealed` entry that holds the root. */
  readonly sealedBy: string | null
  readonly fix: Json
  /** The version of the rules that judged it; several only where it is not known better. Absent in older packs. */
  readonly judgedBy?: readonly string[]
  /** Why it was not believed; absent where it was, and in packs made before this was told. */
  readonly fault?: PackedFault
}

export interface PackedFault {
  readonly code: string
  readonly zh: string
  readonly en: string
  /** Version of the rules that judged it, by the names under which the pack quotes them. */
  readonly rules: readonly string[]
}

export interface QuotedRule {
  readonly id: string
  readonly source: string
  readonly article: string
  readonly zh: string
  readonly recalled: boolean
  /** What follows is absent for an unknown rule, and in packs made before it was quoted. */
  readonly en?: string
  readonly value?: Json
  readonly unit?: string | null
  readonly operator?: string | null
  /** Days on which this wording is in force, both included. */
  readonly from?: string
  readonly until?: string | null
}

/** A local number or setting as it stood. */
export interface QuotedParameter {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly value: Json
  readonly unit: string | null
  readonly operator: string | null
  readonly source: string
  /** The publication that set it; null for the value that ships. */
  readonly revision: string | null
}

/** What an organisation published, as it stood in force. */
export interface QuotedPublication {
  readonly id: string
  readonly org: string
  readonly from: string
  readonly publishedAt: string | null
  readonly source: string
  readonly change: Json
}

/** One version of the rules in its own words and numbers. */
export interface QuotedVersion {
  /** As entries (`law-…`) and positions (`geo-…+law-…`) name it. */
  readonly name: string
  /** False where this platform no longer holds the text behind the name; the pack's limits say so. */
  readonly held: boolean
  readonly publications: readonly QuotedPublication[]
  /** Rules that the entries under this version cite, as they stood on the entries' days. */
  readonly rules: readonly QuotedRule[]
  readonly parameters: readonly QuotedParameter[]
  /** Numbers by which a position is judged on arrival; null for a version that judges no positions. */
  readonly gates: Readonly<Record<string, number>> | null
}

export interface QuotedLaw {
  readonly revisions: readonly string[]
  readonly rules: readonly QuotedRule[]
  /** Absent in packs made before versions were quoted in full. */
  readonly versions?: readonly QuotedVersion[]
}

export interface Proofs {
  readonly head: TreeHead
  /** Inclusion path of each entry by its sealed number, hex, nearest first. */
  readonly paths: Readonly<Record<string, readonly string[]>>
  /** Earlier published heads, each with the proof that the ledger only grew since. */
  readonly earlier: readonly { readonly head: TreeHead; readonly path: readonly string[] }[]
}

/** Versions of the rules that judged the positions under a sealed day; none for an entry of another kind. */
export function sealedRules({ face, payload }: Pick<PackedEntry, 'face' | 'payload'>): string[] {
  const { rules } = (payload ?? {}) as { rules?: unknown }
  return face.kind === 'track.sealed' && typeof rules === 'string' ? rules.split(',').filter(Boolean) : []
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/**
 * What `evidence.exported` seals of the entries: which they are, and which of them still had their content. Without it an
 * entry could be left out of a pack, or its content taken out as if it had been purged.
 */
export function digestOfEntries(entries: readonly Pick<PackedEntry, 'face' | 'salt'>[]): string {
  const lines = entries.map(({ face, salt }) => `${face.id} ${salt === null ? 'purged' : 'whole'}`)
  return sha256(Buffer.from(lines.sort().join('\n'), 'utf8'))
}

/** What `evidence.exported` seals: the manifest with its list of contents. */
export function digestOf(manifest: Manifest): string {
  return sha256(Buffer.from(canonical(JSON.parse(JSON.stringify(manifest)) as Json), 'utf8'))
}
