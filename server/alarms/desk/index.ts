import type { House } from '../../core/house.ts'
import type { Room } from '../../core/room.ts'
import { contestedAlarms, type Declare } from './contested.ts'
import { declareDeskTasks } from './deliver.ts'
import type { Begin } from './follow-on.ts'
import { alarmHandlers } from './http.ts'
import { kindHandlers } from './kinds-table.ts'
import { outageHandlers } from './outages.ts'
import { rosterHandlers } from './roster-http.ts'
import { statisticsHandlers } from './statistics.ts'

export { deskIn, type RaisedEpisode } from './deliver.ts'

/** The alarm desk (报警中心), with the roster, the outages, the kinds table and how right each kind was. */
export function alarmDesk(house: House, doors: { readonly begin: Begin; readonly contested: Declare }): Room {
  declareDeskTasks()
  doors.contested(contestedAlarms)
  return {
    http: [
      alarmHandlers(house, doors.begin),
      kindHandlers(house),
      statisticsHandlers(),
      rosterHandlers(house),
      outageHandlers(house),
    ],
  }
}
