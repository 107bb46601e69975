import { alarms } from '@zhijiao/contract/alarms'
import { audits } from '@zhijiao/contract/audits'
import { activations } from '@zhijiao/contract/devices'
import { documents, type OldDocument } from '@zhijiao/contract/documents'
import { type HistoryKind, history, historyKinds } from '@zhijiao/contract/history'
import { matters, type OldMatter } from '@zhijiao/contract/matters'
import { type HistoryFile, people } from '@zhijiao/contract/people'
import { leaves, type OldLeave } from '@zhijiao/contract/permits'
import { positions } from '@zhijiao/contract/positions'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let agency: Somebody
beforeAll(async () => {
  county = await startCounty({ at: '2026-11-20T02:00:00Z' })
  agency = await county.signIn('county', { name: '赵敏' })
})
afterAll(() => county?.stop())

const source = '旧系统 V2'
type Row = Record<string, unknown>
/** Rows are judged by the server; here they are whatever a file says. */
const given = <T>(rows: readonly Row[]) => rows as unknown as T[]

const exampleOf = async (kind: HistoryKind, who = agency) =>
  (await (await who.call(history.example, { params: { kind } })).text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row)

const bring = {
  people: (rows: readonly Row[], dryRun = false, who = agency) =>
    who.call(people.importHistory, { body: { source, files: given<HistoryFile>(rows), dryRun } }),
  matters: (rows: readonly Row[], dryRun = false, who = agency) =>
    who.call(matters.importHistory, { body: { source, matters: given<OldMatter>(rows), dryRun } }),
  leaves: (rows: readonly Row[], dryRun = false, who = agency) =>
    who.call(leaves.importHistory, { body: { source, leaves: given<OldLeave>(rows), dryRun } }),
  documents: (rows: readonly Row[], dryRun = false, who = agency) =>
    who.call(documents.importHistory, { body: { source, documents: given<OldDocument>(rows), dryRun } }),
  tracks: (rows: readonly Row[], dryRun = false, who = agency) =>
    who.call(positions.importTracks, {
      body: { source, dryRun },
      file: new Blob([rows.map((row) => JSON.stringify(row)).join('\n')]),
      fileName: 'old.jsonl',
    }),
}

/** Everything an import could leave behind. */
const standing = async () => {
  const { rows } = await sql<{ n: string }>`
    select 'person ' || count(*) as n from person union all select 'part ' || count(*) from person_part
    union all select 'episode ' || count(*) from episode union all select 'term ' || count(*) from activation
    union all select 'device ' || count(*) from device union all select 'day ' || count(*) from track_day
    union all select 'matter ' || count(*) from matter union all select 'task ' || count(*) from task
    union all select 'leave ' || count(*) from leave union all select 'document ' || count(*) from document union all select 'counter ' || count(*) from document_counter
    union all select 'entry ' || count(*) from ledger_entry where kind not like 'task.%'`.execute(
    county.house.databases.system,
  )
  return rows.map((r) => r.n)
}

