import { compactOnce } from '@zhijiao/server/positions/compaction'
import type { Cluster } from '../../test/support/load-cluster.ts'

/** Bytes on disk for one fix: heap, index and toast together. */
export interface Sizes {
  readonly storedFixes: number
  readonly inbox: number
  readonly compacted: number
  readonly compactedBeforeVacuum: number
}

interface Sum {
  readonly fixes: number
  readonly bytes: number
}

/** Sizes of what the inbox holds now, and of the day tracks it is folded into. */
export async function sizes({ admin, house }: Cluster): Promise<Sizes> {
  const inbox = await one<Sum>(
    admin,
    `select (select coalesce(sum(fixes), 0) from position_inbox)::float8 as fixes,
      (select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'position_inbox'::regclass)::float8 as bytes`,
  )
  // The program's own worker may be at it: then nothing is folded here and the inbox is looked at again.
  for (;;) {
    await compactOnce(house)
    const left = await one<{ n: number }>(
      admin,
      'select count(*)::int as n from position_inbox i join position_compacted c on c.shard = i.shard where i.no > c.no',
    )
    if (left.n === 0) break
  }
  const size = `select coalesce(sum(fixes), 0)::float8 as fixes, pg_total_relation_size('track_day')::float8 as bytes from track_day`
  const grown = await one<Sum>(admin, size)
  await admin.query('vacuum full track_day')
  const tight = await one<Sum>(admin, size)
  return {
    storedFixes: inbox.fixes,
    inbox: inbox.bytes / inbox.fixes,
    compacted: tight.bytes / tight.fixes,
    compactedBeforeVacuum: grown.bytes / grown.fixes,
  }
}

async function one<T extends object>(admin: Cluster['admin'], text: string): Promise<T> {
  const [row] = (await admin.query<T>(text)).rows
  if (!row) throw new Error('a query for one row gave none')
  return row
}
