import type { Hint } from '@zhijiao/contract/matters'
import { missedDays } from '@zhijiao/law/absence'
import { placeWritten } from '@zhijiao/law/article'
import { daysInclusive, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { propose } from '@zhijiao/law/ladder'
import { isRefusal } from '@zhijiao/law/refusals'
import { refuse } from '../core/refusals.ts'
import { citationOf } from '../core/tasks/shown.ts'
import { dayWritten, declarePractice, type Form, type Moment, type Weighing } from '../procedures/index.ts'
import { asBefore, backTo } from './custody.ts'
import { categoryOf } from './domain.ts'
import { CaughtNeeded, SearchIncomplete } from './refusals.ts'
import { evidenceNames } from './sanctions.ts'
import { goneUntil, uncountedFits, uncountedIn, uncountedSaid } from './uncounted.ts'

const ways = [
  ['call', '通信联络', 'calls'],
  ['check', '信息化核查', 'information check'],
  ['visit', '实地查访', 'visit'],
] as const
const howWords: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ways.map(([id, zh]) => [id, zh])),
  other: '其他方式',
}
const rowsOf = (form: Form | undefined, field: string) => (form?.[field] ?? []) as readonly Form[]

/** What lies behind: how many days the person is gone by now, and what that opens. */
function gone(w: Weighing, lostSince: unknown): readonly Hint[] {
  if (typeof lostSince !== 'string' || !w.person) return []
  const { from, to = from } = missedDays(legalDayOf(Date.parse(lostSince)), w.today)
  const days = daysInclusive(from, to)
  const answer = propose(
    {
      category: categoryOf(w.person.category),
      minor: w.person.minor,
      on: w.today < from ? from : w.today,
      facts: [{ id: 'absence', kind: 'absence', from, to, reason: 'unknown' }],
    },
    w.law,
  )
  if (isRefusal(answer)) return []
  const [mildest] = answer.proposals
  return [
    {
      tone: 'careful',
      said: {
        zh: `到今天已脱管 ${days} 日${mildest ? `，依法至少“${mildest.zh}”` : ''}。`,
        en: `Gone ${days} days by today${mildest ? `; the law's mildest is "${mildest.en}"` : ''}.`,
      },
      citation: citationOf(w.law, mildest?.grounds[0]?.citation?.id ?? 'MIS-01'),
    },
    ...answer.questions.map(
      (q): Hint => ({ tone: 'careful', said: { zh: q.zh, en: q.en }, citation: citationOf(w.law, 'MIS-05') }),
    ),
  ]
}

/** The first day of it, as the letter to the police names it: of whoever did not report the one after he was due. */
function firstMissed({ forms, cause }: Moment): string {
  const lost = legalDayOf(Date.parse(String(forms.register?.lostSince)))
  return cause?.kind === 'reception' ? plusDays(lost, 1) : lost
}

/** How it was searched, as the letter to the police tells it. */
const told = (efforts: readonly Form[]) =>
  efforts
    .map((e) => `${dayWritten(String(e.at))}${howWords[String(e.how)] ?? ''}${String(e.whom)}:${String(e.result)}`)
    .join(';')

async function beginViolation(m: Moment, type: string, until: string | null): Promise<void> {
  const { register = {}, seek = {}, count = {} } = m.forms
  await m.start('violation', {
    type,
    what: 'absence',
    from: String(register.lostSince),
    ...(until ? { until } : {}),
    description: [
      `失去联系，${String(register.noticed ?? '')}`,
      `查找经过：${told(rowsOf(seek, 'efforts'))}`,
      until ? `${dayWritten(until)}找到：${String(count.where ?? '')}` : '至今未找到',
    ]
      .join('。')
      .slice(0, 4000),
  })
}

/** Search and pursuit: whoever cannot be reached. */
export function declareMissing(): void {
  /** Found, or the search taken back: as before the search. Whoever never reported is still awaited, not in correction. */
  const backFromSearch = async (m: Moment) => {
    if (m.person?.state === 'missing') await m.changePerson({ state: await backTo(m, m.person.id) })
  }

  declarePractice('search', {
    advise: async (w) => gone(w, w.forms.register?.lostSince),
    check: async (m, step, way) => {
      if (step !== 'seek' || way !== 'notFound') return undefined
      const done = new Set(rowsOf(m.form, 'efforts').map((e) => e.how))
      const missing = ways.filter(([id]) => !done.has(id))
      if (missing.length === 0) return undefined
      const article = placeWritten(m.law.cite('MIS-01'))
      return refuse(SearchIncomplete, {
        article,
        missing: missing.map(([, zh]) => zh).join('、'),
        missingEn: missing.map(([, , en]) => en).join(', '),
      })
    },
    blanks: async (m) => ({
      查找经过: told(rowsOf(m.forms.seek, 'efforts')),
      证据: evidenceNames(m.forms),
      脱管起算日: firstMissed(m),
    }),
    on: {
      'report:sent': (m) => m.changePerson({ state: 'missing' }),
      'end:found': async (m) => {
        await backFromSearch(m)
        await beginViolation(m, String(m.forms.count?.type), String(m.forms.count?.foundAt))
      },
      'end:gone': (m) => beginViolation(m, '99', null),
      'end:withdrawn': backFromSearch,
    },
  })

  declarePractice('pursuit', {
    advise: async (w) => {
      if (w.matter.step !== 'handover') return []
      const moved = uncountedIn(w, w.form)
      return [await goneUntil(w, w.forms.hunt?.caughtOn), moved ? uncountedSaid(w.law, moved) : null].filter(
        (said) => said !== null,
      )
    },
    check: async (m, step, way) => {
      if (step === 'handover') return uncountedFits(m, m.form)
      return step === 'hunt' && way === 'caught' && !(m.form.caughtOn && m.form.where)
        ? refuse(CaughtNeeded)
        : undefined
    },
    on: {
      'hunt:caught': async (m) => {
        if (m.person?.state === 'missing') await m.changePerson({ state: 'detained' })
      },
      'end:withdrawn': asBefore,
    },
  })
}
