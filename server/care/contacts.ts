import { fiveClears, talk } from '@zhijiao/contract/procedures/care/contacts'
import { placeWritten } from '@zhijiao/law/article'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { correctionCategoryOf } from '@zhijiao/law/codes'
import { levelsOf } from '@zhijiao/law/level-setting'
import { refuse } from '../core/refusals.ts'
import { injunctionOf, obligationActs } from '../obligations/index.ts'
import { fileAway } from '../people/index.ts'
import { blanksOf, dayWritten, declarePractice, hint, type Moment, type Weighing } from '../procedures/index.ts'
import * as says from './refusals.ts'
import { careStore } from './store.ts'

const outside = (w: Pick<Weighing, 'person'>) =>
  correctionCategoryOf(w.person?.category ?? '') === 'temporaryServiceOutsidePrison'

/** The duty that a report of this kind answers. */
const duties = {
  regular: 'report',
  injunction: 'injunctionReport',
  body: 'bodyReport',
  review: 'medicalReview',
} as const

/** The duty that was due is done by the report, in the same transaction: nobody ticks it off a second time. */
async function fulfilDuty(m: Moment): Promise<void> {
  if (!m.person) return
  const on = legalDayOf(Date.parse(String(m.form.at)))
  const what = String(m.form.what)
  const duty = duties[what as keyof typeof duties]
  // The file's list of reports is what a regular report is counted by; the others are read in the business itself.
  const row =
    what === 'regular'
      ? await fileAway(m, m.house, {
          person: m.person.id,
          part: 'reports',
          data: { on, mode: String(m.form.mode), content: String(m.form.content).slice(0, 2000) },
          by: m.by.id,
          now: m.now,
        })
      : m.matter.id
  const due = duty ? await careStore(m.db).dutyDue(m.person.id, duty, on) : undefined
  if (due) await obligationActs(m.db, m.house, m.ledger).fulfil(due, m.by, { on, shownBy: row })
}

/** A visit and a talk stand in the file's list of both. */
async function fileVisit(m: Moment, kind: 'home' | 'talk', who: string, content: string): Promise<void> {
  if (!m.person) return
  const on = legalDayOf(Date.parse(String(m.form.at)))
  await fileAway(m, m.house, {
    person: m.person.id,
    part: 'visits',
    data: { on, kind, with: who.slice(0, 60), content: content.slice(0, 2000) },
    by: m.by.id,
    now: m.now,
  })
}

/** Whether an injunction is to be reported on, and that such a report without one answers nothing. */
async function ofInjunction({ db, person, law, today, form }: Weighing) {
  const inForce = person ? await injunctionOf(db, person.id, law, today) : null
  if (inForce) {
    const until = dayWritten(inForce.until)
    return [
      hint(
        law,
        'must',
        `禁止令至${until}有效：定期报告遵守情况`,
        `Under an injunction until ${inForce.until}: reports on keeping it`,
        'REP-07',
      ),
    ]
  }
  return form.what === 'injunction'
    ? [
        hint(
          law,
          'careful',
          '档案中没有今日有效的禁止令，请核对报告种类和禁止令期限',
          'No injunction on file is in force today: check the kind of report, and the term on file',
          'REP-07',
        ),
      ]
    : []
}

function declareReport(): void {
  declarePractice('report', {
    weigh: async (w) => [
      ...(outside(w)
        ? [hint(w.law, 'must', '暂予监外执行：按期报告身体情况', 'Reports of the body are due', 'REP-03')]
        : []),
      ...(await ofInjunction(w)),
      ...(((w.form.changed ?? []) as readonly string[]).includes('home')
        ? [
            hint(
              w.law,
              'careful',
              '居所变化可能需要变更执行地，请核实',
              'A new home may be a change of place',
              'REP-02',
            ),
          ]
        : []),
    ],
    on: {
      registered: async (m) => {
        if ((m.form.what === 'body' || m.form.what === 'review') && !outside(m)) {
          const article = placeWritten(m.law.cite('REP-03'))
          throw refuse(says.NotOutside, { article })
        }
        await fulfilDuty(m)
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
              `${labels.join('、')}还不清楚，写明下一步怎么了解`,
              `${unclear.join(', ')} not clear yet: say how it will be found out`,
            ),
          ]
        : []
    },
    on: {
      registered: (m) => fileVisit(m, 'talk', String(m.form.by), String(m.form.content)),
    },
    blanks: async (m) => {
      const filled = blanksOf(talk, m.forms, levelsOf(m.law))
      const clears = fiveClears.flatMap((id) => {
        const label = talk.form.find((f) => f.id === id)?.zh ?? ''
        const note = filled[`${label}说明`]
        return [`${label}：${filled[label] ?? ''}${note ? `。${note}` : ''}`]
      })
      return {
        人员: `谈话人：${m.form.by ?? ''}${m.form.recorder ? `；记录人：${m.form.recorder}` : ''}`,
        内容: [...clears, String(m.form.content ?? ''), ...(m.form.teach ? [`教育措施：${m.form.teach}`] : [])].join(
          '\n',
        ),
      }
    },
  })
}

export function declareContacts(): void {
  declarePractice('visit', {
    on: { registered: (m) => fileVisit(m, 'home', String(m.form.met), String(m.form.found)) },
  })
  declareReport()
  declareTalk()
}
