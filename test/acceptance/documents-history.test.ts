import { createHash } from 'node:crypto'
import { audits } from '@zhijiao/contract/audits'
import { documents, type OldDocument } from '@zhijiao/contract/documents'
import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { ledgerAbout } from '../support/episode.ts'
import { pdfText } from '../support/pdf-text.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let agency: Somebody

beforeAll(async () => {
  county = await startCounty({ at: '2026-06-10T02:00:00Z' })
  officer = await county.signIn('officer', { name: '王建国' })
  head = await county.signIn('officeHead', { name: '张志强' })
  agency = await county.signIn('county', { name: '赵敏' })
})
afterAll(() => county.stop())

const id = () => county.house.chance.id()
const source = '旧系统 V2'
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())
const squeeze = (text: string) => text.replace(/\s/g, '')

const numberOf = async (person: string) => {
  const { rows } = await sql<{ number: string }>`select number from person where id = ${person}::uuid`.execute(
    county.house.databases.system,
  )
  return rows[0]?.number ?? ''
}
const somebody = (name = '旧档对象', more: { org?: string; minor?: boolean } = {}) =>
  plantPerson(county.house, { officer: more.org ? null : officer.id, name, ...more })

/** An admonition of last year, served on the spot. */
const old = (person: string | undefined, more: Partial<OldDocument> = {}): OldDocument => ({
  id: id(),
  template: 'D18',
  ...(person === undefined ? {} : { person }),
  number: '（2025）示社矫训字第 12 号',
  decidedOn: '2025-03-04',
  issuedAt: '2025-03-05T02:00:00Z',
  issuedBy: '李国栋(原)',
  values: { 违规事实: '二月九日未按规定报告', '依据(34条项)': '第（二）项', 决定: '给予训诫一次' },
  signers: [{ label: '被送达人', name: '旧档对象', on: '2025-03-06' }],
  deliveries: [
    {
      copy: 'original',
      addressee: '旧档对象',
      how: 'direct',
      at: '2025-03-06T03:00:00Z',
      by: '王建国',
      receiver: '旧档对象',
      place: '城东司法所',
    },
  ],
  ...more,
})
const bring = (list: readonly OldDocument[], who = agency) =>
  who.call(documents.importHistory, { body: { source, documents: [...list] } })
const get = (of: string, who = officer) => who.call(documents.get, { params: { id: of } })

async function issueNew(person: string, template: string, values: Record<string, string>) {
  const made = await officer.call(documents.draft, { body: { template, person, values } })
  return head.call(documents.issue, { params: { id: made.id }, body: { revision: made.revision } })
}
const admonition = { 违规事实: '未按规定报告', '依据(34条项)': '第（二）项', 决定: '给予训诫一次' }

const scanOf = (text: string) =>
  Buffer.from(`%PDF-1.4\n% ${text}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`)
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const upload = (subject: string, person: string, bytes: Buffer) =>
  agency.call(files.upload, {
    body: { subject, person },
    file: new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }),
    fileName: '扫描件.pdf',
  })

