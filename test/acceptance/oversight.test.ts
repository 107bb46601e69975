import { documents } from '@zhijiao/contract/documents'
import { matters } from '@zhijiao/contract/matters'
import { tasks } from '@zhijiao/contract/tasks'
import { climbOverdue } from '@zhijiao/server/core/tasks/climb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { later } from '../support/episode.ts'
import { act, filled, issueDraft, papersOf, plantSupervised, roundsOf, see } from '../support/matters.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let procurator: Somebody
let staff: Somebody
let chief: Somebody
let officer: Somebody
let elsewhere: Somebody

const day = 86_400_000
const date = (days: number) =>
  new Date(county.house.chance.now() - days * day + 8 * 3_600_000).toISOString().slice(0, 10)

beforeAll(async () => {
  county = await startCounty()
  procurator = await county.signIn('procurator', { name: '林检察官' })
  staff = await county.signIn('county', { name: '赵科员' })
  chief = await county.signIn('countyHead', { name: '李局长' })
  officer = await county.signIn('officer', { name: '王警官' })
  elsewhere = await county.signIn('procurator', { of: places.otherCounty })
})
afterAll(() => county.stop())

const opinion = (more: object = {}) => ({
  kind: 'notice',
  about: 'agency',
  organ: '示例市示例区人民检察院',
  number: '示检纠〔2026〕3号',
  issuedOn: date(0),
  text: '未按规定对严管对象实地查访，请予纠正。',
  through: 'desk',
  ...more,
})
const raise = (who: Somebody, form: object, more: { person?: string; cause?: string } = {}) =>
  who.call(matters.register, { body: { kind: 'oversight', form: opinion(form) as never, ...more } })
const reply = { found: '属实，三名对象漏访', adopted: 'yes', measures: '已补访，建立每周核对制度' }
const mine = async (who: Somebody) =>
  (await who.call(tasks.list, { query: { kind: 'matter.oversight' } })).items.map((t) => t.subject)

