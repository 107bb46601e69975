import { evidence } from '@zhijiao/contract/evidence'
import { wordsOfFact } from '@zhijiao/contract/facts'
import type { FileAnswer } from '@zhijiao/contract/kernel'
import { FixFlag } from '@zhijiao/geo/fix'
import { civilDate, daysInclusive, endOfLegalDay, startOfLegalDay } from '@zhijiao/law/civil-date'
import type { House } from '../core/house.ts'
import { ledgerSigner, sealAll } from '../core/ledger/sealer.ts'
import { latestHead, storedSubtrees } from '../core/ledger/store.ts'
import { consistencyPath, inclusionPath } from '../core/ledger/tree.ts'
import { NotFound, refuse } from '../core/refusals.ts'
import { keep, signedIn } from '../core/room.ts'
import { contentsOf, limitsOf, manifestOf, provedFixes, zipPack } from './assemble.ts'
import { digestOf, digestOfEntries } from './format.ts'
import {
  entriesOf,
  episodeMatter,
  filesOf,
  outagesOf,
  personMatter,
  publicationsOf,
  sealedEntries,
  tracksOf,
} from './gather.ts'
import { publishedHeads, publishHead } from './heads.ts'
import { BadSpan, PurgedMeanwhile } from './refusals.ts'
import { statementOf } from './statement.ts'
import { positionRules, publicationsIn, quoteLaw } from './versions.ts'

/** Longest span of one pack, days. */
const mostDays = 366

export const evidenceHandlers = (house: House) =>
  keep(evidence, {
    async export(asked): Promise<FileAnswer> {
      const { body, circumstances } = asked
      const who = signedIn(asked)
      const made = { at: new Date(circumstances.now).toISOString(), by: who.staff.name, reason: body.reason }
      const packed = await asked.inTransaction(async ({ db, ledger }) => {
        const matter =
          body.about === 'episode'
            ? await episodeMatter(db, body.id, circumstances.now)
            : await personMatter(db, body.id, ...spanOf(body.from, body.until, circumstances.today))
        asked.note({ person: matter.person, reason: body.reason })
        const found = await entriesOf(db, matter)
        const files = await filesOf(db, matter)
        const tracks = await tracksOf(db, matter, body.reason)
        const fixes = provedFixes(matter, tracks, found)
        const rules = positionRules(tracks, found)
        const names = [...rules, ...found.map((e) => e.face.lawRevision), circumstances.law.revision]
        const law = quoteLaw(found, rules, await publicationsOf(db, publicationsIn(names)), circumstances)
        const flags = fixes.map((f) => f.fix as { flags: number; fault: number })
        const limits = limitsOf({
          fixes: fixes.length,
          unauthenticated: flags.filter((f) => (f.flags & FixFlag.authenticated) === 0).length,
          blind: flags.filter((f) => (f.flags & FixFlag.blind) !== 0).length,
          failed: flags.filter((f) => f.fault !== 0).length,
          purged: found.filter((e) => e.salt === null).length,
          imported: found.filter((e) => e.face.imported).length,
          open: fixes.filter((f) => f.proof === null).length,
          unheld: (law.versions ?? []).filter((v) => !v.held).map((v) => v.name),
          madeAt: new Date(circumstances.now),
          outages: await outagesOf(db, matter),
        })
        const statement = statementOf({
          matter,
          made,
          entries: found,
          says: (kind) => wordsOfFact(kind).zh,
          fixes,
          law,
          limits,
          files,
        })
        const contents = contentsOf({ fixes, law, statement, files })
        const manifest = manifestOf(matter, made, contents, limits)
        const id = await ledger.append({
          kind: 'evidence.exported',
          org: matter.org,
          person: matter.person,
          subject: matter.id,
          payload: {
            digest: digestOf(manifest),
            entriesDigest: digestOfEntries(found),
            reason: body.reason,
            entries: found.length,
            fixes: fixes.length,
            files: files.length,
          },
        })
        asked.note({ rows: found.length + fixes.length })
        return {
          matter,
          manifest,
          contents,
          ids: [...found.map((e) => e.face.id), id],
          id,
          entriesDigest: digestOfEntries(found),
        }
      })
      await sealAll(house)
      const proved = await asked.inTransaction(async ({ db }) => {
        const head = await latestHead(db, ledgerSigner(house).publicKey)
        if (!head) throw refuse(NotFound)
        const entries = await sealedEntries(db, packed.ids)
        // Something was purged meanwhile: the pack would not hold.
        if (digestOfEntries(entries.filter((e) => e.face.id !== packed.id)) !== packed.entriesDigest)
          throw refuse(PurgedMeanwhile)
        const at = storedSubtrees(db)
        const paths: Record<string, string[]> = {}
        for (const { seq } of entries)
          paths[String(seq)] = (await inclusionPath(seq, head.size, at)).map((h) => h.toString('hex'))
        const earlier = []
        for (const older of publishedHeads(house)) {
          if (older.size < head.size)
            earlier.push({
              head: older,
              path: (await consistencyPath(older.size, head.size, at)).map((h) => h.toString('hex')),
            })
        }
        return { entries, proofs: { head, paths, earlier } }
      })
      await publishHead(house, proved.proofs.head)
      const pack = zipPack(packed.manifest, packed.contents, proved.entries, proved.proofs)
      return {
        name: `证据包-${packed.matter.kind === 'episode' ? `报警${packed.matter.number}` : packed.matter.number}-${circumstances.today}.zip`,
        mime: 'application/zip',
        content: pack,
      }
    },

    async head() {
      const head = await latestHead(house.databases.system, ledgerSigner(house).publicKey)
      if (!head) throw refuse(NotFound)
      return head
    },
  })

function spanOf(from: string | undefined, until: string | undefined, today: string): [number, number] {
  const last = civilDate(until ?? today)
  const first = civilDate(from ?? last)
  const days = daysInclusive(first, last)
  if (days < 1 || days > mostDays) throw refuse(BadSpan, { most: mostDays })
  return [startOfLegalDay(first), endOfLegalDay(last)]
}
