import type { Task } from '@zhijiao/contract/tasks'

/** Where the duty of a task is done. */
export function placeOf(task: Pick<Task, 'kind' | 'subject' | 'person'>): string | null {
  const [room, duty] = task.kind.split('.')
  if (room === 'alarm' || room === 'followOn') return `/alarms/${task.subject}`
  if (task.kind === 'leave.assist') return '/leaves/help'
  if (room === 'leave') return '/leaves'
  if (room === 'activation') return '/activations'
  if (room === 'fence') return `/fences/${task.subject}`
  if (room === 'device') return `/devices/${task.subject}`
  if (room === 'law') return '/law'
  if (room === 'matter') return `/matters/${duty}/${task.subject}`
  return task.person ? `/people/${task.person.id}` : null
}
