import type { Me } from '@zhijiao/contract/account'
import { procedures } from '@zhijiao/contract/procedures/all'
import { type Screen, screens } from './rooms.tsx'

type Who = Pick<Me, 'permissions' | 'reach' | 'roles'>

/**
 * Whether somebody may open a screen and has anything to do there. A superior who sees figures only is shown no list of
 * people that could never hold a row, and of the businesses those that some step brings into his hands.
 */
export function opens({ may, files, room }: Screen, me: Who): boolean {
  const needs = may === null ? [] : [may].flat()
  if (needs.length > 0 && !needs.some((need) => me.permissions.includes(need))) return false
  if (me.reach !== 'counts') return true
  if (files) return false
  return !room || procedures.some((p) => p.room === room && p.steps.some((step) => me.roles.includes(step.post)))
}

/** The entries of the side menu, in its order. */
export const menuOf = (me: Who): readonly Screen[] => screens.filter((screen) => screen.menu && opens(screen, me))
