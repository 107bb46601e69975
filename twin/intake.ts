/** Enters the twin's city through the front door: files, cells, fences, devices with their terms, leaves, old tracks. */
import { gzipSync } from 'node:zlib'
import { Refused } from '@zhijiao/contract/client'
import { activations } from '@zhijiao/contract/devices'
import { fences } from '@zhijiao/contract/fences'
import { people as peoplePromises } from '@zhijiao/contract/people'
import { leaves } from '@zhijiao/contract/permits'
import { positions } from '@zhijiao/contract/positions'
import { addDays, DAY, dayStart, HOUR, type LegalDay } from '@zhijiao/geo/day'
import { cellCsv } from './geography/cells.ts'
import type { Geography } from './geography.ts'
import type { Handset, World } from './handset.ts'
import { type Past, pastAlarms } from './intake/alarms.ts'
import { type Clerks, together } from './intake/clerk.ts'
import { fileOf } from './intake/files.ts'
import type { Keeper } from './intake/memory.ts'
import { carries, kindsOf, protocolOf, termLine, trackLines } from './intake/terms.ts'
import type { Person } from './people.ts'

/** One step of progress: what, how many of how many. */
export type Tell = (stage: 'people' | 'devices' | 'lives' | 'tracks' | 'annexes', done: number, total: number) => void

export interface Intake {
  readonly geography: Geography
  readonly people: readonly Person[]
  readonly clerks: Clerks
  readonly keeper: Keeper
  /** Login → id of staff. */
  readonly staff: Readonly<Record<string, string>>
  /** Legal day of the planting. */
  readonly on: LegalDay
  /** What the past days' alarms are drawn from; none: files without alarms. */
  readonly past?: Past
  /** Secrets of a county's devices by protocol and identity, as a maker would have put them in. */
  readonly secrets: (county: string) => Promise<Readonly<Record<string, string>>>
  /** Secrets learnt so far. */
  readonly known: Map<string, string>
  readonly tell: Tell
  readonly stopped: () => boolean
}

const source = '县域孪生（合成） county twin (synthetic)'
const filesAtOnce = 100

export const deviceKey = (person: Person, kind: Handset['kind']): string =>
  kind === 'band' && person.band
    ? `${protocolOf(person.band)} ${person.band.identity}`
    : `${person.phone.protocol} ${person.phone.identity}`

/** Files of everybody, by county. */
export async function enterPeople({
  geography,
  people,
  clerks,
  keeper,
  staff,
  on,
  past,
  tell,
  stopped,
}: Intake): Promise<void> {
  let done = 0
  for (const county of geography.counties) {
    const own = people.filter((p) => p.county === county.code)
    const step = `people ${county.code}`
    if (!keeper.isDone(step) && own.length > 0) {
      for (let i = 0; i < own.length && !stopped(); i += filesAtOnce) {
        const some = own.slice(i, i + filesAtOnce)
        const files = some.map((person) => ({
          ...fileOf(geography, person, staff[person.officer] ?? null, on),
          ...(past ? { alarms: pastAlarms(geography, person, past) } : {}),
        }))
        const answer = await clerks.county(county.code)(peoplePromises.importHistory, { body: { source, files } })
        for (const refused of answer.refused)
          process.stderr.write(`twin: file ${refused.number} was refused: ${refused.en}\n`)
        for (const { number, id } of answer.people) keeper.memory.people[number] = id
        tell('people', done + i + some.length, people.length)
      }
      if (stopped()) return
      keeper.finish(step)
    }
    done += own.length
  }
}

