import { alarms } from '@zhijiao/contract/alarms'
import { packInbox } from '@zhijiao/geo/track'
import { locks } from '@zhijiao/server/core/locks'
import { compactAll } from '@zhijiao/server/positions/compaction'
import { counted } from '@zhijiao/server/positions/metrics'
import { InboxWriter } from '@zhijiao/server/positions/writer'
import { batch, heartbeat, position } from '@zhijiao/wire/jt808/device'
import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  adminClient,
  away,
  type Ground,
  Line,
  places,
  startGround,
  still,
  trackOf,
  until,
  type Worn,
} from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground?.county.stop())

const now = () => Math.floor(ground.county.house.chance.now() / 1000) * 1000
const from = (identity: string, serial: number) => ({ device: identity.padStart(12, '0'), is2019: false, serial })
const at = (time: number, more: object = {}) => ({ lat: 24.3, lon: 109.4, time, positioned: true, ...more })
const system = () => ground.county.house.databases.system

test('Z9 what gathers while PostgreSQL is away is written in pieces it can take, however many events it holds', {
  timeout: 180_000,
}, async () => {
  const worn = await Promise.all(Array.from({ length: 5 }, () => ground.wear()))
  const lines = await Promise.all(worn.map(() => Line.open(ground.ports().jt808)))
  const [seconds, aFrame] = [9_500, 25]
  const start = now() - seconds * 1000
  const back = await away(ground)
  try {
    await still(200)
    worn.forEach((w, i) => {
      for (let k = 0; k < seconds / aFrame; k++) {
        // Each with an event that stands for itself: nearly fifty thousand are more than a smallint counts.
        const fixes = Array.from({ length: aFrame }, (_, n) => at(start + (k * aFrame + n) * 1000, { alarms: [28] }))
        for (const frame of batch(from(w.identity, k + 1), fixes, false)) lines[i]?.send(frame)
      }
    })
    await still(2_000)
    expect(lines.flatMap((line) => line.answered)).toEqual([])
  } finally {
    await back()
  }
  for (const line of lines) await until('answered', () => line.answered.length === seconds / aFrame, 120_000)
  const events = await sql<{ n: number; most: number }>`
    select sum(x.n)::int as n, max(x.n)::int as most from (select count(*) as n from device_event
      where device_id = any(${worn.map((w) => w.device)}::uuid[]) group by no) x`.execute(system())
  expect(events.rows[0]?.n).toBe(worn.length * seconds)
  expect(events.rows[0]?.most).toBeLessThanOrEqual(8_000)
  const fixes = await sql<{ most: number }>`select max(fixes)::int as most from position_inbox`.execute(system())
  expect(fixes.rows[0]?.most).toBeLessThanOrEqual(8_000)
  for (const line of lines) line.end()
})

