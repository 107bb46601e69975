/**
 * Minors (未成年人). Three lines that are easily confused: a minor at entry stays one throughout (Law 58), a sealed
 * record depends on the age at the offence (CPL 286), and consent of a guardian ends at 14 (PIPL 31).
 */
import { type CivilDate, plusYears } from './civil-date.ts'

/** Whether a person has reached an age: from the day after the birthday, as criminal law counts full years (周岁). */
export function hasReached(birth: CivilDate, years: number, on: CivilDate): boolean {
  return on > plusYears(birth, years)
}

/** The flag frozen in the file at entry. Turning 18 changes nothing, so nobody asks again with today's date (MIN-03). */
export interface MinorFlag {
  readonly minor: boolean
  readonly entry: CivilDate
}

export function minorAtEntry(birth: CivilDate, entry: CivilDate): MinorFlag {
  return { minor: !hasReached(birth, 18, entry), entry }
}

export interface Offence {
  readonly on: CivilDate
  /** Months of imprisonment pronounced; 0 for a lighter punishment or an exemption. Life is Infinity. */
  readonly sentenceMonths: number
}

/** Whether the criminal record is sealed (犯罪记录封存): under 18 at the offence and at most five years (MIN-04). */
export function isRecordSealed(birth: CivilDate, { on, sentenceMonths }: Offence): boolean {
  return !hasReached(birth, 18, on) && sentenceMonths <= 60
}

/** Whether a guardian must consent to processing that needs consent: under 14 (MIN-06). */
export function needsGuardianConsent(birth: CivilDate, on: CivilDate): boolean {
  return !hasReached(birth, 14, on)
}

/** Whether vocational training may be arranged: 16 and over, wishing to work (MIN-07). */
export function mayTrainForWork(birth: CivilDate, on: CivilDate): boolean {
  return hasReached(birth, 16, on)
}

/** What the acts about a minor, or about whoever has a sealed record, demand besides the ordinary (Law 52–58, IM 55; CPL 286). */
export interface MinorDuties {
  /** Announcements, commendations and penalties may be made public: neither of a minor nor of a sealed record. */
  readonly public: boolean
  readonly guardianPresent: boolean
  readonly separateFromAdults: boolean
}

/** A sealed record stays sealed when its bearer is grown: nothing of it is made public, but no guardian is asked for (MIN-04). */
export function dutiesFor({ minor, sealed }: Pick<MinorFlag, 'minor'> & { readonly sealed: boolean }): MinorDuties {
  return { public: !minor && !sealed, guardianPresent: minor, separateFromAdults: minor }
}
