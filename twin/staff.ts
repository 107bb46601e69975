import { chanceOf } from './chance.ts'
import type { Geography } from './geography.ts'
import { phoneNumber } from './people/identity.ts'
import { nameOf } from './people/names.ts'

/** Somebody who works in the twin's city. `roles` are those of the product's permission matrix. */
export interface StaffMember {
  readonly login: string
  readonly number: string
  readonly name: string
  readonly org: string
  readonly roles: readonly string[]
  readonly designations: readonly string[]
  readonly phone: string
  /** Number of the enforcement certificate 执法证; null for who needs none. */
  readonly certificate: string | null
}

/** 210 officers for 170 offices (Changsha 2017: 2,700 people, 170 offices, 210 officers; handbook §5). */
export const officersInCity = 210

/** Posts of the first office and county carry the logins that the demonstration prints. */
const firstPosts: Readonly<Record<string, string>> = {
  o459001001a: 'officer',
  o459001001h: 'head',
  c459001a: 'county',
  c459001h: 'countyhead',
  c459001j: 'bureau',
}

/**
 * Everybody of the city: 210 officers (one an office, a second in forty), a head for each office, and in each
 * county the agency's two clerks, its head and the head of the bureau.
 */
export function staffOf(geography: Geography): StaffMember[] {
  const { seed } = geography
  let order = 0
  const member = (post: string, org: string, roles: readonly string[], enforces: boolean): StaffMember => {
    order++
    const login = firstPosts[post] ?? post
    const chance = chanceOf(seed, 'staff', post)
    return {
      login,
      number: `G${String(order).padStart(5, '0')}`,
      name: nameOf(chance, chance.happens(0.6) ? 'male' : 'female'),
      org,
      roles,
      designations: enforces && chance.happens(0.35) ? ['minors'] : [],
      phone: phoneNumber(90_000_000 + order),
      certificate: enforces ? `合成证${String(order).padStart(6, '0')}` : null,
    }
  }
  const second = officersInCity - geography.offices.length
  return [
    ...geography.offices.flatMap((office, i) => [
      member(`o${office.code}a`, office.code, ['officer'], true),
      ...(i > 0 && i <= second ? [member(`o${office.code}b`, office.code, ['officer'], true)] : []),
      member(`o${office.code}h`, office.code, ['officeHead'], true),
    ]),
    ...geography.counties.flatMap((county) => [
      member(`c${county.code}a`, county.code, ['county'], true),
      member(`c${county.code}b`, county.code, ['county'], true),
      member(`c${county.code}h`, county.code, ['countyHead'], true),
      member(`c${county.code}j`, county.code, ['bureauHead'], false),
    ]),
  ]
}

/** Logins of an office's officers, in order; caseloads alternate between them. */
export function officersOf(staff: readonly StaffMember[], office: string): readonly string[] {
  return staff.filter((s) => s.org === office && s.roles.includes('officer')).map((s) => s.login)
}
