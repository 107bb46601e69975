import { expect, test } from 'vitest'
import { type Arrow, arrowsOf, isTest, namesBlindly, readHouse, tops } from './support/arrows.ts'

/**
 * The arrows of the house: who may name whom (docs/guide/house.md). A room is reached through its door and nothing else. The
 * rules say what is allowed, so that what nobody thought of is a breach; below, each is broken on purpose and must say so.
 */
const files = readHouse().filter(({ path }) => !isTest(path))
const arrows = files.flatMap(({ path, text }) => arrowsOf(path, text))

const topOf = (path: string): string | null => {
  const [top = ''] = path.split('/')
  return path.includes('/') && tops.includes(top) ? top : null
}
/** Folders of `server` that are no rooms: what every room stands on, and what stands on the rooms. */
const notRooms = new Set(['core', 'commands', 'bin', 'migrations'])
const roomOf = (path: string): string | null => {
  const [top, room, file] = path.split('/')
  return top === 'server' && room && file && !notRooms.has(room) ? room : null
}
const isDoor = (path: string) => roomOf(path) !== null && /^server\/[^/]+\/index\.ts$/.test(path)
const isCore = (path: string) => path.startsWith('server/core/')
/** The law's code sets and the names that stand in contracts: no calendar, no deadline, no ladder. */
const lawWords = [
  'article',
  'codes',
  'competence',
  'documents',
  'items',
  'ladder-steps',
  'levels',
  'permission-words',
  'permissions',
  'roles',
  'rule',
  'term',
  'termination',
]
const isLawWord = (path: string) => lawWords.some((word) => path === `law/${word}.ts`)
/** Datum and polygons. */
const isGeoShape = (path: string) => path === 'geo/area.ts' || path === 'geo/datum.ts'
const common = (path: string) => ['law', 'geo', 'wire', 'contract'].includes(topOf(path) ?? '') || isCore(path)
const phones = ['officer', 'subject', 'kiosk', 'portal', 'agency']
const isPhone = (path: string) => phones.some((front) => path.startsWith(`web/${front}/`))
/** The console's component library, and the console. */
const isConsole = (path: string) => /^(antd|@ant-design)(\/|$)/.test(path) || path.startsWith('web/console/')

interface Rule {
  readonly says: string
  readonly of: (from: string) => boolean
  /** Whether a file it is about may name another file of ours. */
  readonly mayName: (to: string, from: string) => boolean
}
const under =
  (...names: readonly string[]) =>
  (path: string) =>
    names.includes(topOf(path) ?? '')

const theGround = 'law, geo and wire name nothing of ours'
const theContract = 'the contract names the words of the law and itself'
const theCore = 'the core names no room'
const whatShips = 'nothing that ships names a test'
const aRoom = 'a room names what every room stands on, and another room by its door'
const theWeb = 'the web names the contract, the words of the law, datum and polygons'
const theTwin = 'the twin names wire, geo and the contract, and reaches the server over the network'

const rules: readonly Rule[] = [
  {
    says: theGround,
    of: under('law', 'geo', 'wire'),
    mayName: (to, from) => topOf(to) === topOf(from),
  },
  {
    says: theContract,
    of: under('contract'),
    mayName: (to) => under('contract')(to) || isLawWord(to),
  },
  { says: theCore, of: isCore, mayName: common },
  {
    says: aRoom,
    of: (from) => roomOf(from) !== null,
    mayName: (to, from) =>
      common(to) ||
      roomOf(to) === roomOf(from) ||
      isDoor(to) ||
      // The demonstration plants the twin's county; no other room knows of it.
      (roomOf(from) === 'demo' && topOf(to) === 'twin'),
  },
  {
    says: 'the composition names rooms by their doors',
    of: (from) => ['server/main.ts', 'server/rooms.ts', 'server/cli.ts'].includes(from),
    // The desk is a room within the room of alarms. A command loads the one file it needs: `verify` runs without a database.
    mayName: (to) => roomOf(to) === null || /\/index\.ts$/.test(to),
  },
  {
    says: theWeb,
    of: under('web'),
    mayName: (to) => under('web', 'contract')(to) || isLawWord(to) || isGeoShape(to),
  },
  {
    says: theTwin,
    of: under('twin'),
    mayName: (to) => under('twin', 'wire', 'geo', 'contract')(to) || to === 'law/codes.ts',
  },
  {
    says: whatShips,
    of: under('law', 'geo', 'wire', 'contract', 'server', 'web', 'twin'),
    mayName: (to) => !isTest(to),
  },
]