describe('S3.11 papers of old files come in with the history import', () => {
  test('S3.11 with their own days, number, signers and service, marked everywhere; asking twice imports once', async () => {
    const person = await somebody()
    const paper = old(await numberOf(person))
    expect(await bring([paper])).toEqual({ created: 1, known: 0, refused: [] })
    expect(await bring([paper])).toEqual({ created: 0, known: 1, refused: [] })
    const shown = await get(paper.id)
    expect(shown).toMatchObject({
      state: 'issued',
      number: '（2025）示社矫训字第 12 号',
      decidedOn: '2025-03-04',
      issuedAt: '2025-03-05T02:00:00.000Z',
      draftedAt: '2025-03-05T02:00:00.000Z',
      issuedBy: null,
      issuedByName: '李国栋(原)',
      imported: true,
      scanned: false,
      source,
      sha256: null,
      person: { id: person },
      oldSigners: [{ label: '被送达人', name: '旧档对象', on: '2025-03-06' }],
      deliveryList: [{ receiver: '旧档对象', servedByName: '王建国', servedBy: null, imported: true }],
    })
    expect(shown.importedAt?.slice(0, 10)).toBe('2026-06-10')
    expect(shown.cites.map((c) => c.rule)).toContain('PEN-01')
    const mine = await officer.call(documents.list, { query: { person, imported: true } })
    expect(mine.items).toMatchObject([{ id: paper.id, imported: true, scanned: false, toServe: true, deliveries: 1 }])
    expect((await officer.call(documents.list, { query: { person, imported: false } })).total).toBe(0)

    const { items } = await officer.call(people.timeline, { params: { personId: person }, query: {} })
    expect(items.map((e) => [e.says.zh, e.imported, e.occurredAt])).toEqual([
      ['送达文书', true, '2025-03-06T03:00:00.000Z'],
      ['制发文书（历史文书导入）', true, '2025-03-05T02:00:00.000Z'],
    ])
    expect(items.every((e) => e.recordedAt.startsWith('2026-06-10'))).toBe(true)
    expect((await ledgerAbout(county, paper.id)).sort()).toEqual(['document.delivered', 'document.imported'])

    const auditor = await county.signIn('auditAdmin')
    const lines = await auditor.call(audits.list, { query: { promise: 'documents.importHistory' } })
    expect(lines.items.map((l) => l.says.zh)).toContain('导入历史文书')
    expect(lines.items.some((l) => l.staffId === agency.id && l.rows === 1)).toBe(true)
  })

  test('S3.11 a paper of a matter lies with it; one about nobody on file belongs to its unit', async () => {
    const person = await somebody()
    const matter = id()
    const asked = await agency.call(matters.importHistory, {
      body: {
        source,
        matters: [
          {
            id: matter,
            kind: 'talk',
            person,
            on: '2025-05-06',
            openedAt: '2025-05-06T02:00:00Z',
            openedBy: '王建国',
            register: {},
            passages: [],
          },
        ],
      },
    })
    expect(asked.created).toBe(1)
    const ofMatter = old(person, { template: 'D34a', number: undefined, subject: matter, values: {}, deliveries: [] })
    const ofUnit = old(undefined, {
      template: 'D33',
      number: '（2025）示社矫函字第3号',
      values: {},
      org: places.office,
    })
    expect(await bring([ofMatter, ofUnit])).toMatchObject({ created: 2, refused: [] })
    expect((await officer.call(documents.list, { query: { subject: matter } })).items.map((d) => d.id)).toEqual([
      ofMatter.id,
    ])
    expect(await get(ofUnit.id, head)).toMatchObject({
      person: null,
      org: places.office,
      number: '（2025）示社矫函字第3号',
    })
    const elsewhere = await somebody('另一人')
    expect((await bring([old(elsewhere, { subject: matter, number: undefined })])).refused).toMatchObject([
      { row: 1, code: 'ZJ_DOCUMENT_OLD_SUBJECT' },
    ])
  })
})

