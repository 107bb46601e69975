/**
 * Citizen identity numbers (公民身份号码, GB 11643): their own check, what they say, and how they are shown.
 * The first six digits are never compared with today's GB/T 2260: people keep numbers of places long abolished.
 */
import { type CivilDate, parseCivilDate } from './civil-date.ts'
import { isRefusal } from './refusals.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

export type IdentityFault =
  /** Not 17 digits and a digit or X. */
  | 'form'
  /** Digits 7–14 are no day of the calendar. */
  | 'birthDate'
  /** The last character is not the one ISO 7064 MOD 11-2 gives. */
  | 'checkCharacter'

export interface Identity {
  /** Eighteen characters, a final x written X. */
  readonly number: string
  /** Place of first registration at the time of issue, six digits; may be an abolished code. */
  readonly place: string
  readonly birth: CivilDate
  /** From the 17th digit: odd male, even female. */
  readonly sex: 'male' | 'female'
}

export type IdentityAnswer =
  | ({ readonly valid: true } & Identity)
  | { readonly valid: false; readonly fault: IdentityFault }

/** The check character of the first 17 digits (GB 11643, ISO 7064 MOD 11-2). */
export function checkCharacter(seventeenDigits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(seventeenDigits.charAt(index)), 0)
  return checkCharacters.charAt(sum % 11)
}

/** Checks an identity number and reads birth date and sex from it. Spaces around it and a small x are forgiven. */
export function checkIdentity(given: string): IdentityAnswer {
  const number = given.trim().toUpperCase()
  if (!/^\d{17}[\dX]$/.test(number)) return { valid: false, fault: 'form' }
  const birth = parseCivilDate(number.slice(6, 14))
  if (isRefusal(birth)) return { valid: false, fault: 'birthDate' }
  if (checkCharacter(number) !== number.charAt(17)) return { valid: false, fault: 'checkCharacter' }
  const sex = Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female'
  return { valid: true, number, place: number.slice(0, 6), birth, sex }
}

/** For display: first three and last three characters, `450************12X`. Anything shorter than nine is all stars. */
export function maskIdentity(number: string): string {
  return number.length < 9
    ? '*'.repeat(number.length)
    : `${number.slice(0, 3)}${'*'.repeat(number.length - 6)}${number.slice(-3)}`
}

/** For display: `138****5678`. Anything shorter than eight is all stars. */
export function maskPhone(number: string): string {
  return number.length < 8
    ? '*'.repeat(number.length)
    : `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`
}

/** For display: the family name and a star for each other character, 李某 → 李*. */
export function maskName(name: string): string {
  const characters = [...name]
  return characters.map((character, index) => (index === 0 ? character : '*')).join('')
}
