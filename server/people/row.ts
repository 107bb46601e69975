import type { PersonRow } from '@zhijiao/contract/people'
import { civilDate, dayNumber } from '@zhijiao/law/civil-date'
import type { Selectable } from 'kysely'
import type { Tables } from '../core/tables.ts'
import type { Keeping } from './keeping.ts'
import './tables.ts'

export type StoredPerson = Selectable<Tables['person']>
export interface Listed extends StoredPerson {
  readonly org_name: string | null
  readonly officer_name: string | null
}

/** A person as lists show him: identity and phone masked. */
export function shown(row: Listed, today: string, keeping: Keeping): PersonRow {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    sex: row.sex,
    birthDate: row.birth_date,
    identity: keeping.maskedIdentity(row.identity_cipher),
    phone: keeping.maskedPhone(row.phone_cipher),
    org: { code: row.org_code, name: row.org_name ?? row.org_code },
    officer: row.officer_id ? { id: row.officer_id, name: row.officer_name ?? '—' } : null,
    category: row.category,
    level: row.level,
    colour: row.colour,
    state: row.state,
    crime: row.crime,
    termStart: row.term_start,
    termEnd: row.term_end,
    daysLeft: dayNumber(civilDate(row.term_end)) - dayNumber(civilDate(today)),
    minor: row.minor,
    sealed: row.sealed,
    injunction: row.injunction !== '',
    imported: row.imported,
    revision: row.revision,
  }
}
