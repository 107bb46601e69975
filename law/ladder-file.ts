/**
 * The file of `npx zhijiao law propose --facts FILE`.
 *
 * ```json
 * { "category": "suspendedSentence", "minor": false, "on": "2020-12-15",
 *   "facts": [
 *     { "id": "F1", "kind": "absence", "from": "2020-11-01", "to": "2020-11-09", "reason": "none" },
 *     { "id": "F2", "kind": "injunctionBreach" },
 *     { "id": "F3", "kind": "breach", "of": "report", "weight": "heavier" },
 *     { "id": "F4", "kind": "educationRefused", "afterReproof": true },
 *     { "id": "F5", "kind": "warning" }, { "id": "F6", "kind": "warning" }
 *   ],
 *   "stillUnreformed": { "by": "韦某", "on": "2020-12-14", "grounds": "两次警告后仍酗酒伤人" } }
 * ```
 * `category` is a name, a code 01–04, or Chinese; `kind` and its fields are those of `LadderFact`. A fact without an id
 * gets `#1`, `#2` … by its place; an absence without `to` lasts until `on`, one without `reason` has reason `unknown`.
 * A `policePenalty` says `"for": "injunctionBreach"` where the police penalised the breach of an injunction: only after such
 * a one is the next breach serious. A breach may say `"afterPolicePenalty": true` or `false` itself, which goes before.
 * `"sealed": true` says that the record is sealed (犯罪记录封存). `stillUnreformed` is left out until someone has found it. The answer is a `LadderAnswer` or a refusal.
 */
import { correctionCategoryOf } from './codes.ts'
import { choice, date, type Fields, fields, flag, list, maybe, reading, text, wrong } from './json-file.ts'
import type { LadderFact, LadderFacts } from './ladder-facts.ts'
import type { LawRefusal } from './refusals.ts'

const kinds = [
  'absence',
  'injunctionBreach',
  'breach',
  'educationRefused',
  'medicalReviewUnfiled',
  'admonition',
  'warning',
  'policePenalty',
  'notEligible',
  'leftAndWarnedInVain',
  'untraceable',
  'causeGoneTermLeft',
  'guarantorLost',
] as const satisfies readonly LadderFact['kind'][]

function readFact(fact: Fields, at: string, id: string): LadderFact {
  const kind = choice(fact.kind, kinds, `${at}.kind`)
  switch (kind) {
    case 'absence':
      return {
        id,
        kind,
        from: date(fact.from, `${at}.from`),
        to: fact.to === null ? undefined : maybe(fact.to, date, `${at}.to`),
        reason: choice(fact.reason ?? 'unknown', ['none', 'proper', 'unknown'], `${at}.reason`),
      }
    case 'injunctionBreach':
      return {
        id,
        kind,
        graverHarm: maybe(fact.graverHarm, flag, `${at}.graverHarm`),
        afterPolicePenalty: maybe(fact.afterPolicePenalty, flag, `${at}.afterPolicePenalty`),
      }
    case 'breach':
      return {
        id,
        kind,
        of: choice(fact.of, ['report', 'contact', 'leave', 'changeOfPlace', 'other'], `${at}.of`),
        weight: choice(fact.weight, ['minor', 'heavier', 'serious'], `${at}.weight`),
      }
    case 'policePenalty':
      return {
        id,
        kind,
        for: maybe(fact.for, (given, place) => choice(given, ['injunctionBreach', 'other'], place), `${at}.for`),
      }
    case 'educationRefused':
      return { id, kind, afterReproof: flag(fact.afterReproof, `${at}.afterReproof`) }
    case 'medicalReviewUnfiled':
      return { id, kind, after: choice(fact.after, ['nothing', 'reproof', 'warning'], `${at}.after`) }
    default:
      return { id, kind }
  }
}

/** Reads a facts file. Refused with ZJ_LAW_FACTS_INVALID naming the place. */
export function readLadderFacts(file: unknown): LadderFacts | LawRefusal {
  return reading((): LadderFacts => {
    const given = fields(file, 'facts')
    const category = correctionCategoryOf(text(given.category, 'category'))
    if (!category) throw wrong('category', '01 | 02 | 03 | 04')
    const finding = maybe(given.stillUnreformed, fields, 'stillUnreformed')
    return {
      category,
      minor: flag(given.minor, 'minor'),
      sealed: maybe(given.sealed, flag, 'sealed'),
      on: date(given.on, 'on'),
      facts: list(given.facts, 'facts').map((entry, index) => {
        const at = `facts[${index}]`
        const fact = fields(entry, at)
        return readFact(fact, at, maybe(fact.id, text, `${at}.id`) ?? `#${index + 1}`)
      }),
      stillUnreformed: finding && {
        by: text(finding.by, 'stillUnreformed.by'),
        on: date(finding.on, 'stillUnreformed.on'),
        grounds: text(finding.grounds, 'stillUnreformed.grounds'),
      },
    }
  })
}
