import type { Hint } from '@zhijiao/contract/matters'
import { missingPapers, reception } from '@zhijiao/contract/procedures/intake/reception'
import { civilDate, dayNumber, endOfLegalDay, isCivilDate } from '@zhijiao/law/civil-date'
import { code, correctionCategoryOf } from '@zhijiao/law/codes'
import { dueOf } from '@zhijiao/law/due'
import { isRefusal } from '@zhijiao/law/refusals'
import type { RuleId } from '@zhijiao/law/rule'
import type { House } from '../core/house.ts'
import { type Refusal, refuse } from '../core/refusals.ts'
import { documentsIn } from '../documents/index.ts'
import {
  type BlankValue,
  dayWritten,
  declarePractice,
  type Effect,
  type Form,
  hint,
  type Moment,
  materialBlanks,
  needed,
  runningMatter,
  type Weighing,
} from '../procedures/index.ts'
import { file } from './file.ts'
import * as says from './refusals.ts'
import { OfficeElsewhere, OfficerElsewhere } from './refusals.ts'
import { askSchool, schoolHints } from './schooling.ts'
import { intakeStore } from './store.ts'

interface Paper {
  readonly paper: string
  readonly copies?: number
  readonly state: 'there' | 'missing'
}
/** The rows of the form's table; what is not said to be missing has come. */
const papersOf = (form: Form): readonly Paper[] =>
  ((form.papers ?? []) as readonly Form[]).map(({ paper, copies, state }) => ({
    paper: String(paper),
    ...(typeof copies === 'number' ? { copies } : {}),
    state: state === 'missing' ? 'missing' : 'there',
  }))
const missingOf = (form: Form) =>
  papersOf(form)
    .filter((p) => p.state === 'missing')
    .map((p) => ({ paper: p.paper }))
const thereOf = (form: Form) => papersOf(form).filter((p) => p.state === 'there')

/** Whoever serves outside prison is handed over, everybody else reports himself (Law 21). */
const escorted = (w: Pick<Weighing, 'person'>) =>
  correctionCategoryOf(w.person?.category ?? '') === 'temporaryServiceOutsidePrison'
const ruleFor = (w: Pick<Weighing, 'person'>): RuleId => (escorted(w) ? 'RPT-02' : 'RPT-01')

/** Last day to report; null while it cannot be counted. */
function reportBy(w: Pick<Weighing, 'person' | 'law'>, form: Form): string | null {
  const due = dueOf(ruleFor(w), String(form.effectiveOn ?? ''), { law: w.law })
  return isRefusal(due) ? null : due.due
}

/** Code of `reportStatus`: in time, late, or not reported. */
function statusOf(m: Moment): string {
  const { await: came, handover, searching } = m.forms
  const on = m.form.reportedOn ?? searching?.reportedOn ?? came?.reportedOn ?? handover?.reportedOn
  const due = reportBy(m, m.forms.register ?? {})
  if (!on) return '03'
  return due && String(on) > due ? '02' : '01'
}

const minuteMs = 60_000
const names = (papers: readonly Paper[]) => papers.map((p) => p.paper).join('、')

/** The receipt for what came; what did not come is named in it. */
async function draftReceipt(m: Moment): Promise<void> {
  if (!m.form.papersOn) return
  const there = thereOf(m.form)
  await documentsIn(m, m.house).draft({
    template: 'D06a',
    org: m.matter.org_code,
    person: m.matter.person_id,
    subject: m.matter.id,
    on: m.today,
    values: {
      文书名称: names(there) || '见附单',
      份数: there.map((p) => `${p.paper}${p.copies ?? 1}份`).join('、') || '见附单',
      收到日期: String(m.form.papersOn),
      缺失项:
        missingOf(m.form)
          .map((p) => p.paper)
          .join('、') || '无',
    },
    by: { id: m.by.id || null, name: m.by.name },
  })
}

/** What an assessment of the same person may be filed under, also while a master key is being changed. */
const filedUnder = (
  { vault }: Pick<House, 'vault'>,
  { identity_cipher }: Pick<NonNullable<Weighing['person']>, 'identity_cipher'>,
) => vault.blinds('identity', vault.open('identity', identity_cipher))

