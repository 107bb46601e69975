import type pg from 'pg'

/** Raised when the database belongs to somebody. */
export class NotADemonstration extends Error {
  constructor(unit: string) {
    super(
      `数据库中已有正式单位“${unit}”，演示不会写入。请另指定 ZJ_DATA 或 DATABASE_URL。 / The database holds the real unit "${unit}"; the demonstration writes nothing into it. Name another ZJ_DATA or DATABASE_URL.`,
    )
  }
}

/**
 * Asked before the demonstration changes anything, the schema included.
 * @throws NotADemonstration when the database holds a unit that no demonstration drew
 */
export async function refuseRealUnits(client: pg.Client): Promise<void> {
  const there = await client.query<{ there: boolean }>("select to_regclass('org') is not null as there")
  if (!there.rows[0]?.there) return
  const { rows } = await client.query<{ name: string }>('select name from org where not synthetic limit 1')
  if (rows[0]) throw new NotADemonstration(rows[0].name)
}
