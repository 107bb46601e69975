import type { DeviceWord, Report } from '../handset.ts'

/** What the server asks of a device, whatever the protocol. */
export type Order =
  | { readonly kind: 'locate' }
  /** A position every `intervalMs` for `lastsMs`. */
  | { readonly kind: 'burst'; readonly intervalMs: number; readonly lastsMs: number }
  | { readonly kind: 'interval'; readonly ms: number }
  | { readonly kind: 'stop' }

/** Where the server listens for devices. */
export interface Ports {
  readonly host: string
  readonly jt808: number
  readonly gt06: number
  readonly watch: number
  readonly http: number
}

/** What every way of speaking needs to know. */
export interface Speaking {
  readonly identity: string
  /** Null where the protocol carries none. */
  readonly secret: string | null
  readonly ports: Ports
  /** Milliseconds UTC of the world the device lives in. */
  readonly now: () => number
  readonly onOrder: (order: Order) => void
}

/**
 * One device's line to the server. Every `true` means: the server took it (or the protocol has no answer and it went
 * out); `false`: it did not get through and is the device's to keep.
 */
export interface Link {
  report(report: Report, twice: boolean): Promise<boolean>
  /** From the device's store, after a time without network. */
  stored(reports: readonly Report[]): Promise<boolean>
  word(word: DeviceWord, report: Report): Promise<boolean>
  heartbeat(batteryPct: number, steps: number): Promise<boolean>
  /** The answer to "locate now". */
  located(report: Report): Promise<boolean>
  /** Gone without a word: no network, no power. */
  vanish(): void
  close(): void
}
