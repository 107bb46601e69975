import type { LiveTopic } from '@zhijiao/contract/live'
import type { Session } from '../auth/session.ts'
import type { Notice } from './announce.ts'

/** Permission without which a topic is not heard; topics that are missing here need none. */
const needs: Partial<Record<LiveTopic, string>> = {
  task: 'task.see',
  alarm: 'alarm.see',
  leave: 'leave.see',
  roster: 'alarm.see',
  file: 'file.see',
  fence: 'fence.see',
  device: 'device.see',
  activation: 'activation.see',
  person: 'person.see',
  position: 'position.live',
  checkin: 'check.see',
  entrustment: 'intake.entrust',
}

export type Listener = Pick<Session, 'permissions' | 'eyes'> & { readonly staff: { readonly id: string } }

/**
 * Whether a session hears of something: the same scope and reach that decide what it may fetch (the database decides
 * again when it fetches). Who is called by name always hears.
 */
export function hears(listener: Listener, notice: Notice): boolean {
  const permission = needs[notice.topic]
  if (permission && !listener.permissions.has(permission)) return false
  // Another organ hears of what it asked itself and of nothing else: not of the county's hands, its tasks, its roster.
  if (listener.eyes.reach === 'opened' || notice.topic === 'entrustment')
    return notice.topic === 'entrustment' && notice.staff.includes(listener.staff.id)
  if (notice.staff.includes(listener.staff.id)) return true
  const { unit, reach, classes } = listener.eyes
  if (notice.topic === 'outage' || notice.topic === 'roster' || notice.topic === 'system')
    return notice.org.startsWith(unit) || unit.startsWith(notice.org)
  if (reach === 'none' || reach === 'handed') return false
  // What is about a person is heard where he is supervised as well: a device of the county's stock that an office gave out.
  if (!notice.org.startsWith(unit) && !notice.unit?.startsWith(unit)) return false
  if (!notice.person) return reach !== 'counts'
  if (notice.minor && !classes.includes('minors')) return false
  if (notice.sealed && !classes.includes('sealed')) return false
  if (reach === 'counts') return false
  return reach !== 'own' || notice.officer === listener.staff.id
}
