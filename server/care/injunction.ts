import { civilDate } from '@zhijiao/law/civil-date'
import { correctionCategoryOf } from '@zhijiao/law/codes'
import { appliesTo } from '@zhijiao/law/rule'
import { refuse } from '../core/refusals.ts'
import { fileAway } from '../people/index.ts'
import { dayWritten, declarePractice, type Form, hint, type Moment, type Weighing } from '../procedures/index.ts'
import { InjunctionNotHere, InjunctionTerm } from './refusals.ts'
import { careStore } from './store.ts'

/** Kind 01 of the code table: places that may not be entered. */
const ofPlaces = '01'
const text = (form: Form | undefined, field: string) => String(form?.[field] ?? '')

/** A ban on places is watched by a fence; says so while none binds the person. */
async function fenceHint(w: Weighing, kind: string) {
  if (kind !== ofPlaces || !w.person) return []
  const count = await careStore(w.db).forbiddenFences(w.person.id, w.today)
  return count > 0
    ? [hint(w.law, 'good', `已有 ${count} 个禁入围栏`, `${count} fence(s) of forbidden places`, 'INJ-01')]
    : [
        hint(
          w.law,
          'careful',
          '限制进入特定区域：建议在“电子围栏”中为本人设置禁入围栏，起止与禁止令一致',
          'Places are forbidden: draw a fence of each under Fences, with the same term',
          'INJ-01',
        ),
      ]
}

/** What the court forbade stands in the file, in the header, and in a letter to each place concerned. */
async function carryOut(m: Moment): Promise<void> {
  const { register = {} } = m.forms
  if (!m.person) return
  const [from, until, content] = [text(register, 'from'), text(register, 'until'), text(register, 'content')]
  await fileAway(m, m.house, {
    person: m.person.id,
    part: 'injunction',
    data: { kind: text(register, 'kind'), content, from, until, court: text(register, 'court') },
    by: m.by.id,
    now: m.now,
  })
  if (m.person.injunction === '') await m.changePerson({ injunction: content })
  for (const { name, address } of (register.places ?? []) as readonly Form[])
    await m.start('injunctionLetter', {
      whom: String(name),
      ...(address ? { address } : {}),
      content,
      term: `${dayWritten(from)}至${dayWritten(until)}`,
      contact: text(m.form, 'contact'),
      judgment: `（${text(register, 'court')}${text(register, 'number')}）`,
    })
}

/** 禁止令执行 (INJ-01, IM 39). */
export function declareInjunction(): void {
  declarePractice('injunction', {
    weigh: async (w) => {
      const category = correctionCategoryOf(w.person?.category ?? '')
      if (!category || !appliesTo(w.law.read('INJ-01'), category)) return refuse(InjunctionNotHere)
      const [from, until] = [text(w.form, 'from'), text(w.form, 'until')]
      const end = w.person?.term_end ?? ''
      if (from !== '' && until !== '' && civilDate(until) > end) return refuse(InjunctionTerm, { end })
      return [
        hint(
          w.law,
          'must',
          '登记后按期限要求本人定期报告遵守禁止令情况',
          'From now on the person reports on how it is kept',
          'REP-07',
        ),
        ...(w.person?.injunction
          ? [hint(w.law, 'good', `档案载明：${w.person.injunction}`, `On file: ${w.person.injunction}`, 'INJ-01')]
          : []),
        ...(await fenceHint(w, text(w.form, 'kind'))),
      ]
    },
    advise: (w) => fenceHint(w, text(w.forms.register, 'kind')),
    on: { 'county:confirm': carryOut },
  })
}
