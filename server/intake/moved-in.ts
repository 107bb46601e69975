import { movedIn } from '@zhijiao/contract/procedures/intake/moved-in'
import type { RuleId } from '@zhijiao/law/rule'
import { type Refusal, refuse } from '../core/refusals.ts'
import { declarePractice, hint, type Moment, needed, type Weighing } from '../procedures/index.ts'
import { MovedInMissing, OfficerElsewhere } from './refusals.ts'
import { intakeStore } from './store.ts'

/** What is done anew in the new county, and the rule that asks for it. */
const anew: readonly {
  readonly kind: string
  readonly ends: readonly string[]
  zh: string
  en: string
  rule: RuleId
}[] = [
  { kind: 'team', ends: ['recorded'], zh: '矫正小组', en: 'the team', rule: 'INT-02' },
  { kind: 'responsibility', ends: ['recorded'], zh: '矫正责任书', en: 'the letter of responsibility', rule: 'INT-05' },
  { kind: 'announcement', ends: ['done'], zh: '入矫宣告', en: 'the announcement', rule: 'INT-04' },
]

/** What has not been done since he moved here. */
async function missing({ db, person }: Pick<Weighing, 'db' | 'person'>, since: Date) {
  if (!person) return []
  const store = intakeStore(db)
  const found = await Promise.all(anew.map(({ kind, ends }) => store.last(person.id, kind, ends)))
  return anew.filter((_, at) => (found[at]?.opened_at ?? new Date(0)) < since)
}

async function officerFits(m: Moment): Promise<Refusal | undefined> {
  const lacking = needed(movedIn, 'assign', m.form, ['officer'])
  if (lacking) return lacking
  const staff = await intakeStore(m.db).staff(String(m.form.officer))
  return staff?.active && m.org.startsWith(staff.org_code) ? undefined : refuse(OfficerElsewhere)
}

/** 转入接收: begun when he reports (执行地变更), it names his officer and ends once team and announcement are done anew. */
export function declareMovedIn(): void {
  declarePractice('movedIn', {
    advise: async (w) => {
      if (w.matter.step !== 'join')
        return [hint(w.law, 'must', '档案已转入，先明确责任人', 'The file is here: name an officer first', 'INT-01')]
      const left = await missing(w, w.matter.opened_at)
      return left.length === 0
        ? [hint(w.law, 'good', '矫正小组、责任书、宣告均已办理', 'Team, letter and announcement are done', 'INT-01')]
        : left.map(({ zh, en, rule }) =>
            hint(w.law, 'must', `转入后尚未办理：${zh}`, `Not done since the move: ${en}`, rule),
          )
    },
    check: async (m, step) => {
      if (step === 'assign') return officerFits(m)
      const left = await missing(m, m.matter.opened_at)
      return left.length > 0
        ? refuse(MovedInMissing, {
            what: left.map(({ zh }) => zh).join('、'),
            whatEn: left.map(({ en }) => en).join(', '),
          })
        : undefined
    },
    on: { 'assign:assign': (m) => m.changePerson({ officer_id: String(m.form.officer) }) },
  })
}
