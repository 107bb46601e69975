import { isCivilDate } from '@zhijiao/law/civil-date'
import { correctionCategoryOf } from '@zhijiao/law/codes'
import type { Law } from '@zhijiao/law/in-force'
import type { RuleId } from '@zhijiao/law/rule'
import { doubtOfTerm } from '@zhijiao/law/term-doubt'
import { citationOf } from '../core/tasks/shown.ts'

/** A term as it stands in a file, a form or a sheet; lengths as the judgment words them. */
export interface StatedTerm {
  readonly category: string
  readonly termStart: string
  readonly termEnd: string
  readonly correctionTerm?: string | null | undefined
  readonly sentence?: string | null | undefined
  readonly sentenceTerm?: string | null | undefined
}

/** `rule`: what it rests on. `expected`: the last day that the length gives. */
export interface TermDoubtWords {
  readonly zh: string
  readonly en: string
  readonly rule: RuleId
  readonly expected: string | null
}

/** What does not fit together in a term, in words; null where nothing does not. Never a refusal: the judgment rules. */
export function termDoubt(stated: StatedTerm): TermDoubtWords | null {
  const category = correctionCategoryOf(stated.category)
  if (!category || !isCivilDate(stated.termStart) || !isCivilDate(stated.termEnd)) return null
  const doubt = doubtOfTerm({
    category,
    start: stated.termStart,
    lastDay: stated.termEnd,
    length: stated.correctionTerm ?? '',
    penalty: stated.sentence ?? '',
    penaltyLength: stated.sentenceTerm ?? '',
  })
  if (!doubt) return null
  if (doubt.kind === 'length')
    return {
      rule: doubt.cites,
      expected: null,
      zh: `矫正期限 ${doubt.months} 个月不在法定范围内，请对照裁判文书核对类别、刑期和期限`,
      en: `No judgment may give ${doubt.months} months here: compare category, penalty and length with the judgment`,
    }
  const from = doubt.kind === 'otherDay' ? `从起日算 ${doubt.months} 个月，` : '止日是起日的对应日，可能多算了一天；'
  return {
    rule: doubt.cites,
    expected: doubt.expected,
    zh: `${from}末日应为 ${doubt.expected}，不是 ${stated.termEnd}，请对照裁判文书核对`,
    en: `${doubt.kind === 'otherDay' ? `${doubt.months} months from the first day` : 'Probably one day too long: it'} should end on ${doubt.expected}, not ${stated.termEnd}; compare with the judgment`,
  }
}

/** The same as a screen shows it, with its article. */
export function shownDoubt(law: Law, stated: StatedTerm) {
  const doubt = termDoubt(stated)
  return (
    doubt && { said: { zh: doubt.zh, en: doubt.en }, citation: citationOf(law, doubt.rule), expected: doubt.expected }
  )
}