const registered: Effect = async (m) => {
  const store = intakeStore(m.db)
  if (m.person)
    for (const known of await store.assessmentsOf(filedUnder(m.house, m.person)))
      await store.takeIn(known.id, m.person.id)
  await file(m, 'sentence', {
    effectiveOn: String(m.form.effectiveOn),
    ...(m.form.organKind === '01' ? { court: String(m.form.organ).slice(0, 80) } : {}),
  })
  await draftReceipt(m)
  const missing = m.form.papersOn ? missingOf(m.form) : [{ paper: '全部法律文书' }]
  if (missing.length > 0)
    await m.start('missingPapers', {
      organ: m.form.organ ?? '',
      missing,
      ...(thereOf(m.form).length ? { names: names(thereOf(m.form)).slice(0, 400) } : {}),
      ...(m.form.papersOn ? { receivedOn: m.form.papersOn } : {}),
    })
}

/** The day on which what was missing came, as the step says that received it. */
const arrivedOn = (forms: Moment['forms']): string | undefined =>
  [forms.reminded?.arrivedOn, forms.wait?.arrivedOn].find((on) => typeof on === 'string')

/**
 * Whoever did not come is searched for at once. He is lost since the last minute of the day on which he was due: that day
 * is the one that is not counted (CPL 105), so that the ladder counts as many days as he reports late.
 */
const search: Effect = async (m) => {
  const due = reportBy(m, m.forms.register ?? {})
  if (!m.person || (await runningMatter(m.db, m.person.id, 'search'))) return
  const since = due && isCivilDate(due) ? Math.min(endOfLegalDay(civilDate(due)) - minuteMs, m.now) : m.now
  await m.start('search', {
    lostSince: new Date(since).toISOString(),
    noticed: `应于${due ? dayWritten(due) : '规定期限'}前报到，期满未报到。${m.form.said ?? ''}`.slice(0, 1000),
  })
}

const received: Effect = async (m) => {
  const { office, officer } = m.form
  await file(m, 'correction', {
    receivedOn: String(m.form.receivedOn),
    receiveMode: String(m.form.mode),
    reportStatus: statusOf(m),
    ...(escorted(m) && m.form.physical ? { physical: String(m.form.physical) } : {}),
    ...(escorted(m) && m.form.hospital ? { hospital: String(m.form.hospital) } : {}),
    ...(m.form.handoverOrgan ? { handover: String(m.form.handoverOrgan) } : {}),
  })
  if (typeof office === 'string') await intakeStore(m.db).moveMatter(m.matter.id, office)
  await m.changePerson({
    state: 'inCorrection',
    ...(typeof office === 'string' ? { org_code: office } : {}),
    ...(typeof officer === 'string' ? { officer_id: officer } : {}),
  })
  await askSchool(m)
  // 入矫后第一件事: the evaluation is on somebody's desk before the first talk.
  if (m.person && !(await runningMatter(m.db, m.person.id, 'psychology')))
    await m.start('psychology', { occasion: 'entry' })
  // Whoever serves a sentence may not leave the country: the county has the report on its desk from this day (LVE-14).
  const store = intakeStore(m.db)
  if (
    m.person &&
    !(await runningMatter(m.db, m.person.id, 'exitBan')) &&
    !(await store.last(m.person.id, 'exitBan', ['reported']))
  )
    await m.start('exitBan', {})
}

/** Whether the day he reported fits the way that is taken. */
function inItsTime(m: Moment, way: string): Refusal | undefined {
  const due = reportBy(m, m.forms.register ?? {})
  const on = String(m.form.reportedOn)
  if (!due) return undefined
  if (way === 'inTime' && on > due) return refuse(says.ReportedLate, { due, on })
  return way === 'late' && on <= due ? refuse(says.ReportedInTime, { due, on }) : undefined
}

async function unitFits(m: Moment): Promise<Refusal | undefined> {
  const store = intakeStore(m.db)
  const { office, officer } = m.form
  const unit = typeof office === 'string' ? await store.unit(office) : undefined
  if (office && !(unit?.active && unit.level === 'office' && unit.code.startsWith(m.by.unit.slice(0, 6))))
    return refuse(OfficeElsewhere)
  if (typeof officer !== 'string') return undefined
  const staff = await store.staff(officer)
  return staff?.active && String(office ?? m.org).startsWith(staff.org_code) ? undefined : refuse(OfficerElsewhere)
}

const daysLate = (due: string, on: string) => dayNumber(civilDate(on)) - dayNumber(civilDate(due))

