import { randomBytes } from 'node:crypto'
import { type Chance, chanceOf } from '@zhijiao/server/core/clock'

/** A clock that is set by hand, for a program that runs days in minutes. */
export interface HandClock {
  readonly chance: Chance
  now(): number
  set(ms: number): void
}

export function handClock(start: number): HandClock {
  let at = start
  return {
    chance: chanceOf(() => at, randomBytes),
    now: () => at,
    set: (ms) => {
      at = Math.max(at, ms)
    },
  }
}

/**
 * Timers that come round (`setInterval`) do so this much faster from now on, in this process alone. The program asks its
 * injected clock what time it is, but looks at it by real timers; without this a look each 200 ms would be minutes apart
 * when a day passes in a minute. Single timers (`setTimeout`) stay: they bound waits on the real database and sockets.
 */
export function hurryIntervals(times: number): void {
  const real = globalThis.setInterval
  const hurried = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
    real(work, Math.max(4, ms / times), ...args)
  // Node's own type of setInterval carries a promisified form that nothing here uses.
  globalThis.setInterval = hurried as unknown as typeof setInterval
}
