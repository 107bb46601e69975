import { placeSources } from '@zhijiao/contract/procedures/describe'
import type { Json } from '../core/ledger/canonical.ts'

/** What is wrong with a point, as it goes on after the field's name. */
interface Fault {
  readonly zh: string
  readonly en: string
}
const shape: Fault = { zh: '应为地图上的一点', en: 'must be a point on the map' }
const bounds: Fault = {
  zh: '的纬度应在 -90 至 90 之间，经度应在 -180 至 180 之间',
  en: 'lies between -90 and 90, -180 and 180 degrees',
}
const accuracy: Fault = { zh: '的误差应为 0 至 100000 米', en: 'has an accuracy of 0 to 100,000 metres' }
const time: Fault = { zh: '的定位时间不能晚于现在', en: 'cannot have been measured later than now' }

const known = new Set(['lat', 'lon', 'accuracyM', 'source', 'at'])
/** Six decimals are a tenth of a metre. */
const six = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** Reads a point as it is kept, WGS-84; measured no later than `latest`, milliseconds UTC. */
export function placeOf(value: unknown, latest: number): { readonly place: { [key: string]: Json } } | Fault {
  if (typeof value !== 'object' || value === null || Object.keys(value).some((key) => !known.has(key))) return shape
  const { lat, lon, accuracyM, source, at } = value as Record<string, unknown>
  const from = placeSources.find((one) => one === source)
  if (!from) return shape
  if (typeof lat !== 'number' || typeof lon !== 'number') return shape
  if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return bounds
  if (accuracyM !== undefined && !(typeof accuracyM === 'number' && accuracyM >= 0 && accuracyM <= 100_000))
    return accuracy
  const measured = at === undefined ? undefined : Date.parse(String(at))
  if (measured !== undefined && !(measured <= latest)) return time
  return {
    place: {
      lat: six(lat),
      lon: six(lon),
      ...(typeof accuracyM === 'number' ? { accuracyM: Math.round(accuracyM) } : {}),
      source: from,
      ...(measured === undefined ? {} : { at: new Date(measured).toISOString() }),
    },
  }
}
