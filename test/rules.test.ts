import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ruleIds } from '@zhijiao/law/rule'
import { expect, test } from 'vitest'

/** Lawful by construction: every rule is asked, quoted or counted somewhere, or it is said why no code does. */
const root = fileURLToPath(new URL('../', import.meta.url))

/** Rules that bind whoever runs the platform or another organ; the guide says how it is run for them. */
const notOurs: Readonly<Record<string, string>> = {
  'DAT-02': 'names what is sensitive: kept encrypted, shown masked, opened with a reason, whatever the screen',
  'DAT-03': 'the operator assesses and records before he begins (docs/guide/operate.md)',
  'DAT-04': 'where the servers stand is the operator’s to see to',
  'DAT-05': 'no decision is made by the program: there is nothing that could be decided alone',
  'DAT-06': 'no face is stored yet',
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : sources(path)
    return /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) ? [path] : []
  })
}

test('every rule of the law is asked, quoted or counted, or it is said why none of our code does', () => {
  const text = ['law', 'geo', 'contract', 'server', 'web']
    .flatMap(sources)
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n')
  const used = new Set(text.match(/\b[A-Z]{3}-\d{2}\b/g))
  expect(ruleIds.filter((id) => !used.has(id)).sort()).toEqual(Object.keys(notOurs).sort())
})
