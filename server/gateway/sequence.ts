import { addToRanges, contiguousAck, findHoles, type Ranges, storeMs } from '@zhijiao/wire/app/sequence'
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
      stalled_since: Date | null
      updated_at: Date
    }
  }
}

/** Silence and clock disagreement that mean nothing, milliseconds; the sampling plan says how long a phone may be silent. */
const clockMs = 120_000
/** Holes kept of one install, newest first. */
const mostHoles = 200
/** Stretches kept beyond a hole, lowest first; what is dropped is not acknowledged and comes again. */
const mostRanges = 500

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
      const reached = contiguousAck(before, [...earlier, ...numbers])
      const beyond = addToRanges(row?.ranges ?? [], numbers, reached).slice(0, mostRanges)
      const { ack, ranges, stalledSince } = pastHole(reached, beyond, {
        stalledSince: reached === before ? (row?.stalled_since?.getTime() ?? now) : now,
        now,
      })
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
        insert into app_sequence (device_id, ack, ranges, holes, boot_id, last_t, last_elapsed, stalled_since, updated_at)
        values (${device.id}, ${ack}, ${JSON.stringify(ranges)}::jsonb, ${JSON.stringify(kept)}::jsonb, ${batch.bootId}, ${last?.t ?? row?.last_t ?? null}, ${last?.elapsedRealtime ?? row?.last_elapsed ?? null}, ${stalledSince === null ? null : new Date(stalledSince)}, ${new Date(now)})
        on conflict (device_id) do update set ack = excluded.ack, ranges = excluded.ranges, holes = excluded.holes, boot_id = excluded.boot_id,
          last_t = excluded.last_t, last_elapsed = excluded.last_elapsed, stalled_since = excluded.stalled_since, updated_at = excluded.updated_at`.execute(
        db,
      )
      return ack
    })
}

/**
 * A hole that has stood longer than the phone's store reaches back cannot be filled any more: the acknowledgement passes
 * over it, and the phone stops sending its store again and again. The hole itself stays on record.
 */
function pastHole(ack: number, ranges: Ranges, { stalledSince, now }: { stalledSince: number; now: number }) {
  const [first, ...rest] = ranges
  if (!first) return { ack, ranges, stalledSince: null }
  if (now - stalledSince <= storeMs) return { ack, ranges, stalledSince }
  return { ack: first[1], ranges: rest, stalledSince: rest.length > 0 ? now : null }
}

/** A phone keeps 72 hours, so that a range longer than that is nonsense and is not spread out. */
function expand(first: number, last: number): number[] {
  return Array.from({ length: Math.min(last - first + 1, 10_000) }, (_, i) => first + i)
}
