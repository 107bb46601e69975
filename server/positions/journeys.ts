import { DAY, dayStart, legalDay } from '@zhijiao/geo/day'
import type { House } from '../core/house.ts'
import { fastJourneysFrom } from './store.ts'

/** A time in which somebody may travel faster than a car, [from, until), milliseconds UTC. */
export interface Journey {
  readonly from: number
  readonly until: number
}
export const noJourneys: readonly Journey[] = []
export type Journeys = ReadonlyMap<string, readonly Journey[]>

/** A position may be as old as the longest the statute lets it arrive after its term, and a day of the border between days. */
const reachBackMs = 5 * DAY

/** Whose leave by rail or air is approved, and when (POS-32): by person. */
export async function readJourneys(house: Pick<House, 'databases' | 'chance'>): Promise<Journeys> {
  const since = legalDay(house.chance.now() - reachBackMs)
  const by = new Map<string, Journey[]>()
  for (const { person_id, from_day, until_day } of await fastJourneysFrom(house.databases.system, since)) {
    const journey = { from: dayStart(from_day), until: dayStart(until_day) + DAY }
    by.set(person_id, [...(by.get(person_id) ?? []), journey])
  }
  return by
}
