import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { evidence } from '@zhijiao/contract/evidence'
import { lawDesk } from '@zhijiao/contract/settings'
import { GEO_RULES } from '@zhijiao/geo/validate'
import { shippedRevision } from '@zhijiao/law/in-force'
import verify from '@zhijiao/server/commands/verify'
import type { Manifest, PackedEntry, PackedFix, QuotedLaw } from '@zhijiao/server/evidence/format'
import { verifyPack } from '@zhijiao/server/evidence/verify'
import { compactAll, sealDays } from '@zhijiao/server/positions/index'
import { position } from '@zhijiao/wire/jt808/device'
import { unzipSync, zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Somebody } from '../support/county.ts'
import { dayAfter, type Ground, Line, startGround, still, trackOf, until, type Worn } from './devices.support.ts'

let g: Ground
let line: Line
let worn: Worn
let head: Somebody
let serial = 0

// Without the worker nothing is compacted or sealed but by hand: what an export finds in the inbox stays there.
beforeAll(async () => {
  g = await startGround({ env: { ZJ_PARTS: 'api,gateway,engine' } })
  worn = await g.wear()
  head = await g.county.signIn('countyHead')
  line = await Line.open(g.ports().jt808)
})
afterAll(async () => {
  line?.end()
  await g?.county.stop()
})

const now = () => g.county.house.chance.now()

/** One position at home, its clock so many seconds ahead. */
async function send(aheadS = 0): Promise<number> {
  g.county.pass(60_000)
  const time = Math.floor(now() / 1000 + aheadS) * 1000
  const mine = ++serial
  line.send(
    position(
      { device: worn.identity.padStart(12, '0'), is2019: false, serial: mine },
      { lat: 24.31, lon: 109.41 + mine * 1e-4, time, positioned: true, speedKmh: 4, course: 90, altitudeM: 90 },
    ),
  )
  await until('answered', () => line.answered.some((a) => a.serial === mine))
  return time
}

