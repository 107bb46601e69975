import { wordsOfFact } from '@zhijiao/contract/facts'
import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import type { people } from '@zhijiao/contract/people'
import { maskAddress } from '@zhijiao/law/address'
import type { Law } from '@zhijiao/law/in-force'
import { sql } from 'kysely'
import type { Inside } from '../core/room.ts'
import { citationOf } from '../core/tasks/shown.ts'
import type { Keeping } from './keeping.ts'
import { personStore } from './store.ts'

type Timeline = AnswerOf<SpecOf<(typeof people)['timeline']>>

/** The ledger filtered by one person: newest happening first, what was merged into the file with it. */
export async function timelineOf(
  { db }: Inside,
  keeping: Keeping,
  id: string,
  { page = 1, size = 20, kind }: { page?: number; size?: number; kind?: string },
  law: Law,
): Promise<Timeline> {
  const store = personStore(db, keeping)
  await store.get(id)
  const family = await store.family(id)
  const ids = family.map((f) => f.id)
  const numbers = new Map(family.filter((f) => !f.self).map((f) => [f.id, f.number]))
  const entries = () => {
    const all = db.selectFrom('ledger_entry').where('ledger_entry.person_id', 'in', ids)
    // `fence` finds every kind of that room, `fence.assigned` this one.
    return kind
      ? all.where((e) => e.or([e('kind', '=', kind), e('kind', 'like', `${kind.replace(/[^\w.]/g, '')}.%`)]))
      : all
  }
  const total = Number((await entries().select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()).n)
  const rows = await entries()
    .leftJoin('ledger_payload', 'ledger_payload.entry_id', 'ledger_entry.id')
    .leftJoin('ledger_leaf', 'ledger_leaf.entry_id', 'ledger_entry.id')
    .selectAll('ledger_entry')
    .select(['ledger_payload.payload', sql<boolean>`ledger_leaf.entry_id is not null`.as('is_sealed')])
    .orderBy('occurred_at', 'desc')
    .orderBy('ledger_entry.id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return {
    items: rows.map((r) => ({
      id: r.id,
      kind: r.kind,
      says: wordsOfFact(r.kind),
      occurredAt: r.occurred_at.toISOString(),
      recordedAt: r.recorded_at.toISOString(),
      actor: r.actor,
      subject: r.subject,
      cites: r.cites,
      citations: r.cites.flatMap((rule) => citationOf(law, rule) ?? []),
      imported: r.imported,
      sealed: r.is_sealed,
      payload: veiled(r.payload as Timeline['items'][number]['payload']),
      of: (r.person_id && numbers.get(r.person_id)) ?? null,
    })),
    total,
    page,
    size,
  }
}

/** The ledger keeps an address as it stood; the timeline shows it as the file does. */
function veiled(payload: Timeline['items'][number]['payload']): Timeline['items'][number]['payload'] {
  const changes = payload?.changes
  if (!payload || typeof changes !== 'object' || changes === null) return payload ?? null
  const out: Record<string, unknown> = { ...changes }
  for (const field of ['residence', 'registered_address']) {
    const change = out[field] as { from?: unknown; to?: unknown } | undefined
    if (change) out[field] = { from: maskAddress(String(change.from ?? '')), to: maskAddress(String(change.to ?? '')) }
  }
  return { ...payload, changes: out }
}
