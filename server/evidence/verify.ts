import { rootFromPath } from '@zhijiao/geo/merkle'
import { verifyFix } from '@zhijiao/geo/seal'
import { unzipSync } from 'fflate'
import { hashLeaf, hashPayload } from '../core/ledger/entry.ts'
import { isSigned, type TreeHead } from '../core/ledger/head.ts'
import { isConsistent } from '../core/ledger/tree.ts'
import {
  digestOf,
  digestOfEntries,
  type Manifest,
  members,
  type PackedEntry,
  type PackedFix,
  type Proofs,
  packForm,
  type QuotedLaw,
  type QuotedVersion,
  sealedRules,
  sha256,
} from './format.ts'

export interface Check {
  readonly ok: boolean
  readonly zh: string
  readonly en: string
}

export interface Verdict {
  readonly holds: boolean
  readonly checks: readonly Check[]
  /** The first thing that does not hold. */
  readonly failed: Check | null
  /** What the pack proves, and what it does not, in words. */
  readonly limits: readonly { readonly zh: string; readonly en: string }[]
}

class Broken extends Error {
  readonly check: Check
  constructor(zh: string, en: string) {
    super(en)
    this.check = { ok: false, zh, en }
  }
}

/**
 * Verifies an evidence pack with nothing but its bytes and, where the reader has one, a head he trusts (or several).
 * Stops at the first thing that does not hold and names it.
 */
export function verifyPack(bytes: Uint8Array, trusted: readonly TreeHead[]): Verdict {
  const checks: Check[] = []
  const limits: { zh: string; en: string }[] = []
  const holds = (zh: string, en: string) => checks.push({ ok: true, zh, en })
  try {
    const pack = open(bytes)
    limits.push(...pack.manifest.limits)
    contents(pack)
    holds(
      `清单与 ${pack.manifest.contents.length} 个文件逐一相符`,
      `The list of contents agrees with all ${pack.manifest.contents.length} files`,
    )

    if (!isSigned(pack.proofs.head)) throw new Broken('树头签名无效', 'The signature of the tree head does not hold')
    holds(
      `树头签名有效（第 ${pack.proofs.head.size} 条，密钥 ${pack.proofs.head.keyId}）`,
      `The tree head is signed (size ${pack.proofs.head.size}, key ${pack.proofs.head.keyId})`,
    )

    earlierHeads(pack.proofs)
    if (pack.proofs.earlier.length > 0)
      holds(
        `此前 ${pack.proofs.earlier.length} 个树头均为本账本的前身`,
        `All ${pack.proofs.earlier.length} earlier heads are ancestors of this ledger`,
      )
    entries(pack)
    holds(
      `${pack.entries.length} 条记录均在已封存账本中，内容未改`,
      `All ${pack.entries.length} entries are in the sealed ledger and unchanged`,
    )
    boundByExport(pack)
    holds('整包内容已随导出记录一并封存', 'The whole pack is bound by its sealed export entry')
    onePerson(pack)
    holds('仅涉及一名矫正对象', 'Only one person is disclosed')
    const files = attachments(pack)
    if (files > 0)
      holds(`${files} 个附件与接收时的哈希一致`, `All ${files} attachments match the hash taken on arrival`)
    const fixes = positions(pack)
    if (fixes.proved > 0)
      holds(
        `${fixes.proved} 个定位点在已封存的当日轨迹根内`,
        `${fixes.proved} positions are under the sealed roots of their days`,
      )
    if (fixes.open > 0)
      limits.push({
        zh: `${fixes.open} 个定位点未附当日轨迹根的证明（当日尚未封存或有补传待封存），仅供参考。`,
        en: `${fixes.open} positions carry no proof under the root of their day (not sealed yet, or late data waits to be sealed) and are for reference only.`,
      })
    const quoted = law(pack)
    if (quoted === null)
      limits.push({
        zh: '本包制作较早：只附导出时的规则原文，较早的规则版本只列名称。',
        en: 'This pack was made before versions were quoted in full: it quotes the rules as they stood at the export and only names older versions.',
      })
    else
      holds(
        `${quoted} 个规则版本已附当时的原文和数值`,
        `${quoted} rule versions are quoted in the words and numbers of their time`,
      )
    holds(
      `所引规则版本齐全（${pack.law.revisions.join('、') || '无'}）`,
      `The rule versions used are all quoted (${pack.law.revisions.join(', ') || 'none'})`,
    )

    const against = trustedHead(pack.proofs, trusted)
    if (trusted.length === 0) {
      limits.push({
        zh: `未提供可信树头：以上只证明本包自身一致，并由密钥 ${pack.proofs.head.keyId} 签名；不能证明该密钥属于哪个平台，也不能证明账本此前未被替换。请向外部保管方索取树头后用 --head 再验。`,
        en: `No trusted head was given: this proves that the pack agrees with itself and is signed by key ${pack.proofs.head.keyId}; it does not prove whose key that is, nor that the ledger was not replaced before. Ask the outside holder for a head and verify again with --head.`,
      })
    } else holds(against.zh, against.en)
    return { holds: true, checks, failed: null, limits }
  } catch (error) {
    const failed =
      error instanceof Broken
        ? error.check
        : {
            ok: false,
            zh: '文件不是完整的证据包',
            en: `This is not a whole evidence pack (${error instanceof Error ? error.message : String(error)})`,
          }
    return { holds: false, checks: [...checks, failed], failed, limits }
  }
}

