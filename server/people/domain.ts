import { type CivilDate, civilDate } from '@zhijiao/law/civil-date'
import { checkIdentity, type Identity, type IdentityFault } from '@zhijiao/law/identity'
import * as lawful from '@zhijiao/law/minors'
import { type Refusal, refuse } from '../core/refusals.ts'
import { IdentityInvalid, MergeDifferent, MergeSelf, TermWrong } from './refusals.ts'

export const identityFaultWords: Readonly<Record<IdentityFault, { zh: string; en: string }>> = {
  form: { zh: '应为 17 位数字加 1 位数字或 X', en: 'it must be 17 digits and a digit or X' },
  birthDate: { zh: '第 7 至 14 位不是有效日期', en: 'characters 7 to 14 are no date' },
  checkCharacter: {
    zh: '校验位不符，至少有一位写错',
    en: 'the check character does not fit: at least one character is wrong',
  },
}

/** Reads an identity number (GB 11643), or names what is wrong with it. */
export function identityOf(given: string): Identity | Refusal {
  const answer = checkIdentity(given)
  if (answer.valid) return answer
  const words = identityFaultWords[answer.fault]
  return refuse(IdentityInvalid, { fault: words.zh, faultEn: words.en, which: answer.fault }, [
    { path: 'identity', ...words },
  ])
}

/** A phone number as it is stored and compared: digits only, a leading +86 or 86 of a mobile number dropped. */
export function plainPhone(given: string | null | undefined): string | null {
  const digits = (given ?? '').replace(/\D/g, '')
  if (digits === '') return null
  return digits.length === 13 && digits.startsWith('86') ? digits.slice(2) : digits
}

/** The correction term as days that exist in order; both included. */
export function termOf(start: string, end: string): { start: string; end: string } | Refusal {
  return end < start
    ? refuse(TermWrong, { start, end }, [{ path: 'termEnd', zh: '早于起日', en: 'before the start' }])
    : { start, end }
}

/** Whole years of age on a civil date; the birthday counts. */
export function ageOn(birth: CivilDate | string, on: CivilDate | string): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}

/** Under eighteen when correction begins. Frozen then: turning eighteen changes nothing (法 58). */
export const minorAtEntry = (birth: string, termStart: string): boolean =>
  lawful.minorAtEntry(civilDate(birth), civilDate(termStart)).minor

/** What tells two files to be of one person. */
export interface Likeness {
  readonly id: string
  readonly name: string
  readonly birthDate: string
  /** Keyed hashes, both files' by one key. */
  readonly identityBlind: Uint8Array
  readonly phoneBlind: Uint8Array | null
}
export type DuplicateReason = 'identity' | 'nameAndBirth' | 'phone'

const same = (a: Uint8Array | null, b: Uint8Array | null) => a !== null && b !== null && Buffer.compare(a, b) === 0

export function likenessOf(a: Likeness, b: Likeness): readonly DuplicateReason[] {
  return [
    ...(same(a.identityBlind, b.identityBlind) ? (['identity'] as const) : []),
    ...(a.name === b.name && a.birthDate === b.birthDate ? (['nameAndBirth'] as const) : []),
    ...(same(a.phoneBlind, b.phoneBlind) ? (['phone'] as const) : []),
  ]
}

/** Whether two files may be made one: same identity, or a mistyped one with the same name or the same birth date. */
export function mayMerge(into: Likeness, other: Likeness): Refusal | true {
  if (into.id === other.id) return refuse(MergeSelf)
  const alike =
    same(into.identityBlind, other.identityBlind) || into.name === other.name || into.birthDate === other.birthDate
  return alike || refuse(MergeDifferent)
}

/** What changed, field by field, for the ledger; only the fields that were given and differ. */
export function changesOf<T extends object>(
  before: T,
  after: Partial<T>,
): { [K in keyof T]?: { from: T[K]; to: T[K] } } {
  const changes: { [K in keyof T]?: { from: T[K]; to: T[K] } } = {}
  for (const key of Object.keys(after) as (keyof T)[]) {
    const to = after[key]
    if (to !== undefined && to !== before[key]) changes[key] = { from: before[key], to: to as T[keyof T] }
  }
  return changes
}
