import { type ApartParameters, apartDefaults } from '@zhijiao/geo/apart'
import { HOUR, MINUTE, SECOND } from '@zhijiao/geo/day'
import { type GapParameters, gapDefaults } from '@zhijiao/geo/gaps'
import { type GatheredParameters, gatheredDefaults } from '@zhijiao/geo/gathered'
import { type PresenceParameters, presenceDefaults } from '@zhijiao/geo/presence'
import { readHours } from '@zhijiao/law/hours'
import { type Law, lawInForce } from '@zhijiao/law/in-force'

/**
 * The numbers a province may set (LOC-…, POS-…), as the engine reads them. One object for all units under the same
 * publications, so that a slot carries a reference and nothing more.
 */
export interface Thresholds {
  /** The revision of the law they come from, stored with every verdict. */
  readonly revision: string
  readonly presence: PresenceParameters
  readonly gap: GapParameters
  readonly apart: ApartParameters
  /** Least time between two prompts of the phone for a comparison, ms: at rest, and while a pair was apart. */
  readonly compareMs: { readonly calm: number; readonly suspicious: number }
  readonly gathered: GatheredParameters
  /** What is a stay and what is being on the way, of who is away with approval. */
  readonly trip: { readonly stayMs: number; readonly stayM: number }
  /** Minutes one may be late at a required place without anybody being asked. */
  readonly graceMin: number
  /** Off line without anybody being asked, ms (LOC-11). */
  readonly offlineGraceMs: number
  /** Night (LOC-07), minutes after midnight, and what of it counts as away. */
  readonly night: {
    readonly from: number
    readonly until: number
    readonly homeM: number
    readonly awayMs: number
    readonly in7: number
    readonly in30: number
  }
  readonly strap: { readonly reports: number; readonly afterMs: number }
  /** Percent (LOC-12, POS-13). */
  readonly battery: { readonly lowPct: number; readonly fullPct: number }
  /** Seconds. */
  readonly burst: { readonly intervalS: number; readonly validityS: number }
}

/** While a pair of phone and band was apart the next comparison is due this soon: the rule wants several, ms. */
const suspiciousMs = 5 * MINUTE

/** What the law of a unit says, as the engine needs it. Sides that would contradict each other take the milder. */
export function thresholdsOf(law: Law): Thresholds {
  const hours = readHours(law.text('LOC-07')) ?? { from: 22 * 60, until: 8 * 60 }
  const minutes = (id: string, otherwise: number) => law.number(id, otherwise) * MINUTE
  const yellowMs = { awake: minutes('POS-09', 30), asleep: minutes('POS-10', 60) }
  const lowPct = law.number('LOC-12', 10)
  return {
    revision: law.revision,
    presence: {
      ...presenceDefaults,
      accuracyGateM: law.number('POS-01', presenceDefaults.accuracyGateM),
      outBufferM: {
        county: law.number('POS-02', presenceDefaults.outBufferM.county),
        small: law.number('POS-03', presenceDefaults.outBufferM.small),
      },
      confirmations: law.number('POS-04', presenceDefaults.confirmations),
      spanMs: { county: law.number('POS-05', 120) * SECOND, small: law.number('POS-06', 60) * SECOND },
      silenceMs: minutes('POS-07', 60),
    },
    gap: {
      ...gapDefaults,
      yellowMs,
      // Red never comes before yellow.
      redMs: {
        awake: Math.max(yellowMs.awake, minutes('POS-11', 60)),
        asleep: Math.max(yellowMs.asleep, minutes('POS-12', 120)),
      },
    },
    apart: {
      ...apartDefaults,
      apartM: law.number('POS-22', apartDefaults.apartM),
      pairs: law.number('POS-23', apartDefaults.pairs),
      spanMs: minutes('POS-24', 10),
    },
    compareMs: { calm: minutes('POS-25', 60), suspicious: Math.min(suspiciousMs, minutes('POS-25', 60)) },
    gathered: {
      ...gatheredDefaults,
      withinM: law.number('POS-26', gatheredDefaults.withinM),
      atLeastMs: minutes('POS-27', 15),
      persons: law.number('POS-28', gatheredDefaults.persons),
    },
    trip: { stayMs: minutes('POS-29', 60), stayM: law.number('POS-30', 2000) },
    graceMin: law.number('POS-08', 10),
    offlineGraceMs: minutes('LOC-11', 5),
    night: {
      ...hours,
      homeM: law.number('POS-18', 150),
      awayMs: law.number('POS-19', 4) * HOUR,
      in7: law.number('POS-20', 3),
      in30: law.number('POS-21', 5),
    },
    strap: { reports: law.number('POS-14', 2), afterMs: law.number('POS-15', 60) * SECOND },
    battery: { lowPct, fullPct: Math.max(lowPct, law.number('POS-13', 20)) },
    burst: { intervalS: law.number('POS-16', 10), validityS: law.number('POS-17', 600) },
  }
}

/** What ships, before anything was read. */
export const shippedThresholds: Thresholds = thresholdsOf(lawInForce('2026-01-01' as Law['on'], ''))

/** A plan's intervals without a usable position after which a side is unknown: one missed answer decides nothing. */
const sparseIntervals = 2.5
const sparse = new WeakMap<Thresholds, Map<number, PresenceParameters>>()

/**
 * The numbers for deciding in or out under a plan: whoever is asked for a position once an hour is not unknown an hour
 * later. Bands are under the ordinary silence.
 */
export function presenceFor(rules: Thresholds, intervalS: number): PresenceParameters {
  const silenceMs = intervalS * sparseIntervals * SECOND
  if (silenceMs <= rules.presence.silenceMs) return rules.presence
  const known = sparse.get(rules) ?? new Map<number, PresenceParameters>()
  sparse.set(rules, known)
  const made = known.get(intervalS) ?? { ...rules.presence, silenceMs }
  known.set(intervalS, made)
  return made
}
