import type { Device, Protocol } from '@zhijiao/contract/devices'
import type { House } from '../core/house.ts'
import { announce } from '../core/live/announce.ts'
import { refuse } from '../core/refusals.ts'
import { type Asked, type Inside, signedIn } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import type { ender } from './ending.ts'
import { plainIdentity } from './identity.ts'
import { DeviceKnown, DeviceOrg } from './refusals.ts'
import { carriesSecret, newSecret, sealSecret } from './secret.ts'
import { activationStore, type DeviceRow, deviceStore } from './store.ts'
import { shownDevice } from './view.ts'

/** How a device comes into a register, changes hands and leaves its holder (终端领用、更换、收回), in the caller's transaction. */
export const holding = (house: House, endTerm: ReturnType<typeof ender>) => {
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

  /** The terms that run on a device, as they stand. */
  const runningOn = async ({ circumstances }: Pick<Asked, 'circumstances'>, { db }: Inside, device: string) => {
    const terms = (await activationStore(db).running({ device })).filter((t) => t.ends_at.getTime() > circumstances.now)
    if (terms.length === 0) return []
    return db
      .selectFrom('activation')
      .selectAll()
      .where(
        'id',
        'in',
        terms.map((t) => t.id),
      )
      .execute()
  }

  /** Terms go on with another device: same ground, approval and last day; its positions stand under a number of their own. */
  const goOn = async (
    { circumstances }: Pick<Asked, 'circumstances'>,
    inside: Inside,
    terms: Awaited<ReturnType<typeof runningOn>>,
    on: { readonly device: string; readonly holder: string },
  ) => {
    for (const { no: _, ...term } of terms) {
      const id = circumstances.id()
      await activationStore(inside.db).add({
        ...term,
        id,
        device_id: on.device,
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
        person: on.holder,
        subject: id,
        cites: [term.rule],
        payload: { activation: id, continues: term.id, device: on.device, endsAt: term.ends_at.toISOString() },
      })
    }
  }

  return { written, shown, within, enter, takeFrom, runningOn, goOn }
}
