import { cellColumns } from '@zhijiao/contract/positions'
import { type Cell, type CellFault, type CellTable, parseCells } from '@zhijiao/geo/cells'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { problemOf, refuse } from '../core/refusals.ts'
import { cellsChannel } from '../devices/index.ts'
import { CellColumns, CellNumber, CellRange, CellsFile } from './refusals.ts'
import './tables.ts'

declare module '../core/tables.ts' {
  interface Tables {
    cell_import: { id: string; at: Date; source: string; towers: number; by_id: string | null }
  }
}

/** Towers held in memory, so that no fix waits for a query; a province has some hundred thousand. */
const mostCells = 1_000_000
/** Refused lines that are named; the rest only count. */
const mostNamed = 5_000
const faultKinds = { columns: CellColumns, number: CellNumber, range: CellRange } as const

/** What is wrong with a line and what to do about it. */
function saysOf({ line, why, column }: CellFault) {
  const field = column === null ? null : (cellColumns[column] ?? null)
  const { code, zh, en } = problemOf(refuse(faultKinds[why], { field: field ?? '' }), '')
  return { line, code, field, says: { zh, en } }
}

const countOf = async (db: ScopedDb): Promise<number> =>
  Number((await db.selectFrom('cell_tower').select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()).n)

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
  const before = await countOf(db)
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
  const total = await countOf(db)
  await db
    .insertInto('cell_import')
    .values({ id: how.id, at: new Date(how.now), source: how.source, towers: cells.length, by_id: how.by })
    .execute()
  await sql`select pg_notify(${cellsChannel}, '')`.execute(db)
  return {
    imported: cells.length,
    before,
    total,
    refused: faults.slice(0, mostNamed).map(saysOf),
    leftOut: faults.length,
  }
}
