import type { EndReason, Regime } from '@zhijiao/contract/devices'
import { sql } from 'kysely'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import type { Inside, Stop } from '../core/room.ts'
import { inRounds } from '../core/rounds.ts'
import { endedByState, ruleOfEnd } from './domain.ts'
import { deviceStore } from './store.ts'

/** A term that has just ended, as rooms that wait for it hear it. */
export interface EndedTerm {
  readonly id: string
  readonly no: number
  readonly personId: string
  readonly deviceId: string
  readonly org: string
  readonly regime: Regime
  /** Milliseconds UTC. */
  readonly endedAt: number
  readonly reason: EndReason
}

/** Runs in the transaction that ends the term: what hangs on the term ends with it or not at all. */
export type OnEnded = (inside: Inside, ended: EndedTerm) => Promise<void>

export interface Ending {
  readonly id: string
  readonly no: number
  readonly person_id: string
  readonly device_id: string
  readonly org_code: string
  readonly regime: Regime
  readonly starts_at: Date
  readonly ends_at: Date
}

/** How a term ended, as the list of commands says why its device was told to stop. */
const endSays: Readonly<Record<EndReason, string>> = {
  term: '使用期满',
  removal: '解除使用',
  release: '解除矫正',
  custody: '羁押、收监',
  death: '死亡',
  transfer: '执行地变更',
  deviceChanged: '更换设备',
  deviceReturned: '收回设备',
}

/** Who ends terms, in one way for all reasons: state, ledger, "stop" to the device, word to the gateway, open episodes. */
export function ender(house: Pick<House, 'chance'>, listeners: ReadonlySet<OnEnded>) {
  return async (
    inside: Inside,
    term: Ending,
    end: { at: number; reason: EndReason; note?: string; by: string },
  ): Promise<EndedTerm> => {
    const { db, ledger } = inside
    // A term cut before it began ends empty.
    const at = Math.max(Math.min(end.at, term.ends_at.getTime()), term.starts_at.getTime())
    await db
      .updateTable('activation')
      .set({ state: 'ended', ended_at: new Date(at), end_reason: end.reason, revision: sql<number>`revision + 1` })
      .where('id', '=', term.id)
      .where('state', '=', 'running')
      .execute()
    const ended: EndedTerm = {
      id: term.id,
      no: term.no,
      personId: term.person_id,
      deviceId: term.device_id,
      org: term.org_code,
      regime: term.regime,
      endedAt: at,
      reason: end.reason,
    }
    await ledger.append({
      kind: 'activation.ended',
      org: term.org_code,
      person: term.person_id,
      subject: term.id,
      occurredAt: at,
      cites: ruleOfEnd[end.reason],
      payload: {
        activationNo: term.no,
        device: term.device_id,
        regime: term.regime,
        reason: end.reason,
        note: end.note ?? '',
        startsAt: term.starts_at.toISOString(),
        endsAt: term.ends_at.toISOString(),
        endedAt: new Date(at).toISOString(),
      },
    })
    const goesOn = await db
      .selectFrom('activation')
      .select('id')
      .where('device_id', '=', term.device_id)
      .where('state', '=', 'running')
      .where('starts_at', '<=', new Date(at + 60_000))
      .executeTakeFirst()
    const store = deviceStore(db)
    const now = house.chance.now()
    await store.withdrawStale(term.device_id, now)
    if (!goesOn) {
      await store.send({
        id: house.chance.id(),
        device_id: term.device_id,
        person_id: term.person_id,
        org_code: term.org_code,
        command: { kind: 'stop' },
        why: `定位启用结束：${endSays[end.reason]}`,
        subject_id: term.id,
        asked_by: end.by,
        asked_at: new Date(now),
        // A device that comes back within a week still hears that its term is over.
        expires_at: new Date(now + 7 * 86_400_000),
      })
    }
    await store.tell(term.device_id)
    for (const listener of listeners) await listener(inside, ended)
    return ended
  }
}

const everyMs = 10_000
const endAtOnce = 200

/**
 * Ends what is due: terms whose last moment has passed, and terms of persons who left correction. Each in a transaction of
 * its own, so that one that cannot end does not hold up the others. Returns the number ended.
 */
export async function endDueTerms(house: House, listeners: ReadonlySet<OnEnded>): Promise<number> {
  const { system } = house.databases
  const now = house.chance.now()
  const { rows } = await sql<{ id: string; person_state: string; due: boolean }>`
    select a.id, p.state as person_state, a.ends_at <= ${new Date(now)} as due from activation a join person p on p.id = a.person_id
    where a.state = 'running' and (a.ends_at <= ${new Date(now)} or p.state in ('released', 'detained', 'terminated', 'transferred'))
    order by a.ends_at limit ${endAtOnce}`.execute(system)
  const endTerm = ender(house, listeners)
  let ended = 0
  for (const row of rows) {
    try {
      await system.transaction().execute(async (db) => {
        const term = await db
          .selectFrom('activation')
          .select(['id', 'no', 'person_id', 'device_id', 'org_code', 'regime', 'starts_at', 'ends_at'])
          .where('id', '=', row.id)
          .where('state', '=', 'running')
          .forUpdate()
          .skipLocked()
          .executeTakeFirst()
        if (!term) return
        const law = await lawFor(house, term.org_code, now)
        const ledger = ledgerIn(db, house.chance, { id: null, name: 'devices', lawRevision: law.revision })
        const reason = row.due ? 'term' : (endedByState(row.person_state) ?? 'removal')
        await endTerm({ db, ledger }, term, { at: row.due ? term.ends_at.getTime() : now, reason, by: 'devices' })
        ended++
      })
    } catch (error) {
      house.log.error(
        { activation: row.id, err: error instanceof Error ? error.message : String(error) },
        'a term could not be ended',
      )
    }
  }
  // What no running term stands behind is not shown as anybody's latest place.
  await sql`delete from position_latest l where not exists (select 1 from activation a where a.no = l.activation_no and a.state = 'running')`.execute(
    system,
  )
  return ended
}

/** Ending terms as a job: every ten seconds. The gateway refuses by fix time all the same, so that nothing is kept in between. */
export async function runTermClock(house: House, listeners: ReadonlySet<OnEnded>): Promise<Stop> {
  return inRounds(house, { everyMs, waits: 'the clock of terms waits' }, async (going) => {
    while (going() && (await endDueTerms(house, listeners)) === endAtOnce);
  })
}
