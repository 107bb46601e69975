import type { DeviceEvent } from '@zhijiao/wire/message'

/** What a report of the device is about. On `power` every report speaks: who reports is on, and says again what still holds. */
export type Matter = 'power' | 'strap' | 'case' | 'sim' | 'location'

const matters: Partial<Record<DeviceEvent, Matter>> = {
  powerOff: 'power',
  powerOn: 'power',
  rebooted: 'power',
  powerLost: 'power',
  lowBattery: 'power',
  gnssFault: 'power',
  strapOpen: 'strap',
  strapClosed: 'strap',
  caseOpen: 'case',
  simRemoved: 'sim',
  locationOff: 'location',
  locationOn: 'location',
}

/** What an event is about; undefined where its order does not matter. */
export const matterOf = (kind: DeviceEvent): Matter | undefined => matters[kind]

/** Seconds are cut off on the way, and an alarm may carry the time of the position before it, milliseconds. */
const samenessMs = 2_000
/** Two reports in a row this much behind, at one distance, are a clock that was turned and not a store, milliseconds. */
const turnedMs = 120_000
const steadyMs = 10_000
const apartMs = 5_000

/**
 * In which order a device said things, by its own clock. A report that arrives after a newer one on the same matter is
 * history: what it tells was over, or was told, when it came. One that is merely dated old, with nothing newer heard, is
 * news: a slow clock makes a place old and must not make an open strap a thing of the past. So only the device's own times
 * are compared, never with ours; ours bounds what is remembered, so that a clock once ahead silences nobody when it is put
 * right. A clock that is turned back would make everything old until it has caught up: two reports in a row, minutes behind
 * at the same distance from ours, say that it was turned, and the comparison begins anew. Where in doubt it is news.
 *
 * Kept in memory: after a restart it begins with the last believed position and with when the device last spoke on each
 * matter (`device_said`), or an old report out of the device's store would be news again.
 */
export class ReportOrder {
  /** Newest device time heard, ms UTC. */
  #newest: number
  readonly #spoken = new Map<string, number>()
  #behind: { readonly ts: number; readonly at: number } | null = null

  constructor(newest: number, said: readonly (readonly [matter: string, ts: number])[] = []) {
    this.#newest = newest
    for (const [matter, ts] of said) {
      this.#newest = Math.max(this.#newest, ts)
      this.#spoken.set(matter, ts)
    }
  }

  /** A report with a time that can be believed was heard. */
  heard(ts: number, receivedAt: number): void {
    if (ts >= this.#newest - samenessMs) {
      this.#newest = Math.max(this.#newest, Math.min(ts, receivedAt))
      this.#behind = null
      return
    }
    const before = this.#behind
    this.#behind = { ts, at: receivedAt }
    if (before === null || receivedAt - ts < turnedMs || receivedAt - before.at < apartMs) return
    if (Math.abs(receivedAt - ts - (before.at - before.ts)) > steadyMs) return
    this.#newest = ts
    this.#spoken.clear()
    this.#behind = null
  }

  /** Whether something newer was heard on the matter; what is said now is remembered. */
  outrun(kind: DeviceEvent, ts: number, receivedAt: number): boolean {
    const matter = matters[kind]
    if (matter === undefined) return false
    if (matter === 'power') return ts < this.#newest - samenessMs
    const spoken = this.#spoken.get(matter)
    if (spoken !== undefined && ts < spoken) return true
    this.#spoken.set(matter, Math.min(ts, receivedAt))
    return false
  }
}
