import type { Room } from '../core/room.ts'
import { historyHandlers } from './http.ts'

/** Old files 历史数据: what helps whoever prepares them. The imports themselves are kept by the rooms they fill. */
export function historyRoom(): Room {
  return { http: [historyHandlers()] }
}
