import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/**
 * Two migrations written side by side that both redefine a function or a policy: the later one forgets what the earlier one
 * said. So whoever redefines names in the comment above it the last migration that defined it; a merge that slips another
 * one in between is found here.
 */
interface Definition {
  readonly what: string
  readonly by: number
  /** The comment right above it. */
  readonly comment: string
}

const defines =
  /^(?:create (?:or replace )?function (\w+)|create (?:or replace )?view (\w+)|(?:create|alter) policy (\w+) on (\w+))/i

function definitionsIn(text: string, by: number): Definition[] {
  const lines = text.split('\n')
  return lines.flatMap((line, i) => {
    const found = defines.exec(line)
    if (!found) return []
    let above = i
    while (above > 0 && lines[above - 1]?.startsWith('--')) above--
    const what = found[1] ?? found[2] ?? `${found[3]} on ${found[4]}`
    return [{ what, by, comment: lines.slice(above, i).join('\n') }]
  })
}

/** Redefinitions from a migration on whose comment does not name the definition they replace. */
function unnamed(definitions: readonly Definition[], from: number): string[] {
  const last = new Map<string, number>()
  const faults: string[] = []
  for (const { what, by, comment } of definitions) {
    const before = last.get(what)
    last.set(what, by)
    if (before === undefined || before === by || by < from) continue
    const number = String(before).padStart(4, '0')
    if (!comment.includes(number)) faults.push(`${what} in ${String(by).padStart(4, '0')} does not name ${number}`)
  }
  return faults
}

const folder = fileURLToPath(new URL('../server/migrations', import.meta.url))
const all = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .flatMap((name) => definitionsIn(readFileSync(join(folder, name), 'utf8'), Number(name.slice(0, 4))))

test('a migration that redefines a function, view or policy names the definition it replaces', () => {
  expect(all.length).toBeGreaterThan(200)
  expect(unnamed(all, 198)).toEqual([])
})

test('a definition slipped in between is found', () => {
  const planted = definitionsIn(
    '-- As 0163 has it.\ncreate or replace function zj_withdraw_stale(p uuid) returns integer',
    199,
  )
  expect(unnamed([...all, ...planted], 198)).toEqual(['zj_withdraw_stale in 0199 does not name 0198'])
})
