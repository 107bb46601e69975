import { FixFault, FixFlag } from '@zhijiao/geo/fix'
import { type FixProof, provable } from '@zhijiao/geo/seal'
import type { ReceivedFix } from '@zhijiao/geo/track'
import { zipSync } from 'fflate'
import type { Json } from '../core/ledger/canonical.ts'
import { faultSays, judgedBy } from '../positions/index.ts'
import {
  type Manifest,
  members,
  type PackedEntry,
  type PackedFix,
  type Proofs,
  packForm,
  type QuotedLaw,
  sha256,
} from './format.ts'
import type { FoundEntry, FoundTrack, Matter } from './gather.ts'

/** The fixes of the matter: each with its proof where its day is sealed, and in words why it was not believed where it was not. */
export function provedFixes(
  matter: Matter,
  tracks: readonly FoundTrack[],
  entries: readonly FoundEntry[],
): PackedFix[] {
  const fixes: PackedFix[] = []
  for (const { day, activationNo, packed, fixes: all, judged } of tracks) {
    const sealed = sealedSpots(
      packed,
      entries.filter((e) => {
        const p = e.payload as { activationNo?: number; day?: string } | null
        return e.face.kind === 'track.sealed' && p?.activationNo === activationNo && p.day === day
      }),
    )
    for (const fix of all) {
      if (fix.ts < matter.from || fix.ts >= matter.until) continue
      const spot = sealed.get(spotOf(fix))
      const proof = spot?.prove() ?? null
      const { code, says } = faultSays(fix.fault)
      const rules = judgedBy(judged, fix.receivedAt)
      fixes.push({
        proof,
        sealedBy: spot?.sealedBy ?? null,
        fix: JSON.parse(JSON.stringify(proof?.fix ?? fix)) as Json,
        judgedBy: rules,
        ...(fix.fault === FixFault.none ? {} : { fault: { code, ...says, rules } }),
      })
    }
  }
  return fixes
}

/**
 * Where each fix of a day is proved: by the entry that sealed the part it lies in, as that part is now. Of one that came late
 * and waits to be sealed anew, the old root proves nothing.
 */
function sealedSpots(packed: FoundTrack['packed'], seals: readonly FoundEntry[]) {
  const sealedBy = new Map(seals.map((e) => [(e.payload as { root?: string } | null)?.root, e.face.id]))
  const spots = new Map<string, { readonly sealedBy: string; readonly prove: () => FixProof }>()
  for (const blob of packed) {
    const part = provable(blob)
    const by = sealedBy.get(part.root)
    if (by === undefined) continue
    for (const [i, fix] of part.fixes.entries()) spots.set(spotOf(fix), { sealedBy: by, prove: () => part.prove(i) })
  }
  return spots
}

/** One place at one instant is one fix, told by a line that is believed or by one that is not (geo/merge.ts). */
const spotOf = ({ ts, lat, lon, flags }: ReceivedFix) =>
  `${ts} ${Math.round(lat * 1e7)} ${Math.round(lon * 1e7)} ${flags & FixFlag.doubted}`

