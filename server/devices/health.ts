import type { DeviceHealth } from '@zhijiao/contract/devices'
import type { Static } from '@zhijiao/contract/kernel'

interface Line {
  readonly at: Date
  readonly kind: string
  readonly detail: Record<string, unknown>
}

type Now = Static<typeof DeviceHealth>['now']

const faultWords: Readonly<Record<string, { zh: string; en: string }>> = {
  strap: { zh: '表带脱开', en: 'Strap open' },
  housing: { zh: '外壳打开', en: 'Housing open' },
  water: { zh: '防水损坏', en: 'Water seal damaged' },
  gnss: { zh: '卫星定位故障', en: 'Satellite receiver fault' },
  battery: { zh: '电量低或电池失效', en: 'Battery low or failing' },
}

/** What is known of a device now, from its own reports and what was found at inspections (newest line first). */
export function healthNow(
  batteryPct: number | null,
  health: Record<string, unknown>,
  lines: readonly Line[],
): { now: Now; faults: { zh: string; en: string }[] } {
  const newest = (...kinds: string[]) => lines.find((l) => kinds.includes(l.kind))
  const inspected = newest('inspected')
  const said = (line: Line | undefined, key: string) =>
    line?.detail[key] === undefined ? null : String(line.detail[key])
  const strap = newest('strapOpen', 'strapClosed')
  const housing = newest('caseOpen', 'inspected')
  const gnss = newest('gnssFault', 'selfCheck')
  const selfCheck = newest('selfCheck')
  const now: Now = {
    batteryPct,
    charging: typeof health.charging === 'boolean' ? health.charging : null,
    strap: strap ? (strap.kind === 'strapOpen' ? 'open' : 'closed') : 'unknown',
    housing:
      housing?.kind === 'caseOpen'
        ? 'open'
        : said(housing, 'housing') === 'open'
          ? 'open'
          : housing
            ? 'sound'
            : 'unknown',
    water: inspected ? (said(inspected, 'water') === 'damaged' ? 'damaged' : 'sound') : 'unknown',
    gnss: gnss ? (gnss.kind === 'gnssFault' ? 'fault' : 'sound') : 'unknown',
    firmware: said(selfCheck, 'firmware') ?? (typeof health.firmware === 'string' ? health.firmware : null),
    selfCheckAt: selfCheck?.at.toISOString() ?? null,
  }
  const weak = (batteryPct !== null && batteryPct < 10) || ['weak', 'dead'].includes(said(inspected, 'battery') ?? '')
  const faults = [
    ...(now.strap === 'open' || said(inspected, 'strap') === 'cut' ? ['strap'] : []),
    ...(now.housing === 'open' ? ['housing'] : []),
    ...(now.water === 'damaged' ? ['water'] : []),
    ...(now.gnss === 'fault' ? ['gnss'] : []),
    ...(weak ? ['battery'] : []),
  ]
  return { now, faults: faults.flatMap((f) => faultWords[f] ?? []) }
}
