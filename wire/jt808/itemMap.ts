import type { DeviceEvent } from '../message.ts'

/** Fields of a fix that an additional item may fill in. */
export type NumberField = 'satellites' | 'batteryPct' | 'steps' | 'accuracyM'
export type SwitchField = 'charging' | 'moving'

/** What one bit of a flags word says when it is 1 (`set`) and when it is 0 (`clear`). */
export interface FlagMeaning {
  readonly bit: number
  readonly set?: DeviceEvent
  readonly clear?: DeviceEvent
}

/**
 * How to read one additional item (附加信息项). Offsets and widths in bytes, big-endian. `lengths` limits a reading to
 * items of those lengths, because vendors give one number several meanings; without it any length that suffices will do.
 */
export type ItemReading = { readonly lengths?: readonly number[] } & (
  | {
      readonly kind: 'number'
      readonly field: NumberField
      readonly at: number
      readonly width: 1 | 2 | 4
      readonly scale: number
      /** Values above it (after scaling) mean "unknown" and are left out. */
      readonly max: number
    }
  /** A field of bits that says yes or no; values in neither list say nothing. */
  | {
      readonly kind: 'switch'
      readonly field: SwitchField
      readonly at: number
      readonly width: 1 | 2 | 4
      readonly shift: number
      readonly mask: number
      readonly yes: readonly number[]
      readonly no: readonly number[]
    }
  | { readonly kind: 'flags'; readonly at: number; readonly width: 1 | 2 | 4; readonly bits: readonly FlagMeaning[] }
  /** Cells of one network: MCC and MNC (width 1 or 2) once, then each LAC, cell id and signal. */
  | {
      readonly kind: 'cells'
      readonly mncWidth: 1 | 2
      readonly lacWidth: 2 | 3
      readonly cellWidth: 2 | 4
      readonly hasSignal: boolean
    }
  /** Cells that each carry their network: MCC 2, MNC 2, cell 4, LAC 4, signal 1. */
  | { readonly kind: 'cellList' }
  /** Access points as six address bytes and a signed signal, one after the other. */
  | { readonly kind: 'wifi' }
  /** Access points as text "mac,signal,mac,signal" behind a count. */
  | { readonly kind: 'wifiText' }
  /**
   * The vendor group 0xEB, which travels in three dialects: cells of one network, a printable remark, or sub-items of
   * length (2 bytes, counting the number), number (2 bytes) and value.
   */
  | { readonly kind: 'group'; readonly items: Readonly<Record<number, readonly ItemReading[]>> }
)

/**
 * Everything that differs between device models speaking JT/T 808 beyond the standard. It is data: a new model is a new
 * map in the inventory, not new code.
 */
export interface ItemMap {
  readonly name: string
  /** Datum of the coordinates while status bit 5 is 0; with bit 5 set they are GCJ-02 whatever the model. */
  readonly crs: 'WGS84' | 'GCJ02' | 'BD09'
  /** Bits of the alarm word that mean something to us. Bit 20 is told apart by item 0x12 and needs no entry. */
  readonly alarms: readonly FlagMeaning[]
  readonly items: Readonly<Record<number, readonly ItemReading[]>>
  /** Where a vendor's heartbeat body carries the battery in percent; null where heartbeats are empty. */
  readonly heartbeatBatteryAt: number | null
}
