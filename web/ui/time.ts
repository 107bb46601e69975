import { useSyncExternalStore } from 'react'

/** The server's clock as this tab knows it: countdowns must not depend on a wrong clock of the desk. */
let skew = 0
export const now = (): number => Date.now() + skew
/** Learns the skew from an instant the server just said. */
export function serverSaid(at: string | number): void {
  const ms = new Date(at).getTime()
  if (!Number.isNaN(ms)) skew = ms - Date.now()
}

const beats = new Map<number, { value: number; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> }>()

/** The time, renewed every `everyMs`; all clocks of a screen share one timer. */
export function useNow(everyMs = 1000): number {
  return useSyncExternalStore(
    (listener) => {
      let beat = beats.get(everyMs)
      if (!beat) {
        const made = {
          value: now(),
          listeners: new Set<() => void>(),
          timer: setInterval(() => tick(everyMs), everyMs),
        }
        beats.set(everyMs, made)
        beat = made
      }
      beat.listeners.add(listener)
      const held = beat
      return () => {
        held.listeners.delete(listener)
        if (held.listeners.size === 0) {
          clearInterval(held.timer)
          beats.delete(everyMs)
        }
      }
    },
    () => beats.get(everyMs)?.value ?? coarse(everyMs),
  )
}

function tick(everyMs: number): void {
  const beat = beats.get(everyMs)
  if (!beat) return
  beat.value = now()
  for (const listener of beat.listeners) listener()
}

/** Before the first beat: stable between two renders of the same second. */
const coarse = (everyMs: number) => Math.floor(now() / everyMs) * everyMs
