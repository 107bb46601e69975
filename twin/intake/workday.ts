import { type Call, Refused } from '@zhijiao/contract/client'
import { documents } from '@zhijiao/contract/documents'
import { entrustments } from '@zhijiao/contract/entrustments'
import { type MatterRow, matters } from '@zhijiao/contract/matters'
import { outages } from '@zhijiao/contract/outages'
import { leaves } from '@zhijiao/contract/permits'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { addDays, dayStart, HOUR, type LegalDay } from '@zhijiao/geo/day'
import { chanceOf } from '../chance.ts'
import type { Intake } from '../intake.ts'
import { fill } from '../lives/scribe.ts'
import { type Names, namesOf } from '../lives.ts'
import { nameOf } from '../people/names.ts'
import type { Person } from '../people.ts'
import type { StaffMember } from '../staff.ts'
import { administer, takeUp } from './administration.ts'
import { hangPicture } from './annexes.ts'
import type { AtDesk } from './desks.ts'
import { duties } from './duties.ts'
import { helpers } from './helpers.ts'

/** Somebody of the first office with his id on the platform. */
type Own = Person & { readonly id: string }

/**
 * The first day of the demonstration's own county: its officer, heads and clerks each do some of their work through the
 * same doors as anybody, so that what is theirs (registered, passed on, decided, done) is not empty. Whoever signs in
 * meanwhile finds his desk free: the twin leaves it and what was to be done there stays undone.
 */
export async function workday(
  { geography, people, keeper, on, staff: accounts, stopped }: Intake,
  staff: readonly StaffMember[],
  desk: AtDesk,
): Promise<void> {
  if (keeper.isDone('workday') || stopped()) return
  const [seat] = geography.counties
  const office = geography.offices.find((o) => o.county === seat?.code)?.code
  if (!seat || !office) return
  const own = people.flatMap((p): Own[] => {
    const id = keeper.memory.people[p.number]
    return id && p.office === office && p.state === 'inCorrection' && p.leaves.length === 0 ? [{ ...p, id }] : []
  })
  const names = namesOf(staff)
  const day: Day = { seed: geography.seed, on, names, county: seat.code, office, own }
  await outage(day, desk)
  await records(day, desk)
  await someLeaves(day, desk)
  await duties(on, desk)
  await passOn(day, desk)
  await court(day, desk)
  const colleagues = staff.filter((s) => s.org.startsWith(seat.code) && s.login.includes(seat.code)).map((s) => s.login)
  const termEnds = new Map(people.map((p) => [p.number, p.termEnd]))
  const newest = own.toSorted((a, b) => (a.termStart < b.termStart ? 1 : -1))
  const officer = names.office(office, 'officer')
  const formFor = (kind: string, who: string) => formOf(day, kind, null, who)
  await helpers({ on, newest, officer, staff: accounts, formOf: formFor }, desk)
  await administer({ on, county: seat.code, office, staff: accounts, colleagues, termEnds }, desk)
  keeper.finish('workday')
}

interface Day {
  readonly seed: number
  readonly on: LegalDay
  readonly names: Names
  readonly county: string
  readonly office: string
  readonly own: readonly Own[]
}

/** A mast that failed in the night: silence of those hours proves nothing. */
async function outage({ on, county }: Day, desk: AtDesk): Promise<void> {
  const night = dayStart(addDays(on, -1))
  await desk('countyhead', async (call) => {
    await call(outages.declare, {
      body: {
        org: county,
        reason: '运营商基站夜间检修，已书面通知（合成）',
        scope: { of: 'network', note: '城区北片（合成）' },
        startsAt: new Date(night + 1 * HOUR).toISOString(),
        endsAt: new Date(night + 4 * HOUR).toISOString(),
      },
    })
  })
}

/** A form as its description asks, filled in as of yesterday: what is told lies behind. */
function formOf({ seed, on, names, office }: Day, kind: string, step: string | null, who: string) {
  const procedure = procedureOf(kind)
  if (!procedure) throw new Error(`no business ${kind}`)
  const chance = chanceOf(seed, 'workday', kind, step ?? '', who)
  const fields = step === null ? procedure.form : (procedure.steps.find((s) => s.id === step)?.form ?? [])
  const officer = names.office(office, 'officer')
  return fill(fields, {
    procedure,
    chance,
    on: addDays(on, -1),
    names: { person: who, officer, relative: nameOf(chance, 'female') },
    // What most people report is nothing out of the ordinary.
    given: { ...(kind === 'report' ? { what: 'regular' } : {}) },
    counties: [],
  })
}