describe('a trial judges everything and leaves nothing', () => {
  test('of each kind, before the import itself, and once it is in it says so', async () => {
    for (const kind of historyKinds) {
      const rows = await exampleOf(kind)
      const before = await standing()
      const tried = await bring[kind](rows, true)
      expect(tried.refused, kind).toEqual([])
      expect(await standing(), kind).toEqual(before)
      const done = await bring[kind](rows)
      expect({ ...done, people: null }, kind).toEqual({ ...tried, people: null })
      expect(await standing(), kind).not.toEqual(before)
      const after = await standing()
      const again = await bring[kind](rows, true)
      expect(again, kind).toMatchObject(
        kind === 'tracks'
          ? { activations: 0, days: 0, fixes: 0, known: { activations: 1, fixes: 3 }, refused: [] }
          : { created: 0, known: rows.length, refused: [] },
      )
      expect(await standing(), kind).toEqual(after)
    }
    const auditor = await county.signIn('auditAdmin')
    for (const [promise, rows] of [
      ['leaves.importHistory', 2],
      ['documents.importHistory', 3],
    ] as const) {
      const { items } = await auditor.call(audits.list, { query: { promise } })
      const told = items.filter((l) => l.phase === 'result').map((l) => [l.detail.trial, l.rows])
      expect(told, promise).toEqual([
        [true, 0],
        [false, rows],
        [true, 0],
      ])
    }
  }, 60_000)

  test('the examples stand on their own lists, marked, with their own times', async () => {
    const { items } = await agency.call(people.list, { query: { imported: true, name: '示例甲' } })
    const person = items[0]?.id ?? ''
    expect(items).toMatchObject([{ name: '示例甲', imported: true, state: 'inCorrection' }])
    expect((await agency.call(alarms.list, { query: { person, state: ['settled'] } })).items).toMatchObject([
      { kind: 'boundaryOut', imported: true },
    ])
    expect((await agency.call(activations.ofPerson, { params: { personId: person } })).items).toHaveLength(1)
    const day = await agency.call(positions.day, { params: { personId: person, day: '2024-06-03' }, query: {} })
    expect(day.fixes.imported).toEqual([true, true, true])
    const listed = await agency.call(matters.list, { query: { person } })
    expect(listed.items.map((m) => [m.kind, m.end, m.imported]).sort()).toEqual([
      ['contact', 'approved', true],
      ['talk', 'recorded', true],
    ])
    const away = await agency.call(leaves.list, { query: { person, sort: 'from' } })
    expect(away.items.map((l) => [l.state, l.from, l.returnedOn, l.decidedBy?.name, l.imported])).toEqual([
      ['returned', '2024-08-05', '2024-08-08', '原所长', true],
      ['refused', '2024-09-14', null, '原所长', true],
    ])
    const papers = await agency.call(documents.list, { query: { person, imported: true } })
    expect(papers.total).toBe(3)
    expect(papers.items.find((d) => d.template === 'D10')?.subject).toBe(away.items[0]?.id)
    const line = await agency.call(people.timeline, { params: { personId: person }, query: { size: 50 } })
    expect(line.items.every((e) => e.imported && e.occurredAt <= e.recordedAt)).toBe(true)
    expect(line.items.map((e) => e.kind)).toEqual(expect.arrayContaining(['history.visit', 'contact.ended']))
  })
})