interface Pack {
  readonly files: Readonly<Record<string, Uint8Array>>
  readonly manifest: Manifest
  readonly entries: readonly PackedEntry[]
  readonly proofs: Proofs
  readonly fixes: readonly PackedFix[]
  readonly law: QuotedLaw
}

function open(bytes: Uint8Array): Pack {
  const files = unzipSync(bytes)
  const read = <T>(path: string): T => {
    const content = files[path]
    if (!content) throw new Broken(`缺少 ${path}`, `${path} is missing`)
    try {
      return JSON.parse(Buffer.from(content).toString('utf8')) as T
    } catch {
      throw new Broken(`${path} 已损坏`, `${path} is damaged`)
    }
  }
  const manifest = read<Manifest>(members.manifest)
  if (manifest.form !== packForm)
    throw new Broken(
      `证据包格式为“${manifest.form}”，本工具只认 ${packForm}`,
      `The pack has the form "${manifest.form}"; this tool knows ${packForm}`,
    )
  return {
    files,
    manifest,
    entries: read(members.entries),
    proofs: read(members.proofs),
    fixes: read(members.fixes),
    law: read(members.law),
  }
}

function contents({ files, manifest }: Pack): void {
  // Entries and proofs come after the export entry was sealed; they prove themselves.
  const listed = new Set<string>([members.manifest, members.entries, members.proofs])
  for (const { path, sha256: expected } of manifest.contents) {
    const content = files[path]
    if (!content) throw new Broken(`缺少文件 ${path}`, `File ${path} is missing`)
    if (sha256(content) !== expected) throw new Broken(`文件 ${path} 已被改动`, `File ${path} has been changed`)
    listed.add(path)
  }
  for (const path of Object.keys(files))
    if (!listed.has(path)) throw new Broken(`多出清单外的文件 ${path}`, `File ${path} is not on the list of contents`)
}

function entries({ entries, proofs }: Pack): void {
  const root = Buffer.from(proofs.head.root, 'hex')
  const seen = new Set<number>()
  for (const { seq, face, salt, payload } of entries) {
    const name = `${seq}(${face.kind},${face.occurredAt})`
    if (seen.has(seq)) throw new Broken(`第 ${name} 条记录出现两次`, `Entry ${name} is there twice`)
    seen.add(seq)
    // What was purged has neither; a content without its salt is proved by nothing.
    if (salt === null && payload !== null)
      throw new Broken(
        `第 ${name} 条记录的内容缺少校验值，不能证明`,
        `The content of entry ${name} comes without its salt: nothing proves it`,
      )
    if (salt !== null && hashPayload(Buffer.from(salt, 'hex'), payload).toString('hex') !== face.payloadHash)
      throw new Broken(`第 ${name} 条记录的内容已被改动`, `The content of entry ${name} has been changed`)
    const path = (proofs.paths[String(seq)] ?? []).map((h) => Buffer.from(h, 'hex'))
    const led = rootFromPath(hashLeaf(face), seq, proofs.head.size, path)
    if (!led?.equals(root))
      throw new Broken(
        `第 ${name} 条记录不在已封存账本中，或已被改动`,
        `Entry ${name} is not in the sealed ledger, or has been changed`,
      )
  }
}

