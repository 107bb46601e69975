import { fiveClears, talk } from '@zhijiao/contract/procedures/care/contacts'
import { correctionCategoryOf } from '@zhijiao/law/codes'
import { refuse } from '../core/refusals.ts'
import { blanksOf, declarePractice, hint, type Weighing } from '../procedures/index.ts'
import * as says from './refusals.ts'

const outside = (w: Pick<Weighing, 'person'>) =>
  correctionCategoryOf(w.person?.category ?? '') === 'temporaryServiceOutsidePrison'

function declareReport(): void {
  declarePractice('report', {
    weigh: async (w) => [
      ...(outside(w)
        ? [hint(w.law, 'must', '暂予监外执行:按期报告身体情况', 'Reports of the body are due', 'REP-03')]
        : []),
      ...(w.person?.injunction
        ? [hint(w.law, 'must', '有禁止令:定期报告遵守情况', 'Reports on keeping the injunction', 'REP-07')]
        : []),
      ...(((w.form.changed ?? []) as readonly string[]).includes('home')
        ? [hint(w.law, 'careful', '居所变化可能需要变更执行地,请核实', 'A new home may be a change of place', 'REP-02')]
        : []),
    ],
    on: {
      registered: async (m) => {
        if ((m.form.what === 'body' || m.form.what === 'review') && !outside(m)) {
          const { source, article } = m.law.cite('REP-03')
          throw refuse(says.NotOutside, { article: `${source} ${article}` })
        }
      },
    },
  })
}

function declareTalk(): void {
  declarePractice('talk', {
    weigh: async (w) => {
      const unclear = fiveClears.filter((id) => w.form[id] === 'unclear' || w.form[id] === 'partly')
      const labels = unclear.flatMap((id) => talk.form.find((f) => f.id === id)?.zh ?? [])
      return unclear.length
        ? [
            hint(
              w.law,
              'careful',
              `${labels.join('、')}还不清楚,写明下一步怎么了解`,
              `${unclear.join(', ')} not clear yet: say how it will be found out`,
            ),
          ]
        : []
    },
    blanks: async (m) => {
      const filled = blanksOf(talk, m.forms)
      const clears = fiveClears.flatMap((id) => {
        const label = talk.form.find((f) => f.id === id)?.zh ?? ''
        const note = filled[`${label}说明`]
        return [`${label}:${filled[label] ?? ''}${note ? `。${note}` : ''}`]
      })
      return {
        人员: `谈话人:${m.form.by ?? ''}${m.form.recorder ? `;记录人:${m.form.recorder}` : ''}`,
        内容: [...clears, String(m.form.content ?? ''), ...(m.form.teach ? [`教育措施:${m.form.teach}`] : [])].join(
          '\n',
        ),
      }
    },
  })
}

export function declareContacts(): void {
  declareReport()
  declareTalk()
}
