import { files } from '@zhijiao/contract/files'
import { type Leave, leaves } from '@zhijiao/contract/permits'
import { tasks } from '@zhijiao/contract/tasks'
import { civilDate, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { callOverstayed } from '@zhijiao/server/permits/jobs'
import { readJourneys } from '@zhijiao/server/positions/journeys'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { later, ledgerAbout, onDuty } from '../support/episode.ts'
import { proofOf } from '../support/leaves.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let agency: Somebody
let city: Somebody

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  agency = await county.signIn('county', { name: '赵科员' })
  city = await county.signIn('city', { name: '孙科长' })
  await onDuty(county, officer.id, { hours: 24 * 120 })
})
afterAll(() => county.stop())

const today = () => legalDayOf(county.house.chance.now())
const wish = (person: string, days: number, inDays = 5) => ({
  person,
  from: plusDays(today(), inDays),
  until: plusDays(today(), inDays + days - 1),
  destination: { text: '南宁市人民医院', area: '450103' },
  reason: '01',
})
const ask = async (person: string, days: number, inDays = 5) => {
  const proof = await proofOf(officer, person, person)
  return officer.call(leaves.ask, {
    body: { ...wish(person, days, inDays), proofs: [proof.id], reasonText: '复查' },
  })
}
const decide = (who: Somebody, leave: Pick<Leave, 'id' | 'revision'>, verdict: 'approved' | 'refused' = 'approved') =>
  who.call(leaves.decide, {
    params: { id: leave.id },
    body: { verdict, note: '同意外出就医', revision: leave.revision },
  })
const somebody = () => plantPerson(county.house, { officer: officer.id })

describe('by what somebody on leave travels', () => {
  test('is asked for, kept, shown, and lets fast positions be believed while the leave runs', async () => {
    const person = await somebody()
    const wanted = { ...wish(person, 3, 0), travelBy: ['02', '04'] as ('02' | '04')[], reasonText: '复查' }
    const asked = await officer.call(leaves.ask, {
      body: { ...wanted, proofs: [(await proofOf(officer, person, person)).id] },
    })
    expect(asked).toMatchObject({ travelBy: ['02', '04'], destination: { area: '450103' } })
    const journeys = async () => (await readJourneys(county.house)).get(person)
    expect(await journeys()).toBeUndefined()
    const approved = await decide(head, asked)
    const [start, end] = [asked.from, plusDays(civilDate(asked.until), 1)].map((d) => Date.parse(`${d}T00:00:00+08:00`))
    expect(await journeys()).toEqual([{ from: start, until: end }])
    // Somebody who comes back late and said so is still on his way.
    const late = await officer.call(leaves.delay, {
      params: { id: asked.id },
      body: { until: plusDays(civilDate(asked.until), 2), reason: '列车停运', revision: approved.revision },
    })
    expect((await journeys())?.[0]?.until).toBe((end ?? 0) + 2 * 86_400_000)
    await officer.call(leaves.return, { params: { id: asked.id }, body: { on: today(), revision: late.revision } })
    expect(await journeys()).toEqual([{ from: start, until: (start ?? 0) + 86_400_000 }])

    const byBus = await officer.call(leaves.ask, {
      body: { ...wish(await somebody(), 3), travelBy: ['02'], reasonText: '复查' },
    })
    await officer.call(leaves.prove, {
      params: { id: byBus.id },
      body: { proofs: [(await proofOf(officer, byBus.person.id, byBus.id)).id], revision: byBus.revision },
    })
    await decide(head, { ...byBus, revision: byBus.revision + 1 })
    expect((await readJourneys(county.house)).has(byBus.person.id)).toBe(false)
    const unknown = { ...wish(await somebody(), 3), travelBy: ['07'] as unknown as ['06'], reasonText: '复查' }
    expect(await codeOf(officer.call(leaves.ask, { body: unknown }))).toBe('ZJ_INVALID')
  })
})

