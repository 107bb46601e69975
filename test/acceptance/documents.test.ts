import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { documents, type LegalPaper } from '@zhijiao/contract/documents'
import { files } from '@zhijiao/contract/files'
import type { Values } from '@zhijiao/contract/paper'
import { lawDesk } from '@zhijiao/contract/settings'
import { templates } from '@zhijiao/contract/templates'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { legalDocuments } from '@zhijiao/law/documents'
import { asSeenBy } from '@zhijiao/server/core/db'
import { ledgerIn } from '@zhijiao/server/core/ledger/append'
import { dayInChinese } from '@zhijiao/server/documents/domain'
import { documentsIn } from '@zhijiao/server/documents/index'
import { checkSeal } from '@zhijiao/server/documents/seal/pades'
import { paperNames, shippedTemplates } from '@zhijiao/server/documents/templates/index'
import { unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { ledgerAbout } from '../support/episode.ts'
import { pdfText } from '../support/pdf-text.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'
import { plantRelease } from '../support/release.ts'

let county: County
let officer: Somebody
let head: Somebody
let agency: Somebody

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王建国' })
  head = await county.signIn('officeHead', { name: '张志强' })
  agency = await county.signIn('county', { name: '赵敏' })
})
afterAll(() => county.stop())

const today = () => legalDayOf(county.house.chance.now())
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())
const squeeze = (text: string) => text.replace(/— \d+ —|草\s*稿/g, '').replace(/\s/g, '')

async function somebody(name = '测试对象'): Promise<string> {
  const id = await plantPerson(county.house, { officer: officer.id, name })
  await sql`update person set ethnicity = '壮族', crime = '危险驾驶罪', sentence = '拘役二个月，缓刑六个月', residence = '示例县示例镇示例路1号',
    registered_address = '示例县示例镇', decision_organ = '示例区人民法院', document_number = '（2025）示刑初12号', decided_on = '2025-12-20',
    correction_term = '二年' where id = ${id}::uuid`.execute(county.house.databases.system)
  return id
}
/** Somebody whose release waits for its announcement. */
async function leaving(name?: string): Promise<string> {
  const id = await somebody(name)
  await plantRelease(county.house.databases.system, id, today())
  return id
}
const samples = (template: string): Values =>
  Object.fromEntries(
    (shippedTemplates.get(template)?.blanks ?? [])
      .filter((b) => b.source !== 'file')
      .map((b) => [b.name, b.sample as string]),
  )
const draft = (
  person: string | null,
  template: string,
  more: { subject?: string; on?: string; values?: Values } = {},
) => officer.call(documents.draft, { body: { template, person, values: samples(template), ...more } })
const pdfOf = async (id: string, who = officer) => bytesOf(await who.call(documents.pdf, { params: { id } }))
const issue = (paper: Pick<LegalPaper, 'id' | 'revision'>, who = head) =>
  who.call(documents.issue, { params: { id: paper.id }, body: { revision: paper.revision } })

/** A small drawn picture: a black bar on white, as a signature pad sends it. */
function picture(): Blob {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const out = Buffer.alloc(4)
    out.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    let crc = ~0
    for (const byte of body) {
      crc ^= byte
      for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    }
    sum.writeUInt32BE(~crc >>> 0)
    return Buffer.concat([out, body, sum])
  }
  const head13 = Buffer.alloc(13)
  head13.writeUInt32BE(40, 0)
  head13.writeUInt32BE(16, 4)
  head13.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.concat(
    Array.from({ length: 16 }, (_, y) => Buffer.from([0, ...Array(40).fill(y > 6 && y < 10 ? 0 : 255)])),
  )
  return new Blob(
    [
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', head13),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ],
    { type: 'image/png' },
  )
}
const upload = (document: LegalPaper, who = officer) =>
  who.call(files.upload, {
    body: { subject: document.id, ...(document.person ? { person: document.person.id } : {}), note: '手写签名' },
    file: picture(),
    fileName: 'signature.png',
  })