/** What a late report means, in the law's steps; who decides is a person. */
function lateness(w: Weighing, due: string, on: string) {
  const days = daysLate(due, on)
  if (days <= 0) return []
  const limit = w.law.rule('MIS-03')
  const most = isRefusal(limit) || typeof limit.value !== 'number' ? null : limit.value
  const rule: RuleId = most !== null && days > most ? 'MIS-04' : 'MIS-03'
  return [hint(w.law, 'must', `已逾期 ${days} 日，另行登记违规核查`, `${days} days late: register the violation`, rule)]
}

/**
 * What the deciding organ owed and when it came (Law 20): its notice (DLV-01), its papers (DLV-02). Late, or not here
 * though its day has passed, it is said with the article; whoever reads it decides whether to remind the organ.
 */
function organLate(w: Weighing, form: Form): readonly Hint[] {
  const from = form.effectiveOn
  if (typeof from !== 'string' || !isCivilDate(from)) return []
  const owed = [
    ['DLV-01', form.notifiedOn, '通知', 'notice'],
    ['DLV-02', form.papersOn, '法律文书', 'papers'],
  ] as const
  return owed.flatMap(([rule, came, zh, en]) => {
    const due = dueOf(rule, from, { law: w.law })
    if (isRefusal(due) || due.due === null) return []
    const on = typeof came === 'string' ? came : w.today
    const days = daysLate(due.due, on)
    if (days <= 0) return []
    const said =
      typeof came === 'string'
        ? ([`实际 ${came} 送达，迟延 ${days} 日`, `and came on ${came}, ${days} days late`] as const)
        : ([`至今未收到，已超过 ${days} 日`, `and is not here, ${days} days over`] as const)
    return [
      hint(
        w.law,
        'careful',
        `决定机关的${zh}应于 ${due.due} 前送达，${said[0]}；可书面提示决定机关，并告知检察院`,
        `The ${en} of the deciding organ was due by ${due.due} ${said[1]}; remind it in writing and tell the procuratorate`,
        rule,
      ),
    ]
  })
}

/** 「五日」 as the rule in force says it. */
function withinDays({ law }: Pick<Moment, 'law'>): string {
  const rule = law.rule('DLV-04')
  return isRefusal(rule) || rule.value === null ? '及时' : `收到本通知之日起${rule.value}日内`
}