describe('what cannot have been so is left out and named', () => {
  test('every fault by its row, code and in both languages; what is right comes in', async () => {
    const person = await somebody()
    const stranger = await somebody('外县的', { org: places.officeElsewhere })
    const minor = await somebody('未成年', { minor: true })
    const taken = old(person, { number: '（2025）示社矫训字第40号' })
    await bring([taken])
    const bad: [Partial<OldDocument> & { person?: string }, string][] = [
      [{ template: 'D99' }, 'ZJ_DOCUMENT_TEMPLATE'],
      [{ person: 'T-NOBODY' }, 'ZJ_DOCUMENT_OLD_PERSON'],
      [{ person: stranger }, 'ZJ_DOCUMENT_OLD_PERSON'],
      [{ person: minor }, 'ZJ_DOCUMENT_OLD_PERSON'],
      [{ person: undefined, org: places.otherCounty }, 'ZJ_DOCUMENT_OLD_UNIT'],
      [{ subject: id() }, 'ZJ_DOCUMENT_OLD_SUBJECT'],
      // The same number, whichever brackets, spaces and zeros it is written with.
      [{ number: '〔2025〕 示社矫训字第 040 号' }, 'ZJ_DOCUMENT_OLD_NUMBER_TAKEN'],
      [{ number: '（2052）示社矫训字第41号' }, 'ZJ_DOCUMENT_OLD_NUMBER_YEAR'],
      [{ decidedOn: '2026-06-11' }, 'ZJ_DOCUMENT_OLD_DAY'],
      [{ decidedOn: '2025-02-30' }, 'ZJ_DOCUMENT_OLD_DAY'],
      [{ issuedAt: '2026-06-11T02:00:00Z' }, 'ZJ_DOCUMENT_OLD_DAY'],
      [{ issuedAt: '2025-03-01T02:00:00Z' }, 'ZJ_DOCUMENT_OLD_DAY'],
      [{ voided: { at: '2025-01-01T00:00:00Z', by: '赵敏', reason: '有误' } }, 'ZJ_DOCUMENT_OLD_DAY'],
      [
        { deliveries: [{ copy: 'original', addressee: '甲', how: 'mail', at: '2025-03-01T00:00:00Z', by: '乙' }] },
        'ZJ_DOCUMENT_OLD_DAY',
      ],
      [{ values: { 不存在的空白: '某事' } }, 'ZJ_DOCUMENT_OLD_BLANK'],
      [{ scan: { file: id(), sha256: '0'.repeat(64) } }, 'ZJ_DOCUMENT_SCAN'],
    ]
    const rows = bad.map(([more], n) => old(person, { number: `（2025）示社矫训字第${50 + n}号`, ...more }))
    const good = old(person, { number: '（2025）示社矫训字第70号' })
    const twice = old(person, { number: '（2025）示社矫训字第 70 号' })
    const answer = await bring([...rows, good, twice])
    expect(answer.created).toBe(1)
    expect(answer.refused.map((r) => [r.row, r.code])).toEqual([
      ...bad.map(([, code], n) => [n + 1, code]),
      [rows.length + 2, 'ZJ_DOCUMENT_OLD_NUMBER_TAKEN'],
    ])
    for (const { zh, en, row } of answer.refused) {
      expect(zh, `row ${row}`).toMatch(/\p{Script=Han}/u)
      expect(en, `row ${row}`).not.toMatch(/\{\w+\}|—$/)
      expect(zh, `row ${row}`).not.toMatch(/\{\w+\}/)
    }
    expect(answer.refused.find((r) => r.code === 'ZJ_DOCUMENT_OLD_BLANK')?.zh).toContain('不存在的空白')
    expect(answer.refused.find((r) => r.code === 'ZJ_DOCUMENT_OLD_NUMBER_TAKEN')?.zh).toContain('040')
  })

  test('only the county imports, into its own area; another county sees nothing of it', async () => {
    const person = await somebody()
    const paper = old(person, { number: '（2025）示社矫训字第80号' })
    for (const who of [officer, head, await county.signIn('procurator'), await county.signIn('auditAdmin')])
      expect(await codeOf(bring([paper], who))).toBe('ZJ_NOT_ALLOWED')
    const elsewhere = await county.signIn('county', { of: places.otherCounty })
    expect((await bring([paper], elsewhere)).refused).toMatchObject([{ code: 'ZJ_DOCUMENT_OLD_PERSON' }])
    await bring([paper])
    expect(await codeOf(get(paper.id, elsewhere))).toBe('ZJ_NOT_FOUND')
    // Its own number of that text is its own affair; an id of somebody else is not.
    const theirs = await somebody('外县对象', { org: places.officeElsewhere })
    expect((await bring([old(theirs, { number: paper.number })], elsewhere)).created).toBe(1)
    expect((await bring([{ ...paper, person: theirs, number: undefined }], elsewhere)).refused).toHaveLength(1)
    expect((await elsewhere.call(documents.list, { query: {} })).items.map((d) => d.id)).not.toContain(paper.id)
  })
})

