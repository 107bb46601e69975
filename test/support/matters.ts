import { documents } from '@zhijiao/contract/documents'
import { matters } from '@zhijiao/contract/matters'
import { sql } from 'kysely'
import type { County, Somebody } from './county.ts'
import { plantPerson } from './person.ts'

/** Plain JSON by its description; what is wrong with it is the test's to find out. */
type Form = object
type Json = Record<string, unknown>
interface At {
  readonly id: string
  readonly revision: number
}

/** Drives businesses through the front door, a hand at a time. */
export const begin = (
  who: Somebody,
  kind: string,
  person: string,
  form: Form,
  more: { cause?: string; id?: string } = {},
) => who.call(matters.register, { body: { kind, person, form: form as Json, ...more } })
export const act = (who: Somebody, matter: At, way: string, form: Form = {}, note = '') =>
  who.call(matters.act, {
    params: { id: matter.id },
    body: { way, form: form as Json, note, revision: matter.revision },
  })
export const see = (who: Somebody, id: string) => who.call(matters.get, { params: { id } })

/** What the law and the file say before it begins. */
export const weigh = async (who: Somebody, kind: string, person: string, form: Form = {}) =>
  (await who.call(matters.weigh, { body: { kind, person, form: form as Json } })).hints

/** The matter of a kind that came of another. */
export async function ledTo(who: Somebody, from: { readonly id: string }, kind: string) {
  const { related } = await see(who, from.id)
  const led = related.find((r) => r.kind === kind && r.how === 'led')
  if (!led) throw new Error(`${kind} did not follow`)
  return see(who, led.id)
}

/** A supervised person of a category, with whatever else the law asks about. */
export async function plantSupervised(
  county: County,
  options: {
    name?: string
    officer?: string
    category?: '01' | '02' | '03' | '04'
    minor?: boolean
    sealed?: boolean
    sex?: 'male' | 'female'
    termStart?: string
    termEnd?: string
    injunction?: string
    crime?: string
    state?: string
  } = {},
): Promise<string> {
  const id = await plantPerson(county.house, {
    ...(options.name ? { name: options.name } : {}),
    officer: options.officer ?? null,
    minor: options.minor ?? false,
    sealed: options.sealed ?? false,
  })
  await sql`update person set category = ${options.category ?? '02'}, sex = ${options.sex ?? 'male'},
    term_start = ${options.termStart ?? '2026-01-01'}, term_end = ${options.termEnd ?? '2027-12-31'},
    injunction = ${options.injunction ?? ''}, crime = ${options.crime ?? '盗窃罪'}, state = ${options.state ?? 'inCorrection'}
    where id = ${id}`.execute(county.house.databases.system)
  return id
}

/** State, last day and level as the database holds them. */
export async function personNow(county: County, id: string) {
  const { rows } = await sql<{
    state: string
    term_end: string
  }>`select state, term_end::text from person where id = ${id}`.execute(county.house.databases.system)
  return rows[0]
}

/** Templates drafted for a matter, in order. */
export async function papersOf(county: County, matter: string): Promise<readonly string[]> {
  const { rows } = await sql<{ template: string }>`
    select template from document where subject_id = ${matter} order by template`.execute(county.house.databases.system)
  return rows.map((r) => r.template)
}

/** What a drafted paper was filled with. */
export async function filled(county: County, matter: string, template: string): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ given: Record<string, unknown> }>`
    select given from document where subject_id = ${matter} and template = ${template}`.execute(
    county.house.databases.system,
  )
  return rows[0]?.given ?? {}
}

/** Papers of one template of a case, oldest first, with their state and number. */
export async function roundsOf(county: County, subject: string, template: string) {
  const { rows } = await sql<{ id: string; state: string; number: string | null; given: Record<string, unknown> }>`
    select id, state, number, given from document where subject_id = ${subject} and template = ${template}
    order by drafted_at, id`.execute(county.house.databases.system)
  return rows
}

/** Issues the draft of a template of a case: it takes its number and is frozen. */
export async function issueDraft(who: Somebody, subject: string, template: string) {
  const { items } = await who.call(documents.list, { query: { subject, template, state: 'draft' } })
  const [draft] = items
  if (!draft) throw new Error(`no draft of ${template}`)
  return who.call(documents.issue, { params: { id: draft.id }, body: { revision: draft.revision } })
}