export function declareReception(): void {
  declarePractice('reception', {
    weigh: async (w) => {
      const due = reportBy(w, w.form)
      const rule = ruleFor(w)
      const known = w.person ? await intakeStore(w.db).assessmentsOf(filedUnder(w.house, w.person)) : []
      const missing = missingOf(w.form).length
      return [
        ...(due ? [hint(w.law, 'must', `应于 ${due} 前报到`, `To report by ${due}`, rule)] : []),
        ...(escorted(w)
          ? [hint(w.law, 'must', '暂予监外执行：由监狱、看守所移送', 'Handed over by its keeper', 'RPT-02')]
          : []),
        ...(missing || (w.form.effectiveOn && !w.form.papersOn)
          ? [hint(w.law, 'careful', '文书不齐不影响接收，将另行催补', 'Missing papers hold nothing up', 'DLV-04')]
          : []),
        ...organLate(w, w.form),
        ...known.map((a) =>
          hint(
            w.law,
            'good',
            `此前有调查评估（${String(a.register.principal ?? '')}），接收后归入本档案`,
            'An earlier assessment joins this file',
          ),
        ),
      ]
    },
    advise: async (w) => {
      const { step } = w.matter
      const late = organLate(w, w.forms.register ?? {})
      if (step === 'receive')
        return [
          ...(w.person?.injunction
            ? [
                hint(
                  w.law,
                  'must',
                  '有禁止令：接收后办理“禁止令执行”，登记期限并制发协助执行函',
                  'Under an injunction: put it on record next, with letters to the places concerned',
                  'INJ-01',
                ),
              ]
            : []),
          hint(w.law, 'must', '登记接收时逮捕、取保候审等强制措施自动解除', 'Arrest or bail lapses', 'INT-08'),
          ...schoolHints(w),
          ...late,
        ]
      const due = reportBy(w, w.forms.register ?? {})
      if (!due || (step !== 'await' && step !== 'handover')) return late
      const on = String(w.form.reportedOn ?? w.today)
      return [
        hint(w.law, 'must', `应于 ${due} 前报到`, `To report by ${due}`, ruleFor(w)),
        ...lateness(w, due, on),
        ...late,
      ]
    },
    check: async (m, step, way) => {
      if (way === 'notReported') {
        const due = reportBy(m, m.forms.register ?? {})
        return due && m.today <= due ? refuse(says.NotYetDue, { due }) : undefined
      }
      if (way === 'inTime' || way === 'late' || way === 'found')
        return needed(reception, step, m.form, ['reportedOn', 'identityChecked']) ?? inItsTime(m, way)
      if (step !== 'receive') return undefined
      return (escorted(m) ? needed(reception, step, m.form, ['physical']) : undefined) ?? unitFits(m)
    },
    route: (m, step, way) => {
      if (step === 'register' && m.form.papersOn) return 'receipt'
      if (step === 'register' || way === 'sent') return escorted(m) ? 'handover' : 'await'
      return undefined
    },
    on: {
      registered,
      'await:notReported': search,
      'handover:notReported': search,
      'end:received': received,
    },
    blanks: async (m, paper) => {
      const due = reportBy(m, m.forms.register ?? {})
      const unit = await intakeStore(m.db).unit(m.org.slice(0, 6))
      if (paper === 'D03')
        return {
          告知机关: String(m.forms.register?.organ ?? ''),
          报到地址: `${unit?.name ?? ''}社区矫正管理局`,
          ...(due ? { 报到期限: due } : {}),
          逾期后果: escorted(m)
            ? '移送后不按规定接受登记、脱离监管的，可能被依法收监执行，脱逃期间不计入刑期。'
            : '无正当理由逾期报到的，将被依法给予训诫、警告；情节严重的，可能被提请撤销缓刑、撤销假释。',
        }
      if (paper === 'D34c') {
        const { organ = '', number = '', papersOn = '' } = m.forms.register ?? {}
        const from = { on: String(papersOn), way: '收', with: String(organ) } as const
        const came = thereOf(m.forms.register ?? {}).map(({ paper: name, copies = 1 }) => ({
          ...from,
          name,
          copies: String(copies),
        }))
        return materialBlanks(m, `${unit?.name ?? ''}社区矫正管理局`, [
          ...(came.length > 0 ? came : [{ ...from, name: '法律文书', number: String(number) }]),
          { on: String(m.form.sentOn ?? m.today), way: '发', name: '法律文书送达回执', with: String(organ) },
        ])
      }
      if (paper !== 'D05') return {}
      const on = m.form.reportedOn ? String(m.form.reportedOn) : null
      const status = statusOf(m)
      return {
        姓名: m.person?.name ?? '',
        文书号: String(m.forms.register?.number ?? ''),
        ...(due ? { 应报到日: due } : {}),
        ...(on ? { 报到日: on } : {}),
        '报到情况(01/02/03)': `${status} ${code('reportStatus', status)?.zh ?? ''}`,
        ...(status === '03' ? { 查找情况: String(m.form.said ?? '') } : {}),
      }
    },
  })

  declarePractice('missingPapers', {
    advise: async (w) => [
      // The papers that are still out, against the day on which the deciding organ owed them.
      ...organLate(w, {
        effectiveOn: w.cause?.register.effectiveOn ?? null,
        papersOn: arrivedOn(w.forms) ?? null,
      }).filter((h) => h.citation?.rule === 'DLV-02'),
      ...(w.matter.step === 'reminded'
        ? [
            hint(
              w.law,
              'careful',
              '已再次催补；仍未补齐的，可通报检察院',
              'Reminded again; the procuratorate may be told',
              'DLV-04',
            ),
          ]
        : []),
    ],
    check: async (m, step, way) =>
      way === 'supplied' ? needed(missingPapers, step, m.form, ['arrivedOn']) : undefined,
    blanks: async (m, paper): Promise<Readonly<Record<string, BlankValue>>> => {
      const missing = ((m.forms.register?.missing ?? []) as readonly Form[]).map((row) => String(row.paper))
      // The receipt for what came later: by now nothing is missing any more.
      if (paper === 'D06a')
        return {
          文书名称: missing.join('、'),
          份数: '见附单',
          收到日期: arrivedOn(m.forms) ?? m.today,
          缺失项: '无',
        }
      return {
        文书名称: String(m.forms.register?.names ?? '无'),
        缺失项: missing,
        期限5日: withinDays(m),
        ...(m.forms.register?.receivedOn ? {} : { 收到日期: m.today }),
      }
    },
  })
}
