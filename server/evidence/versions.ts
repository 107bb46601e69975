import { GEO_RULES, type ValidationParameters, validationDefaults } from '@zhijiao/geo/validate'
import { type CivilDate, civilDate, legalDayOf } from '@zhijiao/law/civil-date'
import { type Law, lawInForce, type ParameterValue, type Revision, shippedRevision } from '@zhijiao/law/in-force'
import { isRuleId, ruleToCite } from '@zhijiao/law/rule'
import type { Json } from '../core/ledger/canonical.ts'
import { gatesOf, versionsOf } from '../positions/index.ts'
import { type QuotedLaw, type QuotedRule, type QuotedVersion, sealedRules } from './format.ts'
import type { FoundEntry, FoundTrack } from './gather.ts'

/** A publication as the database keeps it. */
export interface Published {
  readonly id: string
  readonly org_code: string
  readonly change: Partial<Pick<Revision, 'values' | 'confirms' | 'holidays'>>
  readonly source: string
  readonly effective_from: string
  readonly published_at: Date | null
}

/** Publications that the names of versions speak of: whatever follows the version that ships. */
export const publicationsIn = (names: Iterable<string>): string[] => [
  ...new Set([...names].flatMap((name) => lawPart(name)?.split('+').slice(1) ?? [])),
]

/** The law in a version's name: `law-2026.1+…` of itself, or of `geo-1+law-2026.1+…`; null where it names none. */
function lawPart(name: string): string | null {
  const at = name.indexOf('law-')
  return at >= 0 ? name.slice(at) : null
}

/** Versions that judged the positions of the matter: of the days read, and of the days sealed. */
export function positionRules(tracks: readonly FoundTrack[], entries: readonly FoundEntry[]): string[] {
  return [...new Set([...tracks.flatMap((t) => versionsOf(t.judged)), ...entries.flatMap(sealedRules)])]
}

/** Every version used by the matter's entries and positions, quoted as it stood then and not as it stands now. */
export function quoteLaw(
  entries: readonly FoundEntry[],
  positionRules: readonly string[],
  published: readonly Published[],
  now: { readonly today: CivilDate; readonly law: Law },
): QuotedLaw {
  const under = (name: string) => entries.filter((e) => e.face.lawRevision === name)
  // The entry of the export itself is written under today's.
  const names = [...new Set([...entries.map((e) => e.face.lawRevision), now.law.revision].filter(Boolean))].sort()
  const versions = [
    ...names.map((name) => lawVersion(name, under(name), published, now.today)),
    ...[...new Set(positionRules)].sort().map((name) => positionVersion(name, published, now.today)),
  ]
  // An entry written without a version cites the rules of its day as they ship.
  const loose = rulesCited(under(''), (on, org) => lawInForce(on, org))
  return {
    revisions: versions.map((v) => v.name),
    rules: distinct([...versions.flatMap((v) => v.rules), ...loose]).sort((a, b) => a.id.localeCompare(b.id)),
    versions,
  }
}

function lawVersion(
  name: string,
  entries: readonly FoundEntry[],
  published: readonly Published[],
  today: CivilDate,
): QuotedVersion {
  const known = lawNamed(name, published)
  return {
    name,
    held: known !== null,
    publications: known?.publications.map(quotedPublication) ?? [],
    // The text of a rule ships with its days; without the publications only who confirmed it stays open.
    rules: rulesCited(entries, (on, org) => known?.on(on) ?? lawInForce(on, org)),
    parameters: known ? parametersOf(known.on(today), () => true) : [],
    gates: null,
  }
}

function positionVersion(name: string, published: readonly Published[], today: CivilDate): QuotedVersion {
  const label = lawPart(name)
  const known = label === null ? null : lawNamed(label, published)
  const law = known?.on(today)
  const gates = gatesNamed(name, law)
  const held = gates !== null
  return {
    name,
    held,
    publications: known?.publications.map(quotedPublication) ?? [],
    rules: [],
    parameters: held && law ? parametersOf(law, (id) => id.startsWith('POS-')) : [],
    gates: held ? numbersOf(gates) : null,
  }
}

