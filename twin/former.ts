import { addDays, type LegalDay } from '@zhijiao/geo/day'
import { chanceOf } from './chance.ts'
import type { Geography } from './geography.ts'
import { identityNumber, phoneNumber } from './people/identity.ts'
import { firstDayOf, lastDayOf } from './people/sentence.ts'
import { drawPeople, type Person } from './people.ts'
import type { StaffMember } from './staff.ts'

/** Former people for each present one: those whose correction ended within the last year. */
export const formerShare = 0.06

/** The first of them went each another way. */
const ways: readonly Person['state'][] = ['released', 'terminated', 'transferred', 'terminated']

/** People whose term is over: released, ended early, moved away. They carry nothing and are seen by nobody but their file. */
export function drawFormer(geography: Geography, staff: readonly StaffMember[], count: number, on: LegalDay): Person[] {
  const elsewhere = { ...geography, seed: geography.seed + 1_000_003 }
  return drawPeople(elsewhere, staff, { count, bandShare: 0, on }).map((person, i): Person => {
    const chance = chanceOf(geography.seed, 'former', i)
    // Whoever went one of the given ways is to be seen by the office's officer, who sees no file of a minor.
    const minor = person.minor && i >= ways.length
    const termStart = firstDayOf(person.category, addDays(on, -chance.whole(5, 330)), person.months)
    const birth = minor ? addDays(termStart, -chance.whole(5_900, 6_500)) : addDays(person.birth, -5 * 365)
    return {
      ...person,
      birth,
      minor,
      index: 500_000 + i,
      number: `SYN-${person.county}-F${String(i + 1).padStart(4, '0')}`,
      identity: identityNumber(person.county, birth, person.sex, 490 - (i % 90)),
      phoneNumber: phoneNumber(80_000_000 + i),
      phone: { ...person.phone, identity: `syn-f${String(i + 1).padStart(5, '0')}` },
      state:
        ways[i] ??
        chance.weighted<Person['state']>([
          ['released', 86],
          ['terminated', 8],
          ['transferred', 6],
        ]),
      termStart,
      termEnd: lastDayOf(person.category, termStart, person.months),
      injunction: null,
      band: null,
      leaves: [],
    }
  })
}
