import type { House } from '../house.ts'
import type { Room } from '../room.ts'
import { watchClocks } from './climb.ts'
import { taskHandlers } from './http.ts'

/** Tasks as a room: lists for people, clocks for the worker. */
export function tasksRoom(house: House): Room {
  return { http: [taskHandlers(house)], background: { worker: () => watchClocks(house) } }
}