const shown = (bad: readonly Arrow[]) => bad.map((a) => `${a.from} → ${a.to}`).sort()
const broken = ({ of, mayName }: Rule, all: readonly Arrow[]) =>
  all.filter((a) => of(a.from) && topOf(a.to) !== null && !a.to.endsWith('/') && !mayName(a.to, a.from))

/** Phone fronts that reach the console's library, over however many files. */
function phonesInConsole(all: readonly Arrow[]): Arrow[] {
  const next = new Map<string, Arrow[]>()
  for (const arrow of all) next.set(arrow.from, [...(next.get(arrow.from) ?? []), arrow])
  const found: Arrow[] = []
  const seen = new Set<string>()
  const walk = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    for (const arrow of next.get(path) ?? []) {
      if (isConsole(arrow.to)) found.push(arrow)
      else walk(arrow.to)
    }
  }
  for (const path of next.keys()) if (isPhone(path)) walk(path)
  return found
}

function circlesOfRooms(all: readonly Arrow[]): string[] {
  const next = new Map<string, Set<string>>()
  for (const a of all) {
    const [from, to] = [roomOf(a.from), roomOf(a.to)]
    if (from && to && from !== to) next.set(from, (next.get(from) ?? new Set()).add(to))
  }
  const circles = new Set<string>()
  const done = new Set<string>()
  const walk = (room: string, path: readonly string[]) => {
    const at = path.indexOf(room)
    if (at >= 0) circles.add([...path.slice(at), room].join(' → '))
    if (at >= 0 || done.has(room)) return
    for (const to of next.get(room) ?? []) walk(to, [...path, room])
    done.add(room)
  }
  for (const room of next.keys()) walk(room, [])
  return [...circles]
}

test('the house was read', () => {
  expect(arrows.length).toBeGreaterThan(500)
  expect(new Set(files.map((f) => topOf(f.path)))).toEqual(new Set(tops.filter((t) => !['test', 'bench'].includes(t))))
})

test.each(rules.map((rule) => [rule.says, rule] as const))('%s', (_, rule) => {
  expect(shown(broken(rule, arrows))).toEqual([])
})

test('rooms stand in no circle', () => {
  expect(circlesOfRooms(arrows)).toEqual([])
})

test('the phone fronts never pull in the console or its component library', () => {
  expect(shown(phonesInConsole(arrows))).toEqual([])
})

test('no import hides its target until it runs', () => {
  expect(files.filter(({ text }) => namesBlindly(text)).map(({ path }) => path)).toEqual([])
})

