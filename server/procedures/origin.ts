import type { OriginKind } from '@zhijiao/contract/matters'
import type { ScopedDb } from '../core/db.ts'
import type { Moment } from './practice.ts'
import type { MatterRow } from './store.ts'

/** Names such a decision: which room made it, and its id there. */
export interface OriginRef {
  readonly kind: OriginKind
  readonly id: string
}

/** A decision that no matter made and a matter may come of: of a leave, of an article 29 term approved at its own desk. */
export interface Origin {
  readonly kind: OriginKind
  readonly id: string
  readonly person: string
  /** The business, as a refusal names it. */
  readonly name: { readonly zh: string; readonly en: string }
  /** The decision in one line. */
  readonly said: { readonly zh: string; readonly en: string }
  /** Civil date of the decision; while there is none, of the application. */
  readonly on: string
  /** Who decided, in words. */
  readonly by: string
  /** The post that decided, where that was none of the county agency or the office. */
  readonly above?: 'bureauHead' | 'city' | 'province'
  /** Staff who had a hand in it. */
  readonly hands: readonly string[]
  /** It is decided, and against the person. */
  readonly contestable: boolean
}

/** How the engine asks a room for such decisions; through the caller's eyes. */
export interface Origins {
  one(db: ScopedDb, id: string): Promise<Origin | undefined>
  ofPerson(db: ScopedDb, person: string): Promise<readonly Origin[]>
  /** What the room itself does when an objection is answered, in the transaction of the answer. */
  answered?(m: Moment, id: string, verdict: 'uphold' | 'change' | 'revoke'): Promise<void>
}

const known = new Map<OriginKind, Origins>()

/** Declares the decisions of a room's own, once, where the room is made. */
export function declareOrigin(kind: OriginKind, origins: Origins): void {
  known.set(kind, origins)
}

export const originOf = async (db: ScopedDb, { kind, id }: OriginRef): Promise<Origin | null> =>
  (await known.get(kind)?.one(db, id)) ?? null

/** Tells the room that made a decision what an objection to it was answered. */
export const answered = async (m: Moment, verdict: 'uphold' | 'change' | 'revoke'): Promise<void> => {
  if (m.origin) await known.get(m.origin.kind)?.answered?.(m, m.origin.id, verdict)
}

/** Every such decision about one person. */
export async function originsOf(db: ScopedDb, person: string): Promise<readonly Origin[]> {
  const found: Origin[] = []
  for (const origins of known.values()) found.push(...(await origins.ofPerson(db, person)))
  return found
}

/** A matter comes of one thing: where another matter is named, of that. */
export const originWished = ({
  cause,
  origin,
}: {
  readonly cause?: string | null
  readonly origin?: OriginRef | null
}): OriginRef | null => (cause ? null : (origin ?? null))

/** The decision a matter came of, where no matter made it. */
export const originIn = (row: Pick<MatterRow, 'origin_kind' | 'origin_id'>): OriginRef | null =>
  row.origin_kind && row.origin_id ? { kind: row.origin_kind, id: row.origin_id } : null
