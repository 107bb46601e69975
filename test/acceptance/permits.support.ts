import { matters, type OriginKind } from '@zhijiao/contract/matters'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

/** What a matter comes of. */
export interface Of {
  readonly cause?: string
  readonly origin?: { readonly kind: OriginKind; readonly id: string }
}

/** Everybody through whose hands a permit goes, signed in. */
export async function startDesk(options: { at?: string } = {}) {
  const county = await startCounty(options)
  const hands = {
    officer: await county.signIn('officer', { name: '王警官' }),
    head: await county.signIn('officeHead', { name: '张所长' }),
    agency: await county.signIn('county', { name: '赵科员' }),
    second: await county.signIn('county', { name: '周科员' }),
    bureau: await county.signIn('bureauHead', { name: '莫局长' }),
    city: await county.signIn('city', { name: '市级梁科长' }),
    province: await county.signIn('province', { name: '省级黄处长' }),
    elsewhere: await county.signIn('county', { of: places.otherCounty, name: '二县陆科员' }),
  }
  const db = county.house.databases.system
  return {
    county,
    db,
    ...hands,
    today: () => legalDayOf(county.house.chance.now()),
    now: (ms = 0) => new Date(county.house.chance.now() + ms).toISOString(),
    /** Somebody on file, in the hands of the officer. */
    async person(more: { name?: string; category?: string; termEnd?: string } = {}) {
      const id = await plantPerson(county.house, { officer: hands.officer.id, name: more.name ?? '韦某' })
      await sql`update person set category = ${more.category ?? '02'}, term_end = ${more.termEnd ?? '2027-12-31'} where id = ${id}`.execute(
        db,
      )
      return id
    },
    begin: (kind: string, person: string, form: Record<string, unknown>, more: Of = {}) =>
      hands.officer.call(matters.register, { body: { kind, person, form, ...more } }),
    weigh: async (kind: string, person: string, form: Record<string, unknown>, more: Of = {}) =>
      (await hands.officer.call(matters.weigh, { body: { kind, person, form, ...more } })).hints,
    act: (
      who: Somebody,
      matter: { id: string; revision: number },
      way: string,
      form: Record<string, unknown> = {},
      note = '',
    ) => who.call(matters.act, { params: { id: matter.id }, body: { way, form, note, revision: matter.revision } }),
    see: (who: Somebody, id: string) => who.call(matters.get, { params: { id } }),
    /** What was drafted for a case: template and what it was filled with. */
    async papers(subject: string): Promise<Record<string, Record<string, unknown>>> {
      const { rows } = await sql<{ template: string; given: Record<string, unknown> }>`
        select template, given from document where subject_id = ${subject} order by drafted_at`.execute(db)
      return Object.fromEntries(rows.map((row) => [row.template, row.given]))
    },
    stop: () => county.stop(),
  }
}
export type Desk = Awaited<ReturnType<typeof startDesk>>

/** Ledger kinds about one case or person, oldest first. */
export async function ledgerKinds(county: County, of: { subject: string } | { person: string }): Promise<string[]> {
  const where = 'subject' in of ? sql`subject = ${of.subject}` : sql`person_id = ${of.person}`
  const { rows } = await sql<{ kind: string }>`select kind from ledger_entry where ${where} order by id`.execute(
    county.house.databases.system,
  )
  return rows.map((row) => row.kind)
}
