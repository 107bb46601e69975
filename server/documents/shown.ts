import type { DocumentRow, LegalPaper } from '@zhijiao/contract/documents'
import type { Values } from '@zhijiao/contract/paper'
import { maskIdentity } from '@zhijiao/law/identity'
import { isRuleId } from '@zhijiao/law/rule'
import { sql } from 'kysely'
import { clauseOf } from './clause.ts'
import { asDay, lawOn } from './filing.ts'
import { fill } from './filled.ts'
import type { Bench, Within } from './issue.ts'
import { documentStore, type ShownDocument } from './store.ts'
import { isServed, paperName } from './templates/index.ts'

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null)

export const rowShown = (row: ShownDocument): DocumentRow => ({
  id: row.id,
  org: row.org_code,
  orgName: row.org_name,
  person: row.person_id ? { id: row.person_id, name: row.person_name ?? '', number: row.person_number ?? '' } : null,
  subject: row.subject_id,
  template: row.template,
  name: { zh: paperName(row.template)?.zh ?? row.template, en: paperName(row.template)?.en ?? row.template },
  state: row.state,
  number: row.number,
  decidedOn: row.decided_on,
  draftedAt: row.drafted_at.toISOString(),
  issuedAt: row.issued_at?.toISOString() ?? null,
  issuedBy: named(row.issued_by, row.issuer),
  issuedByName: row.issuer ?? row.issued_name ?? '',
  sealed: row.sealed_file_id !== null,
  signatures: row.signatures,
  deliveries: row.deliveries,
  toServe: isServed(row.template),
  imported: row.imported_at !== null,
  scanned: row.imported_at !== null && row.file_id !== null,
  revision: row.revision,
})

/** Identity numbers are masked on screens; the paper itself says them in full. */
const masked = (values: Values): Values =>
  typeof values.身份证号码 === 'string' ? { ...values, 身份证号码: maskIdentity(values.身份证号码) } : values

/** One document as its page shows it. */
export async function paperShown({ house, press }: Bench, { db }: Within, id: string): Promise<LegalPaper> {
  const store = documentStore(db)
  const row = await store.one(id)
  const draft = await fill(db, house, row)
  const paper = row.paper ?? draft.paper
  const law = row.paper ? await lawOn(house, row.org_code, asDay(row.decided_on)) : draft.law
  const label = (place: string) => paper.places.find((p) => p.place === place)?.label ?? place
  const { rows: keys } = row.seal_key_id
    ? await sql<{ subject: string; self_made: boolean; fingerprint: string }>`
        select subject, self_made, fingerprint from seal_key where id = ${row.seal_key_id}::uuid`.execute(db)
    : { rows: [] }
  const [key] = keys
  return {
    ...rowShown(row),
    blanks: draft.body.blanks,
    filed: masked(draft.filed),
    given: draft.given,
    corrected: row.corrected,
    missing: row.state === 'draft' ? [...draft.missing] : [],
    hints: row.state === 'draft' ? [...draft.hints] : [],
    // What was issued here was looked at then; a copy from old data is drawn whenever it is asked for.
    noGlyph: row.state === 'draft' || (row.imported_at && !row.file_id) ? await press.missing(paper) : [],
    places: paper.places.map((p) => ({ ...p })),
    cites: paper.cites.filter(isRuleId).map((rule) => {
      const cited = law.cite(rule)
      return { rule, clause: clauseOf(cited), zh: cited.zh, recalled: cited.recalled }
    }),
    lawRevision: row.state === 'draft' ? draft.law.revision : row.law_revision,
    templateVersion: row.state === 'draft' ? draft.version : row.template_version,
    takesSeal: draft.body.seal !== 'none',
    copies: paper.copies.map((c) => c.name),
    sha256: row.sha256?.toString('hex') ?? null,
    sealedSha256: row.sealed_sha256?.toString('hex') ?? null,
    sealedAt: row.sealed_at?.toISOString() ?? null,
    sealedBy: named(row.sealed_by, row.sealer),
    certificate: key ? { subject: key.subject, selfMade: key.self_made, fingerprint: key.fingerprint } : null,
    source: row.source,
    importedAt: row.imported_at?.toISOString() ?? null,
    oldSigners: row.signers.map((s) => ({ ...s })),
    signatureList: (await store.signatures(id)).map((s) => ({
      id: s.id,
      place: s.place,
      label: label(s.place),
      name: s.name,
      file: s.file_id,
      at: s.signed_at.toISOString(),
      witness: named(s.witnessed_by, s.witness),
      signedSha256: s.signed_sha256.toString('hex'),
    })),
    deliveryList: (await store.deliveries(id)).map((d) => ({
      id: d.id,
      copy: d.copy,
      addressee: d.addressee,
      how: d.how,
      place: d.place,
      at: d.delivered_at.toISOString(),
      receiver: d.receiver,
      relation: d.relation,
      witness: d.witness,
      note: d.note,
      proof: d.proof_file_id,
      signature: d.signature_file_id,
      servedBy: named(d.served_by, d.server),
      servedByName: d.server ?? d.served_name,
      imported: d.imported,
      recordedAt: d.recorded_at.toISOString(),
    })),
    voidReason: row.void_reason,
    voidedAt: row.voided_at?.toISOString() ?? null,
    voidedBy: named(row.voided_by, row.voider),
    replaces: row.replaces,
    replacedBy: row.replaced_by,
  }
}
