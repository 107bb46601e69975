import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { wordsOfFact } from './facts.ts'

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
