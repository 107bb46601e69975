import { type CivilDate, civilDate } from '@zhijiao/law/civil-date'
import { putOffBy } from '@zhijiao/law/clock-changes'
import { dueOf } from '@zhijiao/law/due'
import { medicalReviewCompetence } from '@zhijiao/law/medical-review'
import { isRefusal } from '@zhijiao/law/refusals'
import { refuse } from '../../core/refusals.ts'
import { obligationActs, reviewDue } from '../../obligations/index.ts'
import { declarePractice, type Form, type Weighing } from '../../procedures/index.ts'
import { ReviewOnly, ReviewTooLate } from '../refusals.ts'
import { hint, noticeBlanks, textOf } from './words.ts'

const levelWords = {
  county: { zh: '县级社区矫正机构', en: 'the county agency' },
  city: { zh: '上一级（市级）社区矫正机构', en: 'the next level up, the city agency' },
  province: { zh: '省级社区矫正机构（逐级上报）', en: 'the provincial agency, level by level' },
} as const
/** The rule under which each level decides: who had a review in hand before a correction keeps it, and the notice says so. */
const decides = [
  ['countyDecides', 'REP-04'],
  ['city', 'REP-05'],
  ['province', 'REP-06'],
] as const
const levelAt = { countyDecides: 'county', city: 'city', province: 'province' } as const

/**
 * The latest day of the next review: the approved length from the day on which the running one is due, or where none runs
 * from the day on which one after the last review would be.
 */
async function latestOf(
  { db, law, person }: Weighing,
  { register }: Readonly<Record<string, Form>>,
): Promise<CivilDate | null> {
  const months = monthsOf(register)
  if (!person || months <= 0) return null
  const due = await reviewDue(db, person.id)
  const counted = due ?? dueOf('REP-04', textOf(register ?? {}, 'lastReview'), { law })
  const from = typeof counted === 'string' ? counted : isRefusal(counted) ? null : counted.due
  return from ? putOffBy(civilDate(from), months) : null
}
const monthsOf = (form: Weighing['form'] | undefined) => Number(form?.months ?? 0)

/** 病情复查延期: who decides follows from how long; whoever is seriously ill outside prison, nobody else. */
export function practiseReview(): void {
  declarePractice('medicalReview', {
    weigh: async (w) => {
      const state = textOf(w.form, 'state')
      if (w.person && w.person.category !== '04' && w.person.category !== 'temporaryServiceOutsidePrison')
        return refuse(ReviewOnly)
      if (state !== '' && state !== '01') return refuse(ReviewOnly)
      const months = monthsOf(w.form)
      if (months <= 0) return []
      const { level, rule } = medicalReviewCompetence(months, w.law)
      const who = levelWords[level]
      return [
        hint(
          w.law,
          'must',
          rule,
          `延长 ${months} 个月，由${who.zh}批准，并告知县级人民检察院。`,
          `Put off by ${months} months: ${who.en} decides; the county procuratorate is told.`,
        ),
      ]
    },
    route: (m, step, way) => {
      const { level } = medicalReviewCompetence(monthsOf(m.forms.register), m.law)
      if (step === 'office') return level === 'county' ? 'countyDecides' : 'county'
      if (step === 'county' && way === 'report') return level === 'province' ? 'cityOpinion' : 'city'
      return undefined
    },
    advise: async (w) => {
      if (w.matter.step !== 'tell') return []
      const latest = await latestOf(w, w.forms)
      return latest
        ? [
            hint(
              w.law,
              'must',
              'REP-04',
              `下次复查最迟 ${latest}（原届满日起延长 ${monthsOf(w.forms.register)} 个月）；登记告知后，本人的复查义务改到所填日期，其间不计未履行。`,
              `Next review by ${latest} at the latest (${monthsOf(w.forms.register)} months from the day it was due). Once told, the duty moves to the day filled in and nothing is missed before it.`,
            ),
          ]
        : []
    },
    check: async (m, step) => {
      if (step !== 'tell') return undefined
      const latest = await latestOf(m, m.forms)
      return latest && String(m.form.nextReview) > latest ? refuse(ReviewTooLate, { latest }) : undefined
    },
    on: {
      'end:approved': async (m) => {
        const acts = obligationActs(m.db, m.house, m.ledger)
        const row = m.person ? await acts.store.runningOf(m.person.id, 'medicalReview') : undefined
        const until = civilDate(String(m.form.nextReview))
        if (!row || until < m.today) return
        const who = decides.findLast(([step]) => m.forms[step])?.[0] ?? 'countyDecides'
        await acts.putOff(
          row,
          { ...m.by, permissions: new Set<string>() },
          { until, matter: m.matter.id, agreedWith: levelWords[levelAt[who]].zh, agreedOn: m.today },
        )
      },
    },
    blanks: async (m) =>
      noticeBlanks(m, {
        about: `病情复查延期 ${monthsOf(m.forms.register)} 个月`,
        must: ['病情变化立即报告', '在延长的期限届满前到指定医院复查并提交结果', '每月报告身体情况'],
        basis: decides.flatMap(([step, rule]) => (m.forms[step] ? [rule] : [])),
      }),
  })
}
