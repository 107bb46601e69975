import { type Permission, permissionsOf } from '@zhijiao/law/permissions'
import { roles as cards, type DataClass, dataClassesOf, isAdministrator, isRole, type Reach } from '@zhijiao/law/roles'
import type { Eyes } from '../db.ts'

/** What somebody's posts add up to. */
export interface Standing {
  readonly permissions: ReadonlySet<Permission>
  readonly reach: Eyes['reach']
  readonly classes: readonly DataClass[]
  /** Everyone who may see a file proves himself twice. */
  readonly needsSecondFactor: boolean
}

const order: readonly Reach[] = ['opened', 'handed', 'counts', 'own', 'office', 'unit']

/** The sum of several roles: permissions and classes join, the widest reach holds; an administrator reaches no person at all. */
export function standingOf(roles: readonly string[], designations: readonly string[]): Standing {
  const held = roles.filter(isRole)
  const permissions = new Set<Permission>()
  const classes = new Set<DataClass>()
  let reach: Eyes['reach'] = 'none'
  for (const role of held) {
    for (const permission of permissionsOf(role)) permissions.add(permission)
    if (isAdministrator(role)) continue
    for (const kind of dataClassesOf(role, designations as readonly DataClass[])) classes.add(kind)
    if (reach === 'none' || order.indexOf(cards[role].reach) > order.indexOf(reach)) reach = cards[role].reach
  }
  // 三员分离: an administrator who also held a post would see persons after all; then the administration wins.
  if (held.some(isAdministrator)) return { permissions, reach: 'none', classes: [], needsSecondFactor: true }
  return {
    permissions,
    reach,
    classes: [...classes],
    needsSecondFactor: held.some((r) => r !== 'volunteer' && r !== 'villageCommittee'),
  }
}
