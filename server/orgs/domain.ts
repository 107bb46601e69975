import { roles as cards, isAdministrator, isRole, type Level, type Role } from '@zhijiao/law/roles'
import { type Refusal, refuse } from '../core/refusals.ts'
import { Outside, RolesExclude, RoleTooHigh, RoleUnknown } from './refusals.ts'

const levels: Readonly<Record<number, Level>> = { 0: 'ministry', 2: 'province', 4: 'city', 6: 'county', 9: 'office' }
const levelWords: Readonly<Record<Level, string>> = {
  ministry: '部',
  province: '省',
  city: '市',
  county: '县',
  office: '所',
}

/** The level a code stands for; its length tells (GB/T 2260 and three digits for the office). */
export const levelOf = (code: string): Level => levels[code.length] ?? 'office'

/** The code of the unit directly above; null for the ministry. */
export const parentOf = (code: string): string | null =>
  code.length === 0 ? null : code.slice(0, code.length === 9 ? 6 : code.length - 2)

/** A unit is managed by those above it and, but for closing itself, by its own administrator. */
export const managed = (code: string, unit: string): true | Refusal =>
  code.startsWith(unit) ? true : refuse(Outside, { code })

/**
 * Whether one person may hold these roles in a unit: the three administrators exclude each other and every post, and no
 * post of a wider level is held in a narrower unit. Administrators sit at any level.
 */
export function rolesTogether(names: readonly string[], orgCode: string): readonly Role[] | Refusal {
  const held: Role[] = []
  for (const name of names) {
    if (!isRole(name)) return refuse(RoleUnknown, { role: name })
    if (!held.includes(name)) held.push(name)
  }
  if (held.some(isAdministrator) && held.length > 1) return refuse(RolesExclude)
  const own = levelOf(orgCode)
  for (const role of held) {
    const { level, zh } = cards[role]
    const narrower = widthOf[own] > widthOf[level]
    // A post that reaches a whole unit would see too much above its level, and nothing of its own below it.
    const wider = cards[role].reach !== 'counts' && widthOf[own] < widthOf.county
    if (!isAdministrator(role) && (narrower || wider))
      return refuse(RoleTooHigh, { role: zh, level: levelWords[level], own: levelWords[own] })
  }
  return held
}
const widthOf: Readonly<Record<Level, number>> = { ministry: 0, province: 1, city: 2, county: 3, office: 4 }

/** Whether roles answer for accounts: 安全管理员 and the heads. The other administrators are the second of two people. */
export const keepsAccounts = (names: readonly string[]): boolean =>
  names.some((name) => name === 'securityAdmin' || name === 'countyHead' || name === 'bureauHead')

/** An account as far as it matters to who could give it back what it signs in with. */
export interface Recoverable {
  readonly id: string
  readonly org: string
  readonly roles: readonly string[]
}

/** What each of these accounts could not get back if it were lost, because nobody is there to ask or to agree. */
export function irrecoverable<A extends Recoverable>(
  accounts: readonly A[],
): readonly { readonly account: A; readonly lost: 'secondFactor' | 'password' }[] {
  const helpers = accounts.filter((a) => keepsAccounts(a.roles) || a.roles.some(isHelper))
  return accounts.flatMap((account) => {
    const others = helpers.filter((h) => h.id !== account.id && account.org.startsWith(h.org))
    const keepers = others.filter((h) => keepsAccounts(h.roles))
    const asking = others.filter((h) => keepsAccounts(h.roles) || h.roles.includes('systemAdmin'))
    const administrator = account.roles.some((role) => isRole(role) && isAdministrator(role))
    const two = others.length >= 2 && (administrator ? asking : keepers).length >= 1
    const resets = others.some((h) => h.roles.includes('securityAdmin'))
    const password = resets || (account.roles.includes('securityAdmin') && two)
    return [
      ...(two ? [] : [{ account, lost: 'secondFactor' as const }]),
      ...(password ? [] : [{ account, lost: 'password' as const }]),
    ]
  })
}
const isHelper = (name: string) => name === 'systemAdmin' || name === 'auditAdmin'

const letters = 'abcdefghjkmnpqrstuvwxyz'
const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const digits = '23456789'
/** A first password of 14 characters out of all classes, without letters that look alike on paper. */
export function firstPassword(bytes: Uint8Array): string {
  const sets = [capitals, letters, letters, letters, letters, digits, digits]
  const one = (set: string, at: number) => set.charAt((bytes[at] ?? 0) % set.length)
  const half = (from: number) => sets.map((set, i) => one(set, from + i)).join('')
  return `${half(0)}-${half(sets.length)}`
}
