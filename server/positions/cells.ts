import { cellColumns } from '@zhijiao/contract/positions'
import { type Cell, type CellFault, type CellTable, parseCells } from '@zhijiao/geo/cells'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { problemOf, refuse } from '../core/refusals.ts'
import { cellsChannel } from '../devices/index.ts'
import { CellColumns, CellNumber, CellRange, CellsFile, CellsFull } from './refusals.ts'
import './tables.ts'

declare module '../core/tables.ts' {
  interface Tables {
    cell_import: { id: string; at: Date; source: string; towers: number; by_id: string | null }
  }
}

/**
 * Towers held in memory, so that no fix waits for a query; a province has some hundred thousand. So many take 230 MB in each
 * gateway, and as much again for the moment in which a new table takes the place of the old.
 */
const mostCells = 1_000_000
/** Towers read at once. */
const readAtOnce = 50_000
/** A row of the table. */
interface CellRow {
  mcc: number
  mnc: number
  lac: number
  cell: number
  lat: number
  lon: number
  radius_m: number
}
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

/** The whole table for positioning by cells. An import that would make it larger than fits is refused. */
export async function readCells(house: Pick<House, 'databases'>): Promise<CellTable> {
  const table = new Map<string, Cell>()
  let after = { mcc: -1, mnc: -1, lac: -1, cell: -1 }
  for (;;) {
    const { rows } = await sql<CellRow>`
      select mcc, mnc, lac, cell, lat, lon, radius_m from cell_tower
      where (mcc, mnc, lac, cell) > (${after.mcc}::smallint, ${after.mnc}::int, ${after.lac}::int, ${after.cell}::bigint)
      order by mcc, mnc, lac, cell limit ${readAtOnce}`.execute(house.databases.system)
    for (const { radius_m: radiusM, ...place } of rows)
      table.set(`${place.mcc}-${place.mnc}-${place.lac}-${place.cell}`, { ...place, radiusM })
    const last = rows.at(-1)
    if (!last || rows.length < readAtOnce) return table
    after = last
  }
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
  // Nothing of the file stays: a table of which a part is never looked at would place some phones and not others.
  if (total > mostCells) throw refuse(CellsFull, { total, most: mostCells, over: total - mostCells })
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