function boundByExport({ entries, manifest }: Pack): void {
  const digest = digestOf(manifest)
  const exports = entries.filter((e) => e.face.kind === 'evidence.exported')
  if (exports.length === 0)
    throw new Broken('缺少导出记录，整包内容未受封存保护', 'The export entry is missing; nothing binds the pack')
  const own = exports.find((e) => sealedAt(e).digest === digest)
  if (!own)
    throw new Broken(
      '清单已被改动：与导出时封存的摘要不符',
      'The list of contents has been changed: it does not match the digest sealed at export',
    )
  const sealed = sealedAt(own)
  const others = entries.filter((e) => e !== own)
  if (sealed.entries !== undefined && sealed.entries !== others.length)
    throw new Broken(
      `记录数与导出时不符：导出时 ${sealed.entries} 条，包中 ${others.length} 条`,
      `The entries are not those of the export: ${sealed.entries} then, ${others.length} in the pack`,
    )
  if (sealed.entriesDigest !== undefined && sealed.entriesDigest !== digestOfEntries(others))
    throw new Broken(
      '记录与导出时不符：有记录被替换，或内容被去除',
      'The entries are not those of the export: one was exchanged, or its content taken out',
    )
}

/** What an export entry seals; packs made before the digest of entries was sealed have their number alone. */
const sealedAt = ({ payload }: PackedEntry) =>
  (payload ?? {}) as { digest?: string; entries?: number; entriesDigest?: string }

function onePerson({ entries, fixes, manifest }: Pack): void {
  for (const { seq, face } of entries)
    if (face.person !== null && face.person !== manifest.person)
      throw new Broken(`第 ${seq} 条记录涉及另一人`, `Entry ${seq} is about another person`)
  if (fixes.length > 0 && !entries.some((e) => e.face.person === manifest.person))
    throw new Broken('定位点没有对应的本人记录', 'The positions belong to no entry of the person')
}

function attachments({ files, entries }: Pack): number {
  const known = new Set(
    entries
      .filter((e) => e.face.kind === 'file.received')
      .map((e) => (e.payload as { sha256?: string } | null)?.sha256),
  )
  let count = 0
  for (const [path, content] of Object.entries(files)) {
    if (!path.startsWith(members.files)) continue
    if (!known.has(sha256(content)))
      throw new Broken(`附件 ${path} 没有对应的接收记录`, `Attachment ${path} matches no entry of its arrival`)
    count += 1
  }
  return count
}

function positions({ fixes, entries }: Pack): { proved: number; open: number } {
  const roots = new Map(
    entries
      .filter((e) => e.face.kind === 'track.sealed')
      .map((e) => [e.face.id, (e.payload as { root?: string } | null)?.root]),
  )
  let proved = 0
  for (const { proof, sealedBy } of fixes) {
    if (!proof || !sealedBy) continue
    const root = roots.get(sealedBy)
    if (!root || !verifyFix(proof, root))
      throw new Broken(
        `一个定位点（${new Date(proof.fix.ts).toISOString()}）与当日封存的轨迹根不符`,
        `A position (${new Date(proof.fix.ts).toISOString()}) does not match the sealed root of its day`,
      )
    proved += 1
  }
  return { proved, open: fixes.length - proved }
}

/** Returns the versions quoted in full; null for a pack made before they were. */
function law({ entries, fixes, law: quoted }: Pack): number | null {
  const rules = new Set(quoted.rules.map((r) => r.id))
  const revisions = new Set(quoted.revisions)
  for (const { seq, face } of entries) {
    for (const rule of face.cites)
      if (!rules.has(rule))
        throw new Broken(
          `第 ${seq} 条记录所引规则 ${rule} 未附原文`,
          `Rule ${rule}, cited by entry ${seq}, is not quoted`,
        )
    if (face.lawRevision && !revisions.has(face.lawRevision))
      throw new Broken(
        `第 ${seq} 条记录所用规则版本 ${face.lawRevision} 未列明`,
        `Rule version ${face.lawRevision}, used by entry ${seq}, is not named`,
      )
  }
  if (!quoted.versions) return null
  const versions = new Map(quoted.versions.map((v) => [v.name, v]))
  for (const entry of entries) {
    const { seq, face } = entry
    const version = versions.get(face.lawRevision)
    // A legal day begins at midnight in Shanghai.
    const day = new Date(Date.parse(face.recordedAt) + 8 * 3_600_000).toISOString().slice(0, 10)
    for (const id of version && face.kind !== 'evidence.exported' ? face.cites : []) {
      const wordings = version?.rules.filter((r) => r.id === id) ?? []
      if (!wordings.some((r) => r.from === undefined || !r.until || day <= r.until))
        throw new Broken(
          `第 ${seq} 条记录所引规则 ${id} 未附其在 ${face.lawRevision} 下当日的原文`,
          `Rule ${id}, cited by entry ${seq}, is not quoted as it stood on its day under ${face.lawRevision}`,
        )
    }
    for (const name of sealedRules(entry)) judgedBy(versions, name, `第 ${seq} 条记录`, `entry ${seq}`)
  }
  for (const { fault, fix, judgedBy: by } of fixes)
    for (const name of new Set([...(by ?? []), ...(fault?.rules ?? [])])) {
      const at = new Date((fix as { ts?: number }).ts ?? 0).toISOString()
      judgedBy(versions, name, `定位点（${at}）`, `a position (${at})`)
    }
  return quoted.versions.filter((v) => v.held).length
}

