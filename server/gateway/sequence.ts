import {
  addToRanges,
  contiguousAck,
  findHoles,
  type Hole,
  numbersIn,
  type Ranges,
  type SequenceEntry,
  storeMs,
  withoutArrived,
} from '@zhijiao/wire/app/sequence'
import type { AppBatch } from '@zhijiao/wire/app/types'
import { sql } from 'kysely'
import type { House } from '../core/house.ts'
import type { Tables } from '../core/tables.ts'
import type { KnownDevice } from '../devices/index.ts'

type Sequence = Tables['app_sequence']

declare module '../core/tables.ts' {
  interface Tables {
    app_sequence: {
      device_id: string
      ack: number
      ranges: Ranges
      holes: unknown
      boot_id: string
      /** The number that `last_t`, `last_elapsed` and `boot_id` belong to: the highest that came with clocks. */
      last_seq: number | null
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
      const earlier = numbersIn(row?.ranges ?? [])
      const reached = contiguousAck(before, [...earlier, ...numbers])
      const beyond = addToRanges(row?.ranges ?? [], numbers, reached).slice(0, mostRanges)
      const { ack, ranges, stalledSince } = pastHole(reached, beyond, {
        stalledSince: reached === before ? (row?.stalled_since?.getTime() ?? now) : now,
        now,
      })
      const known = new Set(earlier)
      // What comes again was compared when it came.
      const entries = batch.fixes
        .filter(({ seq }) => seq > before && !known.has(seq))
        .map(({ seq, t, elapsedRealtime }) => ({ seq, t, elapsedRealtime, bootId: batch.bootId }))
      const newest = lastOf(row)
      const found = findHoles(
        newest ? [newest, ...entries] : entries,
        { silenceMs: intervalOf(device, now) * 3, clockMs },
        { clockless, earlier, upTo: before },
      ).map((hole) => ({ ...hole, at: now }))
      const stands = withoutArrived((row?.holes as Hole[] | undefined) ?? [], numbers)
      const kept = [...found, ...stands].slice(0, mostHoles)
      const last = entries.reduce((a, b) => (a && a.seq > b.seq ? a : b), newest)
      await sql`
        insert into app_sequence (device_id, ack, ranges, holes, boot_id, last_seq, last_t, last_elapsed, stalled_since, updated_at)
        values (${device.id}, ${ack}, ${JSON.stringify(ranges)}::jsonb, ${JSON.stringify(kept)}::jsonb, ${last?.bootId ?? batch.bootId}, ${last?.seq ?? null}, ${last?.t ?? null}, ${last?.elapsedRealtime ?? null}, ${stalledSince === null ? null : new Date(stalledSince)}, ${new Date(now)})
        on conflict (device_id) do update set ack = excluded.ack, ranges = excluded.ranges, holes = excluded.holes, boot_id = excluded.boot_id,
          last_seq = excluded.last_seq, last_t = excluded.last_t, last_elapsed = excluded.last_elapsed, stalled_since = excluded.stalled_since, updated_at = excluded.updated_at`.execute(
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

/** The newest entry whose clocks are known. Rows from before it was noted which that is compare with none. */
function lastOf(row: Sequence | undefined): SequenceEntry | null {
  if (!row || row.last_seq === null || row.last_t === null || row.last_elapsed === null) return null
  return { seq: row.last_seq, t: row.last_t, elapsedRealtime: row.last_elapsed, bootId: row.boot_id }
}

/** How often the device is to speak, milliseconds: by the term that runs, else by the last one that did. */
function intervalOf(device: KnownDevice, now: number): number {
  const begun = device.activations.filter(({ startsAt }) => startsAt <= now)
  const running = begun.find(({ endsAt }) => now < endsAt)
  return ((running ?? begun[0])?.intervalS ?? 3600) * 1000
}