/** Cells, living areas, closed places and homes at night. */
export async function enterPlaces({ geography, people, clerks, keeper, on, stopped }: Intake): Promise<void> {
  if (!keeper.isDone('cells')) {
    const file = new Blob([cellCsv(geography.towers)], { type: 'text/csv' })
    await clerks.system(positions.importCells, { body: { mode: 'replace', source }, file, fileName: 'cells.csv' })
    keeper.finish('cells')
  }
  for (const county of geography.counties) {
    const step = `fences ${county.code}`
    if (keeper.isDone(step) || stopped()) continue
    const call = clerks.county(county.code)
    const own = people.filter((p) => p.county === county.code && keeper.memory.people[p.number])
    const idsOf = (some: readonly Person[]) => some.flatMap((p) => keeper.memory.people[p.number] ?? [])
    const { area } = county
    if (area.kind !== 'polygon') throw new Error('a county is a polygon')
    await call(fences.create, {
      body: {
        org: county.code,
        name: `${county.zh}活动范围（合成）`,
        kind: 'livingArea',
        area: { kind: 'polygon', coordinates: area.coordinates },
        datum: 'WGS84',
        sourceNote: source,
        basis: '《社区矫正法实施办法》第二十六条',
        accepts: ['too-large'],
      },
    })
    for (const place of geography.forbidden.filter((f) => f.county === county.code)) {
      const bound = idsOf(own.filter((p) => p.injunction?.closed.some((c) => c.code === place.code)))
      const fence = await call(fences.create, {
        body: {
          org: county.code,
          name: place.zh,
          kind: 'forbidden',
          area: { kind: 'circle', coordinates: [place.at.lon, place.at.lat], radiusM: place.radiusM },
          datum: 'WGS84',
          sourceNote: source,
          basis: '禁止令（合成）',
        },
      })
      if (bound.length > 0)
        await call(fences.assign, {
          params: { id: fence.id },
          body: { persons: bound, from: on, basis: '人民法院禁止令（合成）' },
        })
    }
    for (const [i, person] of own.filter((p) => p.injunction?.curfew && p.band).entries()) {
      const fence = await call(fences.create, {
        body: {
          org: person.office,
          // Numbered: whose home it is says the assignment, to who may see him.
          name: `住所（夜间）${i + 1}`,
          kind: 'required',
          area: { kind: 'circle', coordinates: [person.home.lon, person.home.lat], radiusM: 300 },
          datum: 'WGS84',
          sourceNote: source,
          basis: '禁止令：每日22:00至次日6:00不得离开住所（合成）',
          calendar: { windows: [{ start: '22:00', end: '06:00' }] },
        },
      })
      await call(fences.assign, {
        params: { id: fence.id },
        body: { persons: idsOf([person]), from: on, basis: '人民法院禁止令（合成）' },
      })
    }
    keeper.finish(step)
  }
}

/**
 * The terms under which people are positioned, and with them their devices: those that run, and those of former people,
 * which ended with their correction; then the devices' secrets.
 */
export async function enterDevices(intake: Intake, days: number, former: readonly Person[] = []): Promise<void> {
  const { geography, people, keeper, on, tell, stopped } = intake
  let done = 0
  const total = people.reduce((sum, person) => sum + (carries(person) ? kindsOf(person).length : 0), 0)
  for (const county of geography.counties) {
    const own = people.filter((p) => p.county === county.code && carries(p) && keeper.memory.people[p.number])
    if (stopped()) return
    if (own.length === 0) continue
    const all = own.flatMap((person) => kindsOf(person).map((kind) => ({ person, kind })))
    const step = `terms ${county.code}`
    if (!keeper.isDone(step)) {
      const since = addDays(on, -days)
      await sendTracks(intake, county.code, [
        ...all.map(({ person, kind }) => termLine(person, kind, since)),
        ...former
          .filter((p) => p.county === county.code && keeper.memory.people[p.number])
          .map((person) => termLine(person, 'phone', person.termStart)),
      ])
      keeper.finish(step)
    }
    for (const [device, secret] of Object.entries(await intake.secrets(county.code))) intake.known.set(device, secret)
    done += all.length
    tell('devices', done, total)
  }
}