describe('numbers go on after the old ones', () => {
  test('the next number follows the highest of its year and kind, and steps over one that another kind bears', async () => {
    const person = await somebody()
    await bring([
      old(person, {
        number: '（2026）示社矫训字第 7 号',
        decidedOn: '2026-01-04',
        issuedAt: '2026-01-04T02:00:00Z',
        deliveries: [],
      }),
      old(person, {
        number: '（2026）示社矫训字第 31 号',
        decidedOn: '2026-02-04',
        issuedAt: '2026-02-04T02:00:00Z',
        deliveries: [],
      }),
      old(person, { number: '（2025）示社矫训字第 90 号' }),
      // Warnings were numbered under the characters of admonitions.
      old(person, {
        template: 'D19',
        number: '（2026）示例一矫训决字第33号',
        decidedOn: '2026-03-04',
        issuedAt: '2026-03-04T02:00:00Z',
        values: {},
        deliveries: [],
      }),
      // A number no machine can read keeps its text and counts for nothing.
      old(person, {
        number: '示矫通知 A-5',
        decidedOn: '2026-03-05',
        issuedAt: '2026-03-05T02:00:00Z',
        deliveries: [],
      }),
    ]).then((answer) => expect(answer.refused).toEqual([]))
    expect((await issueNew(person, 'D18', admonition)).number).toBe('（2026）示例一矫训决字第32号')
    expect((await issueNew(person, 'D18', admonition)).number).toBe('（2026）示例一矫训决字第34号')
    // One that comes in late under a number given here meanwhile is refused; one beyond lifts the series.
    const late = (number: string) =>
      old(person, { number, decidedOn: '2026-05-04', issuedAt: '2026-05-04T02:00:00Z', deliveries: [] })
    expect((await bring([late('（2026）示例一矫训决字第34号')])).refused).toMatchObject([
      { code: 'ZJ_DOCUMENT_OLD_NUMBER_TAKEN' },
    ])
    await bring([late('（2026）示例一矫训决字第 050 号')])
    expect((await issueNew(person, 'D18', admonition)).number).toBe('（2026）示例一矫训决字第51号')
  }, 60_000)

  test('two imports and an issue at once never give one number twice', async () => {
    const person = await somebody()
    const many = (from: number) =>
      Array.from({ length: 20 }, (_, n) =>
        old(person, {
          template: 'D19',
          number: `（2026）示例一矫警决字第${from + n}号`,
          decidedOn: '2026-04-01',
          issuedAt: '2026-04-01T02:00:00Z',
          values: {},
          deliveries: [],
        }),
      )
    const values = { 违规事实: '脱离监管', '依据(35条项)': '第（二）项', 决定: '给予警告一次' }
    const [a, b, c] = await Promise.all([bring(many(100)), bring(many(110)), issueNew(person, 'D19', values)])
    expect(a.created + b.created).toBe(30)
    expect(a.refused.length + b.refused.length).toBe(10)
    const { rows } = await sql<{ n: number; distinct: number }>`
      select count(*)::int as n, count(distinct number_key)::int as distinct from document where template = 'D19' and person_id = ${person}::uuid`.execute(
      county.house.databases.system,
    )
    expect(rows[0]).toEqual({ n: 31, distinct: 31 })
    const serial = (number: string | null) => Number(/第(\d+)号/.exec(number ?? '')?.[1])
    expect(serial((await issueNew(person, 'D19', values)).number)).toBe(Math.max(129, serial(c.number)) + 1)
  }, 60_000)
})