function judgedBy(versions: ReadonlyMap<string, QuotedVersion>, name: string, zh: string, en: string): void {
  const version = versions.get(name)
  if (!version || (version.held && !version.gates))
    throw new Broken(
      `${zh}的校验所用规则版本 ${name} 未附数值`,
      `The numbers of rule version ${name}, by which ${en} was judged, are not quoted`,
    )
}

function earlierHeads({ head, earlier }: Proofs): void {
  for (const { head: older, path } of earlier) {
    if (!isSigned(older))
      throw new Broken(
        `第 ${older.size} 条的旧树头签名无效`,
        `The earlier head of size ${older.size} is not signed properly`,
      )
    const before = { size: older.size, root: Buffer.from(older.root, 'hex') }
    const now = { size: head.size, root: Buffer.from(head.root, 'hex') }
    if (
      !isConsistent(
        before,
        now,
        path.map((h) => Buffer.from(h, 'hex')),
      )
    )
      throw new Broken(
        `第 ${older.size} 条的旧树头不是本账本的前身`,
        `The earlier head of size ${older.size} is no ancestor of this ledger`,
      )
  }
}

function trustedHead(proofs: Proofs, trusted: readonly TreeHead[]): { zh: string; en: string } {
  if (trusted.length === 0) return { zh: '', en: '' }
  for (const mine of trusted)
    if (!isSigned(mine))
      throw new Broken(
        `可信树头文件中第 ${mine.size} 条的树头签名无效`,
        `The trusted head of size ${mine.size} is not signed properly`,
      )
  const { head } = proofs
  const key = trusted.find((t) => t.keyId === head.keyId)
  if (!key)
    throw new Broken(
      `本包由密钥 ${head.keyId} 签名，可信树头用的是 ${trusted[0]?.keyId}`,
      `The pack is signed by key ${head.keyId}, the trusted head by ${trusted[0]?.keyId}`,
    )
  for (const mine of trusted) {
    if (mine.keyId !== head.keyId) continue
    if (mine.size === head.size) {
      if (mine.root !== head.root)
        throw new Broken(
          `账本有两个版本：同为 ${head.size} 条，本包与可信树头的根不同`,
          `The ledger has two faces: at size ${head.size} the pack and the trusted head disagree`,
        )
      return { zh: `与可信树头（第 ${mine.size} 条）一致`, en: `Agrees with the trusted head of size ${mine.size}` }
    }
  }
  for (const { head: earlier } of proofs.earlier) {
    const mine = trusted.find((t) => t.size === earlier.size && t.keyId === head.keyId)
    if (!mine) continue
    if (mine.root !== earlier.root)
      throw new Broken(
        `账本历史被改写：可信树头（第 ${mine.size} 条）不是本包账本的前身`,
        `History was rewritten: the trusted head of size ${mine.size} is no ancestor of the pack's ledger`,
      )
    return {
      zh: `账本自可信树头（第 ${mine.size} 条）以来只增未改`,
      en: `Since the trusted head of size ${mine.size} the ledger only grew`,
    }
  }
  throw new Broken(
    `可信树头（第 ${trusted.map((t) => t.size).join('、')} 条）与本包之间没有可用的衔接证明；请向外部保管方索取导出当日或之前的树头`,
    `Nothing links the trusted head (size ${trusted.map((t) => t.size).join(', ')}) to this pack; ask the outside holder for a head of the day of export or earlier`,
  )
}