describe('S3.11 documents are drafted from the file, edited, issued and sent', () => {
  test('S3.11 each of the 34 documents prints to PDF and to DOCX with its fields, rare characters included', async () => {
    const person = await somebody('龚㛃䶮𠮷𬱖')
    // A file that came here released: whatever the paper, it may be drafted.
    await sql`update person set state = 'released' where id = ${person}::uuid`.execute(county.house.databases.system)
    const printed = new Map<string, { pdf: string; docx: string }>()
    for (const { id } of paperNames) {
      const made = await draft(person, id)
      expect(made.missing, `${id} is complete`).toEqual([])
      expect(made.noGlyph, `${id} can be drawn`).toEqual([])
      const pdf = pdfText(await pdfOf(made.id))
      expect(pdf.missing, `${id} has no missing glyph`).toBe(0)
      expect(pdf.fonts.length, `${id} embeds its fonts`).toBeGreaterThan(0)
      const parts = unzipSync(
        new Uint8Array(await bytesOf(await officer.call(documents.docx, { params: { id: made.id } }))),
      )
      const xml = Buffer.from(parts['word/document.xml'] ?? []).toString('utf8')
      const docx = xml
        .replace(/<[^>]+>/g, '')
        .replace(/&amp;/g, '&')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
      printed.set(id, { pdf: squeeze(pdf.text), docx: squeeze(docx) })
    }
    expect(printed.get('D18')?.pdf).toContain('龚㛃䶮𠮷𬱖')
    expect(printed.get('D18')?.docx).toContain('龚㛃䶮𠮷𬱖')
    const handwritten = /^(签收|签名|本人签名|双方签名|告知签名|照片)$/
    const automatic: Record<string, string> = {
      起止: '2026年1月1日至2027年12月31日',
      裁判日期: '2025年12月20日',
      字号: '字第',
    }
    for (const document of legalDocuments) {
      const papers = paperNames.filter((p) => p.document === document.id)
      for (const kind of ['pdf', 'docx'] as const) {
        const all = papers.map((p) => printed.get(p.id)?.[kind] ?? '').join('\n')
        for (const field of document.fields) {
          const sample = papers.map((p) => samples(p.id)[field]).find((s) => s !== undefined && s.length > 0)
          const words = handwritten.test(field)
            ? [field === '照片' ? '照片' : '签名']
            : automatic[field]
              ? [automatic[field]]
              : typeof sample === 'string'
                ? sample.split('\n').map(dayInChinese)
                : (sample ?? []).flatMap((one) =>
                    typeof one === 'string' ? [one] : Object.values(one).map(dayInChinese),
                  )
          for (const word of words) expect(all, `${document.id} ${field} in ${kind}`).toContain(squeeze(word))
        }
      }
    }
  }, 600_000)

  test('S3.11 corrected before issue, frozen after; two who correct at once do not lose each other', async () => {
    const person = await somebody()
    const made = await draft(person, 'D18', { values: { ...samples('D18'), 违规事实: '' } })
    expect(made).toMatchObject({ state: 'draft', missing: ['违规事实'], number: null })
    const refused = await refusedWith(issue(made))
    expect(refused).toMatchObject({ code: 'ZJ_DOCUMENT_BLANKS', data: { names: '违规事实' } })
    const values = { 违规事实: '十一月九日未按规定报告' }
    const params = { id: made.id }
    const corrected = await officer.call(documents.correct, { params, body: { values, revision: made.revision } })
    expect(corrected.missing).toEqual([])
    const late = await refusedWith(
      head.call(documents.correct, { params, body: { values: { 违规事实: '别的' }, revision: made.revision } }),
    )
    expect(late).toMatchObject({ code: 'ZJ_CHANGED', data: { theirs: { corrected: values } } })
    const preview = pdfText(await pdfOf(made.id)).text
    expect(preview).toContain('十一月九日未按规定报告')
    expect(preview).toContain('草')
    expect(await codeOf(issue(corrected, officer))).toBe('ZJ_NOT_ALLOWED')
    const issued = await issue(corrected)
    expect(issued.number).toMatch(/^（\d{4}）示例一矫训决字第\d+号$/)
    expect(await codeOf(officer.call(documents.correct, { params, body: { values, revision: issued.revision } }))).toBe(
      'ZJ_DOCUMENT_FROZEN',
    )
    expect(await codeOf(issue(issued))).toBe('ZJ_DOCUMENT_FROZEN')
    // The file changes; the issued paper does not. Nor can anybody change it by hand-written SQL.
    await sql`update person set crime = '盗窃罪' where id = ${person}::uuid`.execute(county.house.databases.system)
    const text = squeeze(pdfText(await pdfOf(made.id)).text)
    expect(text).toContain('危险驾驶罪')
    expect(text).toContain(squeeze(issued.number ?? '—'))
    await expect(
      sql`update document set number = '改' where id = ${made.id}::uuid`.execute(county.house.databases.system),
    ).rejects.toThrow(/frozen/)
    expect(await ledgerAbout(county, made.id)).toEqual(
      expect.arrayContaining(['document.drafted', 'document.corrected', 'document.issued']),
    )
    const found = await agency.call(documents.list, { query: { q: issued.number ?? '' } })
    expect(found.items.map((d) => d.id)).toEqual([made.id])
  }, 120_000)

  test('S3.11 another room drafts from its case: again refreshes, issued stays', async () => {
    const person = await somebody()
    const subject = county.house.chance.id()
    const inside = <T>(work: (room: ReturnType<typeof documentsIn>) => Promise<T>) =>
      county.house.databases.system
        .transaction()
        .execute((db) =>
          work(
            documentsIn(
              { db, ledger: ledgerIn(db, county.house.chance, { id: null, name: 'test', lawRevision: '' }) },
              county.house,
            ),
          ),
        )
    const wish = (text: string) => ({
      template: 'D18',
      org: places.office,
      person,
      subject,
      on: today(),
      values: { ...samples('D18'), 违规事实: text } as Record<string, string>,
      by: { id: officer.id, name: officer.name },
    })
    const first = await inside((room) => room.draft(wish('第一次')))
    const second = await inside((room) => room.draft(wish('第二次')))
    expect(second).toEqual({ id: first.id, state: 'draft' })
    const shown = await officer.call(documents.get, { params: { id: first.id } })
    expect(shown.given.违规事实).toBe('第二次')
    await issue(shown)
    expect(await inside((room) => room.draft(wish('第三次')))).toEqual({ id: first.id, state: 'issued' })
    expect(await inside((room) => room.of(subject))).toMatchObject([
      { template: 'D18', zh: '训诫决定书', state: 'issued' },
    ])
    expect(await codeOf(draft(person, 'D99'))).toBe('ZJ_DOCUMENT_TEMPLATE')
  }, 120_000)

  test('numbers are dense and never twice, however many issue at once and whatever fails between', async () => {
    const made: LegalPaper[] = []
    for (let i = 0; i < 8; i++) made.push(await draft(await somebody(), 'D19'))
    const broken = await draft(await somebody(), 'D19', { values: {} })
    const results = await Promise.allSettled([...made, broken].map((paper, i) => issue(paper, i % 2 ? head : agency)))
    expect(results.filter((r) => r.status === 'rejected')).toHaveLength(1)
    const numbers = results.flatMap((r) =>
      r.status === 'fulfilled' ? [Number(/第(\d+)号/.exec(r.value.number ?? '')?.[1])] : [],
    )
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  }, 180_000)

  test('void keeps the number used; what replaces it takes the next one', async () => {
    const issued = await issue(await draft(await somebody(), 'D20'))
    const again = await head.call(documents.void, {
      params: { id: issued.id },
      body: { reason: '引用条款有误', again: true, revision: issued.revision },
    })
    expect(again).toMatchObject({ state: 'draft', replaces: issued.id })
    expect(await officer.call(documents.get, { params: { id: issued.id } })).toMatchObject({
      state: 'void',
      number: issued.number,
      voidReason: '引用条款有误',
      replacedBy: again.id,
    })
    const second = await issue(again)
    expect([issued.number, second.number].map((n) => /第(\d+)号/.exec(n ?? '')?.[1])).toEqual(['1', '2'])
    expect(await codeOf(agency.call(documents.seal, { params: { id: issued.id }, body: { revision: 1 } }))).toBe(
      'ZJ_DOCUMENT_VOID',
    )
  }, 120_000)
})

