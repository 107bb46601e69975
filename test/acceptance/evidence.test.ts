import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refused } from '@zhijiao/contract/client'
import { evidence } from '@zhijiao/contract/evidence'
import { aFix } from '@zhijiao/geo/testing/fixes'
import { packDay } from '@zhijiao/geo/track'
import verify from '@zhijiao/server/commands/verify'
import { ledgerIn } from '@zhijiao/server/core/ledger/append'
import { digestOf, type Manifest, type QuotedLaw, sha256 } from '@zhijiao/server/evidence/format'
import { publishHead } from '@zhijiao/server/evidence/heads'
import { verifyPack } from '@zhijiao/server/evidence/verify'
import { unzipSync, zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zhijiaoHere } from '../support/command.ts'
import { type County, places, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let person: string

beforeAll(async () => {
  county = await startCounty()
  person = await plantPerson(county.house)
  await county.house.databases.system.transaction().execute(async (db) => {
    const ledger = ledgerIn(db, county.house.chance, { id: null, name: '测试', lawRevision: 'law-2026.1' })
    for (let i = 0; i < 5; i++)
      await ledger.append({ kind: 'visit.recorded', org: places.office, person, payload: { note: `第 ${i} 次走访` } })
    await ledger.append({
      kind: 'visit.recorded',
      org: places.office,
      person: await plantPerson(county.house, { name: '别人' }),
      payload: { note: '别人的' },
    })
  })
})
afterAll(() => county.stop())

async function exported(): Promise<Uint8Array> {
  const head = await county.signIn('county')
  const answer = await head.call(evidence.export, { body: { about: 'person', id: person, reason: '检察院调取' } })
  return new Uint8Array(await answer.arrayBuffer())
}

test('Z5 an evidence pack verifies offline, against a trusted head, and discloses one person only', async () => {
  const pack = await exported()
  const alone = verifyPack(pack, [])
  expect(alone.failed).toBeNull()
  expect(alone.limits.some((l) => l.en.includes('No trusted head'))).toBe(true)

  const heads = readFileSync(join(county.house.config.headsFolder, 'heads.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l))
  expect(verifyPack(pack, heads).failed).toBeNull()
  // A later pack still links to the first head: the ledger only grew.
  expect(verifyPack(await exported(), [heads[0]]).failed).toBeNull()
  expect(Buffer.from(pack).includes(Buffer.from('别人的'))).toBe(false)
  expect(unzipSync(pack)['entries.json']).toBeDefined()
})

test('Z5 the command takes a head as the console hands it out and as the holder keeps them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhijiao-heads-'))
  const pack = join(folder, 'pack.zip')
  writeFileSync(pack, await exported())
  const agency = await county.signIn('county')
  const head = await agency.call(evidence.head, {})
  const verified = async (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return verify.run([pack, '--head', join(folder, name)])
  }
  // The very bytes of the console's button.
  expect(await verified('tree-head.json', JSON.stringify(head, null, 2))).toBe(0)
  expect(await verified('array.json', JSON.stringify([head]))).toBe(0)
  expect(await verified('heads.jsonl', `${JSON.stringify(head)}\n${JSON.stringify(head)}\n`)).toBe(0)
  expect(await verified('broken.json', '{"size": 1,')).toBe(2)
  // Nothing to check against is no check: an empty file, an empty list, something else, one good line among others.
  for (const [name, text] of [
    ['empty.jsonl', ''],
    ['blank.jsonl', '\n\n'],
    ['none.json', '[]'],
    ['null.json', 'null'],
    ['other.json', '{"size": 3}'],
    ['mixed.jsonl', `${JSON.stringify(head)}\n{}\n`],
  ] as const)
    expect(await verified(name, text), name).toBe(2)
  const said = await zhijiaoHere(verify, [pack, '--head', join(folder, 'empty.jsonl')], {})
  expect(said.out).toContain('没有可用的树头')
  expect(said.out).not.toContain('核验通过')
})

