import type { BodyOf, SpecOf } from '@zhijiao/contract/kernel'
import type { people } from '@zhijiao/contract/people'
import { maskAddress } from '@zhijiao/law/address'
import { maskIdentity, maskPhone } from '@zhijiao/law/identity'
import type { Updateable } from 'kysely'
import type { House } from '../core/house.ts'
import type { Json } from '../core/ledger/canonical.ts'
import { announce } from '../core/live.ts'
import { Changed, refuse, settled } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import type { Tables } from '../core/tables.ts'
import { followCaseload, holdCaseload } from '../core/tasks/staff.ts'
import { changesOf, identityOf, mayMerge, plainPhone } from './domain.ts'
import { refuseWrongOfficer } from './enrol.ts'
import type { Keeping } from './keeping.ts'
import { Merged, MergeInUse, PersonExists, PersonExistsElsewhere } from './refusals.ts'
import type { StoredPerson } from './row.ts'
import { type PersonStore, personStore } from './store.ts'
import { unmasked } from './unmasked.ts'

type Wish = BodyOf<SpecOf<(typeof people)['change']>>

/** A merged file stays as it was. */
export async function refuseMerged(store: PersonStore, row: StoredPerson): Promise<void> {
  if (!row.merged_into) return
  const into = await store.get(row.merged_into).catch(() => null)
  throw refuse(Merged, { number: into?.number ?? '—' })
}

/** The written fields of the header, column by column; what is not given stays out. */
const plainHeader = (row: Updateable<Tables['person']>): Record<string, Json> =>
  Object.fromEntries(
    headerColumns.flatMap((column) => {
      const value = row[column]
      return value === undefined ? [] : [[column, value as Json]]
    }),
  )
const headerColumns = [
  'name',
  'ethnicity',
  'education',
  'registered_address',
  'residence',
  'residence_lat',
  'residence_lon',
  'crime',
  'sentence',
  'sentence_term',
  'additional_penalty',
  'correction_term',
  'decision_organ',
  'decision_organ_kind',
  'document_number',
  'decided_on',
  'injunction',
] as const

/** Corrects the header; the ledger keeps what stood before, identity and phone masked. */
export async function changeHeader(
  { db, ledger }: Inside,
  keeping: Keeping,
  id: string,
  wish: Wish,
  circumstances: Circumstances,
): Promise<void> {
  const store = personStore(db, keeping)
  const row = await store.hold(id)
  await refuseMerged(store, row)
  if (row.revision !== wish.revision) throw refuse(Changed, { revision: row.revision, ...(await store.lastHand(id)) })
  const set: Updateable<Tables['person']> = {
    name: wish.name?.trim(),
    ethnicity: wish.ethnicity,
    education: wish.education,
    registered_address: unmasked('registeredAddress', wish.registeredAddress, row.registered_address, maskAddress),
    residence: unmasked('residence', wish.residence, row.residence, maskAddress),
    residence_lat: wish.residenceLat,
    residence_lon: wish.residenceLon,
    crime: wish.crime,
    sentence: wish.sentence,
    sentence_term: wish.sentenceTerm,
    additional_penalty: wish.additionalPenalty,
    correction_term: wish.correctionTerm,
    decision_organ: wish.decisionOrgan,
    decision_organ_kind: wish.decisionOrganKind,
    document_number: wish.documentNumber,
    decided_on: wish.decidedOn,
    injunction: wish.injunction,
  }
  const changes: { [field: string]: Json | undefined } = changesOf<Record<string, Json>>(
    plainHeader(row),
    plainHeader(set),
  )
  if (wish.identity !== undefined) {
    const identity = settled(identityOf(wish.identity))
    const kept = keeping.identity(identity.number)
    if (!kept.identity_blind.equals(keeping.likeness(row).identityBlind)) {
      const known = await store.byIdentity(identity.number)
      if (known) throw refuse(PersonExists, { number: known.number, id: known.id })
      if ((await store.knownAnywhere([identity.number])).size > 0) throw refuse(PersonExistsElsewhere)
      changes.identity = { from: keeping.maskedIdentity(row.identity_cipher), to: maskIdentity(identity.number) }
      Object.assign(set, kept, { birth_date: identity.birth, sex: identity.sex })
    }
  }
  if (wish.phone !== undefined && plainPhone(wish.phone) !== keeping.openPhone(row.phone_cipher)) {
    changes.phone = {
      from: keeping.maskedPhone(row.phone_cipher),
      to: wish.phone ? maskPhone(plainPhone(wish.phone) ?? '') : null,
    }
    Object.assign(set, keeping.phone(wish.phone))
  }
  if (Object.keys(changes).length === 0) return
  await store.update(id, wish.revision, set, new Date(circumstances.now))
  await ledger.append({ kind: 'person.corrected', org: row.org_code, person: id, subject: id, payload: { changes } })
  // Whoever has the file open reads it again; a form that he has begun meets the new version when he saves.
  await announce(db, { topic: 'person', id, org: row.org_code, person: id, what: 'corrected' })
}

/** Gives the file to an officer, or to nobody. */
export async function assign(
  { db, ledger }: Inside,
  keeping: Keeping,
  id: string,
  wish: { officer: string | null; revision: number },
  circumstances: Circumstances,
  house: Pick<House, 'chance' | 'databases'>,
): Promise<void> {
  const store = personStore(db, keeping)
  await holdCaseload(db, id)
  const row = await store.hold(id)
  await refuseMerged(store, row)
  const officer = wish.officer
    ? await refuseWrongOfficer(store, wish.officer, { org: row.org_code, minor: row.minor, sealed: row.sealed })
    : null
  await store.update(id, wish.revision, { officer_id: officer?.id ?? null }, new Date(circumstances.now))
  await ledger.append({
    kind: 'person.assigned',
    org: row.org_code,
    person: id,
    subject: id,
    payload: { from: row.officer_id, to: officer?.id ?? null, officer: officer?.name ?? null },
  })
  // What the former officer still had to do for this person goes with the file.
  await followCaseload(db, house, ledger, { person: id, from: row.officer_id, to: officer })
}

/** Makes two files one: the other keeps its rows and entries and shows where it went. */
export async function merge(
  { db, ledger }: Inside,
  keeping: Keeping,
  id: string,
  wish: { other: string; revision: number; otherRevision: number; reason: string },
  circumstances: Circumstances,
): Promise<void> {
  const store = personStore(db, keeping)
  // Always in the order of their ids, so that two merges of the same pair wait for each other instead of for ever.
  const rows = new Map<string, StoredPerson>()
  for (const each of [...new Set([id, wish.other])].sort()) rows.set(each, await store.hold(each))
  const into = rows.get(id)
  const other = rows.get(wish.other)
  if (!into || !other) throw new Error('a held row is not there')
  await refuseMerged(store, into)
  await refuseMerged(store, other)
  settled(mayMerge(keeping.likeness(into), keeping.likeness(other)))
  if (await store.busy(other.id)) throw refuse(MergeInUse, { number: other.number })
  const now = new Date(circumstances.now)
  await store.update(id, wish.revision, {}, now)
  // Seen by whoever sees the file it went into.
  await store.update(
    other.id,
    wish.otherRevision,
    { merged_into: id, org_code: into.org_code, officer_id: into.officer_id },
    now,
  )
  const payload = { into: into.number, other: other.number, reason: wish.reason }
  await ledger.append({ kind: 'person.merged', org: into.org_code, person: id, subject: id, payload })
  await ledger.append({ kind: 'person.mergedAway', org: other.org_code, person: other.id, subject: other.id, payload })
}