describe('the law a document quotes is that of its day', () => {
  test('S3.11 a decision of 2025 quotes the act as it stood, one of 2026 the revised act', async () => {
    const person = await somebody()
    const before = await draft(person, 'D20', { on: '2025-12-31' })
    const after = await draft(person, 'D20', { on: '2026-01-01' })
    const clause = (paper: LegalPaper) => paper.cites.find((c) => c.rule === 'PEN-08')?.clause ?? ''
    expect(clause(before)).not.toBe(clause(after))
    expect(squeeze(pdfText(await pdfOf(before.id)).text)).toContain(clause(before))
    expect(squeeze(pdfText(await pdfOf(after.id)).text)).toContain(clause(after))
    const moved = await officer.call(documents.correct, {
      params: { id: after.id },
      body: { values: {}, on: '2025-12-31', revision: after.revision },
    })
    expect(clause(moved)).toBe(clause(before))
  }, 120_000)

  test('S3.11 a published revision of the law shows in what is decided from its day on, and in nothing before', async () => {
    const person = await somebody()
    const security = await county.signIn('securityAdmin', { of: places.county })
    const body = structuredClone((await agency.call(templates.get, { params: { template: 'D15' } })).body)
    body.blocks.push({ kind: 'text', text: '每月报告{{param.LOC-10}}次' })
    const version = await agency.call(templates.draft, {
      params: { template: 'D15' },
      body: { body, from: today(), note: '写明次数' },
    })
    await security.call(templates.publish, { params: { id: version.id } })
    const before = await draft(person, 'D15')
    const quoted = await draft(person, 'D20')
    expect(squeeze(pdfText(await pdfOf(before.id)).text)).toContain('每月报告30次')
    expect(quoted.cites.find((c) => c.rule === 'PEN-08')?.recalled).toBe(true)
    const revision = await agency.call(lawDesk.draft, {
      body: { from: today(), source: '示例省细则第十条', values: { 'LOC-10': 31 }, confirms: ['PEN-08'] },
    })
    await security.call(lawDesk.publish, { params: { id: revision.id } })
    const after = await officer.call(documents.get, { params: { id: before.id } })
    expect(after.lawRevision).toContain(revision.id)
    expect(squeeze(pdfText(await pdfOf(before.id)).text)).toContain('每月报告31次')
    const confirmed = await officer.call(documents.get, { params: { id: quoted.id } })
    expect(confirmed.cites.find((c) => c.rule === 'PEN-08')?.recalled).toBe(false)
    const earlier = await officer.call(documents.correct, {
      params: { id: quoted.id },
      body: { values: {}, on: plusDays(today(), -1), revision: confirmed.revision },
    })
    expect(earlier.cites.find((c) => c.rule === 'PEN-08')?.recalled).toBe(true)
    expect(earlier.lawRevision).not.toContain(revision.id)
  }, 120_000)

  test('a published version of a template holds from its day; two people, and no unknown variable', async () => {
    const card = await agency.call(templates.get, { params: { template: 'D13' } })
    const body = structuredClone(card.body)
    const opening = body.blocks.find((b) => b.kind === 'title')
    if (opening?.kind === 'title') opening.text = '会客审批表（本县式样）'
    const wish = { body, from: today(), note: '按本县要求改标题' }
    const wrong = structuredClone(body)
    wrong.blocks.push({ kind: 'text', text: '{{没有这个}}{{law.XXX-1}}' })
    const refused = await refusedWith(
      agency.call(templates.draft, { params: { template: 'D13' }, body: { ...wish, body: wrong } }),
    )
    expect(refused).toMatchObject({ code: 'ZJ_TEMPLATE_VARIABLES', data: { names: '没有这个、law.XXX-1' } })
    const version = await agency.call(templates.draft, { params: { template: 'D13' }, body: wish })
    const safety = await county.signIn('securityAdmin', { of: places.county })
    expect(await codeOf(agency.call(templates.publish, { params: { id: version.id } }))).toBe('ZJ_NOT_ALLOWED')
    const published = await safety.call(templates.publish, { params: { id: version.id } })
    expect(published).toMatchObject({ state: 'published', version: 1 })
    expect(
      await codeOf(
        agency.call(templates.change, { params: { id: version.id }, body: { ...wish, revision: published.revision } }),
      ),
    ).toBe('ZJ_TEMPLATE_SETTLED')
    const person = await somebody()
    const now = await draft(person, 'D13')
    expect(now.templateVersion).toBe(version.id)
    expect(squeeze(pdfText(await pdfOf(now.id)).text)).toContain('会客审批表（本县式样）')
    const earlier = await draft(person, 'D13', { on: plusDays(today(), -1) })
    expect(squeeze(pdfText(await pdfOf(earlier.id)).text)).not.toContain('本县式样')
    const sample = await bytesOf(await agency.call(templates.preview, { params: { template: 'D13' }, body: {} }))
    expect(pdfText(sample).text).toContain('龚㛃䶮')
  }, 120_000)
})