describe('S0.21 leave is decided by the level the law names', () => {
  test('7 days: the head of the office, cited; the officer himself cannot', async () => {
    const asked = await ask(await somebody(), 7)
    expect(asked).toMatchObject({ state: 'asked', competent: 'office', competence: { days: 7, filedWithCounty: true } })
    expect(asked.competence.reasons[0]).toMatchObject({ rule: 'LVE-02', citation: { article: '27+58' } })
    expect(await codeOf(decide(officer, asked))).toBe('ZJ_NOT_ALLOWED')
    expect((await head.call(tasks.list, { query: { kind: 'leave.decide' } })).items.map((t) => t.subject)).toContain(
      asked.id,
    )
    const approved = await decide(head, asked)
    expect(approved).toMatchObject({ state: 'approved', decidedBy: { name: '张所长' } })
    expect(await codeOf(decide(head, approved))).toBe('ZJ_LEAVE_DECIDED')
    expect(await ledgerAbout(county, asked.id)).toEqual(['leave.asked', 'leave.approved'])
  })

  test('8 days: the county; the head of the office is told who', async () => {
    const asked = await ask(await somebody(), 8)
    const refused = await refusedWith(decide(head, asked))
    expect(refused).toMatchObject({ code: 'ZJ_LEAVE_NOT_COMPETENT', data: { level: 'county' } })
    expect(refused.zh).toContain('县级社区矫正机构')
    const elsewhere = await county.signIn('county', { of: places.otherCounty })
    expect(await codeOf(decide(elsewhere, asked))).toBe('ZJ_NOT_FOUND')
    expect((await decide(agency, asked)).state).toBe('approved')
  })

  test('31 days: the city, which sees this person through this duty alone', async () => {
    const person = await somebody()
    const asked = await ask(person, 31)
    expect(asked.competence).toMatchObject({ level: 'city', tellProcuratorate: true })
    expect(await codeOf(decide(agency, asked))).toBe('ZJ_LEAVE_NOT_COMPETENT')
    const unrelated = await plantPerson(county.house, { officer: officer.id })
    const notTheirs = await ask(unrelated, 3)
    expect(await codeOf(city.call(leaves.get, { params: { id: notTheirs.id } }))).toBe('ZJ_NOT_FOUND')
    const { items } = await city.call(tasks.list, { query: { kind: 'leave.decide' } })
    expect(items).toMatchObject([{ subject: asked.id, person: { id: person } }])
    expect((await decide(city, asked)).state).toBe('approved')
    const told = await agency.call(tasks.list, { query: { kind: 'leave.tellProcuratorate' } })
    expect(told.items.map((t) => t.subject)).toContain(asked.id)
  })

  test('splitting reaches no lower authority: the second of two joined weeks goes to the county', async () => {
    const person = await somebody()
    await decide(head, await ask(person, 7, 5))
    const second = await ask(person, 7, 12)
    expect(second).toMatchObject({ competent: 'county', competence: { days: 7, joinedDays: 14 } })
    expect(await codeOf(decide(head, second))).toBe('ZJ_LEAVE_NOT_COMPETENT')
  })

  test('what was granted meanwhile counts: an application moves up before it is decided', async () => {
    const person = await somebody()
    const first = await ask(person, 5, 5)
    const second = await ask(person, 5, 10)
    expect(second.competent).toBe('office')
    await decide(head, first)
    expect(await codeOf(decide(head, second))).toBe('ZJ_LEAVE_NOT_COMPETENT')
    const moved = await agency.call(leaves.get, { params: { id: second.id } })
    expect(moved).toMatchObject({ state: 'asked', competent: 'county' })
    expect(await codeOf(decide(agency, second))).toBe('ZJ_CHANGED')
    expect((await decide(agency, moved)).state).toBe('approved')
    expect(await ledgerAbout(county, second.id)).toEqual(['leave.asked', 'leave.moved', 'leave.approved'])
  })

  test('abroad, within the county, over another leave, without a reason, on February 30: refused with what to do', async () => {
    const person = await somebody()
    const tried = (body: object) =>
      codeOf(officer.call(leaves.ask, { body: { ...wish(person, 3), reasonText: '复查', ...body } }))
    expect(await tried({ destination: { text: '河内', country: 'VN' } })).toBe('ZJ_LAW_LEAVE_ABROAD')
    expect(await tried({ destination: { text: '香港', area: '810000' } })).toBe('ZJ_LAW_LEAVE_ABROAD')
    expect(await tried({ destination: { text: '县医院', area: places.county } })).toBe('ZJ_LEAVE_NOT_NEEDED')
    expect(await tried({ reason: '77' })).toBe('ZJ_LEAVE_REASON')
    expect(await tried({ from: '2026-02-30' })).toBe('ZJ_LAW_DATE_INVALID')
    expect(await tried({ from: plusDays(today(), 9) })).toBe('ZJ_LAW_LEAVE_DATES')
    await ask(person, 3)
    expect(await tried({})).toBe('ZJ_LEAVE_OVERLAP')
    const weighed = await officer.call(leaves.weigh, { body: wish(person, 40, 20) })
    expect(weighed.level).toBe('city')
  })
})

