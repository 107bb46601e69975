import { inboxDirectory, inboxSegment } from '@zhijiao/geo/track'
import type { DeviceEvent } from '@zhijiao/wire/message'
import { sql } from 'kysely'
import { keptEar } from '../core/ear.ts'
import type { House } from '../core/house.ts'
import { pauses } from '../core/pause.ts'
import type { Stop } from '../core/room.ts'
import type { Arrival, ArrivalSource, ArrivedEvent, Contact } from './arrival.ts'
import { inboxChannel } from './writer.ts'
import './tables.ts'

/** Signs of life between processes; batched, so that ten thousand devices are a few notices a second. */
export const contactsChannel = 'zj_contacts'
/** Flushes read in one go. */
const readAtOnce = 200

interface Whose {
  id: string
  personId: string
  deviceId: string
  org: string
}

/**
 * Follows what other processes make durable: woken by NOTIFY, looked after every second. `except` is the shard whose
 * arrivals are handed over in this process already.
 */
export async function followArrivals(
  house: House,
  except: number | null,
  tell: { arrivals: (told: readonly Arrival[]) => void; contacts: (told: readonly Contact[]) => void },
): Promise<Stop> {
  const stored = storedArrivals(house)
  const seen = new Map<number, number>()
  let stopped = false
  const { pause, wake } = pauses()

  const ear = keptEar(house.databases.systemPool, [inboxChannel, contactsChannel], (channel, payload) => {
    if (channel !== contactsChannel) return wake()
    const told = JSON.parse(payload || '[]') as [number, number, number | null, number | null][]
    tell.contacts(told.map(([activationNo, at, batteryPct, steps]) => ({ activationNo, at, batteryPct, steps })))
  })
  const others = async () => (await stored.shards()).filter((shard) => shard !== except)
  // Before the engine replays what it missed: what is flushed from here on is told, what was before it reads itself, and
  // what comes twice it knows. Taken later, a flush in between would be nobody's.
  for (const shard of await others()) seen.set(shard, await newest(house, shard))
  const follow = (async () => {
    while (!stopped) {
      try {
        const shards = await others()
        // Nobody else writes: no connection is held for waiting.
        if (shards.length > 0) await ear.open()
        for (const shard of shards)
          for await (const batch of stored.since(shard, seen.get(shard) ?? 0)) {
            seen.set(shard, batch[0]?.no ?? seen.get(shard) ?? 0)
            tell.arrivals(batch)
          }
      } catch (error) {
        if (!stopped)
          house.log.warn(
            { err: error instanceof Error ? error.message : String(error) },
            'arrivals wait for the database',
          )
      }
      if (stopped) return
      await pause(1_000)
    }
  })()
  return async () => {
    stopped = true
    wake()
    await follow
    ear.close()
  }
}

/** Passes signs of life on to an engine elsewhere. */
export function tellContacts(house: House, contacts: readonly Contact[]): void {
  for (let i = 0; i < contacts.length; i += 150) {
    const words = JSON.stringify(
      contacts.slice(i, i + 150).map((c) => [c.activationNo, Math.round(c.at), c.batteryPct, c.steps]),
    )
    house.databases.systemPool.query('select pg_notify($1, $2)', [contactsChannel, words]).catch(() => undefined)
  }
}

async function newest(house: House, shard: number): Promise<number> {
  const { rows } = await sql<{ no: number | null }>`
    select greatest((select max(no) from position_inbox where shard = ${shard}), (select no from position_compacted where shard = ${shard})) as no`.execute(
    house.databases.system,
  )
  return Number(rows[0]?.no ?? 0)
}

/** What lies in the inbox, read back in the order it was written. */
export function storedArrivals(house: House): Pick<ArrivalSource, 'since' | 'shards'> {
  const db = house.databases.system
  const known = new Map<number, Whose>()
  const learn = async (nos: readonly number[]) => {
    const missing = nos.filter((no) => !known.has(no))
    if (missing.length === 0) return
    const rows = await db
      .selectFrom('activation')
      .select(['no', 'id', 'person_id', 'device_id', 'org_code'])
      .where('no', 'in', missing)
      .execute()
    for (const r of rows) known.set(r.no, { id: r.id, personId: r.person_id, deviceId: r.device_id, org: r.org_code })
  }
  return {
    async shards() {
      return (await db.selectFrom('position_compacted').select('shard').orderBy('shard').execute()).map((r) => r.shard)
    },
    async *since(shard, no) {
      let after = no
      for (;;) {
        const rows = await db
          .selectFrom('position_inbox')
          .select(['no', 'received_at', 'blob'])
          .where('shard', '=', shard)
          .where('no', '>', after)
          .orderBy('no')
          .limit(readAtOnce)
          .execute()
        if (rows.length === 0) return
        const last = rows.at(-1)?.no ?? after
        const events = await db
          .selectFrom('device_event')
          .select(['no', 'activation_no', 'kind', 'ts', 'blind', 'flags'])
          .where('shard', '=', shard)
          .where('no', '>', after)
          .where('no', '<=', last)
          .orderBy('no')
          .orderBy('ordinal')
          .execute()
        const parts = rows.map((row) => ({
          no: row.no,
          receivedAt: row.received_at.getTime(),
          segments: inboxDirectory(row.blob).map((entry) => inboxSegment(row.blob, entry)),
          events: events.filter((e) => e.no === row.no),
        }))
        await learn([
          ...new Set(
            parts.flatMap((p) => [...p.segments.map((s) => s.activationNo), ...p.events.map((e) => e.activation_no)]),
          ),
        ])
        for (const part of parts) {
          const arrivals = arrivalsOf(shard, part, known)
          if (arrivals.length > 0) yield arrivals
        }
        after = last
      }
    },
  }
}

interface Part {
  readonly no: number
  readonly receivedAt: number
  readonly segments: readonly ReturnType<typeof inboxSegment>[]
  readonly events: readonly { activation_no: number; kind: string; ts: Date; blind: boolean; flags: number }[]
}

function arrivalsOf(
  shard: number,
  { no, receivedAt, segments, events }: Part,
  known: ReadonlyMap<number, Whose>,
): Arrival[] {
  const byNo = new Map<number, { receivedAt: number; fixes: Arrival['fixes'][number][]; events: ArrivedEvent[] }>()
  const of = (activationNo: number, at: number) => {
    let found = byNo.get(activationNo)
    if (!found) {
      found = { receivedAt: at, fixes: [], events: [] }
      byNo.set(activationNo, found)
    }
    return found
  }
  for (const s of segments) of(s.activationNo, s.receivedAt).fixes.push(...s.fixes)
  for (const e of events)
    of(e.activation_no, receivedAt).events.push({
      kind: e.kind as DeviceEvent,
      ts: e.ts.getTime(),
      blind: e.blind,
      flags: e.flags,
    })
  return [...byNo].flatMap(([activationNo, part]) => {
    const whose = known.get(activationNo)
    if (!whose) return []
    const { id, personId, deviceId, org } = whose
    return [{ shard, no, activationNo, activationId: id, personId, deviceId, org, ...part }]
  })
}
