import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** Any promise is found in three jumps: row → test → code. This holds the map to what is there. */
const root = fileURLToPath(new URL('../', import.meta.url))
const map = readFileSync(join(root, 'docs/features.md'), 'utf8')
const rows = [...map.matchAll(/^\| ((?:S\d|P|Z)[\w.]*) \|[^|]*\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)].map((m) => ({
  id: m[1] ?? '',
  state: (m[2] ?? '').trim(),
  tests: paths(m[3] ?? ''),
  code: paths(m[4] ?? ''),
}))

function paths(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? '')
}
const testFiles = ['test/acceptance', 'test/browser']
  .flatMap((folder) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`) : [],
  )
  .filter((p) => p.endsWith('.test.ts'))
const namesIn = (path: string) =>
  [
    ...readFileSync(join(root, path), 'utf8').matchAll(
      /\b(?:test|describe)(?:\.each\([^)]*\))?\(\s*(['"`])((?:(?!\1)[\s\S])*)\1/g,
    ),
  ].map((m) => m[2] ?? '')
const names = (id: string, text: string) => new RegExp(`(^|[\\s,(])${id.replace('.', '\\.')}(?![\\w.])`).test(text)

test('every row marked done names a test that names it and code that exists', () => {
  const wrong: string[] = []
  for (const row of rows.filter((r) => r.state === 'done')) {
    if (row.tests.length === 0 || row.code.length === 0) wrong.push(`${row.id}: no test or no code`)
    for (const path of row.tests) {
      if (!existsSync(join(root, path))) wrong.push(`${row.id}: ${path} is not there`)
      else if (!namesIn(path).some((name) => names(row.id, name))) wrong.push(`${row.id}: no test in ${path} names it`)
    }
    for (const path of row.code) if (!existsSync(join(root, path))) wrong.push(`${row.id}: ${path} is not there`)
  }
  expect(wrong).toEqual([])
})

test('the map knows every row once, and every row that a test names', () => {
  const ids = rows.map((r) => r.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(255)
  const named = new Set(
    testFiles
      .flatMap(namesIn)
      .flatMap((name) => [...name.matchAll(/\b((?:S[0-4]|P|Z)(?:\.\d+[a-z]?|\d+))\b/g)].map((m) => m[1] ?? '')),
  )
  expect([...named].filter((id) => !ids.includes(id))).toEqual([])
})
