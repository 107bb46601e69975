import { useSyncExternalStore } from 'react'

/** The server's clock as this tab knows it: countdowns must not depend on a wrong clock of the desk. */
let skew = 0
export const now = (): number => Date.now() + skew
/** An instant that this desk's own clock gave (a measured place), as the server's clock would have said it. */
export const asServerSays = (ms: number): number => ms + skew
/** Learns the skew from an instant the server just said. */
export function serverSaid(at: string | number): void {
  const ms = new Date(at).getTime()
  if (!Number.isNaN(ms)) skew = ms - Date.now()
}

/** One timer for all clocks of a screen that beat alike; it stands still while nobody listens. */
class Beat {
  private value: number
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setInterval> | undefined
  private readonly everyMs: number
  constructor(everyMs: number) {
    this.everyMs = everyMs
    this.value = now()
  }
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    this.timer ??= setInterval(() => {
      this.value = now()
      for (const each of this.listeners) each()
    }, this.everyMs)
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size > 0) return
      clearInterval(this.timer)
      this.timer = undefined
    }
  }
  /** After a stand-still the first reader brings it up to date; while it beats it changes only with the beat. */
  readonly read = () => {
    if (!this.timer && now() - this.value > this.everyMs) this.value = now()
    return this.value
  }
}

const beats = new Map<number, Beat>()

/** The time, renewed every `everyMs`. */
export function useNow(everyMs = 1000): number {
  let beat = beats.get(everyMs)
  if (!beat) {
    beat = new Beat(everyMs)
    beats.set(everyMs, beat)
  }
  return useSyncExternalStore(beat.subscribe, beat.read)
}
