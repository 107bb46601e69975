import { devices } from '@zhijiao/contract/devices'
import type { House } from '../core/house.ts'
import { Changed, refuse } from '../core/refusals.ts'
import { type Inside, keep } from '../core/room.ts'
import { commandHandlers } from './commands.ts'
import type { ender } from './ending.ts'
import { healthNow } from './health.ts'
import { holding } from './holding.ts'
import { pageIn, span } from './paging.ts'
import { NotInStock, NotIssued, OtherKind, PersonState, StillIssued } from './refusals.ts'
import { newSecret, sealSecret } from './secret.ts'
import { type DeviceRow, deviceStore } from './store.ts'
import { onlineMs, shownDevice } from './view.ts'

function unchanged(row: DeviceRow, revision: number): DeviceRow {
  if (row.revision !== revision) throw refuse(Changed, { revision: row.revision })
  return row
}

/** A renewed secret is handed to a registering terminal for so long after an officer allowed it, milliseconds. */
const handOverMs = 10 * 60_000

export const deviceHandlers = (house: House, endTerm: ReturnType<typeof ender>) => {
  const { written, within, enter, takeFrom, runningOn, goOn, shown } = holding(house, endTerm)
  return keep(devices, {
    list: ({ query, circumstances, note, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const since = new Date(circumstances.now - onlineMs)
        const { rows, total } = await deviceStore(db).list(query, since, span(query))
        note({ rows: rows.length })
        return {
          items: rows.map((r) => shownDevice(r, circumstances.now)),
          total,
          ...pageIn(query),
        }
      }),

    counts: ({ query, circumstances, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const { now } = circumstances
        const { states, terms, without } = await deviceStore(db).counts(
          query.org,
          new Date(now - onlineMs),
          new Date(now + 7 * 86_400_000),
        )
        const running = (regime: string) => Number(terms.find((t) => t.regime === regime)?.n ?? 0)
        return {
          byState: Object.fromEntries(states.map((s) => [s.state, Number(s.n)])),
          online: states.reduce((sum, s) => sum + Number(s.online), 0),
          lapsed: states.reduce((sum, s) => sum + Number(s.lapsed), 0),
          running: { check: running('check'), device: running('device') },
          endingSoon: terms.reduce((sum, t) => sum + Number(t.soon), 0),
          peopleWithout: without,
        }
      }),

    get: ({ params, circumstances, note, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const device = await deviceStore(db).get(params.id)
        note({ person: device.holder_id })
        return shownDevice(device, circumstances.now)
      }),

    register: (asked) => asked.inTransaction((inside) => enter(asked, inside, asked.body)),

    edit: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const store = deviceStore(inside.db)
        const old = unchanged(await store.lock(params.id), body.revision)
        const org = body.org === undefined ? old.org_code : within(asked, body.org)
        const next = {
          model: body.model ?? old.model,
          sim: body.sim === undefined ? old.sim : body.sim,
          crs: body.crs ?? old.crs,
          org_code: org,
        }
        await store.change(old.id, next)
        await written(inside, { id: old.id, org_code: org }, 'device.edited', null, {
          model: next.model,
          crs: next.crs,
          simChanged: next.sim !== old.sim,
          from: old.org_code,
          to: org,
        })
        asked.note({ person: old.holder_id })
        return shown(inside, old.id, circumstances.now)
      }),

    secret: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const store = deviceStore(inside.db)
        const old = unchanged(await store.lock(params.id), body.revision)
        const secret = newSecret(house.chance)
        const { now } = circumstances
        const atRegistration = body.atRegistration === true
        // A number is no secret: the new one goes to whoever registers only while an officer says so.
        await store.change(old.id, {
          secret: sealSecret(house.vault, secret),
          secret_handed_at: atRegistration ? null : new Date(now),
          secret_open_until: atRegistration ? new Date(now + handOverMs) : null,
        })
        await written(inside, old, 'device.secretRenewed', old.holder_id, { reason: body.reason, atRegistration })
        asked.note({ person: old.holder_id })
        return { device: await shown(inside, old.id, circumstances.now), secret }
      }),

    issue: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const store = deviceStore(inside.db)
        const old = unchanged(await store.lock(params.id), body.revision)
        if (old.state !== 'stock' || old.holder_id) throw refuse(NotInStock, { state: old.state })
        const subject = await store.subject(body.personId)
        if (!['awaiting', 'inCorrection', 'missing'].includes(subject.state))
          throw refuse(PersonState, { state: subject.state })
        await store.change(old.id, { state: 'issued', holder_id: subject.id })
        await store.withdrawStale(old.id, circumstances.now)
        await written(inside, old, 'device.issued', subject.id, {
          note: body.note ?? '',
          kind: old.kind,
          model: old.model,
        })
        asked.note({ person: subject.id })
        return shown(inside, old.id, circumstances.now)
      }),

    swap: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const store = deviceStore(inside.db)
        const old = unchanged(await store.lock(params.id), body.revision)
        const { holder_id: holder } = old
        if (!holder) throw refuse(NotIssued)
        const fresh = await store.lock(body.toDeviceId)
        if (fresh.state !== 'stock' || fresh.holder_id) throw refuse(NotInStock, { state: fresh.state })
        if (fresh.kind !== old.kind) throw refuse(OtherKind)
        const terms = await runningOn(asked, inside, old.id)
        await takeFrom(asked, inside, old, body.oldState, body.reason, 'deviceChanged')
        await store.change(fresh.id, { state: 'issued', holder_id: holder })
        await written(inside, fresh, 'device.swapped', holder, { instead: old.id, reason: body.reason })
        await goOn(asked, inside, terms, { device: fresh.id, holder })
        await store.withdrawStale(fresh.id, circumstances.now)
        asked.note({ person: holder })
        return shown(inside, fresh.id, circumstances.now)
      }),

    takeBack: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const old = unchanged(await deviceStore(inside.db).lock(params.id), body.revision)
        if (!old.holder_id) throw refuse(NotIssued)
        asked.note({ person: old.holder_id })
        await takeFrom(asked, inside, old, body.state, body.reason, 'deviceReturned')
        return shown(inside, old.id, circumstances.now)
      }),

    retire: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const store = deviceStore(inside.db)
        const old = unchanged(await store.lock(params.id), body.revision)
        if (old.holder_id) throw refuse(StillIssued)
        await store.change(old.id, { state: body.state })
        await written(inside, old, 'device.moved', null, { from: old.state, to: body.state, reason: body.reason })
        return shown(inside, old.id, circumstances.now)
      }),

    history: ({ params, query, note, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const store = deviceStore(db)
        const device = await store.get(params.id)
        const { rows, total } = await store.register(params.id, span(query))
        note({ person: device.holder_id, rows: rows.length })
        return {
          items: rows.map((r) => ({
            at: r.at.toISOString(),
            kind: r.kind,
            by: r.actor,
            person: r.person_id && r.person_name ? { id: r.person_id, name: r.person_name } : null,
            reason: String(r.payload?.reason ?? r.payload?.note ?? ''),
            detail: r.payload ?? {},
          })),
          total,
          ...pageIn(query),
        }
      }),

    health: ({ params, circumstances, note, inTransaction }) =>
      inTransaction(async (inside) => {
        const health = await healthOf(inside, params.id, circumstances.now)
        note({ person: health.device.holder?.id ?? null })
        return health
      }),

    inspect: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const device = await deviceStore(inside.db).lock(params.id)
        await written(inside, device, 'device.inspected', device.holder_id, { ...body, note: body.note ?? '' })
        asked.note({ person: device.holder_id })
        return healthOf(inside, device.id, circumstances.now)
      }),

    unknown: ({ query, note, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const { rows, total } = await deviceStore(db).unknown(query, span(query))
        note({ rows: rows.length })
        return {
          items: rows.map((r) => ({
            protocol: r.protocol,
            identity: r.identity,
            firstSeenAt: r.first_seen_at.toISOString(),
            lastSeenAt: r.last_seen_at.toISOString(),
            messages: Number(r.messages),
            remote: r.remote,
            says: r.detail,
          })),
          total,
          ...pageIn(query),
        }
      }),

    adopt: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body } = asked
        const { protocol, identity } = await deviceStore(inside.db).discard(params.protocol, params.identity)
        return enter(asked, inside, { ...body, protocol, identity })
      }),

    discard: ({ params, inTransaction }) =>
      inTransaction(async ({ db }) => {
        await deviceStore(db).discard(params.protocol, params.identity)
        return { done: true as const }
      }),

    ...commandHandlers(house),
  })
}

async function healthOf({ db }: Inside, id: string, now: number) {
  const store = deviceStore(db)
  const device = await store.get(id)
  const lines = await store.healthLines(id)
  return {
    device: shownDevice(device, now),
    ...healthNow(device.battery_pct, device.health, lines),
    lines: lines.map((l) => ({ at: l.at.toISOString(), kind: l.kind, detail: l.detail })),
  }
}
