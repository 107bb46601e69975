import type { Hint } from '@zhijiao/contract/matters'
import { placeWritten } from '@zhijiao/law/article'
import { type CivilDate, civilDate, dayNumber, isCivilDate, legalDayOf } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import { isRefusal } from '@zhijiao/law/refusals'
import { correctionTerm } from '@zhijiao/law/term'
import { type Refusal, refuse } from '../core/refusals.ts'
import { type Form, hint, type Weighing } from '../procedures/index.ts'
import { categoryOf } from './domain.ts'
import { OnlyOutsidePrison, SentenceEndNeeded } from './refusals.ts'
import { conductStore } from './store.ts'

const outside = (w: Pick<Weighing, 'person'>) =>
  categoryOf(w.person?.category ?? '') === 'temporaryServiceOutsidePrison'

/** What does not count towards a sentence, and when it ends therefore (CPL 268). */
export interface Uncounted {
  readonly days: number
  readonly ends: CivilDate
}

const daysOf = (form: Form | undefined) => Number(form?.fraudDays ?? 0) + Number(form?.escapeDays ?? 0)

/** The last form that says anything of it decides: what the organ found goes before what was proposed. */
export function uncountedIn(
  w: Pick<Weighing, 'person'>,
  ...forms: readonly (Form | undefined)[]
): Uncounted | undefined {
  const said = forms.findLast((form) => form?.fraudDays !== undefined || form?.escapeDays !== undefined)
  const ends = forms.findLast((form) => form?.sentenceEnds !== undefined)?.sentenceEnds
  const days = daysOf(said)
  if (!w.person || !outside(w) || days <= 0 || typeof ends !== 'string' || !isCivilDate(ends)) return undefined
  const term = correctionTerm({
    category: 'temporaryServiceOutsidePrison',
    start: civilDate(w.person.term_start),
    sentenceEnds: civilDate(ends),
    daysNotCounted: days,
  })
  return isRefusal(term) ? undefined : { days, ends: term.lastDay }
}

export function uncountedSaid(law: Law, { days, ends }: Uncounted): Hint {
  return hint(
    law,
    'must',
    `骗取的监外期间与脱逃期间共 ${days} 日不计入执行刑期，刑期止日为 ${ends}。`,
    `${days} days obtained by fraud or of escape do not count; the sentence ends on ${ends}.`,
    'TRM-09',
  )
}

/** Days without the day they are added to say nothing, and nobody else has such days. */
export function uncountedFits(
  w: Pick<Weighing, 'person' | 'law'>,
  ...forms: readonly (Form | undefined)[]
): Refusal | undefined {
  if (daysOf(forms.at(-1)) <= 0) return undefined
  const article = placeWritten(w.law.cite('TRM-09'))
  if (!outside(w)) return refuse(OnlyOutsidePrison, { article })
  return forms.some((form) => form?.sentenceEnds !== undefined) ? undefined : refuse(SentenceEndNeeded, { article })
}

/** How long somebody was gone by the file, from the day he was lost to the day before he was caught; null where nobody knows. */
export async function goneUntil(w: Weighing, caughtOn: unknown): Promise<Hint | null> {
  if (!w.person || !outside(w) || typeof caughtOn !== 'string') return null
  const lost = await conductStore(w.db).lostSince(w.person.id)
  if (!lost) return null
  const from = legalDayOf(Date.parse(lost))
  const days = dayNumber(civilDate(caughtOn)) - dayNumber(from)
  if (days <= 0) return null
  return hint(
    w.law,
    'careful',
    `档案所记失联自 ${from} 起，至 ${caughtOn} 抓获共 ${days} 日；认定为脱逃的，填入“脱逃期间”，不计入执行刑期。`,
    `By the file he was lost from ${from} until he was caught on ${caughtOn}, ${days} days; found to be escape, they do not count.`,
    'TRM-09',
  )
}
