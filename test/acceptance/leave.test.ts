import { documents } from '@zhijiao/contract/documents'
import { files } from '@zhijiao/contract/files'
import { type Leave, leaveHelp, leaves } from '@zhijiao/contract/permits'
import { tasks } from '@zhijiao/contract/tasks'
import { civilDate, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { callContacts, callOverstayed } from '@zhijiao/server/permits/jobs'
import { readJourneys } from '@zhijiao/server/positions/journeys'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { later, ledgerAbout, onDuty } from '../support/episode.ts'
import { proofOf } from '../support/leaves.ts'
import { issueDraft, roundsOf } from '../support/matters.ts'
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

  test('what is offered is what would be done: deciding and opinions stand with whom they are not refused', async () => {
    const offered = async ({ id }: Pick<Leave, 'id'>, ...all: readonly Somebody[]) =>
      Promise.all(all.map(async (who) => (await who.call(leaves.get, { params: { id } })).may))
    const short = await ask(await somebody(), 7)
    // The county may decide what it delegated.
    expect(await offered(short, officer, head, agency)).toEqual([[], ['decide'], ['decide']])
    const middle = await ask(await somebody(), 12)
    expect(await offered(middle, officer, head, agency)).toEqual([[], ['opine'], ['decide']])
    const long = await ask(await somebody(), 31)
    expect(await offered(long, officer, head, agency, city)).toEqual([[], ['opine'], ['opine'], ['decide']])
    const { items } = await head.call(leaves.list, { query: { person: middle.person.id } })
    expect(items.map((l) => l.may)).toEqual([['opine']])
    await decide(agency, middle)
    expect(await offered(middle, head, agency)).toEqual([[], []])
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

test('a person whom the county holds itself: leave of up to seven days is the county’s duty, and it decides', async () => {
  const person = await plantPerson(county.house, { org: places.county, name: '县管某' })
  const proof = await proofOf(agency, person, person)
  const asked = await agency.call(leaves.ask, {
    body: { ...wish(person, 3), proofs: [proof.id], reasonText: '复查' },
  })
  expect(asked).toMatchObject({ competent: 'office', org: places.county })
  const { items } = await agency.call(tasks.list, { query: { whose: 'unit', kind: 'leave.decide' } })
  const duty = items.find((task) => task.subject === asked.id)
  expect(duty).toMatchObject({ ownerRole: 'county' })
  const refused = await refusedWith(decide(head, asked))
  expect(refused.code).toBe('ZJ_NOT_FOUND')
  expect(await decide(agency, asked)).toMatchObject({ state: 'approved' })
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

  test('LVE-09 the form issued at the decision stands; the return is a form of its own beside it', async () => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '韦某' })
    const asked = await ask(person, 3, 0)
    const done = await decide(head, asked)
    const first = await issueDraft(head, asked.id, 'D10')
    const body = { on: today(), revision: done.revision }
    await officer.call(leaves.return, { params: { id: asked.id }, body })
    expect(await roundsOf(county, asked.id, 'D10')).toMatchObject([
      { id: first.id, state: 'issued', given: { 司法所意见: '批准：同意外出就医' } },
      {
        state: 'draft',
        given: { 司法所意见: '批准：同意外出就医', 返回情况: expect.stringContaining('返回并报告销假') },
      },
    ])
    // The first one turns out to be wrong: what is drafted already takes its place.
    const voided = await head.call(documents.void, {
      params: { id: first.id },
      body: { reason: '目的地写错', again: true, revision: first.revision },
    })
    expect(voided.state).toBe('draft')
    expect((await roundsOf(county, asked.id, 'D10')).map((p) => p.state)).toEqual(['void', 'draft'])
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

describe('what the office approved is made known to the county', () => {
  const toKnow = async (who = agency) =>
    (await who.call(tasks.list, { query: { kind: 'leave.file', size: 100 } })).items.map((t) => t.subject)

  test('a duty to take note, a list of those that wait, and one press for several; each named that cannot be', async () => {
    const first = await decide(head, await ask(await somebody(), 3))
    const second = await decide(head, await ask(await somebody(), 4))
    const county8 = await decide(agency, await ask(await somebody(), 8))
    expect(first).toMatchObject({
      filing: { at: null },
      path: expect.arrayContaining([expect.objectContaining({ step: 'filing', does: 'told', state: 'now' })]),
    })
    expect(county8.filing).toBeNull()
    expect(await toKnow()).toEqual(expect.arrayContaining([first.id, second.id]))
    const waits = await agency.call(leaves.list, { query: { toFile: true, size: 100 } })
    expect(waits.items.map((l) => l.id)).toEqual(expect.arrayContaining([first.id, second.id]))
    expect(waits.items.map((l) => l.id)).not.toContain(county8.id)
    const byOffice = await head.call(leaves.noteFilings, { body: { ids: [first.id] } })
    expect(byOffice.refused).toMatchObject([{ id: first.id, code: 'ZJ_LEAVE_FILING_COUNTY' }])
    expect(await codeOf(officer.call(leaves.noteFilings, { body: { ids: [first.id] } }))).toBe('ZJ_NOT_ALLOWED')

    const noted = await agency.call(leaves.noteFilings, { body: { ids: [first.id, county8.id, second.id] } })
    expect(noted.done).toEqual([first.id, second.id])
    expect(noted.refused).toMatchObject([{ id: county8.id, code: 'ZJ_LEAVE_NOT_TO_FILE' }])
    const known = await officer.call(leaves.get, { params: { id: first.id } })
    expect(known).toMatchObject({ filing: { at: expect.any(String), by: '赵科员' } })
    expect(await toKnow()).not.toContain(first.id)
    expect(await ledgerAbout(county, first.id)).toContain('leave.filed')
    // Twice is once.
    expect((await agency.call(leaves.noteFilings, { body: { ids: [first.id] } })).done).toEqual([first.id])
    expect((await ledgerAbout(county, first.id)).filter((kind) => kind === 'leave.filed')).toHaveLength(1)
  })

  test('the duty taken note of at the workbench files it, too; what the county decided itself needs no note', async () => {
    const leave = await decide(head, await ask(await somebody(), 2))
    const duty = (await agency.call(tasks.list, { query: { kind: 'leave.file', size: 100 } })).items.find(
      (t) => t.subject === leave.id,
    )
    if (!duty) throw new Error('no duty to take note')
    expect(duty.toKnow).toBe(true)
    await agency.call(tasks.claim, { params: { id: duty.id }, body: { revision: duty.revision } })
    expect((await officer.call(leaves.get, { params: { id: leave.id } })).filing?.by).toBe('赵科员')
    const own = await decide(agency, await ask(await somebody(), 2))
    expect(own.filing?.at).not.toBeNull()
    expect(await toKnow()).not.toContain(own.id)
  })
})

describe('S1.7 while he is away', () => {
  const hour = 3_600_000
  const now = (ms = 0) => new Date(county.house.chance.now() + ms).toISOString()
  const awayFor = async (days: number) => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '韦某' })
    return decide(head, await ask(person, days, 0))
  }
  const call = (id: string, more: object = {}) =>
    officer.call(leaves.call, {
      params: { id },
      body: { at: now(), means: 'phone', result: 'reached', note: '在医院陪护', ...more },
    })
  const dutyOf = async (id: string) =>
    (await officer.call(tasks.list, { query: { kind: 'leave.contact', size: 100 } })).items.find(
      (t) => t.subject === id,
    )

  test('contacts are recorded; a week of silence is a duty of his officer until he is reached', async () => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '韦某' })
    const long = await decide(agency, await ask(person, 20, 0))
    expect(long.away).toBe(true)
    await callContacts(county.house)
    expect(await dutyOf(long.id)).toBeUndefined()
    await later(county, 7 * 24 * hour)
    await callContacts(county.house)
    await callContacts(county.house)
    expect(await dutyOf(long.id)).toMatchObject({ owner: { id: officer.id }, clock: { citation: { rule: 'LVE-10' } } })
    const silent = await officer.call(leaves.get, { params: { id: long.id } })
    expect(silent.hints.map((h) => h.citation?.rule)).toContain('LVE-10')
    const tried = await call(long.id, { result: 'unreached', note: '无人接听' })
    expect(tried.calls).toMatchObject([{ result: 'unreached', by: '王警官' }])
    expect(await dutyOf(long.id)).toBeDefined()
    const reached = await call(long.id, { means: 'video' })
    expect(reached.calls).toHaveLength(2)
    expect(reached.hints.map((h) => h.citation?.rule)).not.toContain('LVE-10')
    expect(await dutyOf(long.id)).toBeUndefined()
    expect(await refusedWith(call(long.id, { at: now(hour) }))).toMatchObject({
      code: 'ZJ_LEAVE_CONTACT_TIME',
      fields: [{ path: 'at' }],
    })
    const ahead = await decide(head, await ask(await somebody(), 2, 30))
    expect(await codeOf(call(ahead.id))).toBe('ZJ_LEAVE_NOT_GONE')
  })

  test('another county here gets a duty with what it needs and no file; it answers; elsewhere a letter is recorded', async () => {
    const leave = await awayFor(5)
    const askHelp = (body: object) =>
      officer.call(leaves.askHelp, { params: { id: leave.id }, body: { wish: '请实地查访一次', ...body } })
    expect(await codeOf(askHelp({}))).toBe('ZJ_LEAVE_HELP_UNIT')
    expect(await codeOf(askHelp({ county: '999999' }))).toBe('ZJ_LEAVE_HELP_UNIT')
    expect(await codeOf(askHelp({ county: places.county }))).toBe('ZJ_LEAVE_HELP_UNIT')
    const asked = await askHelp({ county: places.otherCounty })
    expect(asked.helps).toMatchObject([{ here: true, answer: null }])
    const there = await county.signIn('county', { of: places.otherCounty, name: '二县陆科员' })
    const duties = await there.call(tasks.list, { query: { kind: 'leave.assist', whose: 'unit' } })
    expect(duties.items).toMatchObject([{ person: null, title: { zh: expect.stringContaining('韦某') } }])
    expect(await codeOf(there.call(leaves.get, { params: { id: leave.id } }))).toBe('ZJ_NOT_FOUND')
    const received = await there.call(leaveHelp.received, { query: {} })
    expect(received.items).toMatchObject([{ about: { name: '韦某', from: leave.from }, wish: '请实地查访一次' }])
    const id = received.items[0]?.id ?? ''
    expect((await agency.call(leaveHelp.received, { query: {} })).total).toBe(0)
    await there.call(leaveHelp.answer, { params: { id }, body: { answer: '已到医院查访，本人在' } })
    expect(await codeOf(there.call(leaveHelp.answer, { params: { id }, body: { answer: '再答' } }))).toBe(
      'ZJ_LEAVE_HELP_ANSWERED',
    )
    expect((await there.call(tasks.list, { query: { kind: 'leave.assist', whose: 'unit' } })).total).toBe(0)
    expect((await agency.call(tasks.list, { query: { kind: 'leave.assist', whose: 'mine' } })).total).toBe(0)
    const answered = await officer.call(leaves.get, { params: { id: leave.id } })
    expect(answered.helps).toMatchObject([{ answer: '已到医院查访，本人在', answeredBy: '二县陆科员' }])
    const letter = await askHelp({ organ: '外省某县社区矫正机构', letter: '矫协函〔2026〕3 号' })
    expect(letter.helps[0]).toMatchObject({ here: false, letter: '矫协函〔2026〕3 号' })
    await officer.call(leaveHelp.answer, {
      params: { id: letter.helps[0]?.id ?? '' },
      body: { answer: '复函：情况正常' },
    })
    expect(await ledgerAbout(county, leave.id)).toEqual(
      expect.arrayContaining(['leave.helpAsked', 'leave.helpAnswered']),
    )
  })

  test('ordered back at once: an hour, a reason, how he was told; later than that he has overstayed, long before the last day', async () => {
    const leave = await awayFor(6)
    const recall = (who: Somebody, more: object = {}) =>
      who.call(leaves.recall, {
        params: { id: leave.id },
        body: {
          until: now(6 * hour),
          reason: '擅自前往批准以外的地点',
          told: 'phone',
          revision: leave.revision,
          ...more,
        },
      })
    expect(await codeOf(recall(officer))).toBe('ZJ_NOT_ALLOWED')
    expect(await refusedWith(recall(head, { until: now(-hour) }))).toMatchObject({
      code: 'ZJ_LEAVE_RECALL_TIME',
      fields: [{ path: 'until' }],
    })
    const ordered = await recall(head)
    expect(ordered).toMatchObject({ overstayed: false, recall: { by: '张所长', told: 'phone' } })
    expect(await codeOf(recall(agency, { revision: ordered.revision }))).toBe('ZJ_LEAVE_RECALLED')
    // What he was allowed ends with that day, for the alarms, too.
    const { rows } = await sql<{ until_day: string }>`select until_day from away where id = ${leave.id}`.execute(
      county.house.databases.system,
    )
    expect(rows[0]?.until_day).toBe(legalDayOf(county.house.chance.now() + 6 * hour))
    await callOverstayed(county.house)
    expect((await officer.call(leaves.get, { params: { id: leave.id } })).overstayed).toBe(false)
    await later(county, 7 * hour)
    await callOverstayed(county.house)
    const late = await officer.call(leaves.list, { query: { overstayed: true, person: leave.person.id } })
    expect(late.items).toMatchObject([{ id: leave.id, overstayed: true }])
    expect(late.items[0]?.hints.find((h) => h.citation?.rule === 'LVE-11')?.said.zh).toContain('责令返回的时限已过')
    const duties = await officer.call(tasks.list, { query: { kind: 'leave.return', person: leave.person.id } })
    expect(duties.items).toMatchObject([{ title: { zh: expect.stringContaining('责令') } }])
    const back = await officer.call(leaves.return, {
      params: { id: leave.id },
      body: { on: today(), revision: ordered.revision },
    })
    expect(back).toMatchObject({ state: 'returned', overstayed: false, away: false })
  })
})

