import type { AreaShape, Datum, FenceAct, FenceKind, Finding } from '@zhijiao/contract/fences'
import { type Area, mapPositions } from '@zhijiao/geo/area'
import { toWgs84 } from '@zhijiao/geo/datum'
import type { Place } from '@zhijiao/geo/distance'
import { tidyArea } from '@zhijiao/geo/geojson'
import { type AreaFinding, inspectArea } from '@zhijiao/geo/inspect'
import { type Refusal, refuse } from '../core/refusals.ts'
import { Implausible, NotATerritory, NotLookedAt } from './refusals.ts'
import { saidOf } from './words.ts'

/** An outline as it will be stored: WGS-84, closed and turned, with everything odd about it by name. */
export interface Surveyed {
  readonly area: Area
  readonly findings: readonly Finding[]
}

/**
 * Converts an outline from its declared datum, once, and inspects it. Residences (WGS-84) are compared only with a
 * living area: more than 5 % of registered homes outside their own county means a wrong file (positioning.md §5).
 */
export function survey(drawn: AreaShape, datum: Datum, kind: FenceKind, residences: readonly Place[]): Surveyed {
  const area = mapPositions(drawn, ([lon, lat]) => {
    const place = toWgs84(datum, lat, lon)
    return [place.lon, place.lat]
  })
  const findings = inspectArea(area, kind === 'livingArea' ? residences : [])
  return { area: tidyArea(area), findings: findings.map(named) }
}

/** Whether a surveyed outline may become a fence, given the findings a person has looked at and accepted. */
export function acceptable(surveyed: Surveyed, accepts: readonly string[]): Surveyed | Refusal {
  const refused = surveyed.findings.filter((f) => f.weight === 'refuse')
  if (refused.length > 0) return refuse(Implausible, told(refused))
  const open = surveyed.findings.filter((f) => f.weight === 'ask' && !accepts.includes(f.kind))
  return open.length > 0 ? refuse(NotLookedAt, told(open)) : surveyed
}

/** A living area belongs to a county-level unit, because that is what 市、县 of 实施办法 26 is made of. */
export function territoryFits(kind: FenceKind, org: string): true | Refusal {
  return kind !== 'livingArea' || org.length === 6 || refuse(NotATerritory, { org })
}

/** How a caller stands to a fence. */
export interface FenceReach {
  /** Drawn by his unit, or binding nobody but persons that his county has supervised since they came. */
  readonly ours: boolean
  /** Binds, today or later, somebody beyond his unit. */
  readonly elsewhere: boolean
}

/**
 * What may be done with a fence: persons are bound to what is one's own; to be changed as a whole is for whoever supervises
 * everybody it binds. The outline of a territory binds by residence.
 */
export function mayAct(
  fence: { readonly active: boolean; readonly kind: FenceKind; readonly personal: boolean },
  { ours, elsewhere }: FenceReach,
): readonly FenceAct[] {
  if (!fence.active || !ours) return []
  const territory = fence.kind === 'livingArea' && !fence.personal
  return territory || !elsewhere ? ['change', 'assign'] : ['assign']
}

/** A county-level unit as the living-area rule needs it. */
export interface Territory {
  readonly code: string
  readonly name: string
  readonly urban: boolean
}

/**
 * Where a resident may move without asking leave: all urban districts of the city for who lives in one of them, else the
 * one county (LVE-08, 实施办法 26). `counties` are the county-level units of the same city.
 */
export function livingTerritories(org: string, counties: readonly Territory[]): readonly Territory[] {
  const home = counties.find((c) => c.code === org.slice(0, 6))
  if (!home) return []
  return home.urban ? counties.filter((c) => c.urban && c.code.slice(0, 4) === home.code.slice(0, 4)) : [home]
}

/**
 * Where an area code leads: the territory its residents may move in, so the whole city for an urban district; of a code of
 * a city or province (…00) every county of it. Empty: it names nobody of these.
 */
export function destinationTerritories(area: string, counties: readonly Territory[]): readonly Territory[] {
  const whole = area.replace(/(00)+$/, '')
  return whole.length < 6 && whole.length > 1
    ? counties.filter((c) => c.code.startsWith(whole))
    : livingTerritories(area, counties)
}

function named(finding: AreaFinding): Finding {
  return { ...finding, ...(finding.at ? { at: [finding.at[0], finding.at[1]] } : {}), says: saidOf(finding) }
}

function told(findings: readonly Finding[]) {
  return {
    found: findings.map((f) => f.says.zh).join(';'),
    foundEn: findings.map((f) => f.says.en).join('; '),
    findings,
  }
}
