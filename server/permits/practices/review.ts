import { medicalReviewCompetence } from '@zhijiao/law/medical-review'
import { refuse } from '../../core/refusals.ts'
import { declarePractice, type Weighing } from '../../procedures/index.ts'
import { ReviewOnly } from '../refusals.ts'
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
    blanks: async (m) =>
      noticeBlanks(m, {
        about: `病情复查延期 ${monthsOf(m.forms.register)} 个月`,
        must: ['病情变化立即报告', '在延长的期限届满前到指定医院复查并提交结果', '每月报告身体情况'],
        basis: decides.flatMap(([step, rule]) => (m.forms[step] ? [rule] : [])),
      }),
  })
}
