import { type CommandLine, type Device, devices, type Protocol } from '@zhijiao/contract/devices'
import type { House } from '../core/house.ts'
import { announce } from '../core/live/announce.ts'
import { Changed, refuse, settled } from '../core/refusals.ts'
import { type Asked, type Inside, keep, signedIn } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import { commander } from './commanding.ts'
import type { ender } from './ending.ts'
import { healthNow } from './health.ts'
import { plainIdentity } from './identity.ts'
import { pageIn, span } from './paging.ts'
import { DeviceKnown, DeviceOrg, NotInStock, NotIssued, OtherKind, PersonState, StillIssued } from './refusals.ts'
import { carriesSecret, newSecret, sealSecret } from './secret.ts'
import { activationStore, type CommandRow, type DeviceRow, deviceStore } from './store.ts'
import { onlineMs, shownDevice } from './view.ts'

function unchanged(row: DeviceRow, revision: number): DeviceRow {
  if (row.revision !== revision) throw refuse(Changed, { revision: row.revision })
  return row
}

const stateOfResult: Readonly<Record<string, CommandLine['state']>> = {
  ok: 'answered',
  unsupported: 'unsupported',
  withdrawn: 'withdrawn',
}
const withdrawnSays = {
  holder: { zh: '终端已换人或收回，原指令不再下发', en: 'The device changed hands; it was not sent' },
  term: {
    zh: '该人没有允许此指令的定位启用，或已有新的启用在运行，不再下发',
    en: 'No term of that person allows it now, or another term runs; it was not sent',
  },
} as const

/** A renewed secret is handed to a registering terminal for so long after an officer allowed it, milliseconds. */
const handOverMs = 10 * 60_000

export function shownCommand(r: CommandRow, now: number): CommandLine {
  const state = r.result
    ? (stateOfResult[r.result] ?? 'refused')
    : r.sent_at
      ? 'sent'
      : r.expires_at.getTime() < now
        ? 'expired'
        : 'waiting'
  return {
    id: r.id,
    command: r.command,
    why: r.why,
    askedBy: r.asked_by,
    askedAt: r.asked_at.toISOString(),
    expiresAt: r.expires_at.toISOString(),
    sentAt: r.sent_at?.toISOString() ?? null,
    // What was sent before anybody counted was sent once.
    sends: r.sent_at ? Math.max(1, r.sends) : 0,
    answeredAt: r.answered_at?.toISOString() ?? null,
    state,
    withdrawn:
      r.withdrawn && r.withdrawn_at
        ? { at: r.withdrawn_at.toISOString(), why: r.withdrawn, says: withdrawnSays[r.withdrawn] }
        : null,
    detail: r.detail,
  }
}

