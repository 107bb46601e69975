import {
  type CivilDate,
  civilDate,
  earlier,
  endOfLegalDay,
  later,
  legalDayOf,
  startOfLegalDay,
} from '@zhijiao/law/civil-date'
import { recurrentTravelLastDay } from '@zhijiao/law/term'
import { isAbroad, leavesTerritory } from '@zhijiao/law/territory'
import type { House } from '../../core/house.ts'
import { type Refusal, refuse } from '../../core/refusals.ts'
import { tasksIn } from '../../core/tasks.ts'
import { declarePractice, type Form, type Moment, type Weighing } from '../../procedures/index.ts'
import { AreaUnknown, Forbidden, TravelInside } from '../refusals.ts'
import { passStore } from './passes.ts'
import { dayIn, hint, noticeBlanks, rowsIn, span, textOf } from './words.ts'

/** Places that are more than a fixed few look like changing routes, for which this approval is not meant. */
const fixedFew = 4
const areasOf = (form: Form | undefined) =>
  rowsIn(form, 'areas').map((row) => ({ name: textOf(row, 'name'), area: textOf(row, 'area') }))

/** Whether each place is one that can be approved at all. */
function unfit(w: Weighing): Refusal | undefined {
  for (const { name, area } of areasOf(w.form)) {
    if (area === '') continue
    if (!/^[1-9]\d{5}$/.test(area)) return refuse(AreaUnknown, { name, area })
    if (isAbroad(undefined, area)) return refuse(Forbidden, { name })
    if (!leavesTerritory(w.org.slice(0, 6), area)) return refuse(TravelInside, { name })
  }
  return undefined
}

/** The period an approval of today gives: six months from the wished day or today, never beyond the correction. */
function periodOf(m: Weighing, register: Form | undefined) {
  const from = later(m.today, dayIn(register, 'from') ?? m.today)
  const lastDay = recurrentTravelLastDay(from)
  return { from, lastDay: m.person ? earlier(lastDay, civilDate(m.person.term_end)) : lastDay }
}

/** The pass that an approval is, as the engine and the clock of its end read it. */
const passOf = (
  register: Form | undefined,
  { from, lastDay }: { from: CivilDate; lastDay: CivilDate },
  of: { id: string; person_id: string; org_code: string; matter_id: string },
) => {
  const areas = areasOf(register)
  return {
    ...of,
    what: 'travel' as const,
    from_at: new Date(startOfLegalDay(from)),
    until_at: new Date(endOfLegalDay(lastDay)),
    places: areas.map((a) => a.name).join('、'),
    areas: areas.map((a) => a.area),
  }
}

async function approve(m: Moment): Promise<void> {
  const { register } = m.forms
  const of = { id: m.house.chance.id(), person_id: m.person?.id ?? '', org_code: m.org, matter_id: m.matter.id }
  await passStore(m.db).add(passOf(register, periodOf(m, register), of))
}

/** Approvals that came in with old files hold as well: their pass is written as soon as the worker sees them. */
export async function carryImportedTravel(house: House): Promise<void> {
  const today = legalDayOf(house.chance.now())
  await house.databases.system.transaction().execute(async (db) => {
    const store = passStore(db)
    for (const { id: matter_id, person_id, org_code, register, term_end } of await store.imported(today)) {
      const from = dayIn(register, 'from')
      if (!from) continue
      const lastDay = earlier(recurrentTravelLastDay(from), civilDate(term_end))
      const of = { id: house.chance.id(), person_id, org_code, matter_id }
      await store.add(passOf(register, { from, lastDay }, of))
    }
  })
}

/** 经常性跨市县活动: one approval for six months; while it runs the engine lets boundary alarms rest as under a leave. */
export function practiseTravel(): void {
  declarePractice('recurrentTravel', {
    weigh: async (w) => {
      const no = unfit(w)
      if (no) return no
      const { from, lastDay } = periodOf(w, w.form)
      const running = w.person ? await passStore(w.db).travelOf(w.person.id, new Date(w.now)) : []
      const [last] = running
      return [
        hint(
          w.law,
          'must',
          'LVE-12',
          `由县级批准，有效期自 ${from} 至 ${lastDay}；到期须重新申请，不自动延续。`,
          `The county approves it, from ${from} to ${lastDay}; afterwards a new application is needed.`,
        ),
        ...(last
          ? [
              hint(
                w.law,
                'careful',
                'LVE-12',
                `现有批准有效至 ${legalDayOf(last.until_at.getTime() - 1)}（${last.places}）。`,
                `An approval runs until ${legalDayOf(last.until_at.getTime() - 1)} (${last.places}).`,
              ),
            ]
          : []),
        ...(areasOf(w.form).length > fixedFew
          ? [
              hint(
                w.law,
                'careful',
                'LVE-13',
                '往来地点较多，请核实是否属于经常往来的固定市、县；路线不固定的应逐次请假。',
                'Many places: check that they are fixed ones; changing routes are asked for leave by leave.',
              ),
            ]
          : []),
      ]
    },
    on: {
      registered: async (m) => {
        const tasks = tasksIn(m.db, m.house, m.ledger)
        const old = await m.db
          .selectFrom('task')
          .select('subject_id')
          .where('kind', '=', 'leave.travelExpiry')
          .where('person_id', '=', m.person?.id ?? '')
          .where('state', 'in', ['open', 'claimed'])
          .execute()
        for (const { subject_id } of old) {
          const task = await tasks.of('leave.travelExpiry', subject_id)
          if (task) await tasks.finish(task, 'askedAgain')
        }
      },
      'county:approve': approve,
    },
    blanks: async (m, paper) => {
      const { from, lastDay } = periodOf(m, m.forms.register)
      const names = areasOf(m.forms.register)
        .map((a) => a.name)
        .join('、')
      if (paper === 'D15')
        return noticeBlanks(m, {
          about: `经常性前往${names}（${textOf(m.forms.register, 'times')}）`,
          must: [
            `有效期：${span(from, lastDay)}，到期须重新申请`,
            '每次往返前后通过电话、微信等方式报告',
            '不得超出批准的市县、时间和频次',
          ],
          basis: ['LVE-12', 'LVE-13'],
        })
      return { 市县名称: names, 有效期6个月: span(from, lastDay) }
    },
  })
}
