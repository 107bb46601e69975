import type { Place } from '@zhijiao/contract/procedures/describe'
import { useCallback, useState } from 'react'
import { asServerSays } from '../../ui/time.ts'

type Trouble = 'hereRefused' | 'hereNone' | 'hereLate' | 'hereUnsafe'

/** Longer than a receiver needs under the open sky; after that the map or the numbers are quicker. */
const patienceMs = 20_000
/** Codes of GeolocationPositionError. */
const troubles: Readonly<Record<number, Trouble>> = { 1: 'hereRefused', 2: 'hereNone', 3: 'hereLate' }

/**
 * Where this phone or browser stands, asked once on the press of a button and never watched. Browsers answer in WGS-84, and
 * only on a secure page.
 */
export function useHere(): {
  here: () => Promise<Place | null>
  busy: boolean
  trouble: Trouble | null
} {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const here = useCallback(async (): Promise<Place | null> => {
    setTrouble(null)
    if (!window.isSecureContext || !('geolocation' in navigator)) {
      setTrouble('hereUnsafe')
      return null
    }
    setBusy(true)
    try {
      const { coords, timestamp } = await new Promise<GeolocationPosition>((done, fail) =>
        navigator.geolocation.getCurrentPosition(done, fail, {
          enableHighAccuracy: true,
          timeout: patienceMs,
          maximumAge: 0,
        }),
      )
      return {
        lat: coords.latitude,
        lon: coords.longitude,
        accuracyM: Math.min(100_000, Math.round(coords.accuracy)),
        source: 'phone',
        at: new Date(asServerSays(timestamp)).toISOString(),
      }
    } catch (error) {
      setTrouble(troubles[(error as GeolocationPositionError).code] ?? 'hereNone')
      return null
    } finally {
      setBusy(false)
    }
  }, [])
  return { here, busy, trouble }
}
