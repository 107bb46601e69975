import { accounts } from './accounts/index.ts'
import { alarmDesk } from './alarms/desk/index.ts'
import { episodes } from './alarms/index.ts'
import { audits } from './audits/index.ts'
import { care } from './care/index.ts'
import { conduct } from './conduct/index.ts'
import { filesRoom } from './core/files.ts'
import type { House } from './core/house.ts'
import { live } from './core/live.ts'
import type { Room } from './core/room.ts'
import { tasksRoom } from './core/tasks/room.ts'
import { devices } from './devices/index.ts'
import { documentRoom } from './documents/index.ts'
import { downloads } from './downloads/index.ts'
import { ending } from './ending/index.ts'
import { evidenceRoom } from './evidence/index.ts'
import { fences } from './fences/index.ts'
import { gateway } from './gateway/index.ts'
import { historyRoom } from './history/index.ts'
import { intake } from './intake/index.ts'
import { noticeRoom } from './notices/index.ts'
import { obligations } from './obligations/index.ts'
import { orgs } from './orgs/index.ts'
import { oversight } from './oversight/index.ts'
import { people } from './people/index.ts'
import { permits } from './permits/index.ts'
import { positions } from './positions/index.ts'
import { declareOrigin, mattersIn, procedures } from './procedures/index.ts'
import { retention } from './retention/index.ts'
import { settings } from './settings/index.ts'
import { systemRoom } from './system/index.ts'

/** The rooms in reading order, each given the doors of the rooms it may use. */
export function furnish(house: House): readonly Room[] {
  const deviceRoom = devices(house)
  const positionRoom = positions(house)
  const personRoom = people(house)
  const line = live(house)
  const rooms: readonly Room[] = [
    line,
    accounts(house, { cursor: line.cursor }),
    orgs(house),
    personRoom,
    historyRoom(),
    downloads(house, personRoom.exports),
    audits(house),
    settings(house),
    tasksRoom(house),
    obligations(house),
    filesRoom(house),
    deviceRoom,
    positionRoom,
    gateway(house, { devices: deviceRoom, positions: positionRoom }),
    fences(house, { track: positionRoom.track }),
    episodes(house, {
      arrivals: () => positionRoom.arrivals,
      command: deviceRoom.command,
      onEnded: deviceRoom.onEnded,
    }),
    alarmDesk(house, {
      begin: (inside, wish, by) => mattersIn(inside, house).begin(wish, by),
      contested: (origins) => declareOrigin('alarm', origins),
    }),
    permits(house, { devices: deviceRoom }),
    noticeRoom(house),
    documentRoom(house),
    procedures(house),
    intake(house, { devices: deviceRoom }),
    care(),
    conduct({ devices: deviceRoom }),
    ending(house, { devices: deviceRoom }),
    oversight(),
    evidenceRoom(house),
    retention(house),
  ]
  return [...rooms, systemRoom(house, rooms)]
}
