import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import type { Maker } from '../downloads/index.ts'
import { exportMaker } from './export.ts'
import { personHandlers } from './http.ts'
import { keepingOf } from './keeping.ts'
import './tables.ts'

export { fileNumber } from './enrol.ts'
export { clearAway, type Filing, fileAway } from './filing.ts'
export { type Keeping, keepingOf } from './keeping.ts'
export { standsNamed } from './named.ts'
export { phoneOf } from './phone.ts'
export { endSettled, fileSettled, markSetAside, type Settled } from './settled.ts'
export { termDoubt } from './term-doubt.ts'

/** 一人一档: the person file, its groups and its timeline; import, export, duplicates, looks, counts. */
export function people(house: House): Room & { readonly exports: Readonly<Record<string, Maker>> } {
  return {
    http: [personHandlers(house)],
    exports: { 'people.export': exportMaker(house, keepingOf(house.vault)) },
  }
}