describe('the way back', () => {
  test('cancelled before it begins, returned after; one not back becomes a task of whoever is on duty', async () => {
    const person = await somebody()
    const first = await decide(head, await ask(person, 2, 1))
    const other = await decide(head, await ask(person, 2, 20))
    const cancelled = await officer.call(leaves.cancel, {
      params: { id: other.id },
      body: { note: '不再需要', revision: other.revision },
    })
    expect(cancelled.state).toBe('cancelled')
    await later(county, 4 * 86_400_000)
    await callOverstayed(county.house)
    await callOverstayed(county.house)
    const late = await officer.call(leaves.list, { query: { overstayed: true, person } })
    expect(late.items.map((l) => l.id)).toEqual([first.id])
    const duties = await officer.call(tasks.list, { query: { kind: 'leave.return', person } })
    expect(duties.items).toMatchObject([{ subject: first.id, owner: { id: officer.id } }])
    expect(
      await codeOf(
        officer.call(leaves.cancel, { params: { id: first.id }, body: { note: '晚了', revision: first.revision } }),
      ),
    ).toBe('ZJ_LEAVE_BEGUN')
    const back = await officer.call(leaves.return, {
      params: { id: first.id },
      body: { on: today(), revision: first.revision },
    })
    expect(back).toMatchObject({ state: 'returned', returnedOn: today(), overstayed: false })
    expect((await officer.call(tasks.list, { query: { kind: 'leave.return', person } })).total).toBe(0)
    expect(await ledgerAbout(county, first.id)).toEqual([
      'leave.asked',
      'leave.approved',
      'leave.overstayed',
      'leave.returned',
    ])
    expect(
      await codeOf(
        officer.call(leaves.return, { params: { id: first.id }, body: { on: today(), revision: back.revision } }),
      ),
    ).toBe('ZJ_LEAVE_NOT_AWAY')
  })
})

describe('S2.7 S2.8 the papers and the way of a leave', () => {
  const paper = async (leave: string, template: string) => {
    const { rows } = await sql<{ given: Record<string, unknown> }>`
      select given from document where subject_id = ${leave} and template = ${template}`.execute(
      county.house.databases.system,
    )
    return rows[0]?.given
  }

  test('opinions are given below, the decision above, each at its place of D10; D15 tells the result', async () => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '韦某' })
    const asked = await ask(person, 12)
    expect(await paper(asked.id, 'D10')).toMatchObject({ 外出理由: '复查' })
    const opine = (who: Somebody, { id, revision }: Pick<Leave, 'id' | 'revision'>) =>
      who.call(leaves.opine, { params: { id }, body: { text: '情况属实', revision } })
    expect(await codeOf(opine(agency, asked))).toBe('ZJ_LEAVE_OPINION')
    const opined = await opine(head, asked)
    expect(opined.path.map((p) => `${p.step} ${p.does} ${p.state}`)).toEqual([
      'ask asks done',
      'office opinion done',
      'county decision now',
      'away away ahead',
      'return returns ahead',
    ])
    const done = await decide(agency, opined)
    expect(done.path.find((p) => p.does === 'decision')).toMatchObject({ state: 'done', who: expect.any(String) })
    expect(await paper(asked.id, 'D10')).toMatchObject({ 司法所意见: '情况属实', 县级意见: '批准：同意外出就医' })
    expect(await paper(asked.id, 'D15')).toMatchObject({ 审批结果: '批准', 依据: expect.stringContaining('27') })
  })

  test('who cannot be back in time reports it; it prolongs nothing', async () => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '韦某' })
    const asked = await ask(person, 3)
    const done = await decide(head, asked)
    const delay = (until: string, revision = done.revision) =>
      officer.call(leaves.delay, { params: { id: asked.id }, body: { until, reason: '航班取消', revision } })
    expect(await codeOf(delay(asked.until))).toBe('ZJ_LEAVE_DELAY_DAY')
    const late = await delay(plusDays(civilDate(asked.until), 2))
    expect(late).toMatchObject({ until: asked.until, state: 'approved', delay: { reason: '航班取消' } })
    expect(await ledgerAbout(county, asked.id)).toContain('leave.delayed')
    expect(String((await paper(asked.id, 'D10'))?.返回情况)).toContain('航班取消')
  })
})

