import { useSyncExternalStore } from 'react'

/** Whether a media query holds now; follows it as it changes. */
function mediaHook(query: string): () => boolean {
  const subscribe = (listener: () => void) => {
    const media = window.matchMedia(query)
    media.addEventListener('change', listener)
    return () => media.removeEventListener('change', listener)
  }
  const holds = () => window.matchMedia(query).matches
  return () => useSyncExternalStore(subscribe, holds)
}

/** Whether the window is as narrow as a phone held upright: below 600 pixels a table is no table any more. */
export const useNarrow = mediaHook('(max-width: 600px)')

/** Whether somebody asked his system for less motion (减弱动态效果). */
export const useStill = mediaHook('(prefers-reduced-motion: reduce)')