test('Z5 the statement of a pack reads in sentences, what a machine needs is folded beneath them', async () => {
  const files = unzipSync(await exported())
  const statement = Buffer.from(files['说明-statement.html'] ?? []).toString('utf8')
  expect(statement).toContain('<div>第 0 次走访</div><details>')
  expect(statement).toContain('&quot;note&quot;: &quot;第 0 次走访&quot;')
  expect(statement).not.toContain('<td><pre>')
})

test('Z5 a changed byte anywhere in the pack is found and named', async () => {
  const files = unzipSync(await exported())
  for (const [path, content] of Object.entries(files)) {
    for (const place of [0.1, 0.5, 0.9]) {
      const changed = Buffer.from(content)
      const at = Math.floor(changed.length * place)
      // White space between JSON tokens carries nothing; change something that says something.
      const spot = changed.findIndex((byte, i) => i >= at && byte > 47 && byte < 123)
      if (spot < 0) continue
      changed[spot] = changed[spot] === 0x37 ? 0x38 : 0x37
      const verdict = verifyPack(zipSync({ ...files, [path]: changed }), [])
      expect(verdict.holds, `${path} at ${spot}: ${changed.subarray(spot - 30, spot + 10)}`).toBe(false)
      expect(verdict.failed?.zh).toBeTruthy()
    }
  }
  const { 'law.json': _, ...without } = files
  expect(verifyPack(zipSync(without), []).failed?.en).toContain('law.json')
  expect(verifyPack(zipSync({ ...files, 'extra.txt': Buffer.from('x') }), []).failed?.en).toContain('extra.txt')
  expect(verifyPack(Buffer.from('not a pack'), []).holds).toBe(false)
})

interface Entry {
  seq: number
  salt: string | null
  payload: Record<string, unknown> | null
  face: { id: string; kind: string; payloadHash: string }
}
const files = async () => unzipSync(await exported())
const json = (value: unknown) => Buffer.from(JSON.stringify(value, null, 1), 'utf8')
const partOf = <T>(pack: Record<string, Uint8Array>, name: string): T =>
  JSON.parse(Buffer.from(pack[name] ?? []).toString('utf8'))