describe('S1.18 S2.46 signed by hand, sealed, verified', () => {
  test('S2.46 the notice is signed on the screen and sealed; a changed byte is found; openssl agrees', async () => {
    const issued = await issue(await draft(await somebody(), 'D36'))
    const file = await upload(issued)
    const params = { id: issued.id }
    const sign = (place: string, revision: number) =>
      officer.call(documents.sign, { params, body: { place, name: '测试对象', file: file.id, revision } })
    expect(await codeOf(sign('nowhere', issued.revision))).toBe('ZJ_DOCUMENT_PLACE')
    const signed = await sign('person', issued.revision)
    expect(signed.signatureList).toMatchObject([{ place: 'person', name: '测试对象', signedSha256: issued.sha256 }])
    expect(signed.sha256).not.toBe(issued.sha256)
    expect(await codeOf(sign('person', signed.revision))).toBe('ZJ_DOCUMENT_SIGNED')
    expect(await codeOf(officer.call(documents.seal, { params, body: { revision: signed.revision } }))).toBe(
      'ZJ_NOT_ALLOWED',
    )
    const sealed = await agency.call(documents.seal, { params, body: { revision: signed.revision } })
    expect(sealed).toMatchObject({ sealed: true, certificate: { selfMade: true } })
    expect(sealed.certificate?.subject).toContain('演示自签')
    expect(await codeOf(sign('officer', sealed.revision))).toBe('ZJ_DOCUMENT_SEALED')

    const pdf = await pdfOf(issued.id)
    expect(pdf.toString('latin1')).toContain('/ETSI.CAdES.detached')
    expect(squeeze(pdfText(pdf).text)).toContain('本印章由演示用自签名证书生成，不具有法律效力')
    expect(checkSeal(pdf)).toMatchObject({ sealed: true, intact: true, why: null })
    const touched = Buffer.from(pdf)
    touched[2000] = (touched[2000] ?? 0) ^ 1
    expect(checkSeal(touched)).toMatchObject({ intact: false, why: 'changed' })
    expect(checkSeal(Buffer.concat([pdf, Buffer.from('\n% more')]))).toMatchObject({ intact: false, why: 'added' })
    expect(checkByOpenssl(pdf)).toBe(true)
    expect(checkByOpenssl(touched)).toBe(false)
    expect(await officer.call(documents.verify, { params })).toMatchObject({
      sealed: true,
      intact: true,
      sameAsLedger: true,
      selfMade: true,
    })

    // Somebody with the database in his hands changes the kept bytes: the hash in the ledger tells.
    await sql`update file_content set content = ${touched} where file_id = (select sealed_file_id from document where id = ${issued.id}::uuid)`.execute(
      county.house.databases.system,
    )
    expect(await officer.call(documents.verify, { params })).toMatchObject({
      sealed: true,
      intact: false,
      sameAsLedger: false,
    })
    expect(await codeOf(officer.call(documents.pdf, { params }))).toMatch(/ZJ_(FILE_DAMAGED|DOCUMENT_TAMPERED)/)
  }, 180_000)

  test('S1.18 an authority’s certificate takes the place of the self-made one; a wrong password does not', async () => {
    const before = await agency.call(templates.unit, {})
    expect(before.seal?.selfMade).toBe(true)
    const p12 = authorityKey()
    const send = (password: string) =>
      agency.call(templates.setSeal, {
        body: { password },
        file: new Blob([new Uint8Array(p12)]),
        fileName: 'seal.p12',
      })
    expect(await codeOf(send('wrong'))).toBe('ZJ_SEAL_CERTIFICATE')
    expect((await send('secret')).seal).toMatchObject({ selfMade: false })
    const issued = await issue(await draft(await somebody(), 'D15'))
    const sealed = await agency.call(documents.seal, { params: { id: issued.id }, body: { revision: issued.revision } })
    expect(sealed.certificate).toMatchObject({ selfMade: false })
    const pdf = await pdfOf(issued.id)
    expect(checkSeal(pdf)).toMatchObject({ intact: true })
    expect(pdfText(pdf).text).not.toContain('演示')
  }, 120_000)
})

