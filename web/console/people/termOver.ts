import type { PersonRow } from '@zhijiao/contract/people'
import { addDays } from '../../ui/format.ts'

/** States in which a term that is over still waits for somebody to act. */
export const stillHeld: PersonRow['state'][] = ['inCorrection', 'missing', 'detained']

/** Conditions of the list of those whose last day has passed and who are neither released nor ended otherwise. */
export const termOver = (today: string) => ({ state: stillHeld, termEndUntil: addDays(today, -1) })