/** 2026-11-21 22:30, Asia/Shanghai. */
const minute = (at: Date) => second(at).slice(0, 16)
const second = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** What no pack of this kind can show; always said, never hidden in a footnote. */
export function limitsOf(facts: {
  unauthenticated: number
  fixes: number
  blind: number
  failed: number
  purged: number
  imported: number
  /** Not under a sealed root at the export. */
  open: number
  /** Versions of the rules whose text is not at hand. */
  unheld: readonly string[]
  madeAt: Date
  outages: readonly { reason: string; starts: Date; ends: Date | null }[]
}): Manifest['limits'] {
  const limits = [
    {
      zh: '定位点证明的是设备的位置，不直接证明人的位置；人机是否一致见所附证据。',
      en: 'A position proves where a device was, not by itself where a person was; see the evidence on the two being together.',
    },
    {
      zh: '每个定位点带有误差半径，半径之内的任何一点都有可能。',
      en: 'Each position carries a radius; any point inside it is possible.',
    },
  ]
  if (facts.unauthenticated > 0)
    limits.push({
      zh: `${facts.unauthenticated}/${facts.fixes} 个定位点来自未能以密钥证明身份的设备。`,
      en: `${facts.unauthenticated} of ${facts.fixes} positions come from a device that could not prove its identity by a secret.`,
    })
  if (facts.blind > 0)
    limits.push({
      zh: `${facts.blind} 个定位点由设备存储后补传。`,
      en: `${facts.blind} positions were stored on the device and sent later.`,
    })
  if (facts.failed > 0)
    limits.push({
      zh: `${facts.failed} 个定位点未通过校验，已附原因和所用规则版本，未用于判断。`,
      en: `${facts.failed} positions failed a check; the reason and the version of the rules are attached and they decided nothing.`,
    })
  if (facts.purged > 0)
    limits.push({
      zh: `${facts.purged} 条记录的内容已依法清除，只能证明当时有此记录。`,
      en: `The content of ${facts.purged} entries was lawfully purged; they only prove that such an entry was made.`,
    })
  if (facts.imported > 0)
    limits.push({
      zh: `${facts.imported} 条记录由旧档案导入，非本平台当时所见。`,
      en: `${facts.imported} entries were imported from old files and not witnessed by this platform.`,
    })
  if (facts.open > 0)
    limits.push({
      zh: `${facts.open} 个定位点在导出时尚未封存于当日轨迹根，仅由本包的导出记录固定其内容，不能证明此前未变。`,
      en: `${facts.open} positions were not yet under the sealed root of their day at the export: only the export entry of this pack fixes them, and nothing proves that they were the same before.`,
    })
  limits.push({
    zh: `本包只含 ${second(facts.madeAt)}（北京时间）以前收到的定位点；此后收到的，包括设备补传的，不在其内。`,
    en: `The pack holds positions received before ${second(facts.madeAt)} (Asia/Shanghai); what came later, stored by the device or not, is not in it.`,
  })
  if (facts.unheld.length > 0)
    limits.push({
      zh: `下列规则版本的原文本平台已不保存，只列名称：${facts.unheld.join('、')}。`,
      en: `The platform no longer holds the text of these rule versions and only names them: ${facts.unheld.join(', ')}.`,
    })
  for (const o of facts.outages)
    limits.push({
      zh: `此期间有平台或网络故障：${o.reason}（${minute(o.starts)} 至 ${o.ends ? minute(o.ends) : '未恢复'}）。`,
      en: `There was an outage in this time: ${o.reason} (${minute(o.starts)} to ${o.ends ? minute(o.ends) : 'not over'}, Asia/Shanghai).`,
    })
  return limits
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value, null, 1), 'utf8')

export interface Contents {
  readonly fixes: readonly PackedFix[]
  readonly law: QuotedLaw
  readonly statement: string
  readonly files: readonly { id: string; name: string; content: Buffer }[]
}

/** Bytes of everything that the manifest lists. */
export function contentsOf(contents: Contents): Record<string, Uint8Array> {
  const out: Record<string, Uint8Array> = {
    [members.fixes]: json(contents.fixes),
    [members.law]: json(contents.law),
    [members.statement]: Buffer.from(contents.statement, 'utf8'),
  }
  contents.files.forEach((file, i) => {
    // A name chosen by a person never decides where an unpacked file lands.
    out[
      `${members.files}${String(i + 1).padStart(3, '0')}-${file.name.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(-80)}`
    ] = file.content
  })
  return out
}

export function manifestOf(
  matter: Matter,
  made: { at: string; by: string; reason: string },
  contents: Readonly<Record<string, Uint8Array>>,
  limits: Manifest['limits'],
): Manifest {
  return {
    form: packForm,
    about: { kind: matter.kind, id: matter.id, number: matter.number },
    person: matter.person,
    org: matter.org,
    from: new Date(matter.from).toISOString(),
    until: new Date(matter.until).toISOString(),
    madeAt: made.at,
    madeBy: made.by,
    reason: made.reason,
    contents: Object.entries(contents).map(([path, bytes]) => ({ path, size: bytes.length, sha256: sha256(bytes) })),
    limits,
  }
}

/** The pack's bytes: a plain ZIP, readable without us. */
export function zipPack(
  manifest: Manifest,
  contents: Readonly<Record<string, Uint8Array>>,
  entries: readonly PackedEntry[],
  proofs: Proofs,
): Uint8Array {
  return zipSync(
    {
      [members.manifest]: json(manifest),
      [members.entries]: json(entries),
      [members.proofs]: json(proofs),
      ...contents,
    },
    { level: 6 },
  )
}
