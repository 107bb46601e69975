/**
 * How good the alarms are: the twin's people live some days against the real program on a real PostgreSQL, their devices
 * speak over real sockets, and what reached an officer is compared with what truly happened. Time is compressed: the
 * program's clock is set by hand, slowly while it asks a device for more, fast when nothing is the matter.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DAY, dayStart, HOUR, legalDay, MINUTE, SECOND } from '@zhijiao/geo/day'
import { counted } from '@zhijiao/server/alarms/engine/metrics'
import { startSession } from '@zhijiao/server/core/auth/session'
import { readConfig } from '@zhijiao/server/core/config'
import type { House } from '@zhijiao/server/core/house'
import { plantDemo, provideSecrets } from '@zhijiao/server/demo/index'
import { listeningAt } from '@zhijiao/server/gateway/index'
import { openHouse, startParts } from '@zhijiao/server/main'
import { scriptBreaches } from '@zhijiao/twin/breaches'
import { connectDevice, type Device, identityOf, type Tally } from '@zhijiao/twin/devices'
import { outages } from '@zhijiao/twin/errors'
import { drawGeography } from '@zhijiao/twin/geography'
import { handsetOf, worldOf } from '@zhijiao/twin/handset'
import { deviceKey, enterDevices, enterLeaves, enterPeople, enterPlaces, type Intake } from '@zhijiao/twin/intake'
import { clerksOf } from '@zhijiao/twin/intake/clerk'
import { remember } from '@zhijiao/twin/intake/memory'
import { carries, kindsOf } from '@zhijiao/twin/intake/terms'
import { drawPeople } from '@zhijiao/twin/people'
import { staffOf } from '@zhijiao/twin/staff'
import { sql } from 'kysely'
import { finish, heading, print, readOptions, say, table } from './print.ts'
import { type HandClock, handClock, hurryIntervals } from './quality/clock.ts'
import { Desks } from './quality/desk.ts'
import { truthAbout } from './quality/explain.ts'
import { type AlarmLine, match, middle } from './quality/match.ts'
import { fullTruth } from './quality/truth.ts'

/** Virtual length of a step, and the least real time it takes, ms: when all is quiet, and while a device is asked for more. */
const quiet = { step: 90 * SECOND, atLeast: 12 } as const
const asking = { step: 6 * SECOND, atLeast: 15 } as const
/**
 * Real time the program is given to finish what it has begun before the clock goes on, ms: a busy machine must not look like
 * slow devices.
 */
const patience = 600
/** How long after the server's last question the slow pace goes on, virtual ms. */
const askingFor = 90 * SECOND
const intervalsHurry = 20
/** How often the counties look at their desks, virtual ms. */
const deskEvery = 30 * MINUTE

export default async function quality(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { people: 60, days: 2, seed: 1, bands: 0.5 })
  heading('quality', args)
  hurryIntervals(intervalsHurry)
  const began = performance.now()
  // A fixed Monday at six in the morning: the same seed gives the same days whenever it is run. It lies ahead, because
  // what the database itself dates and clears away by its own clock must not be older than that clock.
  const start = dayStart('2027-03-01') + 6 * HOUR
  const clock = handClock(start)
  const folder = mkdtempSync(join(tmpdir(), 'zhijiao-quality-'))
  const ports = { ZJ_PORT: '0', ZJ_JT808_PORT: '0', ZJ_GT06_PORT: '0', ZJ_WATCH_PORT: '0', ZJ_DEVICE_HTTP_PORT: '0' }
  const { house, close } = await openHouse(readConfig({ ZJ_DATA: folder, ...ports }, 'test'), {
    chance: clock.chance,
    quiet: true,
  })
  try {
    const planted = await plantDemo(house, { seed: options.seed, people: options.people, days: 0, on: legalDay(start) })
    const parts = await startParts(house)
    try {
      const intake = await enter(house, parts.url, folder, { ...options, on: planted.on })
      say(`entered after ${Math.round((performance.now() - began) / 1000)} s`)
      await live(house, clock, intake, parts.url, options, start)
    } finally {
      await parts.stop()
    }
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
  say(`${Math.round((performance.now() - began) / 1000)} s altogether`)
}

async function enter(
  house: House,
  url: string,
  folder: string,
  wish: { people: number; bands: number; seed: number; on: string },
): Promise<Intake> {
  const geography = drawGeography(wish.seed)
  const people = drawPeople(geography, staffOf(geography), { count: wish.people, bandShare: wish.bands, on: wish.on })
  const staff = await house.databases.system.selectFrom('staff').select(['id', 'login']).execute()
  const cookies: Record<string, string> = {}
  for (const { id, login } of staff.filter((s) => s.login.startsWith('twin-')))
    cookies[login] =
      `zj_session=${await startSession(house.databases.system, house.chance, id, { secondFactor: true, ip: null, agent: null })}`
  const intake: Intake = {
    geography,
    people,
    clerks: clerksOf(url, cookies),
    keeper: remember(join(folder, 'twin.json')),
    staff: Object.fromEntries(staff.map((s) => [s.login, s.id])),
    on: wish.on,
    secrets: (county) => provideSecrets(house, county),
    known: new Map(),
    tell: () => undefined,
    stopped: () => false,
  }
  await enterPeople(intake)
  await enterPlaces(intake)
  await enterDevices(intake, 0)
  await enterLeaves(intake)
  return intake
}