test('another caseload, a social worker and an administrator reach no leave', async () => {
  const asked = await ask(await somebody(), 2, 60)
  const colleague = await county.signIn('officer')
  expect(await codeOf(colleague.call(leaves.get, { params: { id: asked.id } }))).toBe('ZJ_NOT_FOUND')
  for (const role of ['socialWorker', 'systemAdmin'] as const)
    expect(await codeOf((await county.signIn(role)).call(leaves.list, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
})

describe('leave is for who serves his correction here and now', () => {
  test('somebody in custody, missing, to report or no longer in correction is refused at the field, with what to do', async () => {
    const person = await somebody()
    const stands = (state: string) =>
      sql`update person set state = ${state} where id = ${person}`.execute(county.house.databases.system)
    const asked = await ask(person, 3)
    for (const [state, word, remedy] of [
      ['detained', '被羁押', '羁押机关'],
      ['missing', '脱管', '查找'],
      ['terminated', '终止', '更正档案'],
      ['released', '解除', '无需批准'],
      ['awaiting', '待报到', '报到接收'],
    ] as const) {
      await stands(state)
      const refused = await refusedWith(ask(person, 3, 30))
      expect(refused).toMatchObject({ code: 'ZJ_LEAVE_STATE', fields: [{ path: 'person' }] })
      expect(refused.zh).toContain(word)
      expect(refused.zh).toContain(remedy)
      expect(await codeOf(officer.call(leaves.weigh, { body: wish(person, 3, 30) }))).toBe('ZJ_LEAVE_STATE')
    }
    await stands('detained')
    expect(await refusedWith(decide(head, asked))).toMatchObject({
      code: 'ZJ_LEAVE_STATE',
      fields: [{ path: 'verdict' }],
    })
    expect((await decide(head, asked, 'refused')).state).toBe('refused')
  })
})

describe('what an application brings', () => {
  const contact = { name: '韦某', phone: '13800000009', relation: '姐姐', address: '南宁市示例路 2 号' }
  const asking = async (more: object, person?: string) => {
    const who = person ?? (await somebody())
    return officer.call(leaves.ask, { body: { ...wish(who, 3), reasonText: '复查', ...more } })
  }

  test('proof and whom to reach there: kept, shown, on D10; sent twice it is one application', async () => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '韦某' })
    const id = county.house.chance.id()
    const proof = await proofOf(officer, person, id)
    const asked = await asking({ id, proofs: [proof.id], contact }, person)
    expect(asked).toMatchObject({ id, proofs: [proof.id], contact, unproven: null })
    expect((await asking({ id, proofs: [proof.id], contact }, person)).id).toBe(id)
    expect((await officer.call(leaves.list, { query: { person } })).total).toBe(1)
    expect(await codeOf(asking({ id }))).toBe('ZJ_LEAVE_ID')
    const { rows } = await sql<{ given: Record<string, unknown> }>`
      select given from document where subject_id = ${id} and template = 'D10'`.execute(county.house.databases.system)
    expect(rows[0]?.given.目的地联系人).toBe('韦某（姐姐），13800000009，南宁市示例路 2 号')
    // Whoever decides sees the very bytes that came in.
    const seen = await head.call(files.list, { query: { subject: id } })
    expect(seen).toMatchObject([{ id: proof.id, sha256: proof.sha256 }])
    expect((await decide(head, asked)).state).toBe('approved')
  })

  test('another person’s file or a recording proves nothing', async () => {
    const other = await proofOf(officer, await somebody(), county.house.chance.id())
    expect(await refusedWith(asking({ proofs: [other.id] }))).toMatchObject({
      code: 'ZJ_LEAVE_PROOF_UNKNOWN',
      fields: [{ path: 'proofs' }],
    })
    const person = await somebody()
    const recording = await officer.call(files.upload, {
      body: { person },
      file: new Blob([Buffer.from('524946462400000057415645666d7420', 'hex')]),
      fileName: '录音.wav',
    })
    expect(await refusedWith(asking({ proofs: [recording.id] }, person))).toMatchObject({ code: 'ZJ_LEAVE_PROOF_KIND' })
  })

  test('without proof nobody approves silently: it is added first, or the reason is written down; a refusal needs none', async () => {
    const bare = await asking({})
    expect(await refusedWith(decide(head, bare))).toMatchObject({
      code: 'ZJ_LEAVE_PROOF_MISSING',
      fields: [{ path: 'unproven' }],
    })
    const added = await officer.call(leaves.prove, {
      params: { id: bare.id },
      body: { proofs: [(await proofOf(officer, bare.person.id, bare.id)).id], revision: bare.revision },
    })
    expect(added.proofs).toHaveLength(1)
    expect((await decide(head, added)).unproven).toBeNull()
    const urgent = await asking({})
    const approved = await head.call(leaves.decide, {
      params: { id: urgent.id },
      body: { verdict: 'approved', note: '父病危', unproven: '急诊，三日内补交', revision: urgent.revision },
    })
    expect(approved).toMatchObject({ state: 'approved', unproven: '急诊，三日内补交' })
    const refused = await decide(head, await asking({}), 'refused')
    expect(refused.state).toBe('refused')
    expect(
      await codeOf(
        officer.call(leaves.prove, {
          params: { id: refused.id },
          body: {
            proofs: [(await proofOf(officer, refused.person.id, refused.id)).id],
            revision: refused.revision,
          },
        }),
      ),
    ).toBe('ZJ_LEAVE_PROOF_LATE')
  })
})
