import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { House } from '../core/house.ts'
import type { TreeHead } from '../core/ledger/head.ts'

/**
 * Where an outside holder (procuratorate, notary, archive) fetches signed tree heads: one JSON line a head, oldest first,
 * and the newest alone. Only appended to; holds no personal data.
 */
const listOf = (house: House) => join(house.config.headsFolder, 'heads.jsonl')

export function publishedHeads(house: House): TreeHead[] {
  const path = listOf(house)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TreeHead)
}

export function publishHead(house: House, head: TreeHead): void {
  const known = publishedHeads(house)
  if (known.some((h) => h.size === head.size)) return
  mkdirSync(house.config.headsFolder, { recursive: true })
  writeFileSync(
    listOf(house),
    [...known, head]
      .sort((a, b) => a.size - b.size)
      .map((h) => `${JSON.stringify(h)}\n`)
      .join(''),
  )
  const newest = join(house.config.headsFolder, 'latest.json')
  writeFileSync(`${newest}.new`, `${JSON.stringify(head)}\n`)
  renameSync(`${newest}.new`, newest)
}