export const deviceHandlers = (house: House, endTerm: ReturnType<typeof ender>) => {
  const command = commander(house)

  /** Writes a change of a device where a reader of its register finds it: ledger entry and live line. */
  const written = async (
    { db, ledger }: Inside,
    device: Pick<DeviceRow, 'id' | 'org_code'>,
    kind: string,
    person: string | null,
    payload: Record<string, string | number | boolean | null>,
  ) => {
    await ledger.append({ kind, org: device.org_code, person, subject: device.id, payload })
    await announce(db, { topic: 'device', id: device.id, org: device.org_code, what: kind, person })
  }

  const shown = async ({ db }: Inside, id: string, now: number): Promise<Device> =>
    shownDevice(await deviceStore(db).get(id), now)

  /** A unit of the caller's own subtree. */
  const within = (asked: Pick<Asked, 'who'>, org: string | undefined): string => {
    const unit = signedIn(asked).staff.org
    const chosen = org ?? unit
    if (!chosen.startsWith(unit)) throw refuse(DeviceOrg, { unit })
    return chosen
  }

  const enter = async (
    asked: Pick<Asked, 'who' | 'circumstances'>,
    inside: Inside,
    wish: {
      org?: string
      kind: Device['kind']
      protocol: Protocol
      identity: string
      model?: string
      sim?: string | null
      crs?: Device['crs']
    },
  ) => {
    const { now } = asked.circumstances
    const org = within(asked, wish.org)
    const identity = plainIdentity(wish.identity)
    const store = deviceStore(inside.db)
    const known = await store.known(wish.protocol, identity)
    if (known) throw refuse(DeviceKnown, { org: known.org })
    const secret = carriesSecret(wish.protocol) ? newSecret(house.chance) : ''
    const id = asked.circumstances.id()
    await store.add({
      id,
      org_code: org,
      kind: wish.kind,
      protocol: wish.protocol,
      identity,
      model: wish.model ?? '',
      sim: wish.sim ?? null,
      crs: wish.crs ?? 'WGS84',
      secret: secret ? sealSecret(house.vault, secret) : null,
      secret_handed_at: null,
      state: 'stock',
      holder_id: null,
      last_seen_at: null,
      battery_pct: null,
      health: {},
      created_at: new Date(now),
      revision: 1,
    })
    await written(inside, { id, org_code: org }, 'device.registered', null, {
      kind: wish.kind,
      protocol: wish.protocol,
      model: wish.model ?? '',
      secret: secret !== '',
    })
    return { device: await shown(inside, id, now), secret }
  }

  /**
   * A device leaves its holder: terms end, the register says so. One that somebody brought along from another county comes
   * into the stock of the unit that takes it: that is where it lies now, and the former one sees neither him nor it.
   */
  const takeFrom = async (
    asked: Pick<Asked, 'who' | 'circumstances'>,
    inside: Inside,
    device: DeviceRow,
    to: 'stock' | 'repair' | 'retired' | 'lost',
    reason: string,
    why: 'deviceReturned' | 'deviceChanged',
  ) => {
    const { now } = asked.circumstances
    for (const term of await activationStore(inside.db).running({ device: device.id }))
      await endTerm(inside, term, { at: now, reason: why, note: reason, by: signedIn(asked).staff.name })
    const store = deviceStore(inside.db)
    const { unit } = signedIn(asked).eyes
    const org = device.org_code.startsWith(unit) ? device.org_code : unit
    await store.change(device.id, { state: to, holder_id: null, org_code: org })
    await store.withdrawStale(device.id, now)
    await written(inside, { ...device, org_code: org }, 'device.returned', device.holder_id, {
      state: to,
      reason,
      ...(org === device.org_code ? {} : { from: device.org_code }),
    })
    // A repair that an alarm asked for is done.
    const { staff, permissions } = signedIn(asked)
    if (device.holder_id)
      await tasksIn(inside.db, house, inside.ledger).thingDone(
        'followOn.repair',
        [device.holder_id],
        { id: staff.id, permissions },
        'deviceChanged',
        reason,
      )
  }

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
        const terms = (await activationStore(inside.db).running({ device: old.id })).filter(
          (t) => t.ends_at.getTime() > circumstances.now,
        )
        const proposals = await inside.db
          .selectFrom('activation')
          .selectAll()
          .where('id', 'in', ['00000000-0000-0000-0000-000000000000', ...terms.map((t) => t.id)])
          .execute()
        await takeFrom(asked, inside, old, body.oldState, body.reason, 'deviceChanged')
        await store.change(fresh.id, { state: 'issued', holder_id: holder })
        await written(inside, fresh, 'device.swapped', holder, { instead: old.id, reason: body.reason })
        // Same ground, approval and last day; positions of the new device stand under a number of their own.
        for (const { no: _, ...term } of proposals) {
          const id = circumstances.id()
          await activationStore(inside.db).add({
            ...term,
            id,
            device_id: fresh.id,
            starts_at: new Date(Math.max(circumstances.now, term.starts_at.getTime())),
            state: 'running',
            extends: term.id,
            ended_at: null,
            end_reason: null,
            revision: 1,
          })
          await inside.ledger.append({
            kind: 'activation.continued',
            org: term.org_code,
            person: holder,
            subject: id,
            cites: [term.rule],
            payload: { activation: id, continues: term.id, device: fresh.id, endsAt: term.ends_at.toISOString() },
          })
        }
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

    command: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const device = await deviceStore(inside.db).get(params.id)
        const by = signedIn(asked).staff
        const id = settled<string>(
          await command(inside.db, {
            deviceId: device.id,
            personId: device.holder_id,
            org: device.org_code,
            command: body.command,
            why: body.why,
            askedBy: by.name,
            expiresInMs: (body.expiresInS ?? 600) * 1000,
          }),
        )
        await inside.ledger.append({
          kind: 'device.commanded',
          org: device.org_code,
          person: device.holder_id,
          subject: device.id,
          payload: { command: body.command.kind, why: body.why, id },
        })
        asked.note({ person: device.holder_id })
        return shownCommand(await deviceStore(inside.db).command(id), circumstances.now)
      }),

    commands: ({ params, query, circumstances, note, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const store = deviceStore(db)
        const device = await store.get(params.id)
        const { rows, total } = await store.commands(params.id, span(query))
        note({ person: device.holder_id, rows: rows.length })
        return {
          items: rows.map((r) => shownCommand(r, circumstances.now)),
          total,
          ...pageIn(query),
        }
      }),

    commandState: ({ params, circumstances, note, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const asked = await deviceStore(db).command(params.id)
        note({ person: asked.person_id })
        return shownCommand(asked, circumstances.now)
      }),
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
