import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** The arrows of the house: who may import whom. A room is reached through its door and nothing else. */
const root = fileURLToPath(new URL('../', import.meta.url))
const tops = ['law', 'geo', 'wire', 'contract', 'server', 'web', 'twin', 'bench', 'test']
/** Folders of `server` that are no rooms: what every room stands on, and what stands on every room. */
const notRooms = new Set(['core', 'commands', 'bin', 'migrations'])

interface Arrow {
  readonly from: string
  readonly to: string
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'fixtures', 'public'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const imports =
  /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:from\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|declare module\s+['"]([^'"]+)['"]/g
const multiline = /(?:^|\n)(?:import|export)\s+(?:type\s+)?\{[^}]*\}\s+from\s+['"]([^'"]+)['"]/g

function arrowsOf(path: string): Arrow[] {
  const text = readFileSync(path, 'utf8')
  const targets = [...text.matchAll(imports), ...text.matchAll(multiline)].map((m) => m[1] ?? m[2] ?? m[3] ?? '')
  return [...new Set(targets)].filter(Boolean).map((target) => ({
    from: relative(root, path),
    to: target.startsWith('.')
      ? relative(root, resolve(dirname(path), target))
      : target.replace(/^@zhijiao\//, '').replace(/^(law|geo|wire|contract|server|web|twin)$/, '$1/index.ts'),
  }))
}

const isTest = (path: string) => /\.test\.tsx?$|(^|\/)testing\//.test(path)
const arrows = tops.flatMap((top) => sources(join(root, top)).flatMap(arrowsOf)).filter((a) => !isTest(a.from))
const topOf = (path: string) => (tops.includes(path.split('/')[0] ?? '') ? path.split('/')[0] : null)
const roomOf = (path: string) => {
  const [top, room, file] = path.split('/')
  return top === 'server' && room && file && !notRooms.has(room) ? room : null
}
const shown = (bad: readonly Arrow[]) => bad.map((a) => `${a.from} → ${a.to}`).sort()

test('the house was read', () => {
  expect(arrows.length).toBeGreaterThan(500)
})

test('law, geo and wire import nothing of ours', () => {
  expect(
    shown(
      arrows.filter(
        (a) => ['law', 'geo', 'wire'].includes(topOf(a.from) ?? '') && topOf(a.to) && topOf(a.to) !== topOf(a.from),
      ),
    ),
  ).toEqual([])
})

test('contract imports the law and itself', () => {
  expect(
    shown(
      arrows.filter(
        (a) => topOf(a.from) === 'contract' && topOf(a.to) && !['contract', 'law'].includes(topOf(a.to) ?? ''),
      ),
    ),
  ).toEqual([])
})

test('core imports no room', () => {
  expect(
    shown(
      arrows.filter(
        (a) => a.from.startsWith('server/core/') && a.to.startsWith('server/') && !a.to.startsWith('server/core/'),
      ),
    ),
  ).toEqual([])
})

test('a room is entered by its door', () => {
  expect(
    shown(
      arrows.filter(
        (a) => roomOf(a.from) && roomOf(a.to) && roomOf(a.from) !== roomOf(a.to) && !/\/index\.ts$/.test(a.to),
      ),
    ),
  ).toEqual([])
})

test('rooms stand in no circle', () => {
  const next = new Map<string, Set<string>>()
  for (const a of arrows) {
    const from = roomOf(a.from)
    const to = roomOf(a.to)
    if (from && to && from !== to) next.set(from, (next.get(from) ?? new Set()).add(to))
  }
  const circles: string[] = []
  const walk = (room: string, path: readonly string[]) => {
    const at = path.indexOf(room)
    if (at >= 0) {
      circles.push([...path.slice(at), room].join(' → '))
      return
    }
    for (const to of next.get(room) ?? []) walk(to, [...path, room])
  }
  for (const room of next.keys()) walk(room, [])
  expect([...new Set(circles)]).toEqual([])
})

test('the fronts never reach into the server, and the twin reaches it only over the network', () => {
  expect(
    shown(arrows.filter((a) => ['web', 'twin'].includes(topOf(a.from) ?? '') && topOf(a.to) === 'server')),
  ).toEqual([])
  expect(shown(arrows.filter((a) => topOf(a.from) === 'web' && ['wire', 'twin'].includes(topOf(a.to) ?? '')))).toEqual(
    [],
  )
})

test('no query is glued from strings', () => {
  const glued = sources(join(root, 'server'))
    .filter((path) => !isTest(path) && /\.query\(\s*`[^`]*\$\{(?!client\.escape)/.test(readFileSync(path, 'utf8')))
    .map((path) => relative(root, path))
  // What PostgreSQL takes no parameters for: role passwords and database names (escaped by the driver), names of channels
  // and of a replication slot (constants of ours and a process id).
  expect(glued.sort()).toEqual([
    'server/core/migrate.ts',
    'server/core/postgres.ts',
    'server/devices/registry.ts',
    'server/operations/backup.ts',
    'server/positions/source.ts',
  ])
})
