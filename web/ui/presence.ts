import { recall, remember } from './memory.ts'

/**
 * Whether a person is at this screen, in this tab or in another of the same browser: they share one session, so what is
 * done in one keeps the others. A request made without one carries a mark, so that polling and live refreshes never
 * keep an unattended session open.
 */
let last = Date.now()
const listeners = new Set<() => void>()

/** The other tabs' last touch, read where it is asked for: a tab that was frozen in the background has heard of nothing. */
function elsewhere(): number {
  const at = Number(recall('touched'))
  return at <= Date.now() ? at : 0
}
export const lastTouched = (): number => Math.max(last, elsewhere())

/** Exact enough for minutes of idleness, and a key held down does not write all the time. */
const tellEveryMs = 2000
let told = 0

export function touched(): void {
  last = Date.now()
  if (Math.abs(last - told) > tellEveryMs) {
    told = last
    remember('touched', String(last))
  }
  for (const listener of listeners) listener()
}

export function onTouch(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Nobody has touched mouse, key or screen for this long: the request is not theirs. */
const absentMs = 60_000
export const isAttended = (): boolean => Date.now() - lastTouched() < absentMs

if (typeof window !== 'undefined')
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
    window.addEventListener(kind, () => touched(), { passive: true, capture: true })
