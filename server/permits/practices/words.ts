import type { Hint } from '@zhijiao/contract/matters'
import type { CivilDate } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import type { RuleId } from '@zhijiao/law/rule'
import { citationOf } from '../../core/tasks/shown.ts'
import { type BlankValue, dayWritten, type Form, type Moment } from '../../procedures/index.ts'

/** One sentence of the law or the file beside a form. */
export const hint = (law: Law, tone: Hint['tone'], rule: RuleId | null, zh: string, en: string): Hint => ({
  tone,
  said: { zh, en },
  citation: citationOf(law, rule),
})

export const textOf = (form: Form | undefined, field: string): string => String(form?.[field] ?? '')
export const dayIn = (form: Form | undefined, field: string): CivilDate | null => {
  const value = form?.[field]
  return typeof value === 'string' ? (value as CivilDate) : null
}
export const rowsIn = (form: Form | undefined, field: string): readonly Form[] => {
  const value = form?.[field]
  return Array.isArray(value) ? (value as readonly Form[]) : []
}

export const span = (from: string, until: string) => `${dayWritten(from)}至${dayWritten(until)}`

/** 告知书 D15: what was asked, what was answered and why, and what follows from it. */
export function noticeBlanks(
  { forms, law }: Moment,
  is: { about: string; why?: string; must: readonly string[]; basis: readonly RuleId[] },
): Readonly<Record<string, BlankValue>> {
  const opinions = ['province', 'city', 'countyDecides', 'county'].map((step) => textOf(forms[step], 'opinion'))
  const why = is.why ?? opinions.find((text) => text !== '')
  return {
    事项: is.about,
    ...(why ? { 理由: why } : {}),
    要求: is.must,
    依据: is.basis
      .map((rule) => law.cite(rule))
      .map(({ source, article }) => `${source}第${article}条`)
      .join('、'),
  }
}
