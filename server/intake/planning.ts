import { plan } from '@zhijiao/contract/procedures/intake/planning'
import { placeWritten } from '@zhijiao/law/article'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { correctionCategoryOf } from '@zhijiao/law/codes'
import type { Law } from '@zhijiao/law/in-force'
import { levelsOf } from '@zhijiao/law/level-setting'
import { levelNamed } from '@zhijiao/law/levels'
import { unknownLevel } from '../core/levels.ts'
import { refuse } from '../core/refusals.ts'
import { injunctionOf } from '../obligations/index.ts'
import { dayWritten, declarePractice, type Form, hint, type Moment, type Weighing } from '../procedures/index.ts'
import { file } from './file.ts'
import { consequencesOf } from './frequencies.ts'
import * as says from './refusals.ts'
import { schoolHints } from './schooling.ts'
import { intakeStore } from './store.ts'

/** Colours of the code table as the person's header keeps them. */
const colours = { R: 'red', Y: 'yellow', B: 'blue', G: 'green' } as const
const colourWords: Readonly<Record<string, { zh: string; en: string }>> = {
  none: { zh: '未评定', en: 'not rated' },
  red: { zh: '红色（高危）', en: 'red' },
  yellow: { zh: '黄色', en: 'yellow' },
  blue: { zh: '蓝色', en: 'blue' },
  green: { zh: '绿色（平稳）', en: 'green' },
}

function declarePsychology(): void {
  declarePractice('psychology', {
    on: {
      'assess:rate': async (m) => {
        const colour = colours[m.form.colour as keyof typeof colours]
        if (colour && colour !== m.person?.colour) await m.changePerson({ colour })
      },
    },
    advise: async (w) => {
      if (!w.person) return []
      const inForce = (await intakeStore(w.db).plans(w.person.id)).at(-1)
      return inForce
        ? [
            hint(
              w.law,
              'careful',
              '评定变化的，应相应调整矫正方案',
              'If the rating changes, so does the plan',
              'INT-06',
            ),
          ]
        : [hint(w.law, 'must', '评定后据此制定矫正方案', 'The plan follows the rating', 'INT-06')]
    },
  })
}

const named = (law: Law, level: string) => levelNamed(levelsOf(law), level)

/** What the plan must answer: the rating, the level, the crime, the category, an injunction, minority. */
async function answersTo(w: Weighing) {
  const { person, law } = w
  if (!person) return []
  const store = intakeStore(w.db)
  const rated = await store.last(person.id, 'psychology', ['done'])
  const category = correctionCategoryOf(person.category)
  const level = named(law, person.level)
  const colour = colourWords[person.colour] ?? { zh: person.colour, en: person.colour }
  return [
    person.colour === 'none'
      ? hint(law, 'must', '尚未心理评估，方案应在评估之后制定', 'Not rated yet; the plan follows the rating', 'INT-06')
      : hint(
          law,
          person.colour === 'red' || person.colour === 'yellow' ? 'careful' : 'good',
          `心理危机等级：${colour.zh}${rated?.ended_at ? `（${dayWritten(legalDayOf(rated.ended_at.getTime()))}评定）` : ''}${person.colour === 'red' || person.colour === 'yellow' ? '，方案应写明心理干预措施' : ''}`,
          `Rating ${colour.en}${person.colour === 'red' || person.colour === 'yellow' ? '; the plan says what is done about it' : ''}`,
          'INT-06',
        ),
    hint(
      law,
      'good',
      `现管理级别：${level.zh}；罪名：${person.crime || '未登记'}`,
      `Level ${level.en}; crime ${person.crime || '—'}`,
      'INT-07',
    ),
    ...(person.injunction
      ? [
          hint(
            law,
            'must',
            `有禁止令：${person.injunction}，方案应写明如何监督遵守`,
            'How the injunction is watched',
            'REP-07',
          ),
        ]
      : []),
    ...(category === 'temporaryServiceOutsidePrison'
      ? [hint(law, 'must', '暂予监外执行：写明身体情况报告和病情复查安排', 'Reports of the body and reviews', 'REP-03')]
      : []),
    ...(person.minor
      ? [hint(law, 'must', '未成年人：与成年人分别进行，方案体现身心特点', 'Apart from adults', 'MIN-01')]
      : []),
    ...schoolHints(w),
  ]
}

/** The plan in force is named as the one that changes, with the reason; a first plan names none. */
async function revisionFits(m: Moment): Promise<void> {
  if (!m.person) return
  const article = placeWritten(m.law.cite('INT-06'))
  const inForce = (await intakeStore(m.db).plans(m.person.id)).at(-1)
  if (inForce && !m.form.revises) throw refuse(says.PlanThere, { id: inForce.id })
  if (m.form.revises && m.form.revises !== inForce?.id) throw refuse(says.PlanUnfit)
  if (m.form.revises && !m.form.why) throw refuse(says.WhyRevised, { article })
}

