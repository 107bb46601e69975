import type { Calendar } from '@zhijiao/geo/calendar'
import type { Fence } from '@zhijiao/geo/fence'
import type { PreparedArea } from '@zhijiao/geo/prepared'
import type { StoredFence } from './store.ts'

/** A stored fence as `geo` decides about it. */
export function fenceRule(fence: Pick<StoredFence, 'kind' | 'calendar' | 'dwellMin'>, area: PreparedArea): Fence {
  return {
    rule: fence.kind === 'forbidden' ? 'keep-out' : 'stay-in',
    area,
    size: fence.kind === 'livingArea' ? 'county' : 'small',
    calendar: calendarOf(fence.calendar),
    dwellMinutes: fence.dwellMin,
  }
}

/** The stored calendar is the same shape; what JSON left out is left out. */
function calendarOf(calendar: StoredFence['calendar']): Calendar {
  return calendar === null ? null : { windows: calendar.windows.map((w) => ({ ...w })) }
}