/** What is written down in a morning, and what is passed up. */
async function records(day: Day, desk: AtDesk): Promise<void> {
  const kinds = [
    ['officer', 'visit'],
    ['officer', 'report'],
    ['officer', 'talk'],
    ['officer', 'contact'],
    ['officer', 'visit'],
    ['head', 'visit'],
    ['head', 'violation'],
    ['county', 'coordination'],
    ['countyhead', 'visit'],
  ] as const
  for (const [i, [login, kind]] of kinds.entries()) {
    const person = day.own[i % Math.max(1, day.own.length)]
    if (person)
      await desk(login, async (call) => {
        const form = formOf(day, kind, null, person.name)
        const { at } = form
        const hung = { person: person.id, note: '走访照片（合成）', ...(typeof at === 'string' ? { takenAt: at } : {}) }
        const seen = kind === 'visit' ? { media: [(await hangPicture(call, [day.seed, login, i], hung)).id] } : {}
        await call(matters.register, { body: { kind, person: person.id, form: { ...form, ...seen } } })
      })
  }
}

/** Leaves in each of their states: asked for, on the way, refused, over. */
async function someLeaves({ on, own }: Day, desk: AtDesk): Promise<void> {
  const wishes = [
    { from: addDays(on, 2), until: addDays(on, 5), reason: '01', why: '到外地医院复查，有预约单（合成）' },
    { from: addDays(on, 3), until: addDays(on, 14), reason: '04', why: '照料住院的母亲（合成）' },
    { from: on, until: addDays(on, 4), reason: '02', why: '参加职业资格考试（合成）', verdict: 'approved' },
    { from: addDays(on, 1), until: addDays(on, 3), reason: '04', why: '参加同学聚会（合成）', verdict: 'refused' },
    { from: addDays(on, 6), until: addDays(on, 42), reason: '04', why: '赴外省照料病危的父亲（合成）' },
    {
      from: addDays(on, -2),
      until: on,
      reason: '05',
      why: '随单位到邻县交货（合成）',
      verdict: 'approved',
      back: true,
    },
    {
      of: 2,
      from: addDays(on, 30),
      until: addDays(on, 33),
      reason: '05',
      why: '单位改期，不再外出（合成）',
      off: true,
    },
    // Of somebody whose first wish was refused: long enough for the city to decide.
    {
      of: 3,
      from: addDays(on, 20),
      until: addDays(on, 55),
      reason: '02',
      why: '赴外省培训（合成）',
      verdict: 'approved',
      by: 'city',
    },
  ] as const
  for (const [i, wish] of wishes.entries()) {
    const person = own['of' in wish ? wish.of : i]
    if (!person) continue
    await desk('officer', async (call) => {
      const asked = await call(leaves.ask, {
        body: {
          person: person.id,
          from: wish.from,
          until: wish.until,
          destination: { text: '外县（合成）', area: '459099', country: 'CN' },
          reason: wish.reason,
          reasonText: wish.why,
          contact: { name: '单位联系人（合成）', phone: '13800000001', relation: '同事' },
        },
      })
      if ('off' in wish)
        await call(leaves.cancel, { params: { id: asked.id }, body: { note: wish.why, revision: asked.revision } })
      if (!('verdict' in wish)) return
      await desk('by' in wish ? wish.by : 'head', async (decider) => {
        const decided = await decider(leaves.decide, {
          params: { id: asked.id },
          body: {
            verdict: wish.verdict,
            note: wish.verdict === 'approved' ? '情况属实，同意（合成）' : '理由不充分，不予批准（合成）',
            ...(wish.verdict === 'approved' ? { unproven: '材料存纸质卷（合成）' } : {}),
            revision: asked.revision,
          },
        })
        if ('back' in wish)
          await call(leaves.return, { params: { id: asked.id }, body: { on, revision: decided.revision } })
      })
    })
  }
}

/** Each post takes some of what it has in hand one step further. */
async function passOn(day: Day, desk: AtDesk): Promise<void> {
  for (const login of ['officer', 'head', 'county', 'countyhead', 'bureau', 'city'])
    await desk(login, async (call) => {
      const { items } = await call(matters.list, { query: { view: 'todo', size: 50 } })
      // Most of it waits for whoever signs in.
      // Above the county only a few have come so far.
      let left = items.length < 4 ? items.length - 1 : Math.min(2, Math.floor(items.length / 3))
      for (const row of items) if (left > 0 && (await takeOn(day, call, row, login))) left--
    })
}