describe('what is left out is named by row, field, code and remedy', () => {
  test('files', async () => {
    const [first = {}] = await exampleOf('people')
    const person = first.person as Row
    const one = (n: number, more: Row, over: Row = {}) => ({
      ...first,
      parts: [],
      events: [],
      alarms: [],
      number: `坏档-${n}`,
      person: { ...person, identity: identityNumber(40), ...more },
      ...over,
    })
    const { refused, created } = await bring.people(
      [
        one(1, { org: places.officeElsewhere }),
        one(2, { identity: '459001198503040000' }),
        one(3, { termEnd: '2020-01-01' }),
        one(4, { termStart: '2025-02-30' }),
        one(5, {}, { parts: [{ part: 'reports', data: { on: '2025-01-01', mode: '01' } }] }),
        one(
          6,
          {},
          {
            alarms: [
              { kind: 'boredom', from: '2025-01-01T00:00:00Z', closedAt: '2025-01-02T00:00:00Z', way: 'cleared' },
            ],
          },
        ),
        one(7, { identity: person.identity }),
      ],
      true,
    )
    expect(created).toBe(0)
    expect(refused.map((r) => [r.row, r.number, r.field, r.code])).toEqual([
      [1, '坏档-1', 'person.org', 'ZJ_PERSON_OLD_UNIT'],
      [2, '坏档-2', 'person.identity', 'ZJ_PERSON_IDENTITY_INVALID'],
      [3, '坏档-3', 'person.termEnd', 'ZJ_PERSON_TERM'],
      [4, '坏档-4', 'person.termStart', 'ZJ_INVALID'],
      [5, '坏档-5', 'parts.0.data.content', 'ZJ_INVALID'],
      [6, '坏档-6', 'alarms.0', 'ZJ_PERSON_OLD_ALARM'],
      [7, '坏档-7', 'person.identity', 'ZJ_PERSON_OLD_IDENTITY'],
    ])
    expect(refused[0]?.zh).toMatch(/不在您的辖区。请核对单位代码/)
  })

  test('matters; a step that the business does not have is no longer dropped in silence', async () => {
    const rows = await exampleOf('matters')
    const contact = rows.find((r) => r.kind === 'contact') ?? {}
    const passages = contact.passages as Row[]
    const one = (more: Row) => ({ ...contact, id: county.house.chance.id(), ...more })
    const elsewhere = await plantPerson(county.house, { officer: null, org: places.officeElsewhere, name: '外县' })
    const { refused, created, known } = await bring.matters(
      [
        one({ kind: 'dancing' }),
        one({ person: 'T-NOBODY' }),
        one({ person: elsewhere }),
        one({ on: '2025-02-30' }),
        one({ passages: [{ ...passages[0], way: 'jump' }] }),
        one({ passages: [...passages, passages[1]] }),
        one({ register: { whom: '甲', weather: '晴' } }),
        contact,
        one({}),
      ],
      true,
    )
    expect(refused.map((r) => [r.row, r.field, r.code])).toEqual([
      [1, 'kind', 'ZJ_MATTER_OLD_KIND'],
      [2, 'person', 'ZJ_MATTER_OLD_PERSON'],
      [3, 'person', 'ZJ_MATTER_OLD_PERSON'],
      [4, 'on', 'ZJ_MATTER_OLD_DAY'],
      [5, 'passages.0', 'ZJ_MATTER_OLD_PASSAGE'],
      [6, 'passages.2', 'ZJ_MATTER_OLD_PASSAGE'],
      [7, 'register.weather', 'ZJ_INVALID'],
    ])
    expect([created, known]).toEqual([1, 1])
    // An id of another unit's matter is a refusal of that row, not the end of the request.
    const there = await county.signIn('county', { of: places.otherCounty })
    const taken = await bring.matters([{ ...contact, person: elsewhere }], false, there)
    expect(taken.refused.map((r) => r.code)).toEqual(['ZJ_MATTER_OLD_ID'])
  })

  test('S1.7 leaves', async () => {
    const [leave = {}] = await exampleOf('leaves')
    const one = (more: Row) => ({ ...leave, id: county.house.chance.id(), ...more })
    const { refused, created, known } = await bring.leaves(
      [
        one({ person: 'T-NOBODY' }),
        one({}),
        one({ from: '2025-02-30' }),
        one({ from: '2025-03-03', until: '2025-03-05', returnedOn: undefined }),
        one({ from: '2025-03-03', until: '2025-03-05', returnedOn: '2025-03-05', decidedAt: '2024-01-01T00:00:00Z' }),
        one({
          destination: { text: '河内', country: 'VN' },
          from: '2025-03-03',
          until: '2025-03-05',
          returnedOn: '2025-03-05',
        }),
        leave,
        one({ from: '2025-06-02', until: '2025-06-04', returnedOn: '2025-06-04' }),
      ],
      true,
    )
    expect(refused.map((r) => [r.row, r.field, r.code])).toEqual([
      [1, 'person', 'ZJ_LEAVE_OLD_PERSON'],
      [2, 'from', 'ZJ_LEAVE_OLD_OVERLAP'],
      [3, 'from', 'ZJ_LAW_DATE_INVALID'],
      [4, 'returnedOn', 'ZJ_LEAVE_OLD_RETURN'],
      [5, 'decidedAt', 'ZJ_LEAVE_OLD_TIMES'],
      [6, 'destination.country', 'ZJ_LAW_LEAVE_ABROAD'],
    ])
    expect([created, known]).toEqual([1, 1])
    expect(refused[0]?.zh).toMatch(/没有档案“T-NOBODY”.*请先导入档案/)
  })

  test('papers and tracks', async () => {
    const [paper = {}] = await exampleOf('documents')
    const id = () => county.house.chance.id()
    const { refused } = await bring.documents(
      [
        { ...paper, id: id(), number: '（2024）示例训字第 001 号' },
        { ...paper, id: id(), number: '（2024）示例训字第 9 号', issuedAt: '2024-01-01T00:00:00Z' },
        { ...paper, id: id(), number: '（2024）示例训字第 9 号', values: { 天气: '晴' } },
      ],
      true,
    )
    expect(refused.map((r) => [r.row, r.field, r.code])).toEqual([
      [1, 'number', 'ZJ_DOCUMENT_OLD_NUMBER_TAKEN'],
      [2, 'issuedAt', 'ZJ_DOCUMENT_OLD_DAY'],
      [3, 'values', 'ZJ_DOCUMENT_OLD_BLANK'],
    ])
    const [term = {}, track = {}] = await exampleOf('tracks')
    const activation = term.activation as Row
    const answer = await bring.tracks(
      [
        term,
        { activation: { ...activation, ref: 't2', person: 'T-NOBODY' } },
        { activation: { ...activation, ref: 't3', startsAt: '2024-04-01T00:00:00Z' } },
        { activation: { ...activation, ref: 't4', regime: 'wish' } },
        { track: { term: 't9', fixes: (track.track as Row).fixes } },
        { track: { term: 't1', fixes: [[0, 24, 109]] } },
      ],
      true,
    )
    expect(answer.refused.map((r) => [r.line, r.field, r.code])).toEqual([
      [2, 'activation.person', 'ZJ_TRACK_OLD_PERSON'],
      [3, 'activation.startsAt', 'ZJ_TRACK_OLD_OVERLAP'],
      [4, 'activation.regime', 'ZJ_TRACK_OLD_SHAPE'],
      [5, 'track.term', 'ZJ_TRACK_OLD_TERM'],
      [6, 'track.fixes', 'ZJ_TRACK_OLD_OUT_OF_TERM'],
    ])
    expect([answer.leftOut, answer.known.activations]).toEqual([5, 1])
  })
})

