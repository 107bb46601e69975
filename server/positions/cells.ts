import { type Cell, type CellTable, parseCells } from '@zhijiao/geo/cells'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { refuse } from '../core/refusals.ts'
import { cellsChannel } from '../devices/index.ts'
import { CellsFile } from './refusals.ts'
import './tables.ts'

declare module '../core/tables.ts' {
  interface Tables {
    cell_import: { id: string; at: Date; source: string; towers: number; by_id: string | null }
  }
}

/** Towers held in memory, so that no fix waits for a query; a province has some hundred thousand. */
const mostCells = 1_000_000
const faultWords = {
  columns: { zh: '列数不足(应为 7 列)', en: 'Too few columns (7 are needed)' },
  number: { zh: '有一列不是数字', en: 'A column is not a number' },
  range: { zh: '数值超出范围', en: 'A value is out of range' },
} as const

/** The whole table for positioning by cells. */
export async function readCells(house: Pick<House, 'databases'>): Promise<CellTable> {
  const rows = await house.databases.system.selectFrom('cell_tower').selectAll().limit(mostCells).execute()
  return new Map(
    rows.map(({ mcc, mnc, lac, cell, lat, lon, radius_m }): [string, Cell] => [
      `${mcc}-${mnc}-${lac}-${cell}`,
      { mcc, mnc, lac, cell, lat, lon, radiusM: radius_m },
    ]),
  )
}

/** Takes an operator's table in; lines that cannot be read are named and left out. */
export async function importCells(
  db: ScopedDb,
  file: Buffer,
  how: { id: string; now: number; by: string; source: string; replace: boolean },
) {
  const { table, faults } = parseCells(file.toString('utf8'))
  if (table.size === 0) throw refuse(CellsFile, { faults: faults.length })
  if (how.replace) await db.deleteFrom('cell_tower').execute()
  const cells = [...table.values()]
  for (let i = 0; i < cells.length; i += 5_000) {
    const part = cells.slice(i, i + 5_000)
    const columns = sql`unnest(${part.map((c) => c.mcc)}::smallint[], ${part.map((c) => c.mnc)}::int[], ${part.map((c) => c.lac)}::int[], ${part.map((c) => c.cell)}::bigint[])`
    await sql`delete from cell_tower t using ${columns} as x(mcc, mnc, lac, cell) where t.mcc = x.mcc and t.mnc = x.mnc and t.lac = x.lac and t.cell = x.cell`.execute(
      db,
    )
    await sql`insert into cell_tower (mcc, mnc, lac, cell, lat, lon, radius_m)
      select * from unnest(${part.map((c) => c.mcc)}::smallint[], ${part.map((c) => c.mnc)}::int[], ${part.map((c) => c.lac)}::int[], ${part.map((c) => c.cell)}::bigint[],
        ${part.map((c) => c.lat)}::float8[], ${part.map((c) => c.lon)}::float8[], ${part.map((c) => c.radiusM)}::real[])`.execute(
      db,
    )
  }
  const total = Number(
    (await db.selectFrom('cell_tower').select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()).n,
  )
  await db
    .insertInto('cell_import')
    .values({ id: how.id, at: new Date(how.now), source: how.source, towers: cells.length, by_id: how.by })
    .execute()
  await sql`select pg_notify(${cellsChannel}, '')`.execute(db)
  return {
    imported: cells.length,
    total,
    refused: faults.slice(0, 200).map(({ line, why }) => ({ line, says: faultWords[why] })),
  }
}
