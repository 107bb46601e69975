import { missedDays } from '@zhijiao/law/absence'
import { placesWritten, placeWritten } from '@zhijiao/law/article'
import { type CivilDate, civilDate, legalDayOf } from '@zhijiao/law/civil-date'
import { type CorrectionCategory, correctionCategoryOf } from '@zhijiao/law/codes'
import type { Law } from '@zhijiao/law/in-force'
import type { LadderAnswer, Proposal } from '@zhijiao/law/ladder'
import type { LadderFact, LadderFacts, StillUnreformed } from '@zhijiao/law/ladder-facts'
import { occursIn } from '@zhijiao/law/ladder-grounds'
import { type LadderStep, ladderSteps } from '@zhijiao/law/ladder-steps'
import { type Refusal, refuse } from '../core/refusals.ts'
import type { Form } from '../procedures/index.ts'
import * as says from './refusals.ts'
import type { Lived } from './store.ts'

/** A violation under decision: its forms so far, `register`, `check`, `office`. */
export interface Examined {
  readonly id: string
  readonly forms: Readonly<Record<string, Form>>
}

const dayOf = (value: unknown): CivilDate => {
  const text = String(value)
  return text.length > 10 ? legalDayOf(Date.parse(text)) : civilDate(text)
}
const sanctions = ['admonition', 'warning', 'policePenalty'] as const
/** Ends by which a sanction really came about. */
const given: Readonly<Record<(typeof sanctions)[number], string>> = {
  admonition: 'given',
  warning: 'given',
  policePenalty: 'penalised',
}

/** Sanctions that stand in the file. */
export const sanctionsOf = (lived: readonly Lived[]): readonly (Lived & { kind: (typeof sanctions)[number] })[] =>
  lived.filter(
    (m): m is Lived & { kind: (typeof sanctions)[number] } =>
      (sanctions as readonly string[]).includes(m.kind) && m.end === given[m.kind as (typeof sanctions)[number]],
  )

/**
 * Whether the police penalised somebody for breaching his injunction before he breached it again (2011 Rules, 12(2)): what
 * they penalised is the violation that led to it.
 */
const penalisedBefore = (breached: unknown, before: readonly Lived[]): boolean =>
  sanctionsOf(before).some(
    (s) =>
      s.kind === 'policePenalty' &&
      before.some((v) => v.id === s.cause && v.forms.register?.what === 'injunctionBreach') &&
      String(s.forms.police?.answeredOn ?? s.on) < dayOf(breached),
  )

/** Whether it was excused: a proper reason, or leave given beforehand. */
const excused = (check: Form | undefined) => check?.excuse === 'proper' || check?.authorised === true

/**
 * The fact a violation establishes, weighed on a day; null where it was excused and so is none. Whoever is still gone
 * has missed as many days as if he were found on the day of the weighing, which is not over.
 */
export function factOf({ id, forms }: Examined, before: readonly Lived[], on: CivilDate): LadderFact | null {
  const { register = {}, check, office } = forms
  const what = register.what
  if (what === 'absence') {
    const missed = missedDays(dayOf(register.from), register.until ? dayOf(register.until) : on)
    const reason = check?.authorised ? 'proper' : (check?.excuse ?? 'unknown')
    return { id, kind: 'absence', ...missed, reason: reason === 'none' || reason === 'proper' ? reason : 'unknown' }
  }
  if (excused(check)) return null
  switch (what) {
    case 'injunctionBreach':
      return {
        id,
        kind: 'injunctionBreach',
        graverHarm: office?.graverHarm === true,
        afterPolicePenalty: office?.penalised === true || penalisedBefore(register.from, before),
      }
    case 'educationRefused':
      return { id, kind: 'educationRefused', afterReproof: office?.reproved === true }
    case 'medicalReviewUnfiled': {
      const warned = sanctionsOf(before).some(
        (s) =>
          s.kind === 'warning' &&
          before.some((v) => v.id === s.cause && v.forms.register?.what === 'medicalReviewUnfiled'),
      )
      return { id, kind: 'medicalReviewUnfiled', after: warned ? 'warning' : office?.reproved ? 'reproof' : 'nothing' }
    }
    case 'report':
    case 'contact':
    case 'leave':
    case 'changeOfPlace':
    case 'other': {
      const { weight } = office ?? {}
      return { id, kind: 'breach', of: what, weight: weight === 'heavier' || weight === 'serious' ? weight : 'minor' }
    }
    default:
      return null
  }
}

/** A ground of recommitment that stands by itself, without a violation (IM 49). */
export type PlainGround = Extract<
  LadderFact,
  { kind: 'notEligible' | 'leftAndWarnedInVain' | 'untraceable' | 'causeGoneTermLeft' | 'guarantorLost' }
>['kind']

export interface FileOfConduct {
  readonly category: CorrectionCategory
  readonly minor: boolean
  readonly on: CivilDate
  readonly lived: readonly Lived[]
}

/**
 * What the ladder is asked: the violation under decision, every sanction that stands, and earlier breaches of an
 * injunction where this is another one (three make it serious). A fact that was answered does not count a second time.
 */
