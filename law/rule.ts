/**
 * The 139 rules (规则) as typed data. Each carries its source, its article, and whether the text was read
 * (`source-checked`) or is recalled and must be confirmed before an operator relies on it.
 */
import { type CivilDate, civilDate } from './civil-date.ts'
import { type CorrectionCategory, correctionCategories } from './codes.ts'
import data from './data/rules.json' with { type: 'json' }
import { LawError, refuse } from './refusals.ts'

export type RuleId = keyof typeof data

const kinds = ['deadline', 'threshold', 'duration', 'computation', 'transition', 'prohibition', 'approval'] as const
/** `le` 以内 includes the number, `gt` 超过 excludes it (CAL-01). */
const operators = ['le', 'ge', 'lt', 'gt', 'ge_lt'] as const
const confidences = ['source-checked', 'recalled'] as const
const evidences = ['primary-text', 'official-page', 'secondary-report', 'memory'] as const
const dayTypes = ['calendar', 'working', 'hours'] as const

export type RuleKind = (typeof kinds)[number]
export type Operator = (typeof operators)[number]
export type Confidence = (typeof confidences)[number]
export type Evidence = (typeof evidences)[number]
export type DayType = (typeof dayTypes)[number]

/** A value with both its ends, such as 3–24 months. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** One version of a rule, in force from `from` to `until`, both included. */
export interface Rule {
  readonly id: RuleId
  readonly kind: RuleKind
  readonly zh: string
  readonly en: string
  /** In `unit`; null where the rule states a duty without a number. */
  readonly value: number | Range | null
  /** `day`, `hour`, `month`, `year`, a counted thing, or the words `promptly` (及时) and `immediately` (立即). */
  readonly unit: string | null
  readonly operator: Operator | null
  readonly source: string
  readonly article: string
  readonly confidence: Confidence
  readonly evidence: Evidence
  readonly from: CivilDate
  readonly until: CivilDate | null
  readonly dayType: DayType | null
  /** The event from which the law counts, in its own words. */
  readonly clockStart: string | null
  readonly actor: string | null
  readonly recipient: string | null
  /** Categories to which the rule is confined; null means all. */
  readonly appliesTo: readonly CorrectionCategory[] | null
  /** Whether a last day on a holiday moves to the next working day: procedure deadlines only (CPL 105, TRM-08). */
  readonly rolls: boolean
  /** Why it rolls or not; null where the rule has no clock. */
  readonly rollsSource: string | null
  readonly note: string | null
}

/** A rule as the data file writes it: words not yet narrowed. */
export interface RawRule {
  kind: string
  zh: string
  en: string
  value: number | Range | null
  unit: string | null
  operator: string | null
  source: string
  article: string
  confidence: string
  evidence: string
  from: string
  until: string | null
  dayType: string | null
  clockStart: string | null
  actor: string | null
  recipient: string | null
  appliesTo: readonly string[] | null
  rolls: boolean
  rollsSource: string | null
  note: string | null
}

function oneOf<T extends string>(words: readonly T[], word: string, where: string): T {
  const found = words.find((candidate) => candidate === word)
  if (found === undefined) throw new LawError(refuse('ZJ_LAW_FACTS_INVALID', { detail: `${where}: ${word}` }))
  return found
}

/** Narrows one version of a rule; throws `LawError` ZJ_LAW_FACTS_INVALID when the data file uses a word that is none of ours. */
export function readRule(id: RuleId, raw: RawRule): Rule {
  return {
    ...raw,
    id,
    kind: oneOf(kinds, raw.kind, id),
    operator: raw.operator === null ? null : oneOf(operators, raw.operator, id),
    confidence: oneOf(confidences, raw.confidence, id),
    evidence: oneOf(evidences, raw.evidence, id),
    dayType: raw.dayType === null ? null : oneOf(dayTypes, raw.dayType, id),
    appliesTo:
      raw.appliesTo === null ? null : raw.appliesTo.map((category) => oneOf(correctionCategories, category, id)),
    from: civilDate(raw.from),
    until: raw.until === null ? null : civilDate(raw.until),
  }
}

export const ruleIds = Object.keys(data) as readonly RuleId[]

const raws: Readonly<Record<RuleId, readonly RawRule[]>> = data

const read = new Map<RuleId, readonly Rule[]>()

export function isRuleId(text: string): text is RuleId {
  return Object.hasOwn(data, text)
}

/** Every version of a rule, oldest first; at least one. The data never changes, so each is narrowed once. */
export function versionsOf(id: RuleId): readonly Rule[] {
  const before = read.get(id)
  if (before) return before
  const versions = raws[id].map((raw) => readRule(id, raw))
  read.set(id, versions)
  return versions
}

/** The version in force on a day, or undefined. */
export function ruleOn(id: RuleId, on: CivilDate): Rule | undefined {
  return versionsOf(id).find((rule) => rule.from <= on && (rule.until === null || on <= rule.until))
}

/** The version to cite for a day: the one in force, else the latest before it, else the first. */
export function ruleToCite(id: RuleId, on: CivilDate): Rule {
  return versionsOf(id).reduce((best, rule) => (rule.from <= on ? rule : best))
}

/** Whether a rule speaks of this category. */
export function appliesTo(rule: Rule, category: CorrectionCategory): boolean {
  return rule.appliesTo === null || rule.appliesTo.includes(category)
}
