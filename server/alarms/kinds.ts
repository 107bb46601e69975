import type { Db, ScopedDb } from '../core/db.ts'
import { type KindOverride, readOverrides } from './kinds-store.ts'
import { shippedKinds } from './shipped-kinds.ts'

/** Every kind of alarm 报警类型. The word is stored; never rename one. */
export const kindNames = [
  'boundaryOut',
  'forbiddenIn',
  'requiredAbsent',
  'lostContact',
  'noPosition',
  'strapOpen',
  'deviceDamaged',
  'lowBattery',
  'powerOff',
  'sos',
  'apart',
  'spoof',
  'gathered',
  'nightAbsent',
] as const
export type AlarmKindName = (typeof kindNames)[number]

export interface Said {
  readonly zh: string
  readonly en: string
}

/** One row of the kinds table as it holds for a unit. */
export interface KindRow {
  readonly kind: AlarmKindName
  readonly name: Said
  /** 1 gravest … 4. */
  readonly level: number
  readonly enabled: boolean
  /** Minutes an officer has from delivery. */
  readonly clockMin: number
  /** Seconds of waiting for more evidence before an officer is disturbed; 0 skips the ladder. */
  readonly ladderS: number
  /** Text to the person; empty: nothing is sent. */
  readonly toPerson: Said
  /** The sentence an officer reads. Places: {who} {where} {since} {sure} {next} {fence} {battery}. */
  readonly toOfficer: Said
  readonly parameters: Readonly<Record<string, number>>
  /** May not be switched off: a call for help and a cut strap are answered everywhere. */
  readonly keepsOn: boolean
  /** Rule of `law/` it rests on, where one names it. */
  readonly rule: string | null
  /** Unit whose row holds; '' ships with the product. */
  readonly from: string
}

export function isAlarmKind(text: string): text is AlarmKindName {
  return Object.hasOwn(shippedKinds, text)
}

export type Kinds = Readonly<Record<AlarmKindName, KindRow>>

/** The table as it holds for a unit: what ships, and over it the row of the nearest unit that set one. */
export function kindsWith(overrides: readonly KindOverride[], org: string): Kinds {
  const nearest = overrides
    .filter((o) => org.startsWith(o.org_code))
    .sort((a, b) => a.org_code.length - b.org_code.length)
  const rows = Object.fromEntries(
    kindNames.map((kind): [AlarmKindName, KindRow] => {
      const shipped = shippedKinds[kind]
      const own = nearest.findLast((o) => o.kind === kind)
      if (!own) return [kind, { ...shipped, kind, from: '' }]
      return [
        kind,
        {
          ...shipped,
          kind,
          from: own.org_code,
          level: own.level,
          enabled: own.enabled || shipped.keepsOn,
          clockMin: own.clock_min,
          ladderS: own.ladder_s,
          toPerson: { zh: own.to_person_zh, en: own.to_person_en },
          toOfficer: {
            zh: own.to_officer_zh || shipped.toOfficer.zh,
            en: own.to_officer_en || shipped.toOfficer.en,
          },
          parameters: { ...shipped.parameters, ...own.parameters },
        },
      ]
    }),
  )
  return rows as Kinds
}

/** The kinds table for one unit. */
export async function kindsFor(db: Db | ScopedDb, org: string): Promise<Kinds> {
  return kindsWith(await readOverrides(db), org)
}
