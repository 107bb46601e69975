import { type Fix, FixFault, FixFlag } from './fix.ts'

/**
 * Which fixes count, said once for everybody who asks afterwards: gaps, stays, nights, who was with whom, phone and band apart,
 * presence. What does not count stays on the track with its reason.
 */

/** From a line that is believed to be the device's own. */
export const isHis = (fix: Pick<Fix, 'flags'>): boolean => (fix.flags & FixFlag.doubted) === 0

/** The phone itself calls it simulated, the device says it did not find itself just then, or the line was not believed. */
export const noPlace = FixFlag.mock | FixFlag.notFixed | FixFlag.doubted

/** Says where he was: believed, found just then and not simulated, as the live engine asks of what ends a silence. */
export const isPlace = (fix: Pick<Fix, 'fault' | 'flags'>): boolean =>
  fix.fault === FixFault.none && (fix.flags & noPlace) === 0
