import type { DeviceCommand } from '@zhijiao/contract/devices'
import { sql } from 'kysely'
import type { House } from '../core/house.ts'
import type { Room, Stop } from '../core/room.ts'
import {
  type DevicesDoor,
  type KnownDevice,
  newSecret,
  openRegistry,
  openSecret,
  sealSecret,
} from '../devices/index.ts'
import { counted, type PositionsDoor, readCells } from '../positions/index.ts'
import { answered, claim, expecting, fallenDue, firstDevice, restoreLater, sentAs, unsupported } from './delivery.ts'
import { Hub } from './hub.ts'
import { type ProofCause, Proofs } from './proof.ts'
import { Reception } from './reception.ts'
import { listenRequests, sameText } from './requests.ts'
import type { Around } from './session.ts'
import { listenSockets, type SocketProtocol, watchPressure } from './sockets.ts'
import { Tally } from './tally.ts'

/** Ports devices can be reached at; 0 where a listener was left out. */
export interface Listening {
  readonly jt808: number
  readonly gt06: number
  readonly watch: number
  readonly http: number
  /** Whether the gateway has heard of a term; until then what its device sends belongs to nobody. */
  knows(activationNo: number): boolean
}

/** Devices that introduced themselves are looked up together after so long, milliseconds. */
const welcomeMs = 100
/** How often commands kept for later are looked through, milliseconds. */
const laterMs = 2_000

const listening = new WeakMap<House, Listening>()

/** Where the gateway of this process listens, once it does. */
export const listeningAt = (house: House): Listening | undefined => listening.get(house)

/** Gateway 设备接入: sockets and requests of devices, their answers, and commands to them. */
export function gateway(
  house: House,
  doors: { readonly devices: DevicesDoor; readonly positions: PositionsDoor },
): Room {
  return { http: [], background: { gateway: () => open(house, doors) } }
}

