import type { documents } from '@zhijiao/contract/documents'
import type { BodyOf, SpecOf } from '@zhijiao/contract/kernel'
import { filesIn } from '../core/files.ts'
import { refuse } from '../core/refusals.ts'
import { headOf, issuerOf, organOf, templateOn } from './filing.ts'
import {
  type Bench,
  dressingOf,
  fileName,
  refuseChanged,
  refuseImported,
  refuseUnissued,
  sha256Of,
  told,
  type Within,
} from './issue.ts'
import { AlreadySealed, DeliveryWrong, NoSeal, NoSuchPlace, NotAPicture, SignedAlready, Tampered } from './refusals.ts'
import { sealKeyOf } from './seal/keys.ts'
import { seal } from './seal/pades.ts'
import { documentStore } from './store.ts'

type SignWish = BodyOf<SpecOf<(typeof documents)['sign']>>
type DeliveryWish = BodyOf<SpecOf<(typeof documents)['deliver']>>
export interface By {
  readonly id: string
  readonly name: string
}

/** A picture that belongs to this very document. */
async function pictureOf(bench: Bench, within: Within, file: string, document: string): Promise<void> {
  const card = await filesIn(within.db, bench.house, within.ledger).card(file)
  if (card.subject !== document || card.mime !== 'image/png') throw refuse(NotAPicture)
}

/** Puts a signature by hand in its place and prints the paper anew with it. */
export async function signIn(bench: Bench, within: Within, id: string, wish: SignWish, by: By): Promise<void> {
  const { house, press } = bench
  const store = documentStore(within.db)
  const row = await store.lock(id)
  refuseUnissued(row)
  refuseImported(row)
  refuseChanged(row, wish.revision)
  if (row.sealed_file_id) throw refuse(AlreadySealed)
  const places = row.paper.places
  if (!places.some((p) => p.place === wish.place))
    throw refuse(NoSuchPlace, { place: wish.place, places: places.map((p) => p.place).join('、') || '—' })
  const before = (await store.signatures(id)).find((s) => s.place === wish.place)
  if (before) throw refuse(SignedAlready, { name: before.name })
  await pictureOf(bench, within, wish.file, id)
  const at = new Date(house.chance.now())
  const signature = { id: house.chance.id(), document: id, place: wish.place, name: wish.name, file: wish.file }
  await store.sign({ ...signature, sha256: row.sha256 ?? Buffer.alloc(0), at, by: by.id })
  const organ = await organOf(within.db, headOf(row))
  const pdf = await press.pdf(row.paper, { ...(await dressingOf(bench, within, row, false)), author: organ.agency })
  const card = await filesIn(within.db, house, within.ledger).add(
    { name: fileName(row.paper, 'pdf'), mime: 'application/pdf', content: pdf },
    { org: row.org_code, person: row.person_id, subject: id, by: by.id },
  )
  await store.reprinted(id, card.id, card.sha256, at)
  await within.ledger.append({
    kind: 'document.signed',
    org: row.org_code,
    person: row.person_id,
    subject: id,
    payload: {
      place: wish.place,
      name: wish.name,
      picture: wish.file,
      signedSha256: row.sha256?.toString('hex') ?? null,
      sha256: card.sha256,
      witness: by.name,
    },
  })
  await told(within, row, 'signed')
}

/** Prints the paper with the organ's round seal and signs the file digitally. */
export async function sealIn(bench: Bench, within: Within, id: string, revision: number | null, by: By): Promise<void> {
  const { house, press } = bench
  const store = documentStore(within.db)
  const row = await store.lock(id)
  refuseUnissued(row)
  refuseImported(row)
  if (revision !== null) refuseChanged(row, revision)
  if (row.sealed_file_id) throw refuse(AlreadySealed)
  const { body } = await templateOn(within.db, row.template, headOf(row), row.decided_on)
  if (body.seal === 'none') throw refuse(NoSeal)
  const organ = await organOf(within.db, headOf(row))
  const name = body.seal === 'bureau' ? organ.bureau : organ.agency
  const key = await sealKeyOf(house, issuerOf(row), organ.agency)
  const at = new Date(house.chance.now())
  const printed = await press.pdf(row.paper, {
    ...(await dressingOf(bench, within, row, false)),
    author: organ.agency,
    stamp: { name, demo: key.selfMade },
  })
  const sealed = await seal(printed, key, { at, reason: `${row.paper.zh} ${row.number ?? ''}`.trim(), name })
  const card = await filesIn(within.db, house, within.ledger).add(
    { name: fileName(row.paper, 'pdf'), mime: 'application/pdf', content: sealed },
    { org: row.org_code, person: row.person_id, subject: id, by: by.id },
  )
  await store.sealed(id, { file: card.id, sha256: card.sha256, by: by.id, at, key: key.id })
  await within.ledger.append({
    kind: 'document.sealed',
    org: row.org_code,
    person: row.person_id,
    subject: id,
    payload: {
      number: row.number,
      certificate: key.subject,
      selfMade: key.selfMade,
      file: card.id,
      sha256: card.sha256,
    },
  })
  await told(within, row, 'sealed')
}

