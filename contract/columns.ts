/**
 * Thousands of rows on their way, field by field instead of row by row: a name is said once, and neither end makes an object
 * for each row before it needs one. A value nobody told is null; a field no row tells is left out.
 */
export type Columns<Row> = {
  readonly [K in keyof Row]: readonly (Empty extends Pick<Row, K> ? Exclude<Row[K], undefined> | null : Row[K])[]
}
type Empty = Record<never, never>

/** How many rows these columns hold. */
export function lengthOf<Row>(columns: Columns<Row>): number {
  for (const column of Object.values<readonly unknown[]>(columns)) return column.length
  return 0
}

/** The rows of columns, each an object as if it had been sent so; what was not told is absent from it. */
export function rowsOf<Row>(columns: Columns<Row>): Row[] {
  const rows = Array.from({ length: lengthOf(columns) }, (): Record<string, unknown> => ({}))
  for (const [name, column] of Object.entries<readonly unknown[]>(columns))
    for (const [i, value] of column.entries()) {
      const row = rows[i]
      if (row && value !== null) row[name] = value
    }
  return rows as Row[] // each field was put in under its own name
}
