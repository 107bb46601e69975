/**
 * Terms (期限): of correction (TRM-01 … TRM-10), of an electronic positioning device (Law 29), and of recurrent travel.
 * A term includes its first day and ends one day before its anniversary (TRM-07); no holiday lengthens it.
 */
import { type CivilDate, daysInclusive, earlier, endOfLegalDay, partsOf, plusDays, plusMonths } from './civil-date.ts'
import type { CorrectionCategory } from './codes.ts'
import { type LawRefusal, refuse } from './refusals.ts'
import type { RuleId } from './rule.ts'

/**
 * Last day of a penalty or probation of whole months that begins on `start` (TRM-07): 2024-08-09 and 12 months give
 * 2025-08-08. Whole years run to the day before the same day; months begun on the last day of a month to the day before
 * the last day of a month, so that three from 28 February end on 30 May (SPC 2021, 202: 以月计算的刑期).
 */
export function lastDayOfTerm(start: CivilDate, months: number): CivilDate {
  const nextDay = plusDays(start, 1)
  const fromLast = partsOf(nextDay).day === 1 && months % 12 !== 0
  return fromLast ? plusDays(plusMonths(nextDay, months), -2) : plusDays(plusMonths(start, months), -1)
}

/**
 * The soonest last day that whole months can be read to have: the day before the same day of the month, or of its last.
 * A measure and an approval bind the authority and take it; a floor does, so that no ruling is refused that counted so.
 */
const soonestLastDay = (start: CivilDate, months: number): CivilDate => plusDays(plusMonths(start, months), -1)

/** What the judgment, ruling or decision says of the term, by category. Days and months are whole numbers. */
export type Judgment =
  | {
      readonly category: 'control'
      readonly start: CivilDate
      /** 3–24 (CL 38); up to 36 for several crimes punished together (CL 69). */
      readonly months: number
      /** Days in custody before; each counts as two (CL 41). */
      readonly custodyDays?: number
      readonly severalCrimes?: boolean
    }
  | {
      readonly category: 'suspendedSentence'
      /** Day the judgment became final (CL 73). */
      readonly start: CivilDate
      readonly sentence: 'criminalDetention' | 'imprisonment'
      readonly sentenceMonths: number
      /** Probation pronounced. */
      readonly months: number
      /** The probation was shortened on commutation: only its floor holds (SPC 2016, 18). */
      readonly commuted?: boolean
    }
  | {
      readonly category: 'parole'
      /** Day of release on parole. */
      readonly start: CivilDate
      /** Last day of the sentence; `life` for life imprisonment, whose probation is ten years (CL 83). */
      readonly sentenceEnds: CivilDate | 'life'
    }
  | {
      readonly category: 'temporaryServiceOutsidePrison'
      readonly start: CivilDate
      readonly sentenceEnds: CivilDate
      /** Last day for which the cause was granted, e.g. the end of nursing; absent when it has no set end. */
      readonly causeEnds?: CivilDate
      /** Days obtained by fraud or spent escaped, which do not count (CPL 268). */
      readonly daysNotCounted?: number
    }

export interface CorrectionTerm {
  readonly category: CorrectionCategory
  readonly start: CivilDate
  /** Last day of correction. */
  readonly lastDay: CivilDate
  readonly days: number
  readonly cites: readonly RuleId[]
}

const outOfRange = (detail: string) => refuse('ZJ_LAW_TERM_OUT_OF_RANGE', { detail })
const within = (months: number, min: number, max: number) => Number.isInteger(months) && months >= min && months <= max

/** The term of correction that a judgment gives. Refused with ZJ_LAW_TERM_OUT_OF_RANGE when the law does not allow it. */
export function correctionTerm(judgment: Judgment): CorrectionTerm | LawRefusal {
  const { category, start } = judgment
  const upTo = (lastDay: CivilDate, cites: readonly RuleId[]): CorrectionTerm | LawRefusal =>
    lastDay < start
      ? outOfRange(`${start} > ${lastDay}`)
      : { category, start, lastDay, days: daysInclusive(start, lastDay), cites }

  switch (judgment.category) {
    case 'control': {
      const most = judgment.severalCrimes ? 36 : 24
      if (!within(judgment.months, 3, most)) return outOfRange(`TRM-01: ${judgment.months} ∉ 3–${most}`)
      const credit = (judgment.custodyDays ?? 0) * 2
      return upTo(plusDays(lastDayOfTerm(start, judgment.months), -credit), ['TRM-01', 'TRM-02', 'TRM-07'])
    }
    case 'suspendedSentence': {
      const { sentence, sentenceMonths, months, commuted } = judgment
      const [floor, most] = probation[sentence]
      const least = commuted ? floor : Math.max(floor, sentenceMonths)
      const limits: RuleId = sentence === 'criminalDetention' ? 'TRM-03' : 'TRM-04'
      if (!within(months, least, most)) return outOfRange(`${limits}: ${months} ∉ ${least}–${most}`)
      return upTo(lastDayOfTerm(start, months), [
        limits,
        'TRM-05',
        'TRM-07',
        ...(commuted ? (['TRM-10'] as const) : []),
      ])
    }
    case 'parole':
      return judgment.sentenceEnds === 'life'
        ? upTo(lastDayOfTerm(start, 120), ['TRM-06', 'TRM-07'])
        : upTo(judgment.sentenceEnds, ['TRM-06'])
    case 'temporaryServiceOutsidePrison': {
      const sentenceEnds = plusDays(judgment.sentenceEnds, judgment.daysNotCounted ?? 0)
      return upTo(earlier(judgment.causeEnds ?? sentenceEnds, sentenceEnds), ['TRM-09'])
    }
  }
}