/**
 * Takes the way that goes on, where the form can be filled in from what a clerk knows. Above the county what cannot be granted
 * is refused: nobody there mends an application.
 */
async function takeOn(day: Day, call: Call, row: MatterRow, login: string): Promise<boolean> {
  const step = procedureOf(row.kind)?.steps.find((s) => s.id === row.step)
  if (!step) return false
  const above = login === 'bureau' || login === 'city'
  // There a file is seen through the duty alone: whoever took it up sees for a day what he did.
  if (above) await takeUp(call, [row.id])
  const ways = step.ways.filter(({ tone, confirm }) => (tone === 'on' && !confirm) || (above && tone === 'no'))
  for (const way of ways) {
    const note = way.tone === 'no' ? '事实依据不足（合成）。' : ''
    try {
      const form = formOf(day, row.kind, step.id, row.who)
      const { revision } = await call(matters.get, { params: { id: row.id } })
      await call(matters.act, { params: { id: row.id }, body: { way: way.id, form, note, revision } })
      return true
    } catch (error) {
      // What lacks a paper, or is not this one's to decide, waits for an officer.
      if (!(error instanceof Refused) || error.problem.code === 'ZJ_NOT_SIGNED_IN') throw error
    }
  }
  return false
}

/** Three requests of the court: one just arrived, one sent back, one answered with a signed opinion. */
async function court(day: Day, desk: AtDesk): Promise<void> {
  const { on, county, office, names } = day
  const asked: string[] = []
  for (const [i, charge] of ['危险驾驶罪', '盗窃罪', '故意伤害罪'].entries())
    await desk('court', async (call) => {
      const made = await call(entrustments.entrust, {
        body: {
          county,
          form: {
            principalType: '01',
            principal: '合成区人民法院',
            contact: '合成书记员 0772-0000000',
            letter: `（合成）法委调字第 ${i + 31} 号`,
            name: ['甘某（合成）', '蓝某（合成）', '韦某（合成）'][i] ?? '某人（合成）',
            charge,
            residence: '合成路 12 号',
            category: '02',
            asked: '居所、家庭、一贯表现及对所居住社区的影响（合成）。',
          },
        },
      })
      asked.push(made.id)
    })
  const act = (login: string, id: string | undefined, way: string, form: Record<string, unknown>, note = '') =>
    desk(login, async (call) => {
      if (!id) return
      const { revision } = await call(matters.get, { params: { id } })
      await call(matters.act, { params: { id }, body: { way, form, note, revision } })
    })
  const [fresh, back, answered] = asked
  await desk('county', async (call) => {
    if (fresh)
      await call(entrustments.ask, {
        params: { id: fresh },
        body: { kind: 'annex', words: '请补充被告人现住址的租赁合同复印件（合成）。' },
      })
  })
  await act('county', back, 'sendBack', {}, '缺少起诉书副本，请补齐后再委托（合成）。')
  await act('county', answered, 'instruct', {
    office,
    instruction: '请两人入户走访（合成）。',
    procuratorateToldOn: on,
  })
  const officer = names.office(office, 'officer')
  await act('officer', answered, 'submit', {
    visits: [
      {
        at: new Date(dayStart(addDays(on, -1)) + 10 * HOUR).toISOString(),
        where: '合成路 12 号住所',
        whom: '被调查人之妻（合成）',
        first: officer,
        second: '社会工作者（合成）',
        found: '自有住房，家庭和睦，邻里反映平稳（合成）。',
      },
    ],
    dwelling: '自有住房，已居住六年。',
    family: '与家人同住，家属愿意担任监督人。',
    consequences: '已赔偿并取得谅解。',
    village: '居民委员会同意接收，愿意协助监管。',
    victim: '已谅解，无异议。',
    prohibitions: '无',
    danger: '初犯，再犯危险性较低。',
    impact: '对所居住社区无重大不良影响。',
    proposal: '01',
  })
  const opinion = { opinion: '01', conclusion: '具备在本地接受社区矫正的条件，建议适用（合成）。' }
  await act('head', answered, 'submit', opinion)
  await act('countyhead', answered, 'sign', { ...opinion, copiedOn: on })
  // The court is to see the opinion itself: its paper gets a number and the seal.
  await desk('countyhead', async (call) => {
    const { items } = await call(documents.list, { query: { subject: answered ?? '', template: 'D02' } })
    const [paper] = items
    if (paper?.state !== 'draft') return
    const issued = await call(documents.issue, { params: { id: paper.id }, body: { revision: paper.revision } })
    await call(documents.seal, { params: { id: paper.id }, body: { revision: issued.revision } })
  })
}