const ownHeads = () =>
  readFileSync(join(county.house.config.headsFolder, 'heads.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l))

test('Z5 a statement rewritten with the salt of its export entry taken away is found, against a trusted head too', async () => {
  const pack = await files()
  const said = '说明-statement.html'
  const statement = Buffer.from('<p>另一个说法</p>', 'utf8')
  const manifest = partOf<Manifest>(pack, 'manifest.json')
  const changed = {
    ...manifest,
    contents: manifest.contents.map((c) =>
      c.path === said ? { ...c, size: statement.length, sha256: sha256(statement) } : c,
    ),
  }
  const entries = partOf<Entry[]>(pack, 'entries.json').map((e) =>
    e.face.kind === 'evidence.exported'
      ? { ...e, salt: null, payload: { ...e.payload, digest: digestOf(changed) } }
      : e,
  )
  const forged = { ...pack, [said]: statement, 'manifest.json': json(changed), 'entries.json': json(entries) }
  const verdict = verifyPack(zipSync(forged), ownHeads())
  expect(verdict.holds).toBe(false)
  expect(verdict.failed?.en).toContain('without its salt')
  // Nor does it help to call the export itself purged.
  const purged = entries.map((e) => (e.face.kind === 'evidence.exported' ? { ...e, payload: null } : e))
  expect(verifyPack(zipSync({ ...forged, 'entries.json': json(purged) }), ownHeads()).failed?.en).toContain(
    'does not match the digest sealed at export',
  )
})

test('Z5 an entry left out, put in twice, or emptied as if purged is found', async () => {
  const pack = await files()
  const entries = partOf<Entry[]>(pack, 'entries.json')
  const visit = entries.findIndex((e) => e.face.kind === 'visit.recorded' && e.salt !== null)
  expect(visit).toBeGreaterThanOrEqual(0)
  const with_ = (changed: unknown) => verifyPack(zipSync({ ...pack, 'entries.json': json(changed) }), ownHeads())
  expect(with_(entries).failed).toBeNull()
  expect(with_(entries.filter((_, i) => i !== visit)).failed?.en).toContain('not those of the export')
  expect(with_([...entries, entries[visit]]).failed?.en).toContain('is there twice')
  const emptied = entries.map((e, i) => (i === visit ? { ...e, salt: null, payload: null } : e))
  expect(with_(emptied).failed?.en).toContain('its content taken out')
})

test('Z5 heads published at once by several are all kept, and half a line of a crash costs none', async () => {
  const list = join(county.house.config.headsFolder, 'heads.jsonl')
  const before = ownHeads()
  writeFileSync(list, `${readFileSync(list, 'utf8')}{"size": 99`)
  const [model] = before
  const sizes = [900_001, 900_002, 900_003, 900_004]
  await Promise.all(sizes.map((size) => publishHead(county.house, { ...model, size })))
  expect(ownHeads().map((h) => h.size)).toEqual([...before.map((h) => h.size), ...sizes])
  writeFileSync(list, before.map((h) => `${JSON.stringify(h)}\n`).join(''))
  expect(verifyPack(await exported(), before).failed).toBeNull()
})

test('Z5 a head of another ledger is not accepted', async () => {
  const other = await startCounty({ env: { ZJ_MASTER_KEY: `${'ab'.repeat(31)}01` } })
  try {
    const someone = await plantPerson(other.house)
    const officer = await other.signIn('county')
    const answer = await officer.call(evidence.export, { body: { about: 'person', id: someone, reason: '别处的账本' } })
    await answer.arrayBuffer()
    const foreign = JSON.parse(readFileSync(join(other.house.config.headsFolder, 'latest.json'), 'utf8'))
    expect(verifyPack(await exported(), [foreign]).failed?.en).toContain('signed by key')
  } finally {
    await other.stop()
  }
})

test('Z5 a lawful purge deletes the payload and the proof still holds', async () => {
  await sql`delete from ledger_payload where entry_id in (select id from ledger_entry where person_id = ${person} and kind = 'visit.recorded' limit 1)`.execute(
    county.house.databases.system,
  )
  const verdict = verifyPack(await exported(), [])
  expect(verdict.failed).toBeNull()
  expect(verdict.limits.some((l) => l.en.includes('purged'))).toBe(true)
})

test('Z5 a version of the rules whose text is not at hand is named as such, never passed off as another', async () => {
  await county.house.databases.system.transaction().execute(async (db) => {
    const old = ledgerIn(db, county.house.chance, { id: null, name: '测试', lawRevision: 'law-2019.4' })
    await old.append({
      kind: 'visit.recorded',
      org: places.office,
      person,
      cites: ['EPD-06'],
      payload: { note: '旧版' },
    })
  })
  const pack = await exported()
  const verdict = verifyPack(pack, [])
  expect(verdict.failed).toBeNull()
  expect(verdict.limits.find((l) => l.en.includes('no longer holds the text'))?.en).toContain('law-2019.4')
  const law = JSON.parse(Buffer.from(unzipSync(pack)['law.json'] ?? []).toString('utf8')) as QuotedLaw
  expect(law.versions?.find((v) => v.name === 'law-2019.4')).toMatchObject({ held: false, parameters: [] })
  expect(law.versions?.find((v) => v.name === 'law-2026.1')).toMatchObject({ held: true })
})

test('Z5 a pack that would not hold all its entries is refused with the remedy, never cut', async () => {
  const busy = await plantPerson(county.house)
  const now = new Date(county.house.chance.now())
  const entries = (count: number) =>
    sql`insert into ledger_entry (id, org_code, person_id, kind, actor, payload_hash, occurred_at, recorded_at)
      select gen_random_uuid(), ${places.office}, ${busy}, 'test.written', '测试', decode(repeat('00', 32), 'hex'), ${now}, ${now}
      from generate_series(1, ${count}::int)`.execute(county.house.databases.system)
  await entries(20_001)
  const head = await county.signIn('county')
  const asked = head.call(evidence.export, { body: { about: 'person', id: busy, reason: '检察院调取' } })
  await expect(asked).rejects.toMatchObject({ problem: { code: 'ZJ_EVIDENCE_ENTRIES' } })
  await expect(asked).rejects.toMatchObject({ problem: { zh: expect.stringContaining('20000') } })
})

test('Z5 neither more positions nor larger attachments than one pack takes are read into it', async () => {
  const busy = await plantPerson(county.house)
  const { databases, chance } = county.house
  const agency = await county.signIn('county')
  const refusal = () =>
    agency
      .call(evidence.export, { body: { about: 'person', id: busy, reason: '检察院调取', from: '2026-09-01' } })
      .then(
        () => null,
        (error: Refused) => error.problem,
      )
  const file = chance.id()
  const now = new Date(chance.now())
  await sql`insert into file (id, subject_id, org_code, person_id, name, mime, size, sha256, uploaded_by, uploaded_at)
    values (${file}, ${busy}, ${places.office}, ${busy}, '录像.mp4', 'video/mp4', 1, decode(repeat('00', 32), 'hex'), null, ${now})`.execute(
    databases.system,
  )
  await sql`insert into file_content (file_id, content) values (${file}, convert_to(repeat('x', 256 * 1024 * 1024 + 1), 'UTF8'))`.execute(
    databases.system,
  )
  expect(await refusal()).toMatchObject({ code: 'ZJ_EVIDENCE_FILES', zh: expect.stringContaining('256 MB') })
  await sql`delete from file where id = ${file}`.execute(databases.system)
  expect(await refusal()).toBeNull()

  for (const day of ['2026-09-05', '2026-09-06']) {
    const start = Date.parse(`${day}T00:00:00+08:00`)
    const fixes = Array.from({ length: 100_001 }, (_, i) => ({
      ...aFix({ ts: start + i * 800, lat: 24.33, lon: 109.42, flags: 0 }),
      receivedAt: start + i * 800 + 1_000,
    }))
    const blob = packDay({ activationNo: 77, salt: chance.bytes(16), fixes })
    await sql`insert into track_day (activation_no, day, person_id, org_code, fixes, first_ts, last_ts, rules, blob, changed_at)
      values (77, ${day}, ${busy}, ${places.office}, ${fixes.length}, ${now}, ${now}, 'geo-1', ${Buffer.from(blob)}, ${now})`.execute(
      databases.system,
    )
  }
  expect(await refusal()).toMatchObject({ code: 'ZJ_EVIDENCE_POSITIONS', zh: expect.stringContaining('200000') })
})

test('P15 S1.11 an export is refused to another county and to those without the power, and each attempt is on record', async () => {
  const elsewhere = await county.signIn('county', { of: places.otherCounty })
  await expect(
    elsewhere.call(evidence.export, { body: { about: 'person', id: person, reason: '随便看看' } }),
  ).rejects.toMatchObject({ problem: { code: 'ZJ_NOT_FOUND' } })
  const officer = await county.signIn('officer')
  await expect(
    officer.call(evidence.export, { body: { about: 'person', id: person, reason: '随便看看' } }),
  ).rejects.toBeInstanceOf(Refused)
  const { rows } = await sql<{
    phase: string
    outcome: string | null
    staff_id: string
  }>`select phase, outcome, staff_id from audit where promise = 'evidence.export' order by at, phase`.execute(
    county.house.databases.system,
  )
  const theirs = rows.filter((r) => r.staff_id === elsewhere.id)
  expect(theirs.map((r) => [r.phase, r.outcome])).toEqual([
    ['attempt', null],
    ['result', 'ZJ_NOT_FOUND'],
  ])
  expect(rows.filter((r) => r.staff_id === officer.id).map((r) => r.outcome)).toEqual(['ZJ_NOT_ALLOWED'])
})