async function live(
  house: House,
  clock: HandClock,
  intake: Intake,
  url: string,
  options: { people: number; days: number; seed: number },
  start: number,
): Promise<void> {
  const { geography, people, keeper } = intake
  const end = start + options.days * DAY
  // The last hours are left to themselves, so that every breach has the time to be found.
  const breaches = scriptBreaches(options.seed, people, start + HOUR, end - 2 * HOUR)
  const trouble = outages(
    options.seed,
    geography.counties.map((c) => c.town),
    start,
    end,
  )
  const world = worldOf(geography, breaches, trouble)
  const present = people.filter(carries)
  const ports = listeningAt(house)
  if (!ports) throw new Error('the gateway does not listen')
  const tally: Tally = { sent: 0, unsent: 0, orders: 0 }
  const devices = present.flatMap((person) =>
    kindsOf(person).map((kind) => {
      const handset = handsetOf(world, person, kind, start)
      const known = {
        secret: intake.known.get(deviceKey(person, kind)) ?? null,
        memory: keeper.phone(identityOf(handset)),
      }
      return connectDevice(handset, known, { host: '127.0.0.1', ...ports }, clock.now, tally)
    }),
  )
  const truths = present.flatMap((person) => fullTruth(world, person, breaches, start, end))
  const desks = new Desks(house, url, staffOf(geography), truths)
  await pass(house, clock, devices, desks, tally, end)
  for (const device of devices) device.close()
  await sleep(500)
  const about = (number: string, ts: number) => {
    const person = present.find((p) => p.number === number)
    return person ? truthAbout(world, person, ts, start, truths) : 'nobody'
  }
  await report(house, start, truths, present.length, present.filter((p) => p.band).length, options, tally, about)
  say(
    `${desks.closed} alarms were closed by the counties, ${desks.left.length} could not be${desks.left[0] ? `: ${desks.left[0]}` : ''}`,
  )
}

/** Lets the days pass: devices act when they are due, the clock follows, and nobody is left behind. */
async function pass(
  house: House,
  clock: HandClock,
  devices: readonly Device[],
  desks: Desks,
  tally: Tally,
  end: number,
): Promise<void> {
  let slowUntil = 0
  let orders = 0
  const beside = devices.filter((d) => d.handset.kind === 'phone' && d.handset.person.band)
  let told = 0
  let worked = clock.now()
  while (clock.now() < end) {
    if (tally.orders > orders) {
      orders = tally.orders
      slowUntil = clock.now() + askingFor
    }
    const pace = clock.now() < slowUntil ? asking : quiet
    const paired = Math.ceil(Math.min(...beside.map((d) => d.handset.nextReport).filter((at) => at > clock.now())))
    const until = Math.min(end, clock.now() + pace.step, paired)
    const startedAt = performance.now()
    clock.set(until)
    await Promise.all(devices.filter((device) => device.next <= until).map((device) => catchUp(device, until)))
    const left = pace.atLeast - (performance.now() - startedAt)
    if (left > 0) await sleep(left)
    if (until === paired || pace === asking) await settled(house, until === paired)
    if (until - worked >= deskEvery) {
      worked = until
      await desks.work(until)
    }
    const day = Math.floor((end - until) / (6 * HOUR))
    if (day !== told) {
      told = day
      say(
        `${new Date(until + 8 * HOUR).toISOString().slice(0, 16)} · ${tally.sent} reports, ${tally.unsent} lost, ${tally.orders} questions of the server`,
      )
    }
  }
}

/**
 * Waits until the engine has written what it decided and, after a phone beside a band has spoken, until what it asked the
 * other device has gone out: the answer must fall into the same half minute. Devices out of reach end the wait.
 */
