/** Which step each fact opens, article by article (IM 34–36, 46–49; SPC 516, 543). */
import { type CivilDate, daysInclusive, plusMonths } from './civil-date.ts'
import type { CorrectionCategory } from './codes.ts'
import type { Law } from './in-force.ts'
import type { LadderFact, LadderFacts } from './ladder-facts.ts'
import { type LadderStep, lastStepOf } from './ladder-steps.ts'
import { type LawRefusal, refuse } from './refusals.ts'
import { appliesTo, type RuleId } from './rule.ts'

/** A ground and the step it opens. With `floor` its facts admit no milder step. */
export interface Opening {
  readonly step: LadderStep
  readonly floor: boolean
  readonly rule: RuleId | null
  readonly article: string
  readonly zh: string
  readonly en: string
  readonly restsOn: readonly string[]
}

/** What a person must answer before a stricter step is open. */
export interface Question {
  readonly asks: 'stillUnreformed' | 'properReason' | 'reproof'
  readonly zh: string
  readonly en: string
  readonly restsOn: readonly string[]
}

export interface Weighed {
  readonly openings: readonly Opening[]
  readonly questions: readonly Question[]
}

type Kind = LadderFact['kind']
type Of<K extends Kind> = Extract<LadderFact, { kind: K }>

/** Grounds of recommitment that a fact alone gives (IM 49, SPC 516). */
const recommitment = {
  notEligible: { clause: 1, zh: '不符合暂予监外执行条件', en: 'Not eligible for temporary service outside prison' },
  leftAndWarnedInVain: {
    clause: 2,
    zh: '未经批准离开，经警告拒不改正',
    en: 'Left without approval and warned in vain',
  },
  untraceable: {
    clause: 2,
    zh: '拒不报告行踪，脱离监管',
    en: 'Refuses to report whereabouts and is out of supervision',
  },
  causeGoneTermLeft: {
    clause: 6,
    zh: '暂予监外执行情形消失，刑期未满',
    en: 'The cause is gone and the sentence is not served',
  },
  guarantorLost: {
    clause: 7,
    zh: '丧失保证人，未在期限内提出新的保证人',
    en: 'The guarantor is lost and not replaced in time',
  },
} as const satisfies Partial<Record<Kind, { clause: number; zh: string; en: string }>>

const recommitmentKinds = Object.keys(recommitment) as readonly (keyof typeof recommitment)[]
/** The item of IM 49 that such a ground is; null for any other word. */
export function recommitmentItem(kind: string): string | null {
  const found = recommitmentKinds.find((known) => known === kind)
  return found ? `49.${recommitment[found].clause}` : null
}

/** Kinds of fact that occur only in some categories (CL 38, 72; IM 24, 49). */
const confined: Readonly<Partial<Record<Kind, readonly CorrectionCategory[]>>> = {
  injunctionBreach: ['control', 'suspendedSentence'],
  medicalReviewUnfiled: ['temporaryServiceOutsidePrison'],
  ...Object.fromEntries(recommitmentKinds.map((kind) => [kind, ['temporaryServiceOutsidePrison']])),
}

/** Whether a kind of fact can occur in a category at all. */
export const occursIn = (kind: Kind, category: CorrectionCategory): boolean =>
  confined[kind]?.includes(category) ?? true

/** Clause of IM 46, 47 or 49 under which absence, warnings, penalty and other serious breach end the correction. */
const endings = {
  suspendedSentence: {
    absence: ['MIS-05', '实施办法 46(2)；刑诉法解释 543'],
    injunction: ['INJ-03', '实施办法 46(1)；刑诉法解释 543'],
    policePenalty: ['PEN-07', '实施办法 46(3)；刑诉法解释 543'],
    warnings: ['PEN-04', '实施办法 46(4)；刑诉法解释 543'],
    serious: [null, '实施办法 46(5)；刑诉法解释 543'],
  },
  parole: {
    absence: ['MIS-05', '实施办法 47(1)；刑诉法解释 543'],
    warnings: ['PEN-05', '实施办法 47(2)；刑诉法解释 543'],
    serious: [null, '实施办法 47(3)；刑法 86'],
  },
  temporaryServiceOutsidePrison: {
    // More than a month out of supervision is read as refusing to report one's whereabouts (SPC 516(2)).
    absence: ['REV-10', '实施办法 49(2)；刑诉法解释 516(2)'],
    policePenalty: ['PEN-07', '实施办法 49(3)；刑诉法解释 516(3)'],
    warnings: ['PEN-06', '实施办法 49(4)；刑诉法解释 516(4)'],
    serious: ['REV-10', '实施办法 49(8)；刑诉法解释 516(8)'],
  },
  control: {
    injunction: ['PEN-08', '实施办法 36'],
    warnings: ['PEN-08', '实施办法 36'],
    serious: ['PEN-08', '实施办法 36'],
  },
} as const satisfies Record<CorrectionCategory, Partial<Record<Ending, readonly [RuleId | null, string]>>>

