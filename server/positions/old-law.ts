import type { DeviceKind, Regime } from '@zhijiao/contract/devices'
import { type CivilDate, legalDayOf } from '@zhijiao/law/civil-date'
import { isRefusal } from '@zhijiao/law/refusals'
import type { RuleId } from '@zhijiao/law/rule'
import { type DeviceGround, deviceGrounds, deviceTerm } from '@zhijiao/law/term'
import type { Circumstances } from '../core/room.ts'
import { ceilingOf, fitsRegime, mayBePositioned } from '../devices/index.ts'

/** What an old term says of itself, its device as the inventory knows it. */
export interface OldBasis {
  readonly regime: Regime
  readonly kind: DeviceKind
  readonly ground: string
  /** Milliseconds UTC; `endsAt` already cut short by whatever ended it. */
  readonly startsAt: number
  readonly endsAt: number
  readonly ceilingS: number | null
}

/** Where an old term is not as the law would have it. */
export type Departure = 'kind' | 'ground' | 'length' | 'ceiling' | 'state'

export const ruleOfDeparture: Readonly<Record<Departure, RuleId>> = {
  kind: 'EPD-07',
  ground: 'EPD-01',
  length: 'EPD-03',
  ceiling: 'EPD-09',
  state: 'EPD-05',
}

/**
 * What in an old term departs from the law: equipment of the wrong kind (实施办法 37), none of the five grounds, more than
 * three months or beyond the correction (社区矫正法 29), a phone sampled more often than the province allows (26), somebody
 * who is not in correction. `running`: it would position somebody today; otherwise it is history, and how often a phone was
 * sampled then and what became of the person since is no longer anybody's to correct.
 */
export function departures(
  of: OldBasis,
  person: { readonly state: string; readonly termEnd: CivilDate },
  running: boolean,
  { law }: Pick<Circumstances, 'law'>,
): Departure[] {
  const device = of.regime === 'device'
  const start = legalDayOf(of.startsAt)
  const lastDay = legalDayOf(of.endsAt - 1)
  const long = device ? isRefusal(deviceTerm({ start, lastDay }, person.termEnd)) : lastDay > person.termEnd
  return [
    ...(fitsRegime(of.kind, of.regime) ? [] : (['kind'] as const)),
    ...(device && !isDeviceGround(of.ground) ? (['ground'] as const) : []),
    ...(long ? (['length'] as const) : []),
    ...(running && !device && (of.ceilingS ?? 0) < ceilingOf(law) ? (['ceiling'] as const) : []),
    ...(running && !mayBePositioned(person.state) ? (['state'] as const) : []),
  ]
}

const isDeviceGround = (ground: string): ground is DeviceGround => Object.hasOwn(deviceGrounds, ground)

/** The article an old term stands under, with its clause where the ground is one of the five. */
export const articleOf = ({ regime, ground }: Pick<OldBasis, 'regime' | 'ground'>): string =>
  regime === 'check' ? '26' : isDeviceGround(ground) ? `29(${deviceGrounds[ground].clause})` : '29'