/** Least and most probation of a suspended sentence by the kind of penalty, months (CL 73). */
const probation = { criminalDetention: [2, 12], imprisonment: [12, 60] } as const

/** The earliest last day that a commutation may leave of a probation that began on `start` (TRM-10). */
export function commutedFloor(start: CivilDate, sentence: keyof typeof probation): CivilDate {
  return soonestLastDay(start, probation[sentence][0])
}

/** The five grounds of an electronic positioning device (电子定位装置, Law 29). */
export const deviceGrounds = {
  injunctionBreach: { clause: 1, zh: '违反人民法院禁止令', en: 'Breached an injunction' },
  leftWithoutApproval: {
    clause: 2,
    zh: '无正当理由，未经批准离开所居住的市、县',
    en: 'Left the city or county of residence without approval and without proper reason',
  },
  refusedToReport: {
    clause: 3,
    zh: '拒不按照规定报告自己的活动情况，被给予警告',
    en: 'Refused to report as required and was warned',
  },
  policePenalty: {
    clause: 4,
    zh: '违反监督管理规定，被给予治安管理处罚',
    en: 'Received a public security penalty for a breach of supervision rules',
  },
  revocationProposed: {
    clause: 5,
    zh: '拟提请撤销缓刑、假释或者暂予监外执行收监执行',
    en: 'Revocation or recommitment is about to be proposed',
  },
} as const

export type DeviceGround = keyof typeof deviceGrounds

/** Longest term of a device and of each extension, months (EPD-03, EPD-04). */
export const deviceTermMonths = 3

/** Legal days on which a device may be used, both included. */
export interface DeviceTerm {
  readonly start: CivilDate
  readonly lastDay: CivilDate
}

const refuseDevice = (detail: string) => refuse('ZJ_LAW_DEVICE_TERM_REFUSED', { detail })

/** The latest lawful last day of a device term that begins on `start`, never after the correction itself. */
export function latestDeviceDay(start: CivilDate, correctionLastDay: CivilDate): CivilDate {
  return earlier(soonestLastDay(start, deviceTermMonths), correctionLastDay)
}

/**
 * The term of a first approval. Refused with ZJ_LAW_DEVICE_TERM_REFUSED when it is longer than three months, ends before
 * it begins, or outlives the correction.
 */
export function deviceTerm(term: DeviceTerm, correctionLastDay: CivilDate): DeviceTerm | LawRefusal {
  const latest = latestDeviceDay(term.start, correctionLastDay)
  if (term.lastDay < term.start) return refuseDevice(`${term.start} > ${term.lastDay}`)
  return term.lastDay > latest
    ? refuseDevice(`${term.lastDay} > ${latest}`)
    : { start: term.start, lastDay: term.lastDay }
}

export interface DeviceExtension {
  /** Day of the fresh assessment, and of the approval by the head of the county judicial administration. */
  readonly assessedOn: CivilDate
  readonly approvedOn: CivilDate
  readonly lastDay: CivilDate
}

/**
 * The term that follows without a gap: assessed within the running one, approved after that and before its end, at most
 * three months long. A lapsed term is not extended; it needs a new ground and approval.
 */
export function extendDevice(
  running: DeviceTerm,
  { assessedOn, approvedOn, lastDay }: DeviceExtension,
  correctionLastDay: CivilDate,
): DeviceTerm | LawRefusal {
  if (assessedOn < running.start) return refuseDevice(`评估/assessed ${assessedOn} < ${running.start}`)
  if (approvedOn < assessedOn) return refuseDevice(`批准/approved ${approvedOn} < 评估/assessed ${assessedOn}`)
  if (approvedOn > running.lastDay) return refuseDevice(`批准/approved ${approvedOn} > ${running.lastDay}`)
  return deviceTerm({ start: plusDays(running.lastDay, 1), lastDay }, correctionLastDay)
}

/** The instants in which positions may be taken: `start` ≤ t < `end`, milliseconds UTC. */
export interface ActivationTerm {
  readonly start: number
  readonly end: number
}

/**
 * The term of an activation: from the instant it starts until 00:00 Asia/Shanghai of the day after the last lawful day,
 * cut short by removal, release, custody, death or transfer at `cutAt`. A cut before the start leaves it empty.
 */
export function activationTerm(startMs: number, lastDay: CivilDate, cutAt?: number): ActivationTerm {
  const end = Math.min(endOfLegalDay(lastDay), cutAt ?? Number.POSITIVE_INFINITY)
  return { start: startMs, end: Math.max(startMs, end) }
}

/** Whether a fix taken at `ms` falls inside the term. The time of the fix decides, not that of its arrival. */
export function isWithinTerm({ start, end }: ActivationTerm, ms: number): boolean {
  return ms >= start && ms < end
}

/** Months for which an approval of recurrent travel (经常性跨市县活动) is valid; afterwards a new application (LVE-12). */
export const recurrentTravelMonths = 6

/** The last day of an approval of recurrent travel that begins on `start`. */
export function recurrentTravelLastDay(start: CivilDate): CivilDate {
  return soonestLastDay(start, recurrentTravelMonths)
}
