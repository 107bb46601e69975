import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { fenceHandlers, type TrackDoor } from './http.ts'

export { type Binding, bookVersion, type FenceBook, makeBook, readBook } from './book.ts'
export type { TrackDoor } from './http.ts'

/** Fences 电子围栏: drawn, imported, assigned, tried. The engine reads them through `readBook`. */
export function fences(house: House, doors: { readonly track: TrackDoor }): Room {
  return { http: [fenceHandlers(house, doors.track)] }
}
