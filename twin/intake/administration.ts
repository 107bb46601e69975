/** What a county's own desks do besides files and businesses: local law, lost second factors, exports, devices in store. */

import type { Call } from '@zhijiao/contract/client'
import { activations, devices } from '@zhijiao/contract/devices'
import { savedQueries } from '@zhijiao/contract/downloads'
import type { BodyOf, SpecOf } from '@zhijiao/contract/kernel'
import { staff as accounts } from '@zhijiao/contract/orgs'
import { people } from '@zhijiao/contract/people'
import { lawDesk } from '@zhijiao/contract/settings'
import { tasks } from '@zhijiao/contract/tasks'
import { addDays, type LegalDay } from '@zhijiao/geo/day'
import type { AtDesk } from './desks.ts'

export interface Administration {
  readonly on: LegalDay
  readonly county: string
  readonly office: string
  /** Login → id of staff. */
  readonly staff: Readonly<Record<string, string>>
  /** Logins of the county's staff who have no demonstration account. */
  readonly colleagues: readonly string[]
  /** Number of a file → last day of the correction. */
  readonly termEnds: ReadonlyMap<string, LegalDay>
}

export async function administer(day: Administration, desk: AtDesk): Promise<void> {
  await localLaw(day, desk)
  await lostFactors(day, desk)
  await storeroom(day, desk)
  await extensions(day, desk)
  await exported(desk)
  await handedOn(day, desk)
}

/** A threshold of the county's own, published by a second person; next year's holidays, waiting for one; one thought better of. */
async function localLaw({ on }: Administration, desk: AtDesk): Promise<void> {
  const next = Number(on.slice(0, 4)) + 1
  let threshold = ''
  await desk('county', async (call) => {
    const draft = async (body: { values?: Record<string, number>; holidays?: Holidays; source: string }) =>
      (await call(lawDesk.draft, { body: { from: on, confirms: [], values: {}, ...body } })).id
    threshold = await draft({ values: { 'SET-33': 10 }, source: '《协调函办理规范》第四条（合成，县司法局印发）' })
    const second = await draft({ values: { 'LOC-12': 25 }, source: '《终端使用通知》（合成，征求意见稿）' })
    await call(lawDesk.withdraw, { params: { id: second }, body: { reason: '征求意见后不再调整（合成）。' } })
    await draft({
      holidays: fixedHolidays(next),
      source: `${next} 年节假日安排（合成示例：只列固定日期，农历节日待通知）`,
    })
  })
  await desk('secadmin', async (call) => {
    if (threshold) await call(lawDesk.publish, { params: { id: threshold } })
  })
}

type Holidays = Record<string, { off: string[]; work: string[] }>
/** The days whose date no moon decides. The rest comes with the State Council's notice, which nobody can know ahead. */
const fixedHolidays = (year: number): Holidays => {
  const days = (first: string, count: number) => Array.from({ length: count }, (_, i) => addDays(`${year}-${first}`, i))
  return { [year]: { off: [...days('01-01', 1), ...days('05-01', 2), ...days('10-01', 3)], work: [] } }
}

/** Three colleagues lost the phone with their second factor: one waits, one may enrol anew, one was refused. */
async function lostFactors({ staff, colleagues }: Administration, desk: AtDesk): Promise<void> {
  const asked: string[] = []
  const reasons = ['手机遗失，已补办号码（合成）。', '更换手机，旧机已损坏（合成）。', '忘记备份验证器（合成）。']
  await desk('countyhead', async (call) => {
    for (const [i, reason] of reasons.entries()) {
      const id = staff[colleagues[i] ?? '']
      if (id) asked.push((await call(accounts.askRecovery, { params: { id }, body: { reason } })).id)
    }
  })
  await desk('secadmin', async (call) => {
    const [, approved, refused] = asked
    if (approved) await call(accounts.decideRecovery, { params: { id: approved }, body: { approve: true } })
    if (refused) await call(accounts.decideRecovery, { params: { id: refused }, body: { approve: false } })
  })
}

/**
 * Bands in the cupboards of county and office: new ones, one at the maker's, one lost, one worn out. Phones of former people
 * are none of it. Two that are worn were looked at by the officer.
 */
async function storeroom({ county, office }: Administration, desk: AtDesk): Promise<void> {
  const states = ['stock', 'repair', 'lost', 'retired'] as const
  const cupboards = [county, office].flatMap((org) => states.map((state) => ({ org, state })))
  const why = {
    repair: '表带开裂，送修（合成）。',
    lost: '运输途中遗失，已报告（合成）。',
    retired: '电池老化，报废（合成）。',
  }
  await desk('county', async (call) => {
    for (const [i, { org, state }] of cupboards.entries()) {
      const { device } = await call(devices.register, {
        body: {
          org,
          kind: 'wristband',
          protocol: 'jt808',
          identity: `901970000${i + 1}`,
          model: 'TWIN-jt808-2019',
        },
      })
      if (state !== 'stock')
        await call(devices.retire, {
          params: { id: device.id },
          body: { state, reason: why[state], revision: device.revision },
        })
    }
    const { items } = await call(devices.list, { query: { org: county, kind: 'phone', state: 'stock', size: 200 } })
    for (const { id, revision } of items)
      await call(devices.retire, {
        params: { id },
        body: { state: 'retired', reason: '本人手机，矫正已结束，不再核查（合成）。', revision },
      })
  })
  await desk('officer', async (call) => {
    const { items } = await call(devices.list, { query: { kind: 'wristband', state: 'issued', size: 2 } })
    for (const { id } of items)
      await call(devices.inspect, {
        params: { id },
        body: { water: 'sound', housing: 'sound', strap: 'worn', battery: 'sound', note: '表带轻微磨损（合成）。' },
      })
  })
}

