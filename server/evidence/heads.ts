import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { House } from '../core/house.ts'
import type { TreeHead } from '../core/ledger/head.ts'

/**
 * Where an outside holder (procuratorate, notary, archive) fetches signed tree heads: one JSON line a head, oldest first,
 * and the newest alone. Heads are only added; holds no personal data.
 */
const listOf = (house: House) => join(house.config.headsFolder, 'heads.jsonl')

export function publishedHeads(house: House): TreeHead[] {
  const path = listOf(house)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8').split('\n').flatMap(headIn)
}

/** Half a line is what a crash of older versions could leave; it says nothing, and the next head writes the list without it. */
function headIn(line: string): TreeHead[] {
  if (line.trim() === '') return []
  try {
    return [JSON.parse(line) as TreeHead]
  } catch {
    return []
  }
}

/** One at a time over all processes, and each list whole or not at all: a lost head would leave a holder without his link. */
export async function publishHead(house: House, head: TreeHead): Promise<void> {
  await house.databases.system.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtext('tree heads'))`.execute(db)
    const known = publishedHeads(house)
    if (known.some((h) => h.size === head.size)) return
    mkdirSync(house.config.headsFolder, { recursive: true })
    const all = [...known, head].sort((a, b) => a.size - b.size)
    writeWhole(listOf(house), all)
    writeWhole(join(house.config.headsFolder, 'latest.json'), all.slice(-1))
  })
}

function writeWhole(path: string, heads: readonly TreeHead[]): void {
  const file = openSync(`${path}.new`, 'w')
  try {
    writeSync(file, heads.map((h) => `${JSON.stringify(h)}\n`).join(''))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
}
