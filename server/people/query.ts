import type { PersonConditions } from '@zhijiao/contract/people'
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Tables } from '../core/tables.ts'
import type { Keeping } from './keeping.ts'
import './tables.ts'

/** `%` and `_` mean themselves. */
const plain = (text: string) => text.replace(/[\\%_]/g, (c) => `\\${c}`)

/** The conditions of a query as one predicate. Identity and phone are compared by their keyed hashes. */
export function matches(
  e: ExpressionBuilder<Tables, 'person'>,
  given: PersonConditions,
  keeping: Keeping,
): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [e('person.merged_into', 'is', null)]
  const { q, officer, category, level, colour, state } = given
  // Beneath row-level security only leakproof operators reach an index; `like` is none.
  if (given.org) all.push(sql<boolean>`person.org_code ~>=~ ${given.org} and person.org_code ~<~ ${`${given.org}~`}`)
  if (q) {
    const text = q.trim()
    all.push(
      /^\d{17}[\dXx]$/.test(text)
        ? e('person.identity_blind', 'in', keeping.blindsIdentity(text))
        : /^1\d{10}$/.test(text)
          ? e('person.phone_blind', 'in', keeping.blindsPhone(text))
          : e.or([e('person.name', 'like', `%${plain(text)}%`), e('person.number', 'like', `${plain(text)}%`)]),
    )
  }
  if (given.name) all.push(e('person.name', 'like', `%${plain(given.name.trim())}%`))
  if (given.number) all.push(e('person.number', 'like', `${plain(given.number.trim())}%`))
  if (given.identity) all.push(e('person.identity_blind', 'in', keeping.blindsIdentity(given.identity)))
  if (given.phone) all.push(e('person.phone_blind', 'in', keeping.blindsPhone(given.phone)))
  if (officer) all.push(e('person.officer_id', '=', officer))
  if (given.unassigned) all.push(e('person.officer_id', 'is', null))
  if (category?.length) all.push(e('person.category', 'in', category))
  if (level?.length) all.push(e('person.level', 'in', level))
  if (colour?.length) all.push(e('person.colour', 'in', colour))
  if (state?.length) all.push(e('person.state', 'in', state))
  if (given.sex) all.push(e('person.sex', '=', given.sex))
  if (given.minor !== undefined) all.push(e('person.minor', '=', given.minor))
  if (given.sealed !== undefined) all.push(e('person.sealed', '=', given.sealed))
  if (given.imported !== undefined) all.push(e('person.imported', '=', given.imported))
  if (given.injunction !== undefined) all.push(e('person.injunction', given.injunction ? '<>' : '=', ''))
  if (given.crime) all.push(e('person.crime', 'like', `%${plain(given.crime)}%`))
  const between = (column: 'birth_date' | 'term_start' | 'term_end', from?: string, until?: string) => {
    if (from) all.push(e(`person.${column}`, '>=', from))
    if (until) all.push(e(`person.${column}`, '<=', until))
  }
  between('birth_date', given.bornFrom, given.bornUntil)
  between('term_start', given.termStartFrom, given.termStartUntil)
  between('term_end', given.termEndFrom, given.termEndUntil)
  return e.and(all)
}

const columns = {
  name: sql`person.name`,
  number: sql`person.number`,
  termEnd: sql`person.term_end`,
  termStart: sql`person.term_start`,
  createdAt: sql`person.created_at`,
} as const
export type SortField = keyof typeof columns

/** `field` or `-field`; anything else sorts by number. */
export function sortOf(sort: string | undefined): { field: SortField; down: boolean } {
  const field = (sort ?? '').replace(/^-/, '')
  return {
    field: Object.hasOwn(columns, field) ? (field as SortField) : 'number',
    down: sort?.startsWith('-') ?? false,
  }
}
/** With the number behind it, so that pages never overlap. */
export const orderBy = ({ field, down }: ReturnType<typeof sortOf>) =>
  field === 'number'
    ? down
      ? sql`person.number desc`
      : sql`person.number`
    : down
      ? sql`${columns[field]} desc, person.number desc`
      : sql`${columns[field]}, person.number`