/** Another process that held the gateway's shard for a while. */
const shardLock = [locks.gatewayShard, 0] as const
const loseShard = (outside: pg.Client) =>
  outside.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2 and granted
       and database = (select oid from pg_database where datname = current_database())`,
    [...shardLock],
  )
const today = () => new Date(now() + 8 * 3_600_000).toISOString().slice(0, 10)
const kept = async (worn: Worn) => (await trackOf(ground.clerk, worn.person, today())).fixes.map((f) => f.ts)
const numbers = async () => {
  const { rows } = await sql<{ no: number }>`select no::int from position_inbox order by no`.execute(system())
  return rows.map((r) => r.no)
}

test('Z9 a gateway whose shard was another’s for a while goes on after the other’s numbers, and its engine hears what he wrote', async () => {
  const { house } = ground.county
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  const t = now()
  line.send(position(from(worn.identity, 1), at(t)))
  await until('answered', () => line.answered.length === 1)
  await still(1_000)
  const outside = await adminClient(ground)
  await loseShard(outside)
  await outside.end()
  const other = new InboxWriter(house, false)
  await until('the other holds the shard', () =>
    other.open().then(
      () => true,
      () => false,
    ),
  )
  const event = { no: worn.no, deviceId: worn.device, personId: worn.person, org: places.office }
  for (const [i, kind] of (['illegalMove', 'sos'] as const).entries())
    await other.write({
      ...{ receivedAt: house.chance.now() + i, fixes: 0, rules: '', ruled: null, blob: packInbox([]), latest: [] },
      events: [{ ...event, kind, ts: t + i * 1000, blind: false, flags: 0 }],
    })
  await other.close()
  line.send(position(from(worn.identity, 2), at(t + 60_000)))
  await until('answered', () => line.answered.length === 2)
  const all = await numbers()
  expect(all).toEqual(all.map((_, i) => i + (all[0] ?? 0)))
  await until('the cry was heard', async () =>
    (await ground.officer.call(alarms.list, { query: { person: worn.person } })).items.some((a) => a.kind === 'sos'),
  )
  await compactAll(house)
  expect(await kept(worn)).toEqual([t, t + 60_000])
  line.end()
})

test('Z9 what another wrote under the next number is not taken for one’s own flush', async () => {
  const { house } = ground.county
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  const t = now()
  line.send(position(from(worn.identity, 1), at(t)))
  await until('answered', () => line.answered.length === 1)
  await still(1_000)
  const [holder, other] = [await adminClient(ground), await adminClient(ground)]
  try {
    await holder.query('begin; lock table position_inbox in exclusive mode')
    const mine = other.query('select pg_advisory_lock($1, $2)', [...shardLock])
    line.send(position(from(worn.identity, 2), at(t + 60_000)))
    await still(300)
    await loseShard(holder)
    await mine
    await holder.query('rollback')
    await other.query(
      `insert into position_inbox (shard, no, received_at, fixes, rules, blob) values (0, $1, $2, 0, '', $3)`,
      [((await numbers()).at(-1) ?? 0) + 1, new Date(house.chance.now()), Buffer.from(packInbox([]))],
    )
    await still(500)
    expect(line.answered).toHaveLength(1)
    await other.query('select pg_advisory_unlock($1, $2)', [...shardLock])
    await until('answered', () => line.answered.length === 2)
  } finally {
    await holder.end()
    await other.end()
  }
  expect(await kept(worn)).toEqual([t, t + 60_000])
  const all = await numbers()
  expect(new Set(all).size).toBe(all.length)
  line.end()
})

const waiting = async () => (await counted.held.get()).values[0]?.value ?? Number.NaN
/** The figure is set every second: two readings further apart than that agree. */
async function settled(): Promise<number> {
  for (let last = Number.NaN; ; await still(1_500)) {
    const found = await waiting()
    if (found === last) return found
    last = found
  }
}

test('S1.10 while PostgreSQL is away what waits for an answer is counted and bounded, on sockets and over HTTP', {
  timeout: 60_000,
}, async () => {
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  line.send(heartbeat(from(worn.identity, 1), 80))
  await until('answered', () => line.answered.length === 1)
  const stranger = await Line.open(ground.ports().jt808)
  const back = await away(ground)
  const beats = 3_000
  try {
    await still(300)
    // A device's own line is held, not cut; who is nobody's device is not listened to for ever.
    for (let i = 0; i < beats; i++) {
      line.send(heartbeat(from(worn.identity, i + 2), 80))
      stranger.send(heartbeat(from('19900000001', i + 1), 80))
    }
    await until('the stranger is given up', () => stranger.closed)
    const before = await settled()
    expect(before).toBeGreaterThanOrEqual(1_000)
    expect(before).toBeLessThanOrEqual(beats)
    const asked = Array.from({ length: 20 }, () =>
      fetch(`http://127.0.0.1:${ground.ports().http}/?id=unknown&timestamp=${now() / 1000}&lat=24.3&lon=109.4`),
    )
    await until('requests wait', async () => (await waiting()) === before + asked.length)
    expect((await Promise.all(asked)).map((answer) => answer.status)).toEqual(asked.map(() => 503))
    await until('they wait no more', async () => (await waiting()) === before)
    expect(line.answered).toHaveLength(1)
    expect(line.closed).toBe(false)
  } finally {
    await back()
  }
  await until('all is answered', () => line.answered.length === beats + 1, 20_000)
  await until('nothing waits', async () => (await waiting()) === 0)
  line.end()
})