/** Leaves that reach into today or later: asked for and decided by the county. One the law refuses is no leave. */
export async function enterLeaves({ geography, people, clerks, keeper, on, stopped }: Intake): Promise<void> {
  const counties = geography.counties.map((c) => c.code)
  await together(counties, 2, async (code) => {
    const call = clerks.county(code)
    for (const person of people.filter((p) => p.county === code))
      for (const leave of person.leaves.filter((l) => l.until >= on)) {
        const id = keeper.memory.people[person.number]
        const step = `leave ${person.number} ${leave.from}`
        if (!id || keeper.isDone(step) || stopped()) continue
        try {
          const asked = await call(leaves.ask, {
            body: {
              person: id,
              from: leave.from,
              until: leave.until,
              destination: { text: leave.text, area: '459099', country: 'CN' },
              reason: leave.reason,
              reasonText: '合成申请',
              contact: { name: '亲属（合成）', phone: '13800000000', relation: '亲属' },
            },
          })
          await call(leaves.decide, {
            params: { id: asked.id },
            body: {
              verdict: 'approved',
              note: '同意（合成）',
              unproven: '材料存纸质卷（合成）',
              revision: asked.revision,
            },
          })
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          process.stderr.write(`twin: leave of ${person.number} was refused: ${error.problem.code}\n`)
        }
        keeper.finish(step)
      }
  })
}

/** The past days' tracks, newest counties first on the screens: a county at a time, some people at a time. */
export async function enterTracks(intake: Intake, world: World, days: number): Promise<void> {
  const { geography, people, keeper, tell, stopped } = intake
  const to = keeper.memory.liveSince
  const from = to - days * DAY
  let done = 0
  for (const county of geography.counties) {
    const own = people.filter((p) => p.county === county.code && keeper.memory.people[p.number])
    const step = `tracks ${county.code}`
    if (keeper.isDone(step) || own.length === 0 || days === 0) {
      done += own.length
      continue
    }
    const terms = await termsOf(intake, county.code)
    for (let i = 0; i < own.length; i += 20) {
      const lines: string[] = []
      for (const person of own.slice(i, i + 20)) {
        if (stopped()) return
        for (const kind of kindsOf(person)) {
          const term = terms.get(deviceKey(person, kind))
          // A phone's old track ends an hour early: its first live position must not come sooner than the ceiling allows.
          const until = kind === 'phone' ? to - HOUR : to
          const since = Math.max(from, dayStart(person.termStart))
          if (term && since < until) lines.push(...trackLines(world, person, kind, term, since, until))
          // A month of one person takes some milliseconds; what is live must not wait for it.
          await new Promise((go) => setImmediate(go))
        }
      }
      if (lines.length > 0) await sendTracks(intake, county.code, lines)
      tell('tracks', done + Math.min(i + 20, own.length), people.length)
    }
    done += own.length
    keeper.finish(step)
  }
}

/** Ids of the county's running terms by protocol and identity of the device. */
async function termsOf({ clerks }: Intake, county: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let page = 1; ; page++) {
    const { items, total } = await clerks.county(county)(activations.list, {
      query: { org: county, state: 'running', page, size: 200 },
    })
    // A term that was extended here goes on under a second one, which has no past.
    for (const { id, device, imported } of items) if (imported) found.set(`${device.protocol} ${device.identity}`, id)
    if (page * 200 >= total || items.length === 0) return found
  }
}

async function sendTracks({ clerks }: Intake, county: string, lines: readonly string[]): Promise<void> {
  const file = new Blob([gzipSync(`${lines.join('\n')}\n`)], { type: 'application/gzip' })
  const answer = await clerks.county(county)(positions.importTracks, {
    body: { source },
    file,
    fileName: 'twin.jsonl.gz',
  })
  for (const { line, says } of answer.refused.slice(0, 3))
    process.stderr.write(`twin: line ${line} of an import was refused: ${says.en}\n`)
}
