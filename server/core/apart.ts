import type { DataClass } from '@zhijiao/law/roles'
import { sql } from 'kysely'
import { standingOf } from './auth/standing.ts'
import type { Db, ScopedDb } from './db.ts'

/**
 * Persons kept apart (专人办理): minors (Law 54) and sealed records (CPL 286). At home the database keeps them apart by the
 * person. What another county has in hand bears no person there, so that duties sent to it ask here whose they may be.
 */
export type Apart = readonly Extract<DataClass, 'minors' | 'sealed'>[]

/** Somebody of a county who may be shown a person kept apart. */
export interface NamedHand {
  readonly id: string
  readonly org: string
  readonly roles: readonly string[]
}

/** Who it is, in a title that whoever is not named for him reads too. */
export const unnamed = { zh: '须由专人办理的社区矫正对象', en: 'Somebody for the named staff' } as const

/** A name cut to its family name (张某), where a title must tell one from another and its readers are not all named for them. */
export const halfNamed = (name: string): string => `${name.slice(0, 1)}某`

export const apartAs = ({ minor, sealed }: { readonly minor: boolean; readonly sealed: boolean }): Apart => [
  ...(minor ? (['minors'] as const) : []),
  ...(sealed ? (['sealed'] as const) : []),
]

/** As what the person of a matter or of a request to help is kept apart; nobody has to see the person to be told. */
export async function apartOf(db: ScopedDb | Db, subject: string): Promise<Apart> {
  const { rows } = await sql<{ minor: boolean; sealed: boolean }>`
    select minor, sealed from zj_apart_of(${subject}::uuid)`.execute(db)
  return rows[0] ? apartAs(rows[0]) : []
}

/** Who of a county (six digits) and its offices may be shown somebody kept apart so. */
export async function handsFor(db: ScopedDb | Db, county: string, apart: Apart): Promise<NamedHand[]> {
  const { rows } = await sql<NamedHand & { designations: string[] }>`
    select staff_id as id, org_code as org, roles, designations from zj_hands_of(${county})`.execute(db)
  return rows.filter(({ roles, designations }) => {
    const { classes } = standingOf(roles, designations)
    return apart.every((kind) => classes.includes(kind))
  })
}

/** Who at the county's own desk can act, rather than in one of its offices. */
export const atDesk = (hands: readonly NamedHand[], county: string): readonly NamedHand[] =>
  hands.filter(({ org, roles }) => org === county && roles.some((role) => role === 'county' || role === 'countyHead'))

/** Whose duty of a county's desk it is: of whoever is named, of the head where nobody is; by name where it can be only one. */
export function deskOf(
  hands: readonly NamedHand[],
  county: string,
): { readonly ownerRole: 'county' | 'countyHead'; readonly owner?: string } {
  const desk = atDesk(hands, county)
  const clerks = desk.filter(({ roles }) => roles.includes('county'))
  const ownerRole = clerks.length > 0 || desk.length === 0 ? 'county' : 'countyHead'
  const [one, other] = clerks.length > 0 ? clerks : desk
  return one && !other ? { ownerRole, owner: one.id } : { ownerRole }
}

/** Whether somebody may be shown whom a duty that bears no person is about. */
export async function mayBeShown(
  db: ScopedDb | Db,
  subject: string,
  who: { readonly id: string; readonly org: string },
): Promise<boolean> {
  const apart = await apartOf(db, subject)
  return apart.length === 0 || (await handsFor(db, who.org.slice(0, 6), apart)).some(({ id }) => id === who.id)
}
