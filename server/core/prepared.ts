import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'

/**
 * Marks a statement whose text never changes and whose planning, behind the policies of a scope, costs more than its answer: it
 * is planned once a connection. For few rows found by key; a list with many shapes is better planned anew. The name is a word
 * of the program, never of a request: it stands in the statement as it is, and one name stands for one text.
 */
export const prepared = (name: string): RawBuilder<unknown> => sql.raw(`/* prepared ${name} */`)

const marked = /^\s*\/\* prepared ([\w.]+) \*\//

/** Lets a connection keep the plans of marked statements. */
export function keepPlans(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...asked: readonly unknown[]) => unknown
  const named = (text: unknown, ...rest: readonly unknown[]) => {
    const name = typeof text === 'string' ? marked.exec(text)?.[1] : undefined
    return name ? query({ name, text, values: rest[0] }, ...rest.slice(1)) : query(text, ...rest)
  }
  // The driver's own signature is a dozen overloads of this.
  client.query = named as typeof client.query
}
