/** The twin as a process of its own: told by the demonstration where the platform is, it enters its city and goes live. */
import { writeFileSync } from 'node:fs'
import { addDays, DAY, dayStart, HOUR, MINUTE } from '@zhijiao/geo/day'
import { type Breach, liveScript, scriptBreaches, truthOf } from './breaches.ts'
import { chatter, strangersKnock } from './devices/strangers.ts'
import { identityOf, type Ports } from './devices.ts'
import { errorDefaults, outages } from './errors.ts'
import { drawFormer, formerShare } from './former.ts'
import { drawGeography } from './geography.ts'
import { type Handset, handsetOf, worldOf } from './handset.ts'
import { oneOfEach } from './intake/alarms.ts'
import { enterAnnexes } from './intake/annexes.ts'
import { callWith, clerksOf } from './intake/clerk.ts'
import { atDesks } from './intake/desks.ts'
import { firstAlarms } from './intake/duties.ts'
import { enterLives } from './intake/lives.ts'
import { remember } from './intake/memory.ts'
import { carries, kindsOf } from './intake/terms.ts'
import { workday } from './intake/workday.ts'
import {
  deviceKey,
  enterDevices,
  enterLeaves,
  enterPeople,
  enterPlaces,
  enterTracks,
  type Intake,
  type Tell,
} from './intake.ts'
import { fleetOf } from './live.ts'
import { drawPeople, type Person, peopleDefaults } from './people.ts'
import { staffOf } from './staff.ts'

/** What the demonstration tells its twin. */
export interface TwinOrders {
  readonly seed: number
  readonly people: number
  readonly days: number
  readonly on: string
  readonly url: string
  readonly devices: Ports
  readonly cookies: Readonly<Record<string, string>>
  readonly staff: Readonly<Record<string, string>>
  /** File of the twin's memory. */
  readonly memory: string
  /** The world's clock: it stood at `world` when the real one stood at `real`, and runs `speed` times as fast. */
  readonly clock: { readonly world: number; readonly real: number; readonly speed: number }
}

const stages: Readonly<Record<Parameters<Tell>[0], readonly [zh: string, en: string]>> = {
  people: ['录入档案', 'files entered'],
  devices: ['登记终端', 'devices registered'],
  lives: ['补录办理事项', 'old matters entered'],
  tracks: ['补录历史轨迹', 'past tracks filled in'],
  annexes: ['补录附件', 'annexes of old files'],
}

/** Few people still need somebody to wear a band. */
const bandShare = (count: number) => Math.max(peopleDefaults.bandShare, Math.min(0.2, 8 / count))

