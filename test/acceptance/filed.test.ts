import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { leaves } from '@zhijiao/contract/permits'
import { filePastLeaves } from '@zhijiao/server/permits/filing'
import { filePast } from '@zhijiao/server/procedures/index'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { ledgerAbout } from '../support/episode.ts'
import { act, begin, ledTo, plantSupervised } from '../support/matters.ts'

let county: County
let officer: Somebody
let head: Somebody
let staff: Somebody
let chief: Somebody

const day = 86_400_000
const ago = (days: number, hours = 0) =>
  new Date(county.house.chance.now() - days * day - hours * 3_600_000).toISOString()
const date = (days: number) =>
  new Date(county.house.chance.now() - days * day + 8 * 3_600_000).toISOString().slice(0, 10)

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  staff = await county.signIn('county', { name: '赵科员' })
  chief = await county.signIn('countyHead', { name: '李局长' })
})
afterAll(() => county.stop())

const person = (options: Parameters<typeof plantSupervised>[1] = {}) =>
  plantSupervised(county, { officer: officer.id, ...options })
/** Rows of a group of the file, as whoever is in charge reads them. */
const filed = async (of: string, part: string, ended = false) =>
  (await officer.call(people.parts, { params: { personId: of }, query: { ended } })).items.filter(
    (row) => row.part === part,
  )

async function warned(of: string) {
  const begun = await begin(officer, 'violation', of, {
    type: '02',
    what: 'report',
    from: ago(3),
    until: ago(2),
    description: '未按规定报告，电话未接。',
  })
  const checked = await act(officer, begun, 'submit', {
    explanation: '忘记了',
    excuse: 'none',
    response: '电话联系，当面批评教育。',
  })
  const passed = await act(head, checked, 'submit', { opinion: '事实清楚', weight: 'heavier' })
  const decided = await act(staff, passed, 'warn', { reason: '依规定' })
  const warning = await ledTo(staff, decided, 'warning')
  const given = await act(chief, warning, 'give', { opinion: '同意' })
  const served = await act(officer, given, 'served', { servedAt: ago(0, 1), place: '司法所', copiedOn: date(0) })
  return { violation: begun.id, warning: served }
}

describe('S2.27 what a business settles stands in the file of the person (一人一档)', () => {
  test('a warned person: the breach and the warning, each once, leading to its matter; an objection that sets it aside marks it', async () => {
    const of = await person()
    const { violation, warning } = await warned(of)
    const [breach, ...noMore] = await filed(of, 'violations')
    expect(noMore).toEqual([])
    expect(breach).toMatchObject({
      data: { kind: '02', on: date(3), facts: '未按规定报告，电话未接。', outcome: '转警告' },
      source: { what: 'matter', id: violation, kind: 'violation' },
      setAside: null,
    })
    const [sanction, ...others] = await filed(of, 'rewards')
    expect(others).toEqual([])
    expect(sanction).toMatchObject({
      data: { kind: 'P2', on: date(0), organ: expect.stringContaining('县') },
      addedBy: '王警官',
      source: { what: 'matter', id: warning.id, kind: 'warning' },
    })
    expect(await ledgerAbout(county, sanction?.id ?? '')).toEqual(['part.added'])
    const contested = await begin(
      officer,
      'objection',
      of,
      { receivedOn: date(0), how: 'written', claim: '当日在医院' },
      { cause: warning.id },
    )
    const another = await county.signIn('county', { name: '周科员' })
    await act(another, contested, 'revoke', { heard: '已听取', meanwhile: 'rested', answer: '住院属实，撤销警告' })
    expect((await filed(of, 'rewards'))[0]?.setAside).toMatchObject({ objection: contested.id })
    expect(await ledgerAbout(county, sanction?.id ?? '')).toEqual(['part.added', 'part.setAside'])
  })

  test('what is no breach, and a sanction that is not decided, are filed nowhere', async () => {
    const of = await person()
    const asked = await begin(head, 'commendation', of, { ground: 'deed', facts: '抗洪救人' })
    await act(staff, asked, 'drop', { opinion: '事实不足' }, '事实不足')
    expect(await filed(of, 'rewards')).toEqual([])
    const deed = await begin(head, 'commendation', of, { ground: 'deed', facts: '抗洪救人' })
    const given = await act(staff, deed, 'give', { opinion: '同意' })
    await act(officer, given, 'served', { servedAt: ago(0, 1), place: '司法所', copiedOn: date(0) })
    expect(await filed(of, 'rewards')).toMatchObject([{ data: { kind: 'R1', reason: '抗洪救人' } }])
  })

  test('a leave: granted, then back; one taken back ends its row', async () => {
    const of = await person()
    const wish = (from: number, until: number) => ({
      person: of,
      from: date(-from),
      until: date(-until),
      destination: { text: '邻县', area: '459099', country: 'CN' },
      reason: '01',
      reasonText: '就医复诊',
    })
    const asked = await officer.call(leaves.ask, { body: wish(0, 2) })
    expect(await filed(of, 'leave')).toEqual([])
    const granted = await head.call(leaves.decide, {
      params: { id: asked.id },
      body: { verdict: 'approved', note: '同意', unproven: '就医当天补交病历', revision: asked.revision },
    })
    expect(await filed(of, 'leave')).toMatchObject([
      { data: { from: date(0), approver: '司法所' }, source: { what: 'leave', id: asked.id } },
    ])
    await officer.call(leaves.return, {
      params: { id: asked.id },
      body: { on: date(0), revision: granted.revision },
    })
    const [row, ...more] = await filed(of, 'leave')
    expect(more).toEqual([])
    expect(row?.data).toMatchObject({ returnedOn: date(0) })
    const second = await officer.call(leaves.ask, { body: wish(5, 6) })
    const again = await head.call(leaves.decide, {
      params: { id: second.id },
      body: { verdict: 'approved', note: '同意', unproven: '就医当天补交病历', revision: second.revision },
    })
    expect(await filed(of, 'leave')).toHaveLength(2)
    await officer.call(leaves.cancel, {
      params: { id: second.id },
      body: { note: '不去了', revision: again.revision },
    })
    expect(await filed(of, 'leave')).toHaveLength(1)
    expect((await filed(of, 'leave', true)).find((r) => r.source?.id === second.id)?.endedAt).not.toBeNull()
  })

  test('a release and a death, with their reasons', async () => {
    const of = await person({ termEnd: date(0) })
    const asked = await begin(officer, 'ending', of, { why: 'expiry', lastDay: date(0) })
    const summed = await act(officer, asked, 'submit', { summary: '遵守规定', village: '同意' })
    const appraised = await act(head, summed, 'submit', { conduct: '02', appraisal: '较好', resettlement: '回村务农' })
    const decided = await act(staff, appraised, 'approve', { opinion: '同意' })
    await act(head, decided, 'announce', { at: ago(0), place: '司法所', present: '村干部', address: '城东村' })
    expect(await filed(of, 'end')).toMatchObject([
      { data: { reason: 'E1', on: date(0), conduct: '02' }, source: { id: asked.id, kind: 'ending' } },
    ])
    const dead = await person()
    const death = await begin(officer, 'death', dead, {
      at: ago(1),
      cause: 'normal',
      reportedBy: '家属',
      how: '病故',
    })
    await act(staff, death, 'end', { proof: '死亡证明' })
    expect(await filed(dead, 'end')).toMatchObject([{ data: { reason: 'T4', on: date(1) } }])
  })
})