test('beside an application stands what the law says of proper reasons', async () => {
  const asked = await ask(await somebody(), 3, 90)
  expect(asked.hints).toMatchObject([{ citation: { rule: 'LVE-07', article: '26' } }])
})

test('several at once: each judged anew; what is another level’s, has no proof or was changed stays and is named', async () => {
  const fine = await ask(await somebody(), 3, 40)
  const longer = await ask(await somebody(), 8, 40)
  const person = await somebody()
  const bare = await officer.call(leaves.ask, { body: { ...wish(person, 3, 40), reasonText: '复查' } })
  const stale = await ask(await somebody(), 3, 40)
  const jailed = await ask(await somebody(), 3, 40)
  await sql`update person set state = 'detained' where id = ${jailed.person.id}`.execute(county.house.databases.system)
  const answer = await head.call(leaves.decideMany, {
    body: {
      leaves: [
        ...[fine, longer, bare, jailed].map(({ id, revision }) => ({ id, revision })),
        { id: stale.id, revision: stale.revision + 1 },
      ],
      verdict: 'approved',
      note: '情况属实',
    },
  })
  expect(answer.done).toEqual([fine.id])
  expect(answer.refused.map(({ id, code }) => [id, code])).toEqual([
    [longer.id, 'ZJ_LEAVE_NOT_COMPETENT'],
    [bare.id, 'ZJ_LEAVE_PROOF_MISSING'],
    [jailed.id, 'ZJ_LEAVE_STATE'],
    [stale.id, 'ZJ_CHANGED'],
  ])
  expect((await head.call(leaves.get, { params: { id: fine.id } })).state).toBe('approved')
  expect((await head.call(leaves.get, { params: { id: bare.id } })).state).toBe('asked')
  expect(
    await codeOf(
      officer.call(leaves.decideMany, {
        body: { leaves: [{ id: bare.id, revision: 1 }], verdict: 'approved', note: '同意' },
      }),
    ),
  ).toBe('ZJ_NOT_ALLOWED')
})
