import type { Hint } from '@zhijiao/contract/matters'
import { placeWritten } from '@zhijiao/law/article'
import { plusMonths } from '@zhijiao/law/civil-date'
import { isRefusal } from '@zhijiao/law/refusals'
import { refuse } from '../core/refusals.ts'
import { citationOf } from '../core/tasks/shown.ts'
import { declarePractice, type Practice, type Weighing } from '../procedures/index.ts'
import { countsHint, fileOf } from './answer.ts'
import { categoryOf, countOf, fits } from './domain.ts'
import { fileGiven, fileProposal } from './filed.ts'
import { groundsSaid, itemsOf, resting } from './grounds.ts'
import { signedByAnother } from './hands.ts'
import { unfitForMinor } from './minors.ts'
import * as says from './refusals.ts'
import { conductStore } from './store.ts'

const words = {
  admonition: { zh: '训诫', en: 'An admonition' },
  warning: { zh: '警告', en: 'A warning' },
  policePenalty: { zh: '提请治安管理处罚', en: 'A proposal of a police penalty' },
} as const
type Sanction = keyof typeof words
/** Blank of the decision that names the items of its article. */
const itemBlanks = { admonition: '依据(34条项)', warning: '依据(35条项)' } as const

/** A sanction answers an examined violation: the county said there that this follows. */
export function unexamined(w: Weighing, kind: string, zh: string, en: string) {
  return w.cause?.kind === 'violation' && w.cause.person_id === w.person?.id && w.cause.end_id === kind
    ? undefined
    : refuse(says.Unexamined, { name: zh, nameEn: en })
}

const sanction = (kind: Sanction): Pick<Practice, 'weigh' | 'advise'> => ({
  weigh: async (w) => unexamined(w, kind, words[kind].zh, words[kind].en) ?? hintsOfFile(w),
  advise: hintsOfFile,
})
const hintsOfFile = async (w: Weighing): Promise<readonly Hint[]> => {
  const counts = countsHint(await fileOf(w))
  return counts ? [counts] : []
}

export function declareSanctions(): void {
  for (const kind of ['admonition', 'warning'] as const)
    declarePractice(kind, {
      ...sanction(kind),
      files: fileGiven(kind === 'warning' ? 'P2' : 'P1'),
      check: async (m, step) => (step === 'serve' ? unfitForMinor(m, m.form) : undefined),
      blanks: async (m) => ({
        决定: `给予${words[kind].zh}一次${kind === 'warning' ? `（第${Number(m.forms.register?.count ?? 1)}次）` : ''}`,
        异议权: '以书面或者口头形式向本机构提出',
        [itemBlanks[kind]]: groundsSaid('listed', m.forms.register, m.forms.register?.clause),
      }),
      on: {
        registered: async (m) => {
          const lacks = resting(m.form, m.form.clause)
          if (lacks) throw lacks
        },
        'end:given': async (m) => {
          const { lived } = await fileOf(m)
          await m.ledger.append({
            kind: `${kind}.given`,
            org: m.matter.org_code,
            person: m.matter.person_id,
            subject: m.matter.id,
            cites: [kind === 'warning' ? 'PEN-02' : 'PEN-01', 'PEN-09'],
            payload: {
              count: countOf(lived, kind),
              grounds: [...itemsOf(m.forms.register)],
              clause: m.forms.register?.clause ?? '',
            },
          })
        },
      },
    })

  declarePractice('policePenalty', {
    files: fileProposal('policePenalty', 'P3', ['penalised', 'notPenalised'], 'police'),
    weigh: async (w) => {
      const fit = fits('policePenalty', categoryOf(w.person?.category ?? ''))
      if (fit !== true) return fit
      return unexamined(w, 'policePenalty', words.policePenalty.zh, words.policePenalty.en) ?? hintsOfFile(w)
    },
    advise: hintsOfFile,
    check: signedByAnother,
    blanks: async (m) => ({
      证据目录: evidenceNames(m.forms),
      依据: groundsSaid('described', m.forms.register, m.forms.register?.basis),
    }),
    on: {
      registered: async (m) => {
        const lacks = resting(m.form, m.form.basis)
        if (lacks) throw lacks
      },
    },
  })

  declarePractice('commendation', {
    files: fileGiven('R1'),
    weigh: async (w) => {
      if (w.form.ground !== 'conduct') return []
      const early = await tooEarly(w)
      if (early) return early
      const last = (await fileOf(w)).lived.filter((m) => m.end === 'given').at(-1)
      return [
        {
          tone: 'must',
          said: { zh: '四项条件须逐项核实。', en: 'All four tests are checked one by one.' },
          citation: citationOf(w.law, 'AWD-01'),
        },
        ...(last
          ? [
              {
                tone: 'careful' as const,
                said: {
                  zh: `${last.on} 曾受处罚，请说明此后的表现。`,
                  en: `Sanctioned on ${last.on}: say how it went since.`,
                },
                citation: null,
              },
            ]
          : []),
      ]
    },
    check: async (m, step) => (step === 'serve' ? unfitForMinor(m, m.form) : undefined),
    blanks: async (m, paper, way) => ({
      决定: way === 'drop' ? '不予表扬' : paper === 'D17a' && way === undefined ? '建议给予表扬一次' : '给予表扬一次',
      依据:
        m.forms.register?.ground === 'deed'
          ? '有见义勇为、抢险救灾等突出表现'
          : `接受社区矫正满 ${monthsAsked(m) ?? ''} 个月并具备规定的四项条件`,
    }),
    on: {
      registered: async (m) => {
        const all = ['obeys', 'abides', 'rules', 'learns'].every((test) => m.form[test] === true)
        const article = placeWritten(m.law.cite('AWD-01'))
        if (m.form.ground === 'conduct' && !all) throw refuse(says.TestsMissing, { article })
      },
    },
  })
}

/** Months of correction before conduct alone is commended, from the day on which the person was taken in (AWD-01). */
async function tooEarly(w: Weighing) {
  const months = monthsAsked(w)
  if (months === null || !w.person) return undefined
  const from = plusMonths(await conductStore(w.db).takenIn(w.person.id), months)
  const article = placeWritten(w.law.cite('AWD-01'))
  return w.today < from ? refuse(says.MonthsMissing, { months, article, from }) : undefined
}

function monthsAsked({ law }: Pick<Weighing, 'law'>): number | null {
  const rule = law.rule('AWD-01')
  return isRefusal(rule) || typeof rule.value !== 'number' ? null : rule.value
}

/** Names of the evidence as a paper lists them. */
export function evidenceNames(forms: Readonly<Record<string, { readonly evidence?: unknown }>>): readonly string[] {
  const rows = (forms.prepare?.evidence ?? forms.register?.evidence ?? forms.report?.evidence ?? []) as readonly {
    name?: string
    from?: string
  }[]
  return rows.map((row) => (row.from ? `${row.name}（${row.from}）` : String(row.name ?? '')))
}