describe('S1.13 the procuratorate oversees, and is answered in writing', () => {
  test('SUP-02 its notice becomes a duty with a day, the county prepares, the head signs, the reply lies on the procurator’s list', async () => {
    const raised = await raise(procurator, { replyBy: date(-15) })
    expect(raised).toMatchObject({ step: 'prepare', holder: { post: 'county', unit: places.county } })
    expect(raised.clock.dueAt?.slice(0, 10)).toBe(date(-15))
    expect(raised.clock.citation).toMatchObject({ rule: 'SUP-02', article: '62' })
    expect(await mine(staff)).toContain(raised.id)
    // Nobody answers himself: neither the procurator nor an officer, and another county's procurator sees nothing.
    expect(await codeOf(act(procurator, raised, 'submit', reply))).toBe('ZJ_MATTER_NOT_YOURS')
    expect(await codeOf(act(officer, raised, 'submit', reply))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(see(elsewhere, raised.id))).toBe('ZJ_NOT_FOUND')
    // What is not adopted is explained (Law 62).
    expect(await codeOf(act(staff, raised, 'submit', { found: '不属实', adopted: 'no' }))).toBe('ZJ_INVALID')
    const ready = await act(staff, raised, 'submit', reply)
    expect(ready.clock.dueAt?.slice(0, 10)).toBe(date(-15))
    expect(await codeOf(act(staff, ready, 'sign', { opinion: '同意' }))).toBe('ZJ_MATTER_NOT_YOURS')
    const sent = await act(chief, ready, 'sign', { opinion: '同意回复' })
    expect(sent).toMatchObject({ step: 'reading', holder: { post: 'procurator' } })
    expect(await papersOf(county, raised.id)).toEqual(['D38'])
    expect(await filled(county, raised.id, 'D38')).toMatchObject({
      检察机关: '示例市示例区人民检察院',
      来文: '纠正违法通知书（示检纠〔2026〕3号）',
      采纳情况: '采纳',
      整改措施: '已补访，建立每周核对制度',
    })
    expect(await mine(procurator)).toContain(raised.id)
    const papers = await procurator.call(documents.list, { query: { subject: raised.id } })
    expect(papers.total).toBe(1)
    const first = await issueDraft(chief, raised.id, 'D38')
    // Not enough: the agency answers once more, in a reply of its own; then it is accepted.
    const now = await see(procurator, raised.id)
    expect(await codeOf(act(procurator, now, 'again'))).toBe('ZJ_MATTER_REASON')
    const again = await act(procurator, now, 'again', {}, '未附走访记录')
    expect(again.step).toBe('prepare')
    const better = await act(staff, again, 'submit', { ...reply, measures: '已附全部走访记录' })
    const signed = await act(chief, better, 'sign', { opinion: '同意' })
    expect(await roundsOf(county, raised.id, 'D38')).toMatchObject([
      { id: first.id, state: 'issued', given: { 整改措施: '已补访，建立每周核对制度' } },
      { state: 'draft', given: { 整改措施: '已附全部走访记录' } },
    ])
    const second = await issueDraft(chief, raised.id, 'D38')
    expect(second.number).not.toBe(first.number)
    expect(await act(procurator, await see(procurator, signed.id), 'accept')).toMatchObject({ end: 'accepted' })
    expect(await mine(procurator)).not.toContain(raised.id)
    const counts = await procurator.call(matters.counts, { query: { kind: 'oversight' } })
    expect(counts).toMatchObject({ ended: 1, running: 0 })
  })

  test('about a person and about a matter of his; what the agency disagrees with is reconsidered, upheld or taken back', async () => {
    const of = await plantSupervised(county, { officer: officer.id, name: '周某' })
    expect(await codeOf(raise(procurator, { about: 'person' }))).toBe('ZJ_OVERSIGHT_PERSON')
    expect(await codeOf(raise(procurator, { about: 'matter' }, { person: of }))).toBe('ZJ_OVERSIGHT_MATTER')
    const visit = await officer.call(matters.register, {
      body: {
        kind: 'visit',
        person: of,
        form: {
          at: new Date(county.house.chance.now() - 3_600_000).toISOString(),
          where: '家中',
          met: '本人',
          found: '在家',
        },
      },
    })
    const raised = await raise(procurator, { about: 'matter', kind: 'suggestion' }, { person: of, cause: visit.id })
    expect(raised).toMatchObject({ person: { id: of }, related: [{ id: visit.id, how: 'from' }] })
    // No day in the paper: the days set here count.
    expect(raised.clock.dueAt?.slice(0, 10)).toBe(date(-30))
    const disagree = { found: '走访记录完整', adopted: 'reconsider', reasons: '记录与事实相符' }
    const signed = await act(chief, await act(staff, raised, 'submit', disagree), 'sign', { opinion: '提请复议' })
    expect(signed).toMatchObject({ step: 'reconsider', holder: { post: 'procurator' } })
    const upheld = await act(procurator, await see(procurator, raised.id), 'uphold', {}, '记录系事后补写')
    expect(upheld.step).toBe('prepare')
    const once = await act(chief, await act(staff, upheld, 'submit', disagree), 'sign', { opinion: '再次提请复议' })
    expect(await act(procurator, await see(procurator, once.id), 'lift')).toMatchObject({ end: 'lifted' })
    // The file shows it to whoever is in charge.
    const list = await officer.call(matters.list, { query: { person: of, kind: 'oversight' } })
    expect(list.total).toBe(1)
  })

  test('what came on paper the county enters, and the word that comes back; each chooses his own way', async () => {
    expect(await codeOf(raise(staff, {}))).toBe('ZJ_OVERSIGHT_DESK')
    expect(await codeOf(raise(procurator, { through: 'paper' }))).toBe('ZJ_OVERSIGHT_PAPER')
    expect(await codeOf(raise(officer, { through: 'paper' }))).toBe('ZJ_NOT_ALLOWED')
    const raised = await raise(staff, { through: 'paper', kind: 'oral', number: undefined })
    const signed = await act(chief, await act(staff, raised, 'submit', reply), 'sign', { opinion: '同意' })
    expect(signed.step).toBe('readingPaper')
    const up = await act(staff, signed, 'report', { on: date(0) }, '认为整改不到位')
    expect(up).toMatchObject({ end: 'reported' })
  })

  test('SUP-03 SUP-04 objections to temporary service and to commutation or parole: the law’s own time is counted and shown', async () => {
    const of = await plantSupervised(county, { officer: officer.id, category: '04' })
    const weigh = async (form: object) =>
      (await procurator.call(matters.weigh, { body: { kind: 'oversight', person: of, form: opinion(form) as never } }))
        .hints
    const [inTime] = await weigh({ about: 'person', kind: 'temporaryService', copyOn: date(20) })
    expect(inTime).toMatchObject({ tone: 'good', citation: { rule: 'SUP-03' } })
    const [late] = await weigh({ about: 'person', kind: 'ruling', copyOn: date(40) })
    expect(late).toMatchObject({ tone: 'careful', citation: { rule: 'SUP-04' } })
    const raised = await raise(
      procurator,
      { about: 'person', kind: 'temporaryService', copyOn: date(20) },
      { person: of },
    )
    expect(raised.step).toBe('note')
    expect(await act(staff, raised, 'noted', { note: '已报送决定机关' })).toMatchObject({ end: 'noted' })
  })

  test('overdue it is shown so and climbs to the head', async () => {
    const raised = await raise(procurator, { kind: 'suggestion', replyBy: date(-1) })
    const first = (await staff.call(tasks.list, { query: { kind: 'matter.oversight' } })).items.find(
      (t) => t.subject === raised.id,
    )
    county.pass(3 * day)
    const [clerk, watcher] = [await county.signIn('county'), await county.signIn('procurator')]
    await climbOverdue(county.house)
    const late = await clerk.call(tasks.get, { params: { id: first?.id ?? '' } })
    expect(late.clock.overdue).toBe(true)
    expect(late.called.map((c) => c.id)).toContain(chief.id)
    const overdue = await watcher.call(matters.list, { query: { kind: 'oversight', overdue: true } })
    expect(overdue.items.map((m) => m.id)).toContain(raised.id)
  })

  test('SUP-02 asked to answer again it has its days anew, from that day; sent back within the agency it has not', async () => {
    for (const way of ['again', 'uphold']) {
      const reader = await county.signIn('procurator')
      const clerk = await county.signIn('county')
      const leader = await county.signIn('countyHead')
      const raised = await raise(reader, { kind: 'suggestion', replyBy: date(-5) })
      const disagree = { found: '记录完整', adopted: 'reconsider', reasons: '记录与事实相符' }
      const ready = await act(clerk, raised, 'submit', way === 'again' ? reply : disagree)
      await act(leader, ready, 'sign', { opinion: '同意' })
      // The procuratorate reads it weeks after the day that its paper named.
      await later(county, 40 * day)
      const back = await act(reader, await see(reader, raised.id), way, {}, '整改不到位')
      expect(back).toMatchObject({ step: 'prepare', clock: { overdue: false, citation: { rule: 'SUP-02' } } })
      expect(back.clock.dueAt?.slice(0, 10)).toBe(date(-30))
      await later(county, 2 * day)
      const better = await act(clerk, await see(clerk, raised.id), 'submit', reply)
      expect(better.clock.dueAt?.slice(0, 10)).toBe(date(-28))
      const returned = await act(leader, better, 'return', {}, '请附材料')
      expect(returned.clock.dueAt?.slice(0, 10)).toBe(date(-28))
    }
  })
})