async function run(orders: TwinOrders, stopped: () => boolean, onStop: (stop: () => void) => void): Promise<void> {
  const { clock } = orders
  const now = () => clock.world + (Date.now() - clock.real) * clock.speed
  const geography = drawGeography(orders.seed)
  const staff = staffOf(geography)
  const people = drawPeople(geography, staff, {
    count: orders.people,
    bandShare: bandShare(orders.people),
    on: orders.on,
  })
  const keeper = remember(orders.memory)
  // Of whole days before the planting, so that the alarms of the old files and the tracks behind them tell one story.
  const past: readonly Breach[] = scriptBreaches(
    orders.seed,
    people,
    dayStart(addDays(orders.on, -orders.days)),
    dayStart(orders.on),
    20,
  )
  const intake: Intake = {
    geography,
    people,
    clerks: clerksOf(orders.url, orders.cookies),
    keeper,
    staff: orders.staff,
    secrets: secretsOf,
    known: new Map(),
    on: orders.on,
    past: { breaches: past, staff, on: orders.on, days: orders.days, surely: oneOfEach(people, orders.on) },
    stopped,
    tell: (stage, done, total) => {
      const [zh, en] = stages[stage]
      tell({ kind: 'progress', stage, done, total, zh, en, at: new Date(now()).toISOString() })
    },
  }
  const former = drawFormer(geography, staff, Math.max(4, Math.round(orders.people * formerShare)), orders.on)
  await enterPeople({ ...intake, people: [...people, ...former] })
  if (stopped()) return
  await enterPlaces(intake)
  tell({ kind: 'fences' })
  await enterDevices(intake, orders.days, former)
  if (stopped()) return
  await enterLeaves(intake)
  const { memory } = keeper
  const start = now()
  if (memory.liveSince === 0) {
    memory.liveSince = start
    keeper.save()
  }
  const trouble = outages(
    orders.seed,
    geography.counties.map((c) => c.town),
    start,
    start + DAY,
    errorDefaults,
  )
  const bands = new Map<number, Handset>()
  const tells = (person: Person, ts: number) => {
    const band = bands.get(person.index) ?? handsetOf(worldOf(geography, [], trouble), person, 'band', start)
    bands.set(person.index, band)
    return band.linked(ts)
  }
  const script = liveScript(orders.seed, people, start + MINUTE, start + DAY, tells)
  const world = worldOf(geography, script, trouble)
  const truth = people.filter((p) => p.band).flatMap((p) => truthOf(geography, p, script, start, start + 6 * HOUR))
  writeFileSync(`${orders.memory}.truth.json`, JSON.stringify(truth, null, 1))
  const present = people.filter((p) => carries(p) && memory.people[p.number])
  const handsets = present.flatMap((person) => kindsOf(person).map((kind) => handsetOf(world, person, kind, start)))
  const fleet = fleetOf(
    handsets,
    { keeper, identity: identityOf, secret: (h) => intake.known.get(deviceKey(h.person, h.kind)) ?? null },
    orders.devices,
    now,
    clock.speed,
  )
  onStop(() => void fleet.stop())
  const live = () => {
    const { sent, unsent } = fleet.tally
    tell({
      kind: 'progress',
      stage: 'live',
      done: handsets.length,
      total: handsets.length,
      zh: `个终端实时运行，已上报 ${sent}${unsent > 0 ? `，待补传 ${unsent}` : ''}`,
      en: `devices live, ${sent} reports taken${unsent > 0 ? `, ${unsent} to be sent again` : ''}`,
      at: new Date(now()).toISOString(),
    })
  }
  live()
  void strangersKnock(orders.devices, now)
  const talker = handsets.find((h) => h.kind === 'phone' && h.person.phone.protocol === 'osmand')
  const seen = talker?.locate(now())
  if (talker && seen) {
    const secret = intake.known.get(deviceKey(talker.person, 'phone')) ?? null
    void chatter({ identity: identityOf(talker), secret, ports: orders.devices, now }, seen)
  }
  const saving = setInterval(() => {
    keeper.save()
    if (filled) live()
  }, 60_000)
  let filled = false
  const running = fleet.run()
  await enterLives(intake, [...people, ...former], staff)
  const desk = atDesks(async (login) => {
    const cookie = await deskOf(login)
    return cookie ? callWith(orders.url, cookie) : null
  }, stopped)
  // Desks wait for answers most of the time, tracks are made of arithmetic: side by side they take as long as one of them.
  await Promise.all([
    workday(intake, staff, desk),
    enterTracks(intake, worldOf(geography, past), orders.days).then(() => enterAnnexes(intake, [...people, ...former])),
  ])
  filled = true
  if (!stopped()) live()
  void firstAlarms(intake, desk).catch((error: unknown) =>
    process.stderr.write(`twin: ${error instanceof Error ? error.message : String(error)}\n`),
  )
  await running
  clearInterval(saving)
  keeper.save()
}

/** Asks the demonstration for the secrets of a county's devices. */
const secretsOf = (county: string) =>
  ask({ kind: 'secrets', county }, (answer) =>
    answer.county === county && 'secrets' in answer ? (answer.secrets as Readonly<Record<string, string>>) : undefined,
  )

/** Asks for a session at the desk of a demonstration account; null where somebody sits. */
const deskOf = (login: string) =>
  ask({ kind: 'desk', login }, (answer) => (answer.desk === login ? (answer.cookie as string | null) : undefined))

/** Asks the demonstration; `read` gives undefined for an answer to another question. */
function ask<T>(question: object, read: (answer: Readonly<Record<string, unknown>>) => T | undefined): Promise<T> {
  return new Promise((done) => {
    const hear = (message: unknown) => {
      if (typeof message !== 'object' || message === null) return
      const answer = read(message as Readonly<Record<string, unknown>>)
      if (answer === undefined) return
      process.off('message', hear)
      done(answer)
    }
    process.on('message', hear)
    tell(question)
  })
}

function tell(message: object): void {
  if (process.connected) process.send?.(message)
}

/** Started as a process with a channel to its parent; imported, it does nothing. */
if (process.send) {
  let stop = false
  let stopping: () => void = () => undefined
  const end = () => {
    stop = true
    stopping()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, end)
  process.once('message', (message) => {
    run(
      message as TwinOrders,
      () => stop,
      (how) => {
        stopping = how
        if (stop) how()
      },
    )
      .catch((error: unknown) => {
        process.stderr.write(`twin: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
        process.exitCode = 1
      })
      .finally(() => process.exit())
  })
}
