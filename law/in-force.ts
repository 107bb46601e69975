/**
 * The law on a day in a place: the rules in force, the local parameters that the nearest organisation published, and
 * the id of that state, which every decision stores.
 */
import { type Calendar, extendCalendar, readCalendar, shippedCalendar } from './calendar.ts'
import type { CivilDate } from './civil-date.ts'
import data from './data/parameters.json' with { type: 'json' }
import { isRefusal, type LawRefusal, refuse } from './refusals.ts'
import { isRuleId, type Range, type Rule, type RuleId, ruleIds, ruleOn, ruleToCite } from './rule.ts'

/** Changes whenever the shipped rules or parameters change. */
export const shippedRevision = 'law-2026.1'

export type ParameterValue = number | string | Range

/** A number that the province or county sets (地方参数), shipped with an example that binds nobody. */
export interface Parameter {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly value: ParameterValue
  readonly unit: string | null
  readonly operator: string | null
  readonly source: string
  /** Least and greatest value that may be published; null where nothing bounds it. */
  readonly bounds: Range | null
  /** The revision that set it; null while it is the shipped value. */
  readonly revision: string | null
}

/** What the official text says where a recalled rule says otherwise (更正). What is left out stays as it was. */
export interface Correction {
  readonly value?: number | Range
  readonly article?: string
  readonly zh?: string
  readonly en?: string
}

/**
 * A change of local parameters by one organisation. Drafts change nothing; a published one holds from its day for the
 * organisation and everything below it. It may also confirm or correct recalled rules, once someone has read the text.
 */
export interface Revision {
  readonly id: string
  /** Organisation code; 450000 and 45 both mean the province, the empty string the nation. */
  readonly org: string
  readonly state: 'draft' | 'published'
  readonly from: CivilDate
  readonly values: Readonly<Record<string, ParameterValue>>
  readonly confirms?: readonly RuleId[]
  /** Recalled rules that read otherwise in the official text; a correction confirms too. */
  readonly corrects?: Readonly<Partial<Record<RuleId, Correction>>>
  /** Yearly notices of the State Council, in the form of a holidays file (`calendar.ts`); it was read when drafted. */
  readonly holidays?: HolidaysFile
}

/** `{"2027":{"off":[…],"work":[…]}}`, civil dates. */
export type HolidaysFile = Readonly<
  Record<string, { readonly off: readonly string[]; readonly work: readonly string[] }>
>

export interface Citation {
  readonly id: RuleId
  readonly source: string
  readonly article: string
  readonly zh: string
  readonly en: string
  /** Not read in its source and not confirmed by anyone above this organisation. */
  readonly recalled: boolean
}

export interface Law {
  readonly on: CivilDate
  readonly org: string
  /** Names this state of the law: the shipped revision and every published one that bears on this place and day. */
  readonly revision: string
  readonly calendar: Calendar
  /** Rules in force on the day, as corrected. */
  readonly rules: readonly Rule[]
  /** The rule in force; refused with ZJ_LAW_RULE_UNKNOWN or ZJ_LAW_RULE_NOT_IN_FORCE. */
  readonly rule: (id: string) => Rule | LawRefusal
  /** The 17 local parameters and the settings of this product, as the nearest organisation set them. */
  readonly parameters: readonly Parameter[]
  /** Refused with ZJ_LAW_PARAMETER_UNKNOWN. */
  readonly parameter: (id: string) => Parameter | LawRefusal
  /** A number setting, or `otherwise` when it is not a number. */
  readonly number: (id: string, otherwise: number) => number
  /** A parameter as text; empty when there is none. */
  readonly text: (id: string) => string
  /** Every text that bears on this place and day, the shipped one first, the one in force last. */
  readonly texts: (id: string) => readonly string[]
  /** The version to cite on the day, in force or not, as corrected: where a number of the law is needed. */
  readonly read: (id: RuleId) => Rule
  /** What to show beside whatever the rule asks, refuses or proposes. */
  readonly cite: (id: RuleId) => Citation
}

type Raw = Omit<Parameter, 'bounds' | 'revision'> & { readonly bounds?: Range }
const raws: readonly Raw[] = [...data.localParameters, ...data.settings]
const shipped: readonly Parameter[] = raws.map((parameter) => ({ bounds: null, ...parameter, revision: null }))