describe('served, with proof', () => {
  test('S3.11 who got which copy, how and when; 送达回证 with the receiver’s signature', async () => {
    const issued = await issue(await draft(await somebody(), 'D18'))
    const params = { id: issued.id }
    const signature = await upload(issued)
    const at = new Date(county.house.chance.now()).toISOString()
    const wish = { copy: 'original' as const, addressee: '测试对象', how: 'direct' as const, at }
    expect(await codeOf(officer.call(documents.deliver, { params, body: wish }))).toBe('ZJ_DOCUMENT_DELIVERY')
    expect(await codeOf(officer.call(documents.deliver, { params, body: { ...wish, how: 'left' } }))).toBe(
      'ZJ_DOCUMENT_DELIVERY',
    )
    const served = await officer.call(documents.deliver, {
      params,
      body: {
        ...wish,
        receiver: '李某',
        relation: '配偶',
        place: '示例镇司法所',
        signature: signature.id,
        proof: signature.id,
      },
    })
    expect(served.deliveryList).toMatchObject([{ receiver: '李某', how: 'direct', servedBy: { name: '王建国' } }])
    const receipt = await bytesOf(
      await officer.call(documents.receipt, { params: { ...params, deliveryId: served.deliveryList[0]?.id ?? '' } }),
    )
    const text = squeeze(pdfText(receipt).text)
    for (const word of ['送达回证', '直接送达', '李某（配偶）', squeeze(issued.number ?? '—')])
      expect(text).toContain(word)
    expect(receipt.toString('latin1')).toContain('/Subtype /Image')
    expect(await ledgerAbout(county, issued.id)).toContain('document.delivered')
    const fresh = await draft(await somebody(), 'D18')
    expect(await codeOf(officer.call(documents.deliver, { params: { id: fresh.id }, body: wish }))).toBe(
      'ZJ_DOCUMENT_NOT_ISSUED',
    )
  }, 120_000)
})