/** Bands whose term is to go on: the office proposes after an assessment, one waits, the bureau refuses one and grants one. */
async function extensions({ on, termEnds }: Administration, desk: AtDesk): Promise<void> {
  const proposed: string[] = []
  await desk('head', async (call) => {
    const { items } = await call(activations.list, { query: { state: 'running', regime: 'device', size: 4 } })
    for (const { id, person, lastDay, revision } of items) {
      const [wished, end] = [addDays(lastDay, 60), termEnds.get(person.number) ?? lastDay]
      if (end <= lastDay) continue
      const assessment = '期间有两次越界，仍需电子定位（合成）。'
      const body = { assessedOn: on, assessment, lastDay: wished < end ? wished : end, revision }
      proposed.push((await call(activations.extend, { params: { id }, body })).id)
    }
  })
  await desk('bureau', async (call) => {
    const [, refused, granted] = proposed
    await takeUp(call, [granted, refused])
    const revisionOf = async (id: string) => (await call(activations.get, { params: { id } })).revision
    if (granted)
      await call(activations.approve, {
        params: { id: granted },
        body: { note: '同意延长（合成）。', revision: await revisionOf(granted) },
      })
    if (refused)
      await call(activations.refuse, {
        params: { id: refused },
        body: { reason: '近三个月无违规，信息化核查足够（合成）。', revision: await revisionOf(refused) },
      })
  })
}

type Conditions = BodyOf<SpecOf<(typeof people)['exportLater']>>['conditions']

/** Takes the duties about these up by name, so that they stand among what he did. */
export async function takeUp(call: Call, subjects: readonly (string | undefined)[]): Promise<void> {
  const { items } = await call(tasks.list, { query: { view: 'todo', size: 50 } })
  for (const { id, revision } of items.filter((t) => t.state === 'open' && subjects.includes(t.subject)))
    await call(tasks.claim, { params: { id }, body: { revision } })
}

const questions = [
  ['严管对象', { level: ['3'] }],
  ['重点关注（红、黄）', { colour: ['red', 'yellow'], state: ['inCorrection'] }],
] as const

/** Lists that were taken along, and questions that are asked every week. */
async function exported(desk: AtDesk): Promise<void> {
  const wishes: readonly (readonly [login: string, reason: string, conditions: Conditions])[] = [
    ['county', '月度核对（合成）', { state: ['inCorrection'] }],
    ['county', '严管对象走访安排（合成）', { level: ['3'] }],
    ['countyhead', '季度汇报（合成）', {}],
  ]
  for (const [login, reason, conditions] of wishes)
    await desk(login, async (call) => {
      await call(people.exportLater, { body: { conditions, reason } })
    })
  for (const login of ['officer', 'head', 'county', 'countyhead', 'bureau', 'social', 'procurator'])
    await desk(login, async (call) => {
      for (const [name, conditions] of questions)
        await call(savedQueries.save, { body: { list: 'people', name, conditions: mutable(conditions) } })
    })
}
const mutable = (conditions: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(conditions).map(([key, values]) => [key, [...values]]))

/** Duties taken up and passed on: whoever had one goes on hearing of it (抄送). */
async function handedOn({ staff }: Administration, desk: AtDesk): Promise<void> {
  const pairs = [
    ['officer', 'head'],
    ['head', 'officer'],
    ['county', 'countyhead'],
    ['countyhead', 'county'],
  ] as const
  const gone = new Set<string>()
  for (const [from, receiver] of pairs)
    await desk(from, async (call) => {
      const to = staff[receiver]
      const { items } = await call(tasks.list, { query: { view: 'todo', size: 50 } })
      // What is overdue is his own to answer for.
      for (const { id, state, revision } of items.filter((t) => !t.clock.overdue)) {
        const fit = await call(tasks.receivers, { params: { id } })
        if (!to || gone.has(id) || !fit.some((r) => r.id === to)) continue
        gone.add(id)
        const claimed =
          state === 'open' ? await call(tasks.claim, { params: { id }, body: { revision } }) : { revision }
        await call(tasks.transfer, {
          params: { id },
          body: { to, reason: '外出办案，请代为办理（合成）。', revision: claimed.revision },
        })
        return
      }
    })
}