/** The 17 local parameters of the handbook; the other ids are settings of this product. */
export const localParameterIds: readonly string[] = data.localParameters.map(({ id }) => id)

/** A six-digit code of a province or city is the prefix of its counties once its closing zeros are gone. */
function orgPrefix(org: string): string {
  return org.length === 6 ? org.replace(/(00){1,2}$/, '') : org
}

/** From the farthest to the nearest, and in one organisation from the oldest to the newest: the last word wins. */
function byWeight(a: Revision, b: Revision): number {
  const nearer = orgPrefix(a.org).length - orgPrefix(b.org).length
  if (nearer !== 0) return nearer
  if (a.from !== b.from) return a.from < b.from ? -1 : 1
  return a.id < b.id ? -1 : 1
}

/**
 * The law as it stands on `on` for the organisation `org`, given what was published. Pure: the same arguments give the
 * same law, so any past decision can be replayed. `calendar` defaults to the shipped holiday notices.
 */
export function lawInForce(
  on: CivilDate,
  org: string,
  published: readonly Revision[] = [],
  calendar: Calendar = shippedCalendar,
): Law {
  const bearing = published
    .filter(
      ({ state, from, org: of }) => state === 'published' && from <= on && orgPrefix(org).startsWith(orgPrefix(of)),
    )
    .sort(byWeight)
  // The nearest and newest notice of a year wins, as with every other word of an operator.
  const known = bearing.reduce((all, { holidays }) => {
    const more = holidays && readCalendar(holidays)
    return more && !isRefusal(more) ? extendCalendar(all, more) : all
  }, calendar)
  const confirmed = new Set<RuleId>()
  const corrected = new Map<RuleId, Correction>()
  for (const { confirms = [], corrects = {} } of bearing) {
    for (const id of confirms) confirmed.add(id)
    for (const [id, correction] of Object.entries(corrects))
      if (isRuleId(id)) corrected.set(id, { ...corrected.get(id), ...correction })
  }
  /** Only what was recalled is corrected: a text that was read stands. */
  const asRead = (rule: Rule): Rule => {
    if (rule.confidence !== 'recalled') return rule
    const correction = corrected.get(rule.id)
    return correction || confirmed.has(rule.id) ? { ...rule, ...correction, confidence: 'source-checked' } : rule
  }
  const read = (id: RuleId) => asRead(ruleToCite(id, on))
  const parameters = shipped.map((parameter): Parameter => {
    const last = bearing.findLast(({ values }) => values[parameter.id] !== undefined)
    return { ...parameter, value: last?.values[parameter.id] ?? parameter.value, revision: last?.id ?? null }
  })
  const parameter = (id: string) =>
    parameters.find((candidate) => candidate.id === id) ?? refuse('ZJ_LAW_PARAMETER_UNKNOWN', { parameter: id })
  return {
    on,
    org,
    revision: [shippedRevision, ...bearing.map(({ id }) => id)].join('+'),
    calendar: known,
    rules: ruleIds.flatMap((id) => ruleOn(id, on) ?? []).map(asRead),
    rule: (id) => {
      if (!isRuleId(id)) return refuse('ZJ_LAW_RULE_UNKNOWN', { rule: id })
      const rule = ruleOn(id, on)
      return rule ? asRead(rule) : refuse('ZJ_LAW_RULE_NOT_IN_FORCE', { rule: id, on })
    },
    parameters,
    parameter,
    number: (id, otherwise) => {
      const value = parameters.find((candidate) => candidate.id === id)?.value
      return typeof value === 'number' ? value : otherwise
    },
    text: (id) => {
      const value = parameters.find((candidate) => candidate.id === id)?.value
      return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    },
    texts: (id) =>
      [shipped.find((p) => p.id === id)?.value, ...bearing.map(({ values }) => values[id])].filter(
        (value) => typeof value === 'string',
      ),
    read,
    cite: (id) => {
      const { source, article, zh, en, confidence } = read(id)
      return { id, source, article, zh, en, recalled: confidence === 'recalled' }
    },
  }
}
