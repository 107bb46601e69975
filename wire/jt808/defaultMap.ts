import type { FlagMeaning, ItemMap, ItemReading } from './itemMap.ts'

const battery: ItemReading = { kind: 'number', field: 'batteryPct', at: 0, width: 1, scale: 1, max: 100 }

/** A byte of percent in which 0xFF means "on the charger". */
const batteryOrCharger: readonly ItemReading[] = [
  { ...battery, lengths: [1] },
  { kind: 'switch', field: 'charging', at: 0, width: 1, shift: 0, mask: 0xff, yes: [0xff], no: [], lengths: [1] },
]

/** Alarm bits of the standard that concern a person and not a lorry (JT/T 808—2019 table 24). */
export const STANDARD_ALARMS: readonly FlagMeaning[] = [
  { bit: 0, set: 'sos' },
  { bit: 4, set: 'gnssFault' },
  { bit: 5, set: 'gnssFault' },
  { bit: 6, set: 'gnssFault' },
  { bit: 7, set: 'lowBattery' },
  { bit: 8, set: 'powerLost' },
  { bit: 28, set: 'illegalMove' },
]

/** Devices that keep to the standard: nothing above 0xE0 is read, and 0x05/0x06 are tyres and cabin, never a battery. */
export const STANDARD_MAP: ItemMap = {
  name: 'standard',
  crs: 'WGS84',
  alarms: STANDARD_ALARMS,
  items: { 49: [{ kind: 'number', field: 'satellites', at: 0, width: 1, scale: 1, max: 255 }] },
  heartbeatBatteryAt: null,
}

/**
 * The standard and the vendor items that wristbands, cards and padlocks on the market share: the group 0xEB (strap,
 * power, battery, cells, WiFi), 0x56 (battery in tenths), 0x57, and the battery, cell and WiFi items around 0xE0–0xFE.
 * Alarm bit 17, reserved in the standard, is the opened case.
 */
export const DEFAULT_MAP: ItemMap = {
  name: 'default',
  crs: 'WGS84',
  alarms: [...STANDARD_ALARMS, { bit: 17, set: 'caseOpen' }],
  heartbeatBatteryAt: 0,
  items: {
    ...STANDARD_MAP.items,
    86: [{ kind: 'number', field: 'batteryPct', at: 0, width: 1, scale: 10, max: 100 }],
    // Events of drivers and switches. None concerns a person by itself; a model whose switch is a lid maps its bit.
    87: [{ kind: 'flags', at: 4, width: 4, bits: [] }],
    104: [{ kind: 'number', field: 'batteryPct', at: 0, width: 2, scale: 0.01, max: 100, lengths: [2] }],
    212: batteryOrCharger,
    225: [
      ...batteryOrCharger,
      { kind: 'cells', mncWidth: 2, lacWidth: 3, cellWidth: 4, hasSignal: true, lengths: [12, 20, 28, 36, 44, 52] },
    ],
    228: [
      { ...battery, at: 1, lengths: [2] },
      { kind: 'switch', field: 'charging', at: 0, width: 1, shift: 0, mask: 0xff, yes: [0], no: [1], lengths: [2] },
    ],
    229: [{ kind: 'switch', field: 'moving', at: 0, width: 1, shift: 0, mask: 0xff, yes: [1], no: [0], lengths: [1] }],
    233: batteryOrCharger,
    235: [
      {
        kind: 'group',
        items: {
          137: [
            {
              kind: 'flags',
              at: 0,
              width: 4,
              bits: [
                { bit: 0, clear: 'powerOff' },
                { bit: 12, clear: 'strapOpen', set: 'strapClosed' },
              ],
            },
          ],
          168: [battery],
          185: [{ kind: 'wifiText' }],
          197: [{ kind: 'switch', field: 'moving', at: 0, width: 4, shift: 23, mask: 3, yes: [0], no: [1] }],
          216: [{ kind: 'cells', mncWidth: 1, lacWidth: 2, cellWidth: 4, hasSignal: false, lengths: [9] }],
          225: [battery],
        },
      },
    ],
    236: [{ kind: 'wifi' }],
    240: [{ kind: 'cellList' }],
    244: [{ kind: 'wifi' }],
    247: [
      { ...battery, at: 5, lengths: [6] },
      {
        kind: 'switch',
        field: 'charging',
        at: 4,
        width: 1,
        shift: 0,
        mask: 0xff,
        yes: [2, 3],
        no: [0, 1],
        lengths: [5, 6],
      },
    ],
    254: [{ ...battery, lengths: [1] }],
  },
}