/** The numbers a version judged by; null where they are not at hand. */
function gatesNamed(name: string, law: Law | undefined): Partial<ValidationParameters> | null {
  const version = name.split('+', 1)[0] ?? ''
  // An import of old files is judged by what ships with the rules, under their bare name.
  const gates = name === version ? validationDefaults : law ? gatesOf(law) : null
  if (!gates || `${version}${gates.rules.slice(GEO_RULES.length)}` !== name) return null
  if (version === GEO_RULES) return gates
  // What changed since is which positions are marked late, are kept twice, fill a gap or measure a speed; the gates are as they were.
  if (version === 'geo-2' || version === 'geo-3' || version === 'geo-4') return { ...gates, rules: name }
  // The first rules knew no age at which a position counts as stored; all else is as it was.
  const { storedMs: _, ...first } = gates
  return version === 'geo-1' ? { ...first, rules: name } : null
}

/** The law that bears a name; null where a publication or the shipped version behind it is not at hand. */
function lawNamed(name: string, published: readonly Published[]) {
  const [shipped, ...ids] = name.split('+')
  const publications = published.filter(({ id }) => ids.includes(id))
  if (shipped !== shippedRevision || publications.length !== ids.length) return null
  // All of them bore on one unit, so the nearest stands beneath all others.
  const org = publications.reduce((nearest, p) => (p.org_code.length > nearest.length ? p.org_code : nearest), '')
  const revisions = publications.map(
    (p): Revision => ({
      id: p.id,
      org: p.org_code,
      state: 'published',
      from: civilDate(p.effective_from),
      values: p.change.values ?? {},
      ...p.change,
    }),
  )
  // A version was used on or after the day of its youngest publication.
  const since = revisions.reduce<CivilDate | null>((last, r) => (last === null || r.from > last ? r.from : last), null)
  const on = (day: CivilDate) => lawInForce(since !== null && since > day ? since : day, org, revisions)
  return { publications, on }
}

/** The rules that entries cite, each wording once, as it stood on the day of the entry. */
function rulesCited(entries: readonly FoundEntry[], lawOn: (on: CivilDate, org: string) => Law): QuotedRule[] {
  return distinct(
    entries.flatMap(({ face }) => {
      const on = legalDayOf(Date.parse(face.recordedAt))
      const law = face.cites.length > 0 ? lawOn(on, face.org) : null
      return law ? face.cites.map((id) => quotedRule(law, id)) : []
    }),
  )
}

function quotedRule(law: Law, id: string): QuotedRule {
  if (!isRuleId(id)) return { id, source: '', article: '', zh: '（规则目录中没有此编号）', recalled: true }
  const { source, article, zh, en, recalled } = law.cite(id)
  const { value, unit, operator, from, until } = ruleToCite(id, law.on)
  return { id, source, article, zh, en, value: plain(value), unit, operator, recalled, from, until }
}

const quotedPublication = (p: Published) => ({
  id: p.id,
  org: p.org_code,
  from: p.effective_from,
  publishedAt: p.published_at?.toISOString() ?? null,
  source: p.source,
  change: JSON.parse(JSON.stringify(p.change)) as Json,
})

const parametersOf = (law: Law, wanted: (id: string) => boolean) =>
  law.parameters
    .filter(({ id }) => wanted(id))
    .map(({ id, zh, en, value, unit, operator, source, revision }) => ({
      id,
      zh,
      en,
      value: plain(value),
      unit,
      operator,
      source,
      revision,
    }))

const plain = (value: ParameterValue | null): Json =>
  value !== null && typeof value === 'object' ? { min: value.min, max: value.max } : value

const numbersOf = (gates: Partial<ValidationParameters>): Record<string, number> =>
  Object.fromEntries(Object.entries(gates).filter((pair): pair is [string, number] => typeof pair[1] === 'number'))

function distinct(rules: readonly QuotedRule[]): QuotedRule[] {
  return [...new Map(rules.map((r) => [JSON.stringify(r), r])).values()].sort((a, b) => a.id.localeCompare(b.id))
}
