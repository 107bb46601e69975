/**
 * Whether a person is at this screen. A request made without one carries a mark, so that polling and live refreshes never
 * keep an unattended session open.
 */
let last = Date.now()
const listeners = new Set<() => void>()

export const lastTouched = (): number => last

export function touched(): void {
  last = Date.now()
  for (const listener of listeners) listener()
}

export function onTouch(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Nobody has touched mouse, key or screen for this long: the request is not theirs. */
const absentMs = 60_000
export const isAttended = (): boolean => Date.now() - last < absentMs

if (typeof window !== 'undefined')
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
    window.addEventListener(kind, () => touched(), { passive: true, capture: true })