export function ladderFacts(
  file: FileOfConduct,
  now: Examined | null,
  more: { readonly ground?: PlainGround; readonly stillUnreformed?: StillUnreformed } = {},
): LadderFacts {
  const before = file.lived.filter((m) => m.id !== now?.id)
  const fact = now && factOf(now, before, file.on)
  const established = before.filter(
    (m) =>
      m.kind === 'violation' && m.end !== null && !['unfounded', 'excused', 'withdrawn', 'settled'].includes(m.end),
  )
  const again =
    fact?.kind === 'injunctionBreach'
      ? established
          .filter((m) => m.forms.register?.what === 'injunctionBreach')
          .flatMap((m) => factOf(m, [], file.on) ?? [])
      : []
  return {
    category: file.category,
    minor: file.minor,
    on: file.on,
    facts: [
      ...again,
      ...(fact ? [fact] : []),
      ...(more.ground ? [{ id: more.ground, kind: more.ground }] : []),
      ...sanctionsOf(before).map(({ id, kind }): LadderFact => ({ id, kind })),
    ],
    ...(more.stillUnreformed ? { stillUnreformed: more.stillUnreformed } : {}),
  }
}

/** The step of the ladder that each way of the county's decision stands for. */
export const stepOfWay: Readonly<Record<string, LadderStep>> = {
  admonish: 'admonition',
  warn: 'warning',
  police: 'policePenalty',
  revokeSuspension: 'revokeSuspendedSentence',
  revokeParole: 'revokeParole',
  recommit: 'recommit',
}
/** Where a step ends a category that it does not fit: the article that says so. */
const confined: Readonly<Partial<Record<LadderStep, readonly [CorrectionCategory[], string]>>> = {
  policePenalty: [['control', 'suspendedSentence', 'temporaryServiceOutsidePrison'], '实施办法 36'],
  revokeSuspendedSentence: [['suspendedSentence'], '实施办法 46'],
  revokeParole: [['parole'], '实施办法 47'],
  recommit: [['temporaryServiceOutsidePrison'], '实施办法 49'],
}
const categoryWords: Readonly<Record<CorrectionCategory, { zh: string; en: string }>> = {
  control: { zh: '管制', en: 'control' },
  suspendedSentence: { zh: '缓刑', en: 'a suspended sentence' },
  parole: { zh: '假释', en: 'parole' },
  temporaryServiceOutsidePrison: { zh: '暂予监外执行', en: 'temporary service outside prison' },
}

/** What only some categories can do, with the rule that says so. */
const unfitBy = { injunctionBreach: 'INJ-01', medicalReviewUnfiled: 'REP-04' } as const

/** Whether what was noticed can happen in this category: nobody on parole has an injunction to breach (CL 38, 72). */
export function happensTo(
  what: { readonly id: string; readonly zh: string; readonly en: string } | undefined,
  category: CorrectionCategory,
  law: Pick<Law, 'cite'>,
): true | Refusal {
  const kind = what?.id === 'injunctionBreach' || what?.id === 'medicalReviewUnfiled' ? what.id : undefined
  if (!what || !kind || occursIn(kind, category)) return true
  const { zh, en } = categoryWords[category]
  return refuse(says.FactUnfit, {
    what: what.zh,
    whatEn: what.en,
    category: zh,
    categoryEn: en,
    article: placeWritten(law.cite(unfitBy[kind])),
  })
}

/** Whether a step exists for this category at all: no police penalty for parole (PEN-08). */
export function fits(step: LadderStep, category: CorrectionCategory): true | Refusal {
  const [of, article] = confined[step] ?? []
  if (!of || of.includes(category)) return true
  const { zh, en } = categoryWords[category]
  return refuse(says.NotThisCategory, {
    chosen: ladderSteps[step].zh,
    chosenEn: ladderSteps[step].en,
    category: zh,
    categoryEn: en,
    article: article && placesWritten(article),
  })
}

/** Whether the law's answer bears this step: neither milder than its mildest nor without a ground. */
export function bears(
  answer: LadderAnswer,
  step: LadderStep | 'talk',
  category: CorrectionCategory,
): Proposal | true | Refusal {
  const chosen = step === 'talk' ? { zh: '批评教育', en: 'Talk', severity: 0 } : ladderSteps[step]
  if (step !== 'talk') {
    const fit = fits(step, category)
    if (fit !== true) return fit
  }
  const [mildest] = answer.proposals
  if (mildest && chosen.severity < mildest.severity) {
    const [ground] = mildest.grounds
    return refuse(says.TooMild, {
      chosen: chosen.zh,
      chosenEn: chosen.en,
      lawful: mildest.zh,
      lawfulEn: mildest.en,
      article: placesWritten(mildest.article),
      ground: ground?.zh,
      groundEn: ground?.en,
    })
  }
  if (step === 'talk') return true
  return (
    answer.proposals.find((p) => p.step === step) ??
    refuse(says.NoGround, {
      chosen: chosen.zh,
      chosenEn: chosen.en,
      open: answer.proposals.map((p) => p.zh).join('、') || '批评教育',
      openEn: answer.proposals.map((p) => p.en).join(', ') || 'talk',
      asks: answer.questions.map((q) => q.zh).join(''),
      asksEn: answer.questions.map((q) => q.en).join(' '),
    })
  )
}

/** The category of a file; codes of old files that are none of the four are read as control, which ends mildest. */
export const categoryOf = (code: string): CorrectionCategory => correctionCategoryOf(code) ?? 'control'

/** How many of a sanction stand in the file. */
export const countOf = (lived: readonly Lived[], kind: (typeof sanctions)[number]): number =>
  sanctionsOf(lived).filter((s) => s.kind === kind).length