test('no alias stands between a name and its file', () => {
  expect(shown(arrows.filter(({ to }) => /^[#~]|^@\//.test(to)))).toEqual([])
})

/** Each rule broken on purpose, each in another way of naming a file: were a way not seen, its line would go through. */
const planted: readonly (readonly [breaks: string, path: string, text: string])[] = [
  [theGround, 'geo/planted.ts', `import type { Alarm } from '@zhijiao/contract/alarms'`],
  [theGround, 'law/planted.ts', `import {\n  type House,\n} from '../server/core/house.ts'`],
  [theGround, 'wire/jt808/planted.ts', `export * from '@zhijiao/geo/fix'`],
  [theContract, 'contract/planted.ts', `await import('@zhijiao/server/main')`],
  [theContract, 'contract/planted.ts', `import { plusWorkingDays } from "@zhijiao/law/calendar"`],
  [theCore, 'server/core/planted.ts', `export type { Episode } from '../alarms/index.ts'`],
  [theCore, 'server/core/planted.ts', `declare module '../people/store.ts' {}`],
  [aRoom, 'server/alarms/planted.ts', `import { personStore } from '../people/store.ts'`],
  [aRoom, 'server/alarms/planted.ts', `type Row = import('../people/store.ts').PersonRow`],
  [aRoom, 'server/alarms/desk/planted.ts', `import x, {\n  y,\n} from '../../permits/practices/travel.ts'`],
  [aRoom, 'server/alarms/planted.ts', `import { furnish } from '../rooms.ts'`],
  [aRoom, 'server/alarms/planted.ts', `import '../commands/demo.ts'`],
  [aRoom, 'server/alarms/planted.ts', `import { peopleOf } from '@zhijiao/twin/people'`],
  [aRoom, 'server/people/planted.ts', `const Row = require('../../web/ui/format.ts')`],
  [theWeb, 'web/console/planted.tsx', `import type { House } from '@zhijiao/server/core/house'`],
  [theWeb, 'web/console/planted.tsx', `new Worker(new URL('../../server/positions/cells.ts', import.meta.url))`],
  [theWeb, 'web/ui/planted.ts', `import.meta.glob('../../wire/jt808/*.ts')`],
  [theWeb, 'web/ui/planted.ts', `import { dueOf } from '@zhijiao/law/due'`],
  [theWeb, 'web/ui/planted.ts', `import { dueOf } from '@zhijiao/law'`],
  [theWeb, 'web/ui/planted.ts', `import { gapDeadlines } from /* only a type */ '@zhijiao/geo/gaps'`],
  [theTwin, 'twin/planted.ts', `import { openDatabases } from '@zhijiao/server/core/db'`],
  [theTwin, 'twin/planted.ts', `import.meta.resolve('@zhijiao/law/ladder')`],
  [whatShips, 'server/alarms/planted.ts', `import { openCluster } from '../../test/support/cluster.ts'`],
  [whatShips, 'geo/planted.ts', `export { box } from './testing/areas.ts'`],
]
test.each(planted)('planted: %s, by %s', (says, path, text) => {
  const rule = rules.find((r) => r.says === says)
  const own = arrowsOf(path, text)
  expect(own).toHaveLength(1)
  expect(rule && broken(rule, [...arrows, ...own])).toEqual(own)
})

test('planted: a circle of rooms, by types alone', () => {
  const [door, back] = [
    ...arrowsOf('server/people/planted.ts', `import type { Episode } from '../alarms/index.ts'`),
    ...arrowsOf('server/alarms/planted.ts', `export type { PersonFile } from '../people'`),
  ]
  expect(door && back && circlesOfRooms([door, back])).toEqual(['people → alarms → people'])
})

test('planted: a phone front that reaches the component library over a shared file', () => {
  const own = arrowsOf('web/officer/planted.tsx', `import { SearchTable } from '../ui/SearchTable'`)
  const found = shown(phonesInConsole([...arrows, ...own]))
  expect(found).toContain('web/ui/SearchTable.tsx → antd')
})

test('planted: an import that hides its target', () => {
  expect(namesBlindly('await import(where)')).toBe(true)
  expect(namesBlindly(['await import(`../$', '{room}/store.ts`)'].join(''))).toBe(true)
  expect(namesBlindly("await import('../people/index.ts')")).toBe(false)
})

test('no query is glued from strings', () => {
  const glued = files
    .filter(({ path, text }) => path.startsWith('server/') && /\.query\(\s*`[^`]*\$\{(?!client\.escape)/.test(text))
    .map(({ path }) => path)
  // What PostgreSQL takes no parameters for: database names (escaped by the driver), and the name of a replication slot (a
  // constant of ours and a process id).
  expect(glued.sort()).toEqual(['server/core/postgres.ts', 'server/operations/backup.ts'])
})
