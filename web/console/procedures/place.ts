import { type Place, placeSources } from '@zhijiao/contract/procedures/describe'
import { minute } from '../../ui/format.ts'
import { type Language, sayIn } from '../../ui/language.ts'
import { matterWords } from './words.ts'

/** A point that a form holds, if it is one. */
export function placeIn(value: unknown): Place | null {
  if (typeof value !== 'object' || value === null) return null
  const { lat, lon, source } = value as Partial<Place>
  return typeof lat === 'number' && typeof lon === 'number' && placeSources.some((one) => one === source)
    ? (value as Place)
    : null
}

export const degrees = ({ lat, lon }: Pick<Place, 'lat' | 'lon'>): string => `${lat.toFixed(6)}, ${lon.toFixed(6)}`

/** How sure a point is and where it comes from: 误差约 12 米 · 现场定位 10:25. */
export function placeBasis({ accuracyM, source, at }: Place, language: Language): string {
  const t = sayIn(matterWords, language)
  const sure = accuracyM === undefined ? t('placeUnsure') : t('placeSure', { n: Math.round(accuracyM) })
  return `${sure} · ${t(`place_${source}`)}${at ? ` ${minute(at)}` : ''}`
}

/** A point in words, with its datum: what columns and prints show. */
export const placeSaid = (place: Place, language: Language): string =>
  `${degrees(place)} (WGS-84) · ${placeBasis(place, language)}`