function declarePlan(): void {
  declarePractice('plan', {
    weigh: async (w) => {
      const inForce = w.person ? (await intakeStore(w.db).plans(w.person.id)).at(-1) : undefined
      return [
        ...(await answersTo(w)),
        ...(inForce?.ended_at
          ? [
              hint(
                w.law,
                'careful',
                `已有 ${legalDayOf(inForce.ended_at.getTime())} 批准的方案，本次为调整`,
                'A plan is in force; this one revises it',
                'INT-06',
              ),
            ]
          : []),
      ]
    },
    advise: answersTo,
    on: {
      registered: revisionFits,
      'end:approved': (m) => {
        const { assessment, psychology, supervision, education } = m.matter.register
        return file(m, 'plan', {
          assessment: String(assessment).slice(0, 2000),
          psychology: String(psychology).slice(0, 1000),
          measures: `${supervision}\n${education}`.slice(0, 2000),
          on: m.today,
        })
      },
    },
    blanks: async (m) => {
      const before = m.person ? (await intakeStore(m.db).plans(m.person.id)).filter((p) => p.id !== m.matter.id) : []
      const all = [...before, m.matter]
      return {
        制定人: m.matter.opened_name,
        调整记录: all.flatMap((p) => {
          const revised = all.find((other) => other.id === p.register.revises)
          if (!revised) return []
          return [
            {
              日期: legalDayOf((p.ended_at ?? new Date(m.now)).getTime()),
              调整内容: changed(revised.register, p.register),
              调整原因: String(p.register.why ?? ''),
              调整人: p.opened_name,
            },
          ]
        }),
      }
    },
  })
}

/** Which parts of a plan a later one words differently, by their titles. */
function changed(before: Form, after: Form): string {
  const parts = ['basics', 'assessment', 'psychology', 'supervision', 'education']
  const titles = plan.form.filter((f) => parts.includes(f.id) && before[f.id] !== after[f.id]).map((f) => f.zh)
  return titles.length ? `调整${titles.join('、')}` : '措施不变'
}

/** Whether the person is under an injunction today. */
const bound = async ({ db, person, law, today }: Weighing): Promise<boolean> =>
  person !== null && (await injunctionOf(db, person.id, law, today)) !== null

function declareLevel(): void {
  declarePractice('level', {
    weigh: async (w) => {
      const { person, law, form } = w
      if (!person) return []
      const now = named(law, person.level)
      const unknown = form.to === undefined ? null : unknownLevel(law, form.to, 'to')
      if (unknown) return unknown
      return [
        hint(law, 'good', `现管理级别：${now.zh}`, `Level now: ${now.en}`, 'INT-07'),
        ...(typeof form.to === 'string'
          ? consequencesOf(law, person.level, form.to, await bound(w)).map(({ zh, en }) =>
              hint(law, 'careful', zh, en, 'INT-07'),
            )
          : []),
      ]
    },
    advise: async (w) =>
      w.person
        ? consequencesOf(w.law, w.person.level, String(w.forms.register?.to), await bound(w)).map(({ zh, en }) =>
            hint(w.law, 'careful', zh, en, 'INT-07'),
          )
        : [],
    // The province may have dropped it since it was proposed.
    check: async (m, _, way) =>
      (way === 'decide' && unknownLevel(m.law, m.forms.register?.to, 'register.to')) || undefined,
    // Drafted before the level changes: what it was stands in the person's row.
    blanks: async (m) => {
      const { to = '', reason = '' } = m.forms.register ?? {}
      const [before, after] = [named(m.law, m.person?.level ?? ''), named(m.law, String(to))]
      const changes = m.person ? consequencesOf(m.law, m.person.level, String(to), await bound(m)) : []
      return {
        告知缘由: '经审查，我单位决定调整对你的管理级别，现告知如下：',
        事项: `管理级别由${before.zh}调整为${after.zh}`,
        审批结果: '决定调整',
        理由: String(reason),
        要求: [`自${dayWritten(m.today)}起按${after.zh}级别接受监督管理`, ...changes.map(({ zh }) => zh)],
        依据: placeWritten(m.law.cite('INT-07')),
      }
    },
    on: {
      registered: async (m) => {
        const level = named(m.law, String(m.form.to))
        if (m.person?.level === m.form.to) throw refuse(says.SameLevel, { level: level.zh, levelEn: level.en })
      },
      'county:decide': async (m) => {
        const { to = '', reason = '' } = m.forms.register ?? {}
        await m.changePerson({ level: String(to) })
        await file(m, 'levels', { level: String(to), from: m.today, reason: String(reason).slice(0, 200) })
      },
    },
  })
}

export function declarePlanning(): void {
  declarePsychology()
  declarePlan()
  declareLevel()
}