/** Records the service of one copy. What is served is the file as it stands then, by its hash. */
export async function deliverIn(bench: Bench, within: Within, id: string, wish: DeliveryWish, by: By): Promise<string> {
  const { house } = bench
  const store = documentStore(within.db)
  const row = await store.lock(id)
  refuseUnissued(row)
  const at = Date.parse(wish.at)
  if (at > house.chance.now() + 60_000 || at < (row.issued_at?.getTime() ?? 0) - 86_400_000)
    throw refuse(DeliveryWrong, { what: '送达时间', whatEn: 'time' })
  // Left at the door needs a witness (留置送达), everything not put into the hand needs a proof.
  if (wish.how === 'left' && !wish.witness) throw refuse(DeliveryWrong, { what: '见证人', whatEn: 'witness' })
  if (wish.how === 'direct' && !wish.receiver) throw refuse(DeliveryWrong, { what: '签收人', whatEn: 'receiver' })
  const files = filesIn(within.db, house, within.ledger)
  if (wish.signature) await pictureOf(bench, within, wish.signature, id)
  if (wish.proof) {
    const proof = await files.card(wish.proof)
    if (proof.subject !== id) throw refuse(NotAPicture)
  }
  const delivery = house.chance.id()
  await store.deliver(id, {
    id: delivery,
    copy: wish.copy,
    addressee: wish.addressee,
    how: wish.how,
    place: wish.place ?? '',
    delivered_at: new Date(at),
    receiver: wish.receiver ?? '',
    relation: wish.relation ?? '',
    witness: wish.witness ?? '',
    note: wish.note ?? '',
    proof_file_id: wish.proof ?? null,
    signature_file_id: wish.signature ?? null,
    served_by: by.id,
    recorded_at: new Date(house.chance.now()),
  })
  await within.ledger.append({
    kind: 'document.delivered',
    org: row.org_code,
    person: row.person_id,
    subject: id,
    occurredAt: at,
    payload: {
      delivery,
      number: row.number,
      copy: wish.copy,
      addressee: wish.addressee,
      how: wish.how,
      receiver: wish.receiver ?? '',
      proof: wish.proof ?? null,
      signature: wish.signature ?? null,
      sha256: (row.sealed_sha256 ?? row.sha256)?.toString('hex') ?? null,
    },
  })
  await told(within, row, 'delivered')
  return delivery
}

/** Voids an issued document. Its number stays used; a draft with the same contents may take its place. */
export async function voidIn(
  bench: Bench,
  within: Within,
  id: string,
  wish: { reason: string; again: boolean; revision: number },
  by: By,
): Promise<string> {
  const { house } = bench
  const store = documentStore(within.db)
  const row = await store.lock(id)
  refuseUnissued(row)
  refuseChanged(row, wish.revision)
  const at = new Date(house.chance.now())
  await store.voided(id, by.id, at, wish.reason)
  // A further paper of the case that is drafted already takes its place: there is one draft of a kind at a time.
  const standing = wish.again ? await store.standing(row.subject_id, row.template) : null
  const drafted = standing?.state === 'draft' ? standing.id : null
  const again = wish.again ? (drafted ?? house.chance.id()) : null
  if (again && !drafted)
    await store.add({
      id: again,
      org: row.org_code,
      organ: row.organ,
      person: row.person_id,
      subject: row.subject_id,
      template: row.template,
      version: row.template_version,
      law: row.law_revision,
      on: row.decided_on,
      given: row.given,
      corrected: row.corrected,
      by: by.id,
      at,
      replaces: id,
    })
  await within.ledger.append({
    kind: 'document.voided',
    org: row.org_code,
    person: row.person_id,
    subject: id,
    payload: { number: row.number, reason: wish.reason, replacedBy: again },
  })
  await told(within, row, 'voided')
  return again ?? id
}

/** The bytes that were issued (or sealed), compared with the hash of their entry. */
export async function issuedBytes(
  bench: Bench,
  within: Within,
  row: { file_id: string | null; sha256: Buffer | null; sealed_file_id: string | null; sealed_sha256: Buffer | null },
  bare = false,
): Promise<Buffer> {
  const sealed = row.sealed_file_id !== null && !bare
  const file = sealed ? row.sealed_file_id : row.file_id
  const hash = sealed ? row.sealed_sha256 : row.sha256
  if (!file || !hash) throw refuse(Tampered)
  const bytes = await filesIn(within.db, bench.house, within.ledger).content(file)
  if (sha256Of(bytes) !== hash.toString('hex')) throw refuse(Tampered)
  return bytes
}