describe('S1.7 what comes from elsewhere and from before', () => {
  const old = (id: string, of: string) => ({
    id,
    kind: 'admonition',
    person: of,
    on: '2026-03-02',
    openedAt: '2026-03-02T02:00:00.000Z',
    openedBy: '旧系统张三',
    register: { facts: '外出未报告', grounds: ['34.2'] },
    passages: [
      { step: 'decide', way: 'give', by: '旧系统李四', at: '2026-03-05T02:00:00.000Z', form: { opinion: '同意' } },
      {
        step: 'serve',
        way: 'served',
        by: '旧系统张三',
        at: '2026-03-06T02:00:00.000Z',
        form: { servedAt: '2026-03-06T01:00:00.000Z', place: '司法所', copiedOn: '2026-03-06' },
      },
    ],
  })

  test('an old matter files itself with its own day; a row typed in before about the same thing is taken for it', async () => {
    const [of, typed] = [await person(), await person()]
    await officer.call(people.addPart, {
      params: { personId: typed },
      body: { part: 'rewards', data: { kind: 'P1', on: '2026-03-05', reason: '手工登记' } },
    })
    const ids = [county.house.chance.id(), county.house.chance.id()] as const
    const body = { source: '旧系统', matters: [old(ids[0], of), old(ids[1], typed)] }
    expect(await chief.call(matters.importHistory, { body })).toMatchObject({ created: 2, refused: [] })
    expect(await chief.call(matters.importHistory, { body })).toMatchObject({ created: 0, known: 2 })
    expect(await filed(of, 'rewards')).toMatchObject([
      { data: { kind: 'P1', on: '2026-03-05', reason: '外出未报告' }, addedAt: '2026-03-06T02:00:00.000Z' },
    ])
    expect(await filed(typed, 'rewards')).toMatchObject([
      { data: { reason: '手工登记' }, source: { what: 'matter', id: ids[1] } },
    ])
  })

  test('an installation of before: the worker files what past matters and leaves settled, once', async () => {
    const of = await person()
    const { warning } = await warned(of)
    const leave = county.house.chance.id()
    const { system } = county.house.databases
    await sql`delete from person_part where person_id = ${of}::uuid`.execute(system)
    await chief.call(leaves.importHistory, {
      body: {
        source: '旧系统',
        leaves: [
          {
            id: leave,
            person: of,
            from: '2026-02-02',
            until: '2026-02-04',
            destination: { text: '邻县', area: '459099', country: 'CN' },
            reason: '01',
            reasonText: '复诊',
            askedAt: '2026-01-30T02:00:00.000Z',
            askedBy: '旧系统张三',
            verdict: 'approved',
            decidedAt: '2026-01-31T02:00:00.000Z',
            decidedBy: '旧系统李四',
            returnedOn: '2026-02-04',
          },
        ],
      },
    })
    expect(await filed(of, 'leave')).toMatchObject([
      { data: { from: '2026-02-02', returnedOn: '2026-02-04' }, addedAt: '2026-01-31T02:00:00.000Z' },
    ])
    await sql`delete from person_part where person_id = ${of}::uuid`.execute(system)
    await Promise.all([filePast(county.house), filePastLeaves(county.house)])
    await filePast(county.house)
    await filePastLeaves(county.house)
    expect(await filed(of, 'rewards')).toMatchObject([{ data: { kind: 'P2' }, source: { id: warning.id } }])
    expect(await filed(of, 'violations')).toHaveLength(1)
    expect(await filed(of, 'leave')).toMatchObject([{ source: { id: leave } }])
  })
})
