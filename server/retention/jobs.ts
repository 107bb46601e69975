import { legalDayOf } from '@zhijiao/law/civil-date'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import type { Stop } from '../core/room.ts'
import { settingsOf } from '../core/settings.ts'
import { limitsOn, type RetentionPolicy } from './domain.ts'
import { retentionStore } from './store.ts'

export interface Purged {
  readonly people: number
  readonly trackDays: number
  readonly fixes: number
  readonly payloads: number
  readonly audit: number
  readonly traces: number
}

/** The policy as the security administrator set it. */
export async function retentionPolicy(house: Pick<House, 'databases' | 'chance'>): Promise<RetentionPolicy> {
  const set = await settingsOf(house.databases.system, house.chance.now())
  return {
    tracksAfterEndDays: set.number('retention.tracksDays'),
    auditMonths: set.number('audit.months'),
    payloadsAfterEndYears: set.number('retention.payloadYears'),
    tracesDays: set.number('retention.tracesDays'),
  }
}

/** Deletes what has no purpose any more, one person a transaction, each with an entry saying what went and why. */
export async function purge(house: House, options: { dry: boolean }): Promise<Purged> {
  const policy = await retentionPolicy(house)
  const today = legalDayOf(house.chance.now())
  const limits = limitsOn(today, policy)
  const { system } = house.databases
  const writer = { id: null, name: 'retention', lawRevision: '' }
  const sum = { people: 0, trackDays: 0, fixes: 0, payloads: 0, audit: 0, traces: 0 }
  if (options.dry) {
    await system.transaction().execute(async (db) => {
      const store = retentionStore(db)
      sum.people = new Set(
        [...(await store.withTracks(limits, 1_000_000)), ...(await store.withPayloads(limits, 1_000_000))].map(
          (p) => p.id,
        ),
      ).size
    })
    return sum
  }
  for (;;) {
    const ended = await system.transaction().execute((db) => retentionStore(db).withTracks(limits, 200))
    for (const person of ended) {
      await system.transaction().execute(async (db) => {
        const gone = await retentionStore(db).dropTracks(person.id)
        await ledgerIn(db, house.chance, writer).append({
          kind: 'retention.tracksPurged',
          org: person.org,
          person: person.id,
          cites: ['EPD-06'],
          payload: { ...gone, daysAfterEnd: policy.tracksAfterEndDays },
        })
        sum.people += 1
        sum.trackDays += gone.days
        sum.fixes += gone.fixes
      })
    }
    if (ended.length === 0) break
  }
  for (;;) {
    const ended = await system.transaction().execute((db) => retentionStore(db).withPayloads(limits, 200))
    let gone = 0
    for (const person of ended) {
      await system.transaction().execute(async (db) => {
        const payloads = await retentionStore(db).dropPayloads(person.id)
        if (payloads > 0)
          await ledgerIn(db, house.chance, writer).append({
            kind: 'retention.payloadsPurged',
            org: person.org,
            person: person.id,
            payload: { payloads, yearsAfterEnd: policy.payloadsAfterEndYears },
          })
        gone += payloads
      })
    }
    sum.payloads += gone
    if (gone === 0) break
  }
  await system.transaction().execute(async (db) => {
    const store = retentionStore(db)
    sum.audit = await store.dropAudit(limits)
    sum.traces = await store.dropTraces(limits)
    if (sum.audit > 0)
      await ledgerIn(db, house.chance, writer).append({
        kind: 'retention.auditPurged',
        org: '',
        payload: { rows: sum.audit, before: limits.auditBefore },
      })
  })
  return sum
}

/** Once a night, after 03:00 Asia/Shanghai; a start later in the day catches up. */
export async function runRetention(house: House): Promise<Stop> {
  let done = ''
  let working: Promise<unknown> = Promise.resolve()
  const turn = async () => {
    const now = house.chance.now()
    const today = legalDayOf(now)
    if (done === today || legalDayOf(now - 3 * 3_600_000) !== today) return
    done = today
    const gone = await purge(house, { dry: false })
    house.log.info(gone, 'retention')
  }
  const timer = setInterval(() => {
    working = turn().catch((error: unknown) => {
      done = ''
      house.log.warn({ err: error instanceof Error ? error.message : String(error) }, 'retention will be tried again')
    })
  }, 60_000)
  return async () => {
    clearInterval(timer)
    await working
  }
}