type Ending = 'absence' | 'injunction' | 'policePenalty' | 'warnings' | 'serious'

function endingOf(category: CorrectionCategory, ending: Ending): readonly [RuleId | null, string] | undefined {
  const table: Partial<Record<Ending, readonly [RuleId | null, string]>> = endings[category]
  return table[ending]
}

/** Weighs every fact. Refused with ZJ_LAW_FACTS_INVALID where one cannot occur in the category or ends before it begins. */
export function openings(
  { category, on, facts, stillUnreformed }: LadderFacts,
  law: Pick<Law, 'read'>,
): Weighed | LawRefusal {
  const found: Opening[] = []
  const questions: Question[] = []
  const open = (
    step: LadderStep,
    rule: RuleId | null,
    article: string,
    zh: string,
    en: string,
    restsOn: readonly string[],
    floor = true,
  ) => found.push({ step, floor, rule, article, zh, en, restsOn })
  /** Beside the step itself, the county may ask the police for a penalty where the category has that path (PEN-08). */
  const policeToo = (zh: string, en: string, restsOn: readonly string[]) => {
    if (appliesTo(law.read('PEN-08'), category)) open('policePenalty', 'PEN-08', '实施办法 36', zh, en, restsOn, false)
  }
  const end = (ending: Ending, zh: string, en: string, restsOn: readonly string[], floor = true): boolean => {
    const clause = endingOf(category, ending)
    if (clause) open(lastStepOf[category], clause[0], clause[1], zh, en, restsOn, floor)
    return clause !== undefined
  }
  const ask = (asks: Question['asks'], zh: string, en: string, restsOn: readonly string[]) =>
    questions.push({ asks, zh, en, restsOn })
  const idsOf = (kind: Kind) => facts.filter((fact) => fact.kind === kind).map(({ id }) => id)

  for (const fact of facts) {
    if (!occursIn(fact.kind, category))
      return refuse('ZJ_LAW_FACTS_INVALID', { detail: `${fact.id}: ${fact.kind} ∉ ${category}` })
    switch (fact.kind) {
      case 'absence': {
        const last = fact.to ?? on
        if (last < fact.from) return refuse('ZJ_LAW_FACTS_INVALID', { detail: `${fact.id}: ${fact.from} > ${last}` })
        absence(fact, last)
        break
      }
      case 'breach':
        breach(fact)
        break
      case 'educationRefused':
        if (fact.afterReproof)
          open(
            'admonition',
            'PEN-01',
            '实施办法 34(3)',
            '不按规定参加教育学习等活动，经教育仍不改正',
            'Skipped education after reproof',
            [fact.id],
          )
        else ask('reproof', '是否已批评教育并记录？', 'Has the person been reproved, on record?', [fact.id])
        break
      case 'medicalReviewUnfiled':
        medicalReview(fact)
        break
    }
  }
  injunction(idsOf('injunctionBreach'))
  for (const kind of recommitmentKinds)
    for (const id of idsOf(kind)) {
      const { clause, zh, en } = recommitment[kind]
      open('recommit', 'REV-10', `实施办法 49(${clause})；刑诉法解释 516(${clause})`, zh, en, [id])
    }
  repeated()
  return { openings: found, questions }

  function absence({ id, from, reason }: Of<'absence'>, last: CivilDate): void {
    if (reason === 'proper') return
    const days = daysInclusive(from, last)
    const overMonth = last >= plusMonths(from, 1)
    if (days <= Number(law.read('MIS-03').value))
      return void open(
        'admonition',
        'MIS-03',
        '实施办法 34(1)',
        `脱管或逾期报到 ${days} 日，未超过十日`,
        `Absent or late ${days} days, not over ten`,
        [id],
      )
    const [zh, en] = [`脱管或逾期报到 ${days} 日，超过十日`, `Absent or late ${days} days, over ten`]
    const ends = overMonth && reason === 'none'
    if (
      ends &&
      end(
        'absence',
        `无正当理由脱管或逾期报到 ${days} 日，超过一个月`,
        `Absent or late ${days} days without reason, over one month`,
        [id],
      )
    )
      return
    open('warning', 'MIS-04', '实施办法 35(2)', zh, en, [id])
    policeToo(zh, en, [id])
    if (overMonth && reason === 'unknown')
      ask('properReason', '脱管超过一个月：是否有正当理由？', 'Absent over one month: was there a proper reason?', [id])
  }

  function breach({ id, of, weight }: Of<'breach'>): void {
    if (weight === 'minor')
      open(
        'admonition',
        'PEN-01',
        of === 'other' ? '实施办法 34(4)' : '实施办法 34(2)',
        '违反监督管理规定，情节轻微',
        'Minor breach of supervision rules',
        [id],
      )
    else if (weight === 'serious')
      end('serious', '违反监督管理规定，情节严重', 'Serious breach of supervision rules', [id])
    else {
      const [zh, en] = ['违反监督管理规定，情节较重', 'Heavier breach of supervision rules']
      open('warning', 'PEN-02', of === 'other' ? '实施办法 35(6)' : '实施办法 35(3)', zh, en, [id])
      policeToo(zh, en, [id])
      // Any breach short of a crime may end a parole (CL 86); the county weighs whether this one should.
      if (category === 'parole') end('serious', zh, en, [id], false)
    }
  }

  function medicalReview({ id, after }: Of<'medicalReviewUnfiled'>): void {
    const [zh, en] = ['不按规定提交病情复查情况', 'Medical review not filed']
    if (after === 'nothing')
      ask(
        'reproof',
        '未提交病情复查：是否已批评教育并记录？',
        'Medical review not filed: has the person been reproved, on record?',
        [id],
      )
    else if (after === 'reproof')
      open('warning', 'PEN-02', '实施办法 35(4)', `${zh}，经教育仍不改正`, `${en} after reproof`, [id])
    else
      open(
        'recommit',
        'REV-10',
        '实施办法 49(5)；刑诉法解释 516(5)',
        `${zh}，经警告拒不改正`,
        `${en} after a warning`,
        [id],
      )
  }

  /** Breach of an injunction is never answered below a warning (INJ-04); a serious one ends the correction (INJ-03). */
  function injunction(ids: readonly string[]): void {
    if (ids.length === 0) return
    const penalised = facts.some((fact) => fact.kind === 'policePenalty' && fact.for === 'injunctionBreach')
    const graver = facts.some(
      (fact) => fact.kind === 'injunctionBreach' && (fact.graverHarm || (fact.afterPolicePenalty ?? penalised)),
    )
    if (graver || ids.length >= Number(law.read('INJ-03').value))
      return void end('injunction', '违反禁止令，情节严重', 'Serious breach of an injunction', ids)
    const [zh, en] = ['违反禁止令，情节轻微', 'Slight breach of an injunction']
    open('warning', 'INJ-04', '实施办法 35(1)', zh, en, ids)
    policeToo(zh, en, ids)
  }

  /** Earlier sanctions in vain: open only on a named person's finding. */
  function repeated(): void {
    const admonitions = idsOf('admonition')
    const warnings = idsOf('warning')
    const penalties = idsOf('policePenalty')
    const tooMany = (ids: readonly string[], id: RuleId) => ids.length >= Number(law.read(id).value)
    const inVain = [
      tooMany(admonitions, 'PEN-03') && {
        ids: admonitions,
        open: (ids: readonly string[]) =>
          open(
            'warning',
            'PEN-03',
            '实施办法 35(5)',
            '两次训诫后仍不改正',
            'Still unreformed after two admonitions',
            ids,
          ),
      },
      tooMany(warnings, 'PEN-04') && {
        ids: warnings,
        open: (ids: readonly string[]) =>
          end('warnings', '两次警告后仍不改正', 'Still unreformed after two warnings', ids),
      },
      penalties.length > 0 &&
        endingOf(category, 'policePenalty') !== undefined && {
          ids: penalties,
          open: (ids: readonly string[]) =>
            end('policePenalty', '受治安管理处罚后仍不改正', 'Still unreformed after a public security penalty', ids),
        },
    ].filter((ground) => ground !== false)
    for (const ground of inVain) {
      if (stillUnreformed) ground.open([...ground.ids, 'stillUnreformed'])
      else
        ask(
          'stillUnreformed',
          '是否认定仍不改正？须由认定人署名并写明事实。',
          'Is the person found still unreformed? The finding is signed and states its facts.',
          ground.ids,
        )
    }
  }
}
