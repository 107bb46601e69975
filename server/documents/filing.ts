import type { TemplateBody, Values } from '@zhijiao/contract/paper'
import { type CivilDate, civilDate, startOfLegalDay } from '@zhijiao/law/civil-date'
import { code } from '@zhijiao/law/codes'
import type { Law } from '@zhijiao/law/in-force'
import { type Selectable, sql } from 'kysely'
import { lawFor } from '../core/circumstances.ts'
import type { Db, ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Tables } from '../core/tables.ts'
import { keepingOf } from '../people/index.ts'
import { dayInChinese, type Organ } from './domain.ts'
import { shippedTemplates, shippedVersion } from './templates/index.ts'

/** The law of a day already past or yet to come, from a fresh reading of what was published. */
export async function lawOn(house: House, org: string, on: CivilDate): Promise<Law> {
  await lawFor(house, org, house.chance.now())
  return lawFor(house, org, startOfLegalDay(on))
}

/** Blanks filled from the person file through the caller's eyes; empty when there is no person or he is out of sight. */
export async function filedValues(db: ScopedDb, house: House, person: string | null): Promise<Values> {
  if (!person) return {}
  const row = await db.selectFrom('person').selectAll().where('id', '=', person).executeTakeFirst()
  return row ? valuesOfFile(house, row) : {}
}

/** What a file as it stands gives to the blanks of a paper. */
export function valuesOfFile(house: House, row: Selectable<Tables['person']>): Values {
  const terms = `${dayInChinese(row.term_start)}至${dayInChinese(row.term_end)}`
  return {
    姓名: row.name,
    性别: row.sex === 'female' ? '女' : '男',
    民族: row.ethnicity,
    出生日期: row.birth_date,
    身份证号码: keepingOf(house.vault).openIdentity(row.identity_cipher),
    文化程度: code('educationLevel', row.education)?.zh ?? row.education,
    户籍地: row.registered_address,
    居住地: row.residence,
    罪名: row.crime,
    原判刑罚: row.sentence,
    原判刑期: row.sentence_term,
    附加刑: row.additional_penalty,
    矫正类别: code('correctionCategory', row.category)?.zh ?? row.category,
    矫正期限: row.correction_term,
    矫正起日: row.term_start,
    矫正止日: row.term_end,
    决定机关: row.decision_organ,
    文书号: row.document_number,
    判决日期: row.decided_on ?? '',
    起止: terms,
    裁判日期: row.decided_on ?? '',
  }
}

/** Length of a county's code: the organ that issues sits there; a code above it stands for itself. */
export const organCode = (org: string) => (org.length > 6 ? org.slice(0, 6) : org)

/** The organ that issues a paper: the one it was drafted for, or the county of its unit. */
export const issuerOf = (row: { readonly org_code: string; readonly organ: string | null }) =>
  row.organ ?? organCode(row.org_code)
/** Whose letterhead and wording a paper bears: the issuing organ, or the unit under its county. */
export const headOf = (row: { readonly org_code: string; readonly organ: string | null }) => row.organ ?? row.org_code

/** The organ a unit's papers name. Letterhead and number characters as set, or made from the county's name. */
export async function organOf(db: ScopedDb | Db, org: string): Promise<Organ> {
  const at = organCode(org)
  const { rows } = await sql<{ code: string; name: string; letterhead: string | null; mark: string | null }>`
    select o.code, o.name, u.letterhead, u.mark from org o left join document_unit u on u.org_code = o.code
    where o.code in (${at}, ${org})`.execute(db)
  const county = rows.find((r) => r.code === at)
  const place = (county?.name ?? '').replace(/(社区矫正.*|司法局)$/, '')
  const own = rows.find((r) => r.code === org)?.name ?? ''
  return {
    agency: county?.letterhead ?? `${place}社区矫正管理局`,
    bureau: `${place}司法局`,
    office: org.length > 6 ? (/所$/.test(own) ? own : `${own}司法所`) : `${place}社区矫正管理局`,
    county: place,
    mark: county?.mark ?? place.replace(/[县区市旗]$/, '').slice(0, 3),
  }
}

/** The wording in force on a day: the nearest unit's published version, or the one that ships. */
export async function templateOn(
  db: ScopedDb | Db,
  template: string,
  org: string,
  on: string,
): Promise<{ body: TemplateBody; version: string; number: number }> {
  const { rows } = await sql<{ id: string; version: number; body: TemplateBody }>`
    select id, version, body from document_template
    where template = ${template} and state = 'published' and effective_from <= ${on}::date and starts_with(${org}::text, org_code)
    order by length(org_code) desc, effective_from desc, version desc limit 1`.execute(db)
  const [own] = rows
  if (own) return { body: own.body, version: own.id, number: own.version }
  const body = shippedTemplates.get(template)
  if (!body) throw new Error(`no template ${template}`)
  return { body, version: shippedVersion, number: 0 }
}

/** The wordings that bear on papers of many days and units, read once. */
export async function templateBook(
  db: ScopedDb,
  templates: readonly string[],
): Promise<(template: string, org: string, on: string) => { body: TemplateBody; version: string }> {
  const { rows } = await sql<{ id: string; template: string; org_code: string; starts: string; body: TemplateBody }>`
    select id, template, org_code, effective_from as starts, body from document_template
    where state = 'published' and template = any (${[...templates]}::text[])
    order by length(org_code) desc, effective_from desc, version desc`.execute(db)
  return (template, org, on) => {
    const own = rows.find((r) => r.template === template && r.starts <= on && org.startsWith(r.org_code))
    if (own) return { body: own.body, version: own.id }
    const body = shippedTemplates.get(template)
    if (!body) throw new Error(`no template ${template}`)
    return { body, version: shippedVersion }
  }
}

export const asDay = (text: string): CivilDate => civilDate(text)
