import { civilDate, endOfLegalDay } from '@zhijiao/law/civil-date'
import { code } from '@zhijiao/law/codes'
import { minorAtEntry } from '@zhijiao/law/minors'
import { type Refusal, refuse } from '../core/refusals.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { standsNamed, termDoubt } from '../people/index.ts'
import { declarePractice, type Form, hint, type Moment, type Weighing } from '../procedures/index.ts'
import * as says from './refusals.ts'

type Person = NonNullable<Weighing['person']>

/** The file's entries as the form would leave them. */
function corrected(person: Person, form: Form) {
  const given = (field: string) => (typeof form[field] === 'string' && form[field] !== '' ? String(form[field]) : null)
  const mark = (field: string, now: boolean) => (given(field) === null ? now : given(field) === 'set')
  return {
    category: given('category') ?? person.category,
    term_start: given('termStart') ?? person.term_start,
    term_end: given('termEnd') ?? person.term_end,
    correction_term: given('length') ?? person.correction_term,
    minor: mark('minor', person.minor),
    sealed: mark('sealed', person.sealed),
  }
}
type Corrected = ReturnType<typeof corrected>

const changed = (person: Person, to: Corrected) =>
  Object.fromEntries(
    Object.entries(to).filter(([field, value]) => person[field as keyof Corrected] !== value),
  ) as Partial<Corrected>

function refused(person: Person, form: Form): Refusal | null {
  const to = corrected(person, form)
  if (Object.keys(changed(person, to)).length === 0) return refuse(says.NothingCorrected)
  return to.term_end < to.term_start ? refuse(says.CorrectedTerm, { start: to.term_start, end: to.term_end }) : null
}

const marks = { minor: ['未成年', 'minor'], sealed: ['记录封存', 'sealed record'] } as const

/** What is to be known of it before it is decided, beside the file as it stands. */
function hints(w: Pick<Weighing, 'law' | 'today'>, person: Person, form: Form) {
  const to = corrected(person, form)
  const { law } = w
  const is = (zh: string, en: string) => hint(law, 'good', zh, en)
  const doubt = termDoubt({
    category: to.category,
    termStart: to.term_start,
    termEnd: to.term_end,
    correctionTerm: to.correction_term,
    sentence: person.sentence,
    sentenceTerm: person.sentence_term,
  })
  const { minor } = minorAtEntry(civilDate(person.birth_date), civilDate(to.term_start))
  const category = (of: string) => code('correctionCategory', of)
  return [
    is(
      `现矫正起止：${person.term_start} 至 ${person.term_end}`,
      `Term now: ${person.term_start} to ${person.term_end}`,
    ),
    ...(to.category !== person.category
      ? [
          is(
            `矫正类别由“${category(person.category)?.zh}”改为“${category(to.category)?.zh}”`,
            `Category from ${category(person.category)?.en} to ${category(to.category)?.en}`,
          ),
        ]
      : []),
    ...(doubt ? [hint(law, 'careful', doubt.zh, doubt.en, doubt.rule)] : []),
    ...(to.term_end < w.today
      ? [
          hint(
            law,
            'careful',
            '更正后的止日已过：批准后应立即办理解除矫正',
            'The corrected last day has passed: release follows at once',
            'END-01',
          ),
        ]
      : []),
    ...(minor !== to.minor
      ? [
          hint(
            law,
            'careful',
            minor ? '矫正开始时未满十八周岁，应有未成年标记' : '矫正开始时已满十八周岁，一般不应有未成年标记',
            minor
              ? 'Under eighteen on the first day: the mark belongs here'
              : 'Of age on the first day: the mark hardly belongs here',
            'MIN-03',
          ),
        ]
      : []),
  ]
}

/** A file under protection is for named staff: whoever decides it, and the officer it stays with. */
async function namedStaff(m: Moment, person: Person, to: Corrected): Promise<Refusal | undefined> {
  for (const field of ['minor', 'sealed'] as const) {
    if (!to[field] || person[field]) continue
    const [mark, markEn] = marks[field]
    if (m.by.id && !(await standsNamed(m, m.by.id, field))) return refuse(says.DeciderNotNamed, { mark, markEn })
    if (person.officer_id && !(await standsNamed(m, person.officer_id, field)))
      return refuse(says.OfficerNotNamed, { mark, markEn })
  }
  return undefined
}

export function declareRecordCorrection(devices: Pick<DevicesDoor, 'shorten'>): void {
  declarePractice('recordCorrection', {
    weigh: async (w) => {
      if (!w.person) return []
      const empty = Object.values(w.form).every((v) => v === undefined || v === '' || v === null)
      return (empty ? null : refused(w.person, w.form)) ?? hints(w, w.person, w.form)
    },
    advise: async (w) => (w.person ? hints(w, w.person, w.forms.register ?? {}) : []),
    check: async (m, _step, way) =>
      way === 'approve' && m.person ? namedStaff(m, m.person, corrected(m.person, m.forms.register ?? {})) : undefined,
    on: {
      registered: async (m) => {
        const no = m.person ? refused(m.person, m.form) : null
        if (no) throw no
      },
      'end:corrected': async (m) => {
        const { person } = m
        if (!person) return
        const before = person.term_end
        const set = changed(person, corrected(person, m.forms.register ?? {}))
        await m.changePerson(set)
        if (set.term_end && endOfLegalDay(civilDate(set.term_end)) < endOfLegalDay(civilDate(before)))
          await devices.shorten(m, person.id, civilDate(set.term_end))
      },
    },
  })
}