describe('scope', () => {
  test('another county, another officer and the administrators see nothing; SQL through their eyes neither', async () => {
    const made = await draft(await somebody(), 'D18')
    const params = { id: made.id }
    const elsewhere = await county.signIn('county', { of: places.otherCounty })
    const colleague = await county.signIn('officer')
    for (const who of [elsewhere, colleague]) {
      expect(await codeOf(who.call(documents.get, { params }))).toBe('ZJ_NOT_FOUND')
      expect(await codeOf(who.call(documents.pdf, { params }))).toBe('ZJ_NOT_FOUND')
      expect((await who.call(documents.list, { query: {} })).items.map((d) => d.id)).not.toContain(made.id)
    }
    expect(await codeOf(elsewhere.call(documents.issue, { params, body: { revision: made.revision } }))).toBe(
      'ZJ_NOT_FOUND',
    )
    expect(
      await codeOf(
        elsewhere.call(documents.batch, { body: { template: 'D29', people: [made.person?.id ?? ''], seal: false } }),
      ),
    ).toBe('ZJ_NOT_FOUND')
    const admin = await county.signIn('systemAdmin')
    expect(await codeOf(admin.call(documents.list, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
    const seen = await asSeenBy(
      county.house.databases.api,
      { staff: elsewhere.id, unit: places.otherCounty, reach: 'unit', classes: [] },
      (db) => sql<{ n: number }>`select count(*) as n from document where id = ${made.id}::uuid`.execute(db),
    )
    expect(Number(seen.rows[0]?.n)).toBe(0)
    const key = asSeenBy(
      county.house.databases.api,
      { staff: agency.id, unit: places.county, reach: 'unit', classes: [] },
      (db) => sql`select key_sealed from seal_key`.execute(db),
    )
    await expect(key).rejects.toThrow(/permission denied/)
  }, 120_000)
})

describe('S3.31 release certificates, many at once', () => {
  test('S3.31 a batch issues and seals each, tells how far it is, and says why one failed', async () => {
    const people: string[] = []
    for (let i = 0; i < 6; i++) people.push(await leaving(`解矫${i + 1}`))
    // One whose name no font can draw: it alone fails, and takes no number.
    people.splice(3, 0, await leaving('\u{10FFFD}'))
    const asked = await agency.call(documents.batch, {
      body: { template: 'D29', people, seal: true, values: samples('D29') },
    })
    expect(asked).toMatchObject({ state: 'running', total: 7 })
    let now = asked
    const until = Date.now() + 120_000
    while (now.state === 'running' && Date.now() < until) {
      await new Promise((done) => setTimeout(done, 300))
      now = await agency.call(documents.progress, { params: { id: asked.id } })
    }
    expect(now).toMatchObject({ state: 'done', total: 7, done: 6, failed: 1 })
    expect(now.items.filter((i) => i.state === 'failed').map((i) => i.fault?.zh)).toEqual([
      expect.stringContaining('没有可用的字形'),
    ])
    const numbers = now.items.flatMap((i) => (i.number ? [Number(/第(\d+)号/.exec(i.number)?.[1])] : []))
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6])
    const zip = unzipSync(new Uint8Array(await bytesOf(await agency.call(documents.zip, { params: { id: asked.id } }))))
    expect(Object.keys(zip)).toHaveLength(6)
    for (const pdf of Object.values(zip)) expect(checkSeal(Buffer.from(pdf))).toMatchObject({ intact: true })
    expect(await codeOf(head.call(documents.progress, { params: { id: asked.id } }))).toBe('ZJ_NOT_FOUND')
  }, 180_000)
})

describe('END-02 a certificate belongs to a release', () => {
  const certificate = (person: string | null, more: object = {}) =>
    agency.call(documents.draft, { body: { template: 'D29', person, ...more } })
  const batch = async (people: string[]) => {
    const asked = await agency.call(documents.batch, { body: { template: 'D29', people, seal: false } })
    for (let now = asked; ; now = await agency.call(documents.progress, { params: { id: asked.id } })) {
      if (now.state !== 'running') return now
      await new Promise((done) => setTimeout(done, 200))
    }
  }

  test('not for somebody whose release has not come to its announcement; the refusal says what is left to do', async () => {
    const staying = await somebody('在矫人员')
    const refused = await refusedWith(certificate(staying))
    expect(refused.code).toBe('ZJ_ENDING_CERTIFICATE_STATE')
    expect(refused.zh).toContain('个人总结、鉴定和县级审核')
    expect(await codeOf(certificate(null))).toBe('ZJ_ENDING_CERTIFICATE_NOBODY')
    const many = await batch([staying, await leaving('期满人员')])
    expect(many).toMatchObject({ done: 1, failed: 1 })
    expect(many.items[0]).toMatchObject({ state: 'failed', number: null })
    expect(many.items[0]?.fault?.zh).toContain('在矫人员 的解除矫正尚未到“解矫宣告”环节')
  }, 60_000)

  test('no day before the last, and never two numbers for one release', async () => {
    const person = await somebody('到期人员')
    const end = plusDays(today(), 5)
    await plantRelease(county.house.databases.system, person, end)
    expect(await codeOf(certificate(person))).toBe('ZJ_ENDING_CERTIFICATE_EARLY')
    const made = await certificate(person, { on: end, values: { 批准人: '李', 填发人: '赵' } })
    expect(made.given).toMatchObject({ 解除事由: '矫正期限届满' })
    const issued = await issue(made)
    // Asked for again it is this one; another case does not make it another.
    expect(await certificate(person, { on: end, subject: 'another' })).toMatchObject({ id: made.id, state: 'issued' })
    const { id } = await agency.call(documents.void, {
      params: { id: issued.id },
      body: { reason: '印错', again: true, revision: issued.revision },
    })
    const again = await agency.call(documents.get, { params: { id } })
    await sql`insert into document select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'subject_id', 'elsewhere'))).*
      from document d where id = ${again.id}::uuid`.execute(county.house.databases.system)
    const { rows } = await sql<{ id: string; revision: number }>`
      select id, revision from document where subject_id = 'elsewhere'`.execute(county.house.databases.system)
    await issue(again)
    const [twin] = rows
    const second = await refusedWith(issue(twin ?? again))
    expect(second.code).toBe('ZJ_ENDING_CERTIFICATE_THERE')
    expect(second.zh).toContain('先作废')
  }, 60_000)

  test('the notice to the organs bears the number of the certificate, and says so while there is none', async () => {
    const person = await leaving('通知人员')
    const made = await certificate(person)
    const notice = await agency.call(documents.draft, {
      body: { template: 'D30', person, subject: made.subject, values: { 解除事由: '矫正期限届满' } },
    })
    expect(notice.hints[0]?.zh).toContain('先制发《解除社区矫正证明书》')
    expect(squeeze(pdfText(await pdfOf(notice.id, agency)).text)).not.toContain('矫解证字')
    const issued = await issue(made)
    const filled = await agency.call(documents.get, { params: { id: notice.id } })
    expect(filled.hints).toEqual([])
    const told = await issue(filled)
    expect(told.number).not.toBe(issued.number)
    const text = squeeze(pdfText(await pdfOf(told.id, agency)).text)
    expect(text).toContain(squeeze(issued.number ?? '—'))
  }, 60_000)
})

/** The signature cut out and put before OpenSSL, which knows nothing of this program. */
function checkByOpenssl(pdf: Buffer): boolean {
  const text = pdf.toString('latin1')
  const [a = 0, b = 0, c = 0, d = 0] = (/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/.exec(text) ?? [])
    .slice(1)
    .map(Number)
  const folder = mkdtempSync(join(tmpdir(), 'zhijiao-seal-'))
  try {
    const hex = text.slice(b + 1, c - 1)
    writeFileSync(join(folder, 'cms'), Buffer.from(hex, 'hex'))
    writeFileSync(join(folder, 'content'), Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]))
    const done = spawnSync(
      'openssl',
      [
        'cms',
        '-verify',
        '-inform',
        'DER',
        '-in',
        join(folder, 'cms'),
        '-content',
        join(folder, 'content'),
        '-binary',
        '-noverify',
        '-out',
        '/dev/null',
      ],
      { encoding: 'utf8' },
    )
    return done.status === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A key and a certificate such as an authority hands out, made by OpenSSL, in force on the county's day. */
function authorityKey(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'zhijiao-ca-'))
  const at = (days: number) =>
    `${new Date(county.house.chance.now() + days * 86_400_000).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`
  const policy = 'countryName = optional\norganizationName = optional\ncommonName = supplied'
  const ca = `[ca]\ndefault_ca = it\n[it]\nnew_certs_dir = .\ndatabase = issued\nserial = serial\ndefault_md = sha256\npolicy = of\n[of]\n${policy}\n`
  try {
    for (const [name, text] of Object.entries({ 'ca.conf': ca, issued: '', serial: '01' }))
      writeFileSync(join(folder, name), text)
    const run = (line: string) =>
      execFileSync('openssl', line.split(' '), { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] })
    run('req -new -newkey rsa:2048 -nodes -keyout k -out r -subj /C=CN/O=SomeCA/CN=ShiliCountyAgency')
    run(`ca -selfsign -batch -notext -config ca.conf -keyfile k -in r -out c -startdate ${at(-1)} -enddate ${at(30)}`)
    run('pkcs12 -export -inkey k -in c -out p -passout pass:secret')
    return readFileSync(join(folder, 'p'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
