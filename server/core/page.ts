/** What a page of a list is read with. */
interface Reading<Row extends { readonly id: string }> {
  /** The ids of the page in order, each with how many match in all (`count(*) over ()`). */
  ids(span: { limit: number; offset: number }): Promise<readonly { readonly id: string; readonly total: number }[]>
  /** How many match; asked only where a page past the end has no row to say it. */
  count(): Promise<number>
  /** The rows of these ids with all that is shown beside them, in any order. */
  rows(ids: readonly string[]): Promise<readonly Row[]>
}

/**
 * A page and the number of all that match. What matches is counted and put in order in one pass over narrow rows, which an
 * index alone can serve; names and other tables are joined to the rows of the page only.
 */
export async function readPage<Row extends { readonly id: string }>(
  { number, size }: { readonly number: number; readonly size: number },
  reading: Reading<Row>,
): Promise<{ rows: Row[]; total: number }> {
  const offset = (number - 1) * size
  const found = await reading.ids({ limit: size, offset })
  const [first] = found
  if (!first) return { rows: [], total: offset === 0 ? 0 : await reading.count() }
  const byId = new Map((await reading.rows(found.map(({ id }) => id))).map((row) => [row.id, row]))
  return { rows: found.flatMap(({ id }) => byId.get(id) ?? []), total: Number(first.total) }
}
