import { unpackDay } from '@zhijiao/geo/daytrack'
import { proveFix } from '@zhijiao/geo/seal'
import { zipSync } from 'fflate'
import type { Json } from '../core/ledger/canonical.ts'
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
import type { FoundEntry, Matter } from './gather.ts'

/** The fixes of the matter, each with its proof where the day is sealed. */
export function provedFixes(
  matter: Matter,
  tracks: readonly { day: string; activationNo: number; kind: 'day' | 'inbox'; blob: Buffer }[],
  entries: readonly FoundEntry[],
): PackedFix[] {
  const fixes: PackedFix[] = []
  for (const track of tracks) {
    // A day still being received is not sealed; its fixes are shown by the day blob once it is.
    if (track.kind !== 'day') continue
    const sealed = entries.filter((e) => {
      const p = e.payload as { activationNo?: number; day?: string } | null
      return e.face.kind === 'track.sealed' && p?.activationNo === track.activationNo && p.day === track.day
    })
    const unpacked = unpackDay(track.blob)
    unpacked.fixes.forEach((fix, i) => {
      if (fix.ts < matter.from || fix.ts >= matter.until) return
      const proof = sealed.length > 0 ? proveFix(track.blob, i) : null
      const newest = sealed.at(-1)
      const holds = proof && newest && (newest.payload as { fixes?: number } | null)?.fixes === proof.size
      fixes.push({
        proof: holds ? proof : null,
        sealedBy: holds ? newest.face.id : null,
        fix: JSON.parse(JSON.stringify(fix)) as Json,
      })
    })
  }
  return fixes
}

/** What no pack of this kind can show; always said, never hidden in a footnote. */
export function limitsOf(facts: {
  unauthenticated: number
  fixes: number
  blind: number
  failed: number
  purged: number
  imported: number
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
      zh: `${facts.failed} 个定位点未通过校验，已附原因，未用于判断。`,
      en: `${facts.failed} positions failed a check; the reason is attached and they decided nothing.`,
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
  for (const o of facts.outages)
    limits.push({
      zh: `此期间有平台或网络故障：${o.reason}（${o.starts.toISOString()} 至 ${o.ends?.toISOString() ?? '未恢复'}）。`,
      en: `There was an outage in this time: ${o.reason} (${o.starts.toISOString()} to ${o.ends?.toISOString() ?? 'not over'}).`,
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