describe('an old paper never pretends to be the print', () => {
  test('without its original it is a copy that says so on every page, the same whenever it is asked for', async () => {
    const person = await somebody('龚㛃䶮')
    const paper = old(person, { number: '（2025）示社矫训字第101号' })
    await bring([paper])
    const params = { id: paper.id }
    const answer = await officer.call(documents.pdf, { params })
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('复制件')
    const first = pdfText(await bytesOf(answer))
    expect(first.missing).toBe(0)
    const said = squeeze(first.text)
    for (const words of [
      '依历史数据重印',
      '旧系统V2',
      '原件未随附',
      '被送达人旧档对象',
      '第101号',
      '二月九日未按规定报告',
    ])
      expect(said).toContain(words)
    expect(said.split('依历史数据重印').length - 1).toBe(first.pages)
    // The file moves on; the old paper does not.
    await sql`update person set name = '改名', crime = '盗窃罪' where id = ${person}::uuid`.execute(
      county.house.databases.system,
    )
    expect(squeeze(pdfText(await bytesOf(await officer.call(documents.pdf, { params }))).text)).toBe(said)
    const receipt = await bytesOf(
      await officer.call(documents.receipt, {
        params: { id: paper.id, deliveryId: (await get(paper.id)).deliveryList[0]?.id ?? '' },
      }),
    )
    expect(squeeze(pdfText(receipt).text)).toContain('依历史数据重印')
  }, 60_000)

  test('nobody signs or seals it here; it is served, voided and replaced; SQL cannot change it', async () => {
    const person = await somebody()
    const paper = old(person, { number: '（2025）示社矫训字第102号', deliveries: [] })
    await bring([paper])
    const params = { id: paper.id }
    const { revision } = await get(paper.id)
    const sign = { place: 'person', name: '某', file: id(), revision }
    expect(await codeOf(officer.call(documents.sign, { params, body: sign }))).toBe('ZJ_DOCUMENT_IMPORTED')
    expect(await codeOf(agency.call(documents.seal, { params, body: { revision } }))).toBe('ZJ_DOCUMENT_IMPORTED')
    const waits = () => officer.call(documents.list, { query: { person, unserved: true } })
    expect((await waits()).items.map((d) => d.id)).toEqual([paper.id])
    expect(await officer.call(documents.counts, { query: { person } })).toEqual({
      all: 1,
      draft: 0,
      issued: 1,
      unserved: 1,
      void: 0,
    })
    const at = new Date(county.house.chance.now()).toISOString()
    const body = { copy: 'original' as const, addressee: '旧档对象', how: 'mail' as const, at }
    const served = await officer.call(documents.deliver, { params, body })
    expect(served.deliveryList).toMatchObject([{ imported: false, servedBy: { name: '王建国' } }])
    expect((await waits()).total).toBe(0)
    for (const change of [
      sql`update document set number = '改' where id = ${paper.id}::uuid`,
      sql`update document set source = '改' where id = ${paper.id}::uuid`,
      sql`update document set imported_at = null where id = ${paper.id}::uuid`,
    ])
      await expect(change.execute(county.house.databases.system)).rejects.toThrow(/frozen/)
    const again = await head.call(documents.void, { params, body: { reason: '引用有误', again: true, revision } })
    expect(again).toMatchObject({ state: 'draft', imported: false, replaces: paper.id, given: paper.values })
  }, 60_000)

  test('a scan that came with it is what is shown, by its hash; one that is found later is put to it once', async () => {
    const person = await somebody()
    const scanned = old(person, { number: '（2025）示社矫训字第103号' })
    const bytes = scanOf('103')
    const file = await upload(scanned.id, person, bytes)
    const wrong = await bring([{ ...scanned, scan: { file: file.id, sha256: sha256(Buffer.from('x')) } }])
    expect(wrong.refused).toMatchObject([{ row: 1, id: scanned.id, code: 'ZJ_DOCUMENT_SCAN' }])
    await bring([{ ...scanned, scan: { file: file.id, sha256: sha256(bytes) } }])
    expect(await get(scanned.id)).toMatchObject({ scanned: true, sha256: sha256(bytes) })
    const params = { id: scanned.id }
    expect(await bytesOf(await officer.call(documents.pdf, { params }))).toEqual(bytes)
    const copy = await bytesOf(await officer.call(documents.pdf, { params, query: { copy: true } }))
    expect(squeeze(pdfText(copy).text)).toContain('原件扫描件另存')

    const bare = old(person, { number: '（2025）示社矫训字第104号' })
    await bring([bare])
    const later = scanOf('104')
    const found = await upload(bare.id, person, later)
    const put = (body: { file: string; sha256: string; revision: number }, who = agency) =>
      who.call(documents.scan, { params: { id: bare.id }, body })
    const wish = { file: found.id, sha256: sha256(later), revision: 1 }
    expect(await codeOf(put(wish, officer))).toBe('ZJ_NOT_ALLOWED')
    expect(await codeOf(put({ ...wish, file: file.id }))).toBe('ZJ_DOCUMENT_SCAN')
    expect(await codeOf(put({ ...wish, revision: 9 }))).toBe('ZJ_CHANGED')
    expect(await put(wish)).toMatchObject({ scanned: true, sha256: sha256(later), revision: 2 })
    expect(await codeOf(put({ ...wish, revision: 2 }))).toBe('ZJ_DOCUMENT_SCANNED')
    expect(await ledgerAbout(county, bare.id)).toContain('document.scanned')
    await expect(
      sql`update document set file_id = null where id = ${bare.id}::uuid`.execute(county.house.databases.system),
    ).rejects.toThrow(/frozen/)
  }, 60_000)

  test('a void one keeps its number used', async () => {
    const person = await somebody()
    const paper = old(person, {
      number: '（2025）示社矫训字第105号',
      deliveries: [],
      voided: { at: '2025-03-07T02:00:00Z', by: '赵敏', reason: '引用条款有误，另行制发' },
    })
    await bring([paper])
    expect(await get(paper.id)).toMatchObject({ state: 'void', voidReason: '引用条款有误，另行制发', voidedBy: null })
    expect((await ledgerAbout(county, paper.id)).sort()).toEqual(['document.imported', 'document.voided'])
    expect((await bring([old(person, { number: '（2025）示社矫训字第105号' })])).refused).toHaveLength(1)
  })
})

test('thousands come in a minute: one statement for each thing of a batch, and nothing is printed', async () => {
  const crowd = await Promise.all(Array.from({ length: 20 }, () => somebody()))
  const list = Array.from({ length: 1_000 }, (_, n) =>
    old(crowd[n % crowd.length], {
      template: 'D20',
      number: `（2025）示社矫罚字第${n + 1}号`,
      values: { 违规事实: '某事实' },
    }),
  )
  const before = performance.now()
  expect(await bring(list)).toMatchObject({ created: 1_000, refused: [] })
  expect(performance.now() - before).toBeLessThan(30_000)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from file`.execute(county.house.databases.system)
  expect(rows[0]?.n).toBeLessThan(20)
}, 60_000)