async function exported(span: { from?: string; until?: string } = {}) {
  const answer = await head.call(evidence.export, {
    body: { about: 'person', id: worn.person, reason: '检察院调取', ...span },
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const files = unzipSync(bytes)
  const read = <T>(name: string) => JSON.parse(Buffer.from(files[name] ?? []).toString('utf8')) as T
  return {
    bytes,
    files,
    manifest: read<Manifest>('manifest.json'),
    entries: read<PackedEntry[]>('entries.json'),
    law: read<QuotedLaw>('law.json'),
    fixes: read<(PackedFix & { fix: { ts: number } })[]>('fixes.json'),
    statement: Buffer.from(files['说明-statement.html'] ?? []).toString('utf8'),
  }
}

/** A pack with one text in one of its files changed for another. */
function forged(files: Record<string, Uint8Array>, path: string, text: string, other: string): Uint8Array {
  const content = Buffer.from(files[path] ?? []).toString('utf8')
  expect(content).toContain(text)
  return zipSync({ ...files, [path]: Buffer.from(content.replace(text, other)) })
}

test('Z5 P9 a pack quotes each version of the rules that its entries and positions used, as it stood, with the reason of a failed position in words and what is not compacted yet', async () => {
  const security = await g.county.signIn('securityAdmin')
  const believed = await send()
  const publish = async (seconds: number) => {
    const { id } = await g.clerk.call(lawDesk.draft, {
      body: {
        from: dayAfter(now(), 0),
        source: `示例县司法局文件〔2026〕${seconds} 号`,
        values: { 'POS-33': seconds },
        confirms: [],
      },
    })
    await security.call(lawDesk.publish, { params: { id } })
    // As on a running program: what is published is read within ten seconds.
    g.county.pass(11_000)
    await still(1_400)
    return id
  }
  const id = await publish(60)
  // Five minutes were allowed before; the publication allows one.
  const early = await send(200)
  await head.call(evidence.export, { body: { about: 'person', id: worn.person, reason: '其间的一次调取' } })
  const later = await publish(120)
  const { rows } = await sql<{ n: number }>`select count(*) as n from track_day`.execute(
    g.county.house.databases.system,
  )
  expect(Number(rows[0]?.n)).toBe(0)

  const pack = await exported()
  const verdict = verifyPack(pack.bytes, [])
  expect(verdict.failed).toBeNull()
  expect(verdict.checks.some((c) => c.en.includes('quoted in the words and numbers of their time'))).toBe(true)

  // Not compacted, and in the pack; said to be open.
  expect(pack.fixes.map((f) => f.fix.ts).sort()).toEqual([believed, early])
  expect(pack.fixes.every((f) => f.proof === null)).toBe(true)
  expect(pack.manifest.limits.some((l) => l.zh.includes('2 个定位点在导出时尚未封存'))).toBe(true)
  expect(pack.manifest.limits.some((l) => l.zh.includes('以前收到的定位点'))).toBe(true)

  // Why it was not believed, in words, by which version.
  const shipped = `${GEO_RULES}+${shippedRevision}`
  const failed = pack.fixes.find((f) => f.fix.ts === early)
  expect(failed?.fault).toMatchObject({ code: 'fromTheFuture', zh: '定位时间超前于当前时间' })
  // The version that judged it, though another had judged what came before.
  expect(failed?.fault?.rules).toEqual([`${shipped}+${id}`])
  expect(pack.fixes.find((f) => f.fix.ts === believed)?.judgedBy).toEqual([shipped])
  expect(pack.statement).toContain('各时段接收的定位点由何版本校验')
  expect(pack.fixes.find((f) => f.fix.ts === believed)?.fault).toBeUndefined()
  expect(pack.statement).toContain('定位时间超前于当前时间')
  expect(pack.statement).not.toMatch(/✗ \d/)
  expect(pack.statement).toContain('aria-label="位置示意"')
  for (const limit of pack.manifest.limits) expect(pack.statement).toContain(limit.zh)

  // Each version with its own numbers, though another holds by now.
  const version = (name: string) => pack.law.versions?.find((v) => v.name === name)
  expect(version(shipped)).toMatchObject({ held: true, gates: { futureMs: 300_000 } })
  expect(version(`${shipped}+${id}`)).toMatchObject({
    held: true,
    gates: { futureMs: 60_000 },
    publications: [
      { id, org: '459001', source: '示例县司法局文件〔2026〕60 号', change: { values: { 'POS-33': 60 } } },
    ],
  })
  expect(version(`${shipped}+${id}`)?.parameters.find((p) => p.id === 'POS-33')).toMatchObject({
    value: 60,
    revision: id,
  })
  const between = version(`${shippedRevision}+${id}`)
  expect(between?.parameters.find((p) => p.id === 'POS-33')?.value).toBe(60)
  expect(version(shippedRevision)?.parameters.find((p) => p.id === 'POS-33')?.value).toBe(300)
  expect(version(`${shippedRevision}+${id}+${later}`)?.parameters.find((p) => p.id === 'POS-33')).toMatchObject({
    value: 120,
    revision: later,
  })
  for (const { face } of pack.entries)
    for (const rule of face.kind === 'evidence.exported' ? [] : face.cites)
      expect(version(face.lawRevision)?.rules.find((r) => r.id === rule)?.from, rule).toMatch(/^\d{4}-/)
  expect(pack.statement).toContain('示例县司法局文件〔2026〕60 号')

  // The quoted text is sealed with the pack.
  const number = forged(pack.files, 'law.json', '"futureMs": 60000', '"futureMs": 90000')
  expect(verifyPack(number, []).failed?.en).toContain('law.json')
  const word = forged(pack.files, 'fixes.json', '定位时间超前', '定位时间落后')
  expect(verifyPack(word, []).failed?.en).toContain('fixes.json')
})

test('Z5 once the day is sealed the same positions carry their proofs, and what came since stands beside them', async () => {
  const day = dayAfter(now(), 0)
  g.county.pass(14 * 3_600_000)
  await compactAll(g.county.house)
  expect(await sealDays(g.county.house)).toBe(1)
  head = await g.county.signIn('countyHead')
  const fresh = await send()
  const pack = await exported({ from: day, until: dayAfter(now(), 0) })
  expect(verifyPack(pack.bytes, []).failed).toBeNull()
  expect(pack.fixes.filter((f) => f.proof !== null)).toHaveLength(2)
  expect(pack.fixes.filter((f) => f.proof === null).map((f) => f.fix.ts)).toEqual([fresh])
  const sealed = pack.fixes.find((f) => f.proof !== null && f.fault)
  // Folded into the day the stretches stay apart, and the officer's track says the same.
  expect(sealed?.fault?.rules).toEqual(sealed?.judgedBy)
  expect(sealed?.judgedBy).toHaveLength(1)
  expect(sealed?.judgedBy?.[0]?.split('+')).toHaveLength(3)
  const believed = pack.fixes.find((f) => f.proof !== null && !f.fault)
  expect(believed?.judgedBy).toEqual([`${GEO_RULES}+${shippedRevision}`])
  const track = await trackOf(await g.county.signIn('officeHead'), worn.person, day)
  expect(track.fixes.find((f) => f.fault)?.fault?.rules).toBe(sealed?.judgedBy?.[0])
  const [stretch] = track.activations
  expect(stretch?.judged.map((s) => s.rules)).toEqual([believed?.judgedBy?.[0], sealed?.judgedBy?.[0]])
  // Of a day compacted before stretches were kept all its versions are named.
  await sql`update track_day set judged = null`.execute(g.county.house.databases.system)
  const older = await exported({ from: day, until: day })
  expect(older.fixes.find((f) => f.fault)?.fault?.rules).toHaveLength(2)
  expect(verifyPack(older.bytes, []).failed).toBeNull()
})

test('Z5 a pack made before versions were quoted in full still verifies, and says what it lacks', async () => {
  const path = fileURLToPath(new URL('../fixtures/evidence/before-versions.zip', import.meta.url))
  const pack = readFileSync(path)
  const verdict = verifyPack(pack, [])
  expect(verdict.failed).toBeNull()
  expect(verdict.limits.some((l) => l.en.includes('made before versions were quoted'))).toBe(true)
  expect(await verify.run([path])).toBe(0)
  const files = unzipSync(pack)
  const changed = join(mkdtempSync(join(tmpdir(), 'zhijiao-old-pack-')), 'changed.zip')
  writeFileSync(changed, forged(files, 'fixes.json', '"lat": 24', '"lat": 25'))
  expect(await verify.run([changed])).toBe(1)
})
