import type { Fix } from './fix.ts'

/**
 * Time order. Of several fixes of one instant the finest comes first, then the southernmost, so that no verdict depends on
 * the order in which a database or a device happened to give them.
 */
export function byTime(a: Fix, b: Fix): number {
  return a.ts - b.ts || a.accuracyM - b.accuracyM || a.lat - b.lat || a.lon - b.lon
}