async function settled(house: House, asks: boolean): Promise<void> {
  const until = performance.now() + patience
  const busy = async () => {
    if (((await counted.waiting.get()).values[0]?.value ?? 0) > 0) return true
    if (!asks) return false
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from device_command c join device d on d.id = c.device_id
      where c.sent_at is null and c.result is null and c.not_before is null and c.expires_at > ${new Date(house.chance.now())}
        and d.protocol in ('jt808', 'gt06', 'watch')`.execute(house.databases.system)
    return (rows[0]?.n ?? 0) > 0
  }
  do await sleep(10)
  while ((await busy()) && performance.now() < until)
}

/** Everything a device does by then, one after the other on its line but without waiting for each answer. */
async function catchUp(device: Device, until: number): Promise<void> {
  const turns: Promise<void>[] = []
  while (device.next <= until) turns.push(device.turn())
  await Promise.all(turns)
}

async function report(
  house: House,
  /** When the devices were switched on, ms UTC: nothing was true before. */
  start: number,
  truths: ReturnType<typeof fullTruth>,
  people: number,
  bands: number,
  options: { days: number; seed: number },
  tally: Tally,
  about: (person: string, ts: number) => string,
): Promise<void> {
  const { rows: episodes } = await sql<{
    kind: string
    number: string
    began: Date
    raised: Date | null
    settled: string | null
    said: string
    evidence: { at: string; en: string }[]
  }>`
    select e.kind, p.number, e.began_at as began, e.raised_at as raised, e.settled_as as settled, e.said_en as said, e.evidence
    from episode e join person p on p.id = e.person_id order by e.began_at`.execute(house.databases.system)
  const alarms = episodes.flatMap((e): AlarmLine[] =>
    e.raised
      ? [{ kind: e.kind, person: e.number, began: Math.max(start, e.began.getTime()), raised: e.raised.getTime() }]
      : [],
  )
  const { rows, wrong } = match(truths, alarms)
  const personDays = people * options.days
  const bandDays = bands * options.days
  table(
    ['kind', 'truths', 'found', 'recall', 'alarms', 'right', 'precision', 'median delay s', 'alarms/person-day'],
    rows.map((r) => [
      r.kind,
      r.truths,
      r.found,
      r.found / r.truths,
      r.alarms,
      r.right,
      r.right / r.alarms,
      r.medianDelayS,
      r.alarms / personDays,
    ]),
  )
  const due = truths.filter((t) => t.due).length
  const found = rows.reduce((n, r) => n + r.found, 0)
  const right = alarms.length - wrong.length
  print(
    `${people} people, ${bands} of them with a band (many more than the few per cent of a real county), ${options.days} days, seed ${options.seed}`,
  )
  print(
    `${tally.sent} reports taken; ${episodes.length} episodes, ${alarms.length} reached an officer, ${episodes.length - alarms.length} settled by themselves or still gather`,
  )
  print(
    `officer-facing alarms: ${(alarms.length / personDays).toFixed(2)} a person-day, wrong ones ${(wrong.length / personDays).toFixed(3)} (a wearer-day ${(wrong.length / Math.max(1, bandDays)).toFixed(3)})`,
  )
  for (const alarm of wrong.slice(0, 12)) {
    const [began, raised] = [alarm.began, alarm.raised].map((at) => new Date(at + 8 * HOUR).toISOString().slice(0, 19))
    print(`  wrong: ${alarm.kind} of ${alarm.person}, ${began}, raised ${raised}`)
    const episode = episodes.find((e) => e.number === alarm.person && e.raised?.getTime() === alarm.raised)
    say(`    said: ${episode?.said}`)
    for (const { at, en } of episode?.evidence.slice(0, 8) ?? []) say(`      ${at} ${en}`)
    say(`    true then: ${about(alarm.person, alarm.began)}`)
    say(`    true when raised: ${about(alarm.person, alarm.raised)}`)
  }
  const missed = truths.filter(
    (t) => t.due && !alarms.some((a) => a.person === t.person && Math.abs(a.began - t.start) < 3 * HOUR),
  )
  for (const truth of missed.slice(0, 12)) {
    print(
      `  missed: ${truth.kind} of ${truth.person}, ${new Date(truth.start + 8 * HOUR).toISOString().slice(0, 16)}, ${Math.round((truth.end - truth.start) / MINUTE)} min`,
    )
    say(`    true then: ${about(truth.person, truth.start)}`)
    for (const e of episodes.filter(
      (e) => e.number === truth.person && Math.abs(e.began.getTime() - truth.start) < 9 * HOUR,
    ))
      say(
        `    episode ${e.kind} ${e.began.toISOString()} raised ${e.raised?.toISOString()} settled ${e.settled}: ${e.said}`,
      )
  }
  print('')
  finish({
    precision: right / alarms.length,
    recall: found / due,
    falsePerPersonDay: wrong.length / personDays,
    medianDelayS: middle(
      rows.flatMap((r) => (Number.isNaN(r.medianDelayS) ? [] : Array<number>(r.found).fill(r.medianDelayS))),
    ),
    kinds: Object.fromEntries(
      rows.map((r) => [
        r.kind,
        {
          truths: r.truths,
          found: r.found,
          alarms: r.alarms,
          right: r.right,
          precision: r.alarms === 0 ? null : r.right / r.alarms,
          recall: r.truths === 0 ? null : r.found / r.truths,
          medianDelayS: Number.isNaN(r.medianDelayS) ? null : r.medianDelayS,
        },
      ]),
    ),
    people,
    bands,
    days: options.days,
    seed: options.seed,
  })
}