test('Z3 a term that would go on running is held to the law; what is over stands as history, marked', async () => {
  const person = await plantPerson(county.house)
  let n = 0
  const term = (over: Row, device: Row = {}): Row => ({
    activation: {
      ref: `law${++n}`,
      person,
      device: { protocol: 'jt808', identity: `1370000${String(1000 + n)}`, kind: 'wristband', ...device },
      regime: 'device',
      ground: 'leftWithoutApproval',
      approver: '原局长',
      startsAt: '2026-10-01T00:00:00+08:00',
      lastDay: '2026-12-31',
      intervalS: 300,
      ...over,
    },
  })
  const check = { regime: 'check', ground: 'informationCheck', ceilingS: 3600 }
  const answer = await bring.tracks([
    term({}, { kind: 'phone' }),
    term({ ground: '表现不好' }),
    term({ lastDay: '2027-01-01' }),
    term({ ...check }),
    term({ ...check, ceilingS: 60 }, { kind: 'phone', protocol: 'app' }),
    term({ ...check, lastDay: '2028-01-01' }, { kind: 'phone', protocol: 'app' }),
    term({}),
    term({ ...check, lastDay: '2027-12-31' }, { kind: 'phone', protocol: 'app' }),
    // The same things as history: over by its last day, or by a day that is said.
    term({ startsAt: '2025-01-01T00:00:00+08:00', lastDay: '2025-12-31', ground: '表现不好' }, { kind: 'phone' }),
    term({ startsAt: '2026-02-01T00:00:00+08:00', endedAt: '2026-04-15T00:00:00+08:00' }),
  ])
  expect(answer.refused.map((r) => [r.line, r.field, r.code])).toEqual([
    [1, 'activation.device.kind', 'ZJ_TRACK_OLD_KIND'],
    [2, 'activation.ground', 'ZJ_TRACK_OLD_GROUND'],
    [3, 'activation.lastDay', 'ZJ_TRACK_OLD_LENGTH'],
    [4, 'activation.device.kind', 'ZJ_TRACK_OLD_KIND'],
    [5, 'activation.ceilingS', 'ZJ_TRACK_OLD_CEILING'],
    [6, 'activation.lastDay', 'ZJ_TRACK_OLD_LENGTH'],
  ])
  expect(answer.refused[2]?.says.zh).toMatch(/三个月.*EPD-03.*每次批准各写一行/)
  const { items } = await agency.call(activations.ofPerson, { params: { personId: person } })
  const seen = items.map((a) => [a.state, a.regime, a.departs.map((c) => c.rule)])
  expect(seen).toHaveLength(4)
  expect(seen).toEqual(
    expect.arrayContaining([
      ['running', 'device', []],
      ['running', 'check', []],
      ['ended', 'device', ['EPD-07', 'EPD-01', 'EPD-03']],
      ['ended', 'device', []],
    ]),
  )
  // Nobody who left correction is positioned by a file.
  const left = await plantPerson(county.house)
  await sql`update person set state = 'released' where id = ${left}`.execute(county.house.databases.system)
  const gone = await bring.tracks([term({ person: left })])
  expect(gone.refused.map((r) => [r.field, r.code])).toEqual([['activation.endedAt', 'ZJ_TRACK_OLD_STATE']])
})

