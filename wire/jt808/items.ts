import { hexOf } from '../bytes.ts'
import { addEvent, type FixDraft } from '../fix.ts'
import type { CellTower, WifiPoint } from '../message.ts'
import type { FlagMeaning, ItemMap, ItemReading } from './itemMap.ts'

/** An item map laid out for speed: one array slot per item number. */
export interface CompiledMap {
  readonly map: ItemMap
  readonly byId: readonly (readonly ItemReading[] | undefined)[]
}

export function compileMap(map: ItemMap): CompiledMap {
  const byId: (readonly ItemReading[] | undefined)[] = new Array(256).fill(undefined)
  for (const [id, readings] of Object.entries(map.items)) byId[Number(id)] = readings
  return { map, byId }
}

/** Which way a fence was crossed, as item 0x12 tells (JT/T 808—2019 table 29): 0 in, 1 out. */
const FENCE_ITEM = 0x12

/**
 * Reads additional items (number, length, value; JT/T 808—2019 table 26) into a draft. An item that overruns the message
 * ends the reading; what came before it stays. Returns the direction of item 0x12, or null.
 */
export function readItems(draft: FixDraft, compiled: CompiledMap, view: DataView, from: number, end: number) {
  let crossing: 'fenceIn' | 'fenceOut' | null = null
  let at = from
  while (at + 2 <= end) {
    const id = view.getUint8(at)
    const next = at + 2 + view.getUint8(at + 1)
    if (next > end) break
    const readings = compiled.byId[id]
    if (readings !== undefined) readAll(draft, readings, view, at + 2, next)
    if (id === FENCE_ITEM && next - at === 8) crossing = view.getUint8(at + 7) === 0 ? 'fenceIn' : 'fenceOut'
    at = next
  }
  return crossing
}

/** Adds the events that a flags word stands for. */
export function readFlags(draft: FixDraft, bits: readonly FlagMeaning[], value: number): void {
  for (const { bit, set, clear } of bits) {
    const event = (value >>> bit) & 1 ? set : clear
    if (event !== undefined) draft.events = addEvent(draft.events, event)
  }
}

function readAll(draft: FixDraft, readings: readonly ItemReading[], view: DataView, at: number, end: number): void {
  for (const reading of readings) {
    if (reading.lengths === undefined || reading.lengths.includes(end - at)) readOne(draft, reading, view, at, end)
  }
}

function readOne(draft: FixDraft, reading: ItemReading, view: DataView, at: number, end: number): void {
  switch (reading.kind) {
    case 'number': {
      const raw = uint(view, at + reading.at, end, reading.width)
      const value = raw * reading.scale
      if (value <= reading.max) draft[reading.field] = value
      return
    }
    case 'switch': {
      const raw = uint(view, at + reading.at, end, reading.width)
      const value = Math.floor(raw / 2 ** reading.shift) & reading.mask
      if (reading.yes.includes(value)) draft[reading.field] = true
      else if (reading.no.includes(value)) draft[reading.field] = false
      return
    }
    case 'flags': {
      const value = uint(view, at + reading.at, end, reading.width)
      if (!Number.isNaN(value)) readFlags(draft, reading.bits, value)
      return
    }
    case 'cells':
      draft.cells = [...draft.cells, ...cellsOf(reading, view, at, end)]
      return
    case 'cellList':
      draft.cells = [...draft.cells, ...cellList(view, at, end)]
      return
    case 'wifi':
      draft.wifi = [...draft.wifi, ...wifiOf(view, at, end)]
      return
    case 'wifiText':
      draft.wifi = [...draft.wifi, ...wifiText(view, at, end)]
      return
    case 'group':
      readGroup(draft, reading.items, view, at, end)
  }
}

/** NaN past the end: it passes no comparison, so the field stays unknown. */
function uint(view: DataView, at: number, end: number, width: 1 | 2 | 4): number {
  if (at + width > end) return Number.NaN
  if (width === 1) return view.getUint8(at)
  return width === 2 ? view.getUint16(at) : view.getUint32(at)
}

const CELLS_IN_GROUP = { mncWidth: 1, lacWidth: 2, cellWidth: 2, hasSignal: true } as const

function readGroup(
  draft: FixDraft,
  items: Readonly<Record<number, readonly ItemReading[]>>,
  view: DataView,
  from: number,
  end: number,
): void {
  // A country code never is below 200, a sub-item never above, which is how the dialects are told apart.
  if (end - from >= 8 && (end - from - 3) % 5 === 0 && view.getUint16(from) > 200) {
    draft.cells = [...draft.cells, ...cellsOf(CELLS_IN_GROUP, view, from, end)]
    return
  }
  let at = from
  while (at + 4 <= end) {
    const next = at + 2 + view.getUint16(at)
    if (next > end || next < at + 4) return
    const readings = items[view.getUint16(at + 2)]
    if (readings !== undefined) readAll(draft, readings, view, at + 4, next)
    at = next
  }
}

function cellsOf(
  layout: {
    readonly mncWidth: 1 | 2
    readonly lacWidth: 2 | 3
    readonly cellWidth: 2 | 4
    readonly hasSignal: boolean
  },
  view: DataView,
  from: number,
  end: number,
): CellTower[] {
  const cells: CellTower[] = []
  const head = 2 + layout.mncWidth
  const width = layout.lacWidth + layout.cellWidth + (layout.hasSignal ? 1 : 0)
  if (from + head > end) return cells
  const mcc = view.getUint16(from)
  const mnc = layout.mncWidth === 1 ? view.getUint8(from + 2) : view.getUint16(from + 2)
  for (let at = from + head; at + width <= end; at += width) {
    const lac = layout.lacWidth === 2 ? view.getUint16(at) : view.getUint16(at) * 256 + view.getUint8(at + 2)
    const cellAt = at + layout.lacWidth
    const cell = layout.cellWidth === 2 ? view.getUint16(cellAt) : view.getUint32(cellAt)
    if (lac === 0 && cell === 0) continue
    cells.push({ mcc, mnc, lac, cell, rssi: layout.hasSignal ? view.getInt8(at + width - 1) : null })
  }
  return cells
}

function cellList(view: DataView, from: number, end: number): CellTower[] {
  const cells: CellTower[] = []
  for (let at = from; at + 13 <= end; at += 13) {
    cells.push({
      mcc: view.getUint16(at),
      mnc: view.getUint16(at + 2),
      lac: view.getUint32(at + 8),
      cell: view.getUint32(at + 4),
      rssi: view.getInt8(at + 12),
    })
  }
  return cells
}

function wifiOf(view: DataView, from: number, end: number): WifiPoint[] {
  const points: WifiPoint[] = []
  for (let at = from; at + 7 <= end; at += 7) {
    let mac = hexOf(view.getUint8(at))
    for (let i = 1; i < 6; i++) mac += `:${hexOf(view.getUint8(at + i))}`
    points.push({ mac, rssi: view.getInt8(at + 6) })
  }
  return points
}

function wifiText(view: DataView, from: number, end: number): WifiPoint[] {
  let text = ''
  for (let at = from + 1; at < end; at++) text += String.fromCharCode(view.getUint8(at))
  const words = text.split(',')
  const points: WifiPoint[] = []
  for (let i = 0; i + 1 < words.length; i += 2) {
    const mac = words[i] ?? ''
    const rssi = Number.parseInt(words[i + 1] ?? '', 10)
    if (/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(mac)) {
      points.push({ mac: mac.toLowerCase(), rssi: Number.isNaN(rssi) ? null : rssi })
    }
  }
  return points
}