async function open(
  house: House,
  { devices, positions }: { readonly devices: DevicesDoor; readonly positions: PositionsDoor },
): Promise<Stop> {
  const stops: Stop[] = []
  const stop = async () => {
    for (const one of stops.reverse()) await one()
    listening.delete(house)
  }
  try {
    const { registry, stop: stopRegistry } = await openRegistry(house)
    stops.push(stopRegistry)
    const { ingest, stop: stopIngest } = await positions.openIngest()
    stops.push(stopIngest)
    const tally = new Tally(house)
    stops.push(tally.stop)
    const proofs = new Proofs(tally)
    const reception = new Reception(house, registry, ingest, tally, proofs)
    const hub = new Hub()

    reception.cells = await readCells(house)
    const forgetCells = registry.onCells(() => {
      readCells(house).then(
        (table) => {
          reception.cells = table
        },
        () => undefined,
      )
    })

    /** Sends what waits for a device that is connected here. */
    const deliver = async (device: KnownDevice) => {
      const line = hub.find(device.protocol, device.identity)
      if (!line) return
      // It waits for the device itself, or expires: whoever only knows the number is not told it.
      if (!proofs.trusts(line.speaker, device)) {
        counted.unproven.inc({ protocol: device.protocol, cause: 'heldBack' satisfies ProofCause })
        return
      }
      for (const { id, command } of await claim(house, device.id)) {
        if (command.kind === 'locate') reception.prompted(device, house.chance.now())
        const serial = line.session.command(command, line.speaker) ?? (await burstByInterval(device, line, command))
        if (serial === null) await unsupported(house, id)
        else await sentAs(house, id, serial)
      }
    }
    /** A family that knows no burst is set to the burst's interval, and back when its time is over. */
    const burstByInterval = async (
      device: KnownDevice,
      { session, speaker }: NonNullable<ReturnType<Hub['find']>>,
      command: DeviceCommand,
    ): Promise<number | null> => {
      const now = house.chance.now()
      const term = device.activations.find((a) => now >= a.startsAt && now < a.endsAt)
      if (command.kind !== 'burst' || !term) return null
      const serial = session.command({ kind: 'interval', seconds: command.intervalS }, speaker)
      if (serial !== null)
        await restoreLater(house, {
          deviceId: device.id,
          personId: term.personId,
          org: term.org,
          intervalS: term.intervalS,
          at: now + command.validityS * 1000,
        })
      return serial
    }
    const trying = (work: Promise<unknown>, what: string) => {
      work.catch((error: unknown) =>
        house.log.warn(
          { err: error instanceof Error ? error.message : String(error) },
          `${what} waits for the database`,
        ),
      )
    }
    // After a break ten thousand devices come back within seconds; asked for one by one they would keep alarms waiting.
    const welcome = new Set<string>()
    const welcoming = setInterval(() => {
      if (welcome.size === 0) return
      const ids = [...welcome]
      welcome.clear()
      const found = expecting(house, ids).then(async (those) => {
        for (const id of those) {
          const device = registry.byId(id)
          if (device) await deliver(device)
        }
      })
      trying(found, 'a command')
    }, welcomeMs)
    stops.push(async () => clearInterval(welcoming))
    let from = firstDevice
    const duly = setInterval(() => {
      for (const session of hub) session.askMissing()
      const found = fallenDue(house, from).then(async ({ ids, next }) => {
        from = next
        for (const id of ids) {
          const device = registry.byId(id)
          if (device) await deliver(device)
        }
      })
      trying(found, 'a command kept for later')
    }, laterMs)
    stops.push(async () => clearInterval(duly))

    const forgetCommands = registry.onCommand((deviceId) => {
      const device = registry.byId(deviceId)
      if (device) trying(deliver(device), 'a command')
    })
    const forgetChanges = registry.onChange((device) => {
      // A device just adopted or whose term began may have something waiting.
      if (device) trying(deliver(device), 'a command')
    })
    stops.push(async () => {
      forgetCells()
      forgetCommands()
      forgetChanges()
    })

    reception.onSurplus = (device, term) => {
      const command: DeviceCommand = { kind: 'interval', seconds: Math.round((term.ceilingMs ?? 3_600_000) / 1000) }
      trying(
        house.databases.system.transaction().execute((db) =>
          devices.command(db, {
            deviceId: device.id,
            personId: term.personId,
            org: term.org,
            command,
            why: '上报超过采样上限，恢复规定间隔',
            subjectId: term.id,
            askedBy: 'gateway',
            expiresInMs: 86_400_000,
          }),
        ),
        'a command',
      )
    }

    const around: Around = {
      reception,
      ingest,
      now: () => house.chance.now(),
      introduced(session, speaker) {
        hub.introduced(session, speaker)
        if (speaker.known) welcome.add(speaker.known.id)
      },
      register: (speaker) => handOut(house, speaker.known),
      proves(session, speaker, code) {
        const { known } = speaker
        if (!known?.secret) return true
        // Terminals without a code say an empty one; who had one once does not.
        if (code === '' && !proofs.once(known)) return true
        const now = house.chance.now()
        speaker.proven = sameText(openSecret(house.vault, known.secret), code)
        if (!speaker.proven) {
          proofs.unproven(known, 'wrongSecret', now)
          return false
        }
        proofs.proved(known, now)
        hub.introduced(session, speaker)
        welcome.add(known.id)
        return true
      },
      replied(speaker, message) {
        // Commands go out on trusted lines only; an answer from another is none.
        if (!speaker.known || !proofs.trusts(speaker, speaker.known)) return
        const { toSerial: serial, toCommand, result, details } = message
        trying(answered(house, speaker.known.id, { serial, toCommand, result, details }), 'an answer')
      },
      closed: (session) => hub.closed(session),
    }

    stops.push(watchPressure(house, hub, ingest))
    const ports = { jt808: 0, gt06: 0, watch: 0, http: 0 }
    const wished = house.config.devices
    for (const protocol of ['jt808', 'gt06', 'watch'] satisfies SocketProtocol[]) {
      if (wished[protocol] < 0) continue
      const open = await listenSockets(house, protocol, wished[protocol], hub, ingest, around)
      ports[protocol] = open.port
      stops.push(open.stop)
    }
    if (wished.http >= 0) {
      const open = await listenRequests(house, wished.http, reception, ingest, proofs)
      ports.http = open.port
      stops.push(open.stop)
    }
    listening.set(house, { ...ports, knows: (no) => registry.activation(no) !== undefined })
    house.log.info({ ...ports, tls: house.config.tls !== null }, 'devices are listened for')
    return stop
  } catch (error) {
    await stop().catch(() => undefined)
    throw error
  }
}

/**
 * The code a registering terminal is handed: the device's secret, once. Whoever registers under that number afterwards
 * gets none, and what he sends is marked "source not authenticated". A renewed secret is put in by hand; it is handed to
 * who registers only for the minutes an officer opened for it, because a number is no secret.
 */
async function handOut(house: House, device: KnownDevice | undefined): Promise<string | null> {
  if (!device) return null
  const fresh = newSecret(house.chance)
  const now = new Date(house.chance.now())
  const { rows } = await sql<{ secret: Buffer }>`
    update device set secret = coalesce(secret, ${sealSecret(house.vault, fresh)}), secret_handed_at = ${now}
    where id = ${device.id} and secret_handed_at is null and (secret_open_until is null or secret_open_until > ${now}) returning secret`.execute(
    house.databases.system,
  )
  const [row] = rows
  if (!row) return null
  await sql`select pg_notify('zj_devices', ${device.id})`.execute(house.databases.system)
  return openSecret(house.vault, row.secret)
}