test('a file of tracks that is sent again brings nothing twice and leaves the days sealed as they are', async () => {
  const [term = {}, track = {}] = await exampleOf('tracks')
  const days = async () =>
    (
      await sql<{
        day: string
        fixes: number
        revision: number
      }>`select day, fixes, revision from track_day order by day`.execute(county.house.databases.system)
    ).rows
  const before = await days()
  expect(await bring.tracks([term, track])).toMatchObject({ activations: 0, days: 0, fixes: 0, refused: [] })
  expect(await days()).toEqual(before)
  const more = {
    track: {
      term: 't1',
      fixes: [
        [1717394400000, 24.35, 109.44],
        [1717480800000, 24.35, 109.44],
      ],
    },
  }
  expect(await bring.tracks([term, track, more])).toMatchObject({
    activations: 0,
    days: 2,
    fixes: 2,
    known: { activations: 1, fixes: 3 },
  })
})

test('the sheets: every field of a kind, and the lines that were left out', async () => {
  const sheetOf = async (answer: Response) => {
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await answer.arrayBuffer())
    return JSON.stringify(book.worksheets[0]?.getSheetValues() ?? [])
  }
  for (const kind of historyKinds) {
    const answer = await agency.call(history.fields, { params: { kind } })
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('字段说明')
    const text = await sheetOf(answer)
    for (const words of {
      people: ['parts[].data.content', '矫正类别', '越界'],
      tracks: ['activation.lastDay'],
      matters: ['step=office', '同意上报'],
      leaves: ['destination.area', '就医', 'returnedOn'],
      documents: ['D18'],
    }[kind])
      expect(text, kind).toContain(words)
  }
  const report = await agency.call(history.report, {
    body: {
      kind: 'people',
      file: '旧档.jsonl',
      source,
      lines: [
        {
          line: 3,
          of: '坏档-1',
          field: 'person.org',
          reason: '单位不存在',
          remedy: '核对单位代码',
          code: 'ZJ_PERSON_OLD_UNIT',
        },
      ],
    },
  })
  const text = await sheetOf(report)
  for (const words of ['坏档-1', '核对单位代码', '赵敏', '旧系统 V2']) expect(text).toContain(words)
})

test('only who may import is given any of it', async () => {
  for (const who of [await county.signIn('officer'), await county.signIn('systemAdmin')]) {
    for (const kind of historyKinds) {
      expect(await codeOf(who.call(history.example, { params: { kind } }))).toBe('ZJ_NOT_ALLOWED')
      expect(await codeOf(bring[kind]([{}], true, who))).toBe('ZJ_NOT_ALLOWED')
    }
  }
  expect(await codeOf(agency.call(history.fields, { params: { kind: 'weather' } }))).toBe('ZJ_HISTORY_KIND')
})
