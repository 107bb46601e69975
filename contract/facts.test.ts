import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { actorSaid, factWords, wordsOfFact } from './facts.ts'

const server = fileURLToPath(new URL('../server', import.meta.url))
const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory()
      ? files(join(folder, e.name))
      : /\.ts$/.test(e.name) && !/\.test\.ts$/.test(e.name)
        ? [join(folder, e.name)]
        : [],
  )

test('every kind of entry the server writes reads as words in a timeline', () => {
  const kinds = new Set(
    files(server).flatMap((path) => {
      const text = readFileSync(path, 'utf8')
      // Tasks have kinds of their own; only what goes into the ledger is meant.
      return /append|Fact|fact/.test(text)
        ? [...text.matchAll(/kind: '([a-z]+\.[a-zA-Z]+)'/g)].map((m) => m[1] ?? '')
        : []
    }),
  )
  expect(kinds.size).toBeGreaterThan(20)
  expect([...kinds].filter((kind) => wordsOfFact(kind).zh.includes(kind))).toEqual([])
})

test('each step of an episode, an alarm, a task and a term reads as itself, not as its room', () => {
  const found = (pattern: RegExp, room: string) =>
    files(server).flatMap((path) =>
      path.includes(room) ? [...readFileSync(path, 'utf8').matchAll(pattern)].map((m) => m[1] ?? '') : [],
    )
  const steps = [
    ...['opened', 'evidence', 'raised', 'settled'].map((what) => `episode.${what}`),
    ...['called', 'visited', 'noted', 'closureSubmitted', 'dismissalSubmitted'].map((what) => `alarm.${what}`),
    ...['closureReviewed', 'dismissalReviewed'].map((what) => `alarm.${what}`),
    ...['returned', 'withdrawn', 'done', 'cancelled'].map((what) => `task.${what}`),
    ...found(/fact\([^,]+, '(\w+)'/g, 'alarms/desk/acts').map((what) => `alarm.${what}`),
    ...found(/write\(task, '(\w+)'/g, 'core/tasks').map((what) => `task.${what}`),
    ...found(/kind: '(activation\.\w+)'/g, 'server'),
    ...found(/written\(inside, [^)]*?'(device\.\w+)'/g, 'devices/http'),
  ]
  expect(steps.length).toBeGreaterThan(25)
  expect(steps.filter((kind) => factWords[kind] === undefined)).toEqual([])
})

test('whoever signs for the platform is named in words', () => {
  const names = files(server).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/id: null,\s+name: '([^']+)'/g)].map((m) => m[1] ?? ''),
  )
  expect(names.length).toBeGreaterThan(5)
  expect(names.filter((name) => actorSaid(name).zh === name)).toEqual([])
})
