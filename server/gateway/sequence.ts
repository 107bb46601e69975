import { addToRanges, contiguousAck, findHoles, type Ranges } from '@zhijiao/wire/app/sequence'
import type { AppBatch } from '@zhijiao/wire/app/types'
import { sql } from 'kysely'
import type { House } from '../core/house.ts'
import type { KnownDevice } from '../devices/index.ts'

declare module '../core/tables.ts' {
  interface Tables {
    app_sequence: {
      device_id: string
      ack: number
      ranges: Ranges
      holes: unknown
      boot_id: string
      last_t: number | null
      last_elapsed: number | null
      updated_at: Date
    }
  }
}

/** Silence and clock disagreement that mean nothing, milliseconds; the sampling plan says how long a phone may be silent. */
const clockMs = 120_000
/** Holes kept of one install, newest first. */
const mostHoles = 200

/**
 * Books how far an install has been received and returns the number up to which nothing is missing, which the phone may
 * then forget; `unread` are those whose entry could not be read. What its numbering and clocks give away about silence is kept as evidence.
 */
export function appSequence(house: House) {
  return async (device: KnownDevice, batch: AppBatch, unread: readonly number[], now: number): Promise<number> =>
    house.databases.system.transaction().execute(async (db) => {
      const row = await db
        .selectFrom('app_sequence')
        .selectAll()
        .where('device_id', '=', device.id)
        .forUpdate()
        .executeTakeFirst()
      const clockless = [...batch.events.map(({ seq }) => seq), ...unread]
      const numbers = [...batch.fixes.map(({ seq }) => seq), ...clockless]
      const before = row?.ack ?? 0
      const earlier = (row?.ranges ?? []).flatMap(([first, last]) => expand(first, last))
      const ack = contiguousAck(before, [...earlier, ...numbers])
      const ranges = addToRanges(row?.ranges ?? [], numbers, ack)
      const entries = batch.fixes.map(({ seq, t, elapsedRealtime }) => ({
        seq,
        t,
        elapsedRealtime,
        bootId: batch.bootId,
      }))
      const last = entries.reduce<(typeof entries)[number] | null>((a, b) => (a && a.seq > b.seq ? a : b), null)
      const known =
        row && row.last_t !== null && row.last_elapsed !== null
          ? [{ seq: before, t: row.last_t, elapsedRealtime: row.last_elapsed, bootId: row.boot_id }]
          : []
      const intervalMs = (device.activations[0]?.intervalS ?? 3600) * 1000
      const holes = findHoles([...known, ...entries], { silenceMs: intervalMs * 3, clockMs }, clockless).map(
        (hole) => ({
          ...hole,
          at: now,
        }),
      )
      const kept = [...holes, ...((row?.holes as unknown[] | undefined) ?? [])].slice(0, mostHoles)
      await sql`
        insert into app_sequence (device_id, ack, ranges, holes, boot_id, last_t, last_elapsed, updated_at)
        values (${device.id}, ${ack}, ${JSON.stringify(ranges)}::jsonb, ${JSON.stringify(kept)}::jsonb, ${batch.bootId}, ${last?.t ?? row?.last_t ?? null}, ${last?.elapsedRealtime ?? row?.last_elapsed ?? null}, ${new Date(now)})
        on conflict (device_id) do update set ack = excluded.ack, ranges = excluded.ranges, holes = excluded.holes, boot_id = excluded.boot_id,
          last_t = excluded.last_t, last_elapsed = excluded.last_elapsed, updated_at = excluded.updated_at`.execute(db)
      return ack
    })
}

/** A phone keeps 72 hours, so that a range longer than that is nonsense and is not spread out. */
function expand(first: number, last: number): number[] {
  return Array.from({ length: Math.min(last - first + 1, 10_000) }, (_, i) => first + i)
}
