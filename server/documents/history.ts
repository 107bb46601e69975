import type { documents, OldDocument } from '@zhijiao/contract/documents'
import type { AnswerOf, BodyOf } from '@zhijiao/contract/kernel'
import type { Values } from '@zhijiao/contract/paper'
import type { CivilDate } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import type { Session } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { appendMany } from '../core/ledger/append.ts'
import type { Fact } from '../core/ledger/entry.ts'
import { announce } from '../core/live.ts'
import { problemOf, Refusal, refuse } from '../core/refusals.ts'
import type { Circumstances } from '../core/room.ts'
import { type Organ, paperOf } from './domain.ts'
import { asDay, lawOn, organCode, organOf, templateBook, valuesOfFile } from './filing.ts'
import type { Within } from './issue.ts'
import { type OldNumber, oldNumber } from './old-number.ts'
import { faultOfOld } from './old-paper.ts'
import { type FiledPerson, type OldRow, oldPapers } from './old-store.ts'
import type { Paper } from './paper.ts'
import {
  OldBlank,
  OldNumberTaken,
  OldNumberYear,
  OldPerson,
  OldScan,
  OldSubject,
  OldUnit,
  TemplateUnknown,
} from './refusals.ts'
import { documentStore } from './store.ts'
import { paperName } from './templates/index.ts'

type SpecOf<K> = K extends { of?: infer S } ? S : never
type Spec = SpecOf<(typeof documents)['importHistory']>

interface Ready {
  readonly old: OldDocument
  readonly place: number
  readonly row: OldRow
  readonly paper: Paper
}

/**
 * Brings papers of old files in (历史文书导入). Each is filled and frozen as this platform would word it, so that two copies
 * of it are the same; none is printed, and none pretends to be the original. Of the batch nothing is written one by one.
 * Numbers issued from now on go on after the highest that came in.
 */
export async function importDocuments(
  within: Within,
  house: House,
  batch: BodyOf<Spec>,
  who: Session,
  circumstances: Circumstances,
): Promise<AnswerOf<Spec>> {
  const { db } = within
  const store = oldPapers(db)
  const olds = batch.documents.map(plainly)
  const there = await store.known(olds.map((d) => d.id))
  const around = await roundUp(within, house, { ...batch, documents: olds }, who)
  const refused: AnswerOf<Spec>['refused'] = []
  const ready: Ready[] = []
  let known = 0
  const leaveOut = (old: OldDocument, place: number, why: Refusal) => {
    const { code, zh, en } = problemOf(why, '')
    refused.push({ row: place, id: old.id, code, field: fieldOf(why), zh, en })
  }
  for (const [i, old] of olds.entries()) {
    if (there.has(old.id)) {
      known++
      continue
    }
    there.add(old.id)
    const one = await around.read(old, circumstances)
    if (one instanceof Refusal) leaveOut(old, i + 1, one)
    else ready.push({ old, place: i + 1, ...one })
  }
  // The series first: whoever issues meanwhile waits here and goes on after what came in.
  await store.raiseSeries(ready.map((r) => r.row))
  const entered = await store.add(ready.map((r) => r.row))
  for (const { old, place } of ready.filter((r) => !entered.has(r.old.id)))
    leaveOut(old, place, refuse(OldNumberTaken, { number: old.number ?? old.id }))
  const stands = ready.filter((r) => entered.has(r.old.id))
  await store.addDeliveries(
    stands.flatMap(({ old }) =>
      (old.deliveries ?? []).map((served) => ({ ...served, id: house.chance.id(), document: old.id })),
    ),
    new Date(circumstances.now),
  )
  await appendMany(
    db,
    house.chance,
    { id: who.staff.id, name: who.staff.name, lawRevision: circumstances.law.revision },
    stands.flatMap((r) => factsOf(r, batch.source)),
  )
  const [first] = stands
  if (first) await announce(db, { topic: 'document', id: first.old.id, org: who.eyes.unit, what: 'imported' })
  return { created: stands.length, known, refused: refused.sort((a, b) => a.row - b.row) }
}

/** The field a fault is about. */
const fieldOf = (why: Refusal) => why.fields[0]?.path ?? fieldsOf[why.kind.code] ?? null
const fieldsOf: Readonly<Record<string, string>> = {
  [TemplateUnknown.code]: 'template',
  [OldPerson.code]: 'person',
  [OldUnit.code]: 'org',
  [OldSubject.code]: 'subject',
  [OldNumberTaken.code]: 'number',
  [OldNumberYear.code]: 'number',
  [OldBlank.code]: 'values',
  [OldScan.code]: 'scan',
}

/** Everything the papers of a batch rest on, read once for all of them. */
async function roundUp(within: Within, house: House, { source, documents: olds }: BodyOf<Spec>, who: Session) {
  const { db } = within
  const store = oldPapers(db)
  const papers = olds.flatMap((old) => paperName(old.template)?.id ?? [])
  const people = await store.people(olds.flatMap((old) => old.person ?? []))
  const units = await store.units(olds.flatMap((old) => old.org ?? []))
  const subjects = await store.subjects(olds.flatMap((old) => old.subject ?? []))
  const scans = await store.scans(olds.flatMap((old) => old.scan?.file ?? []))
  const wording = await templateBook(db, [...new Set(papers)])
  const filed = kept(
    (person: FiledPerson) => person.id,
    async (person) => valuesOfFile(house, person),
  )
  const organ = kept(
    (org: string) => org,
    (org) => organOf(db, org),
  )
  const law = kept(
    (at: { org: string; on: CivilDate }) => `${at.org} ${at.on}`,
    ({ org, on }) => lawOn(house, org, on),
  )
  const numbers = new Map<string, Set<string>>()
  for (const old of olds) {
    const at = organCode(people.get(old.person ?? '')?.org_code ?? old.org ?? who.eyes.unit)
    if (old.number) numbers.set(at, (numbers.get(at) ?? new Set()).add(oldNumber(old.number).key))
  }
  const taken = new Map<string, Set<string>>()
  for (const [at, keys] of numbers) taken.set(at, new Set(await documentStore(db).numbersTaken(at, [...keys])))

  return {
    async read(old: OldDocument, circumstances: Circumstances): Promise<{ row: OldRow; paper: Paper } | Refusal> {
      const name = paperName(old.template)
      if (!name) return refuse(TemplateUnknown, { template: old.template })
      const person = old.person === undefined ? null : (people.get(old.person) ?? null)
      if (old.person !== undefined && !person) return refuse(OldPerson, { person: old.person })
      const org = person?.org_code ?? old.org ?? who.eyes.unit
      if (!org.startsWith(who.eyes.unit) || (!person && old.org !== undefined && !units.has(org)))
        return refuse(OldUnit, { org })
      const subject = old.subject === undefined ? null : subjects.get(old.subject)
      if (old.subject !== undefined && (!subject || (subject.person_id !== null && subject.person_id !== person?.id)))
        return refuse(OldSubject, { subject: old.subject })
      const { body, version } = wording(name.id, org, old.decidedOn)
      const number = old.number === undefined ? null : oldNumber(old.number)
      const fault = faultOfOld(old, body, number, circumstances)
      if (fault) return fault
      const scan = old.scan ? scans.get(old.scan.file) : null
      if (
        old.scan &&
        (scan?.subject_id !== old.id || scan.mime !== 'application/pdf' || scan.sha256 !== old.scan.sha256)
      )
        return refuse(OldScan)
      const mine = taken.get(organCode(org)) ?? new Set()
      if (number && mine.has(number.key)) return refuse(OldNumberTaken, { number: number.text })
      if (number) mine.add(number.key)
      const on = asDay(old.decidedOn)
      const inForce = await law({ org, on })
      const paper = filled(old, {
        id: name.id,
        body,
        number,
        law: inForce,
        on,
        organ: await organ(org),
        filed: person ? await filed(person) : {},
      })
      const row: OldRow = {
        id: old.id,
        org_code: org,
        person_id: person?.id ?? null,
        subject_id: old.subject ?? old.id,
        template: name.id,
        template_version: version,
        law_revision: inForce.revision,
        decided_on: old.decidedOn,
        given: old.values ?? {},
        state: old.voided ? 'void' : 'issued',
        numbered_by: number ? organCode(org) : null,
        ...countedOn(number, body.series),
        number: number?.text ?? null,
        number_key: number?.key ?? null,
        paper,
        file_id: old.scan?.file ?? null,
        sha256: old.scan?.sha256 ?? null,
        issued_at: old.issuedAt,
        issued_name: old.issuedBy,
        signers: old.signers ?? [],
        voided_at: old.voided?.at ?? null,
        void_reason: old.voided?.reason ?? null,
        imported_at: new Date(circumstances.now).toISOString(),
        source,
        served_at: firstOf((old.deliveries ?? []).map((d) => d.at)),
      }
      return { row, paper }
    },
  }
}

const firstOf = (instants: readonly string[]): string | null =>
  [...instants].sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null

/** Ids are compared as the database writes them. */
const plainly = (old: OldDocument): OldDocument => ({
  ...old,
  id: old.id.toLowerCase(),
  ...(old.subject === undefined ? {} : { subject: old.subject.toLowerCase() }),
  ...(old.scan ? { scan: { ...old.scan, file: old.scan.file.toLowerCase() } } : {}),
})

/** What a number counts for: the series of its paper, where year and serial can be read. */
const countedOn = (number: OldNumber | null, series: string) =>
  number && number.serial !== null && number.year !== null && series
    ? { series, year: number.year, serial: number.serial }
    : { series: null, year: null, serial: null }

interface Around {
  readonly id: string
  readonly body: Parameters<typeof paperOf>[0]['body']
  readonly number: OldNumber | null
  readonly law: Law
  readonly on: CivilDate
  readonly organ: Organ
  readonly filed: Values
}

function filled(old: OldDocument, { id, body, number, law, on, organ, filed }: Around): Paper {
  const values = { ...filed, ...(old.values ?? {}) }
  return paperOf({ id, body, values, organ, law, on, number: number ? { text: number.text } : null })
}

/** The same question is asked once. */
function kept<Q, A>(key: (question: Q) => string, ask: (question: Q) => Promise<A>): (question: Q) => Promise<A> {
  const answers = new Map<string, Promise<A>>()
  return (question) => {
    const at = key(question)
    const answer = answers.get(at) ?? ask(question)
    answers.set(at, answer)
    return answer
  }
}

function factsOf({ old, row, paper }: Ready, source: string): Fact[] {
  const about = { org: row.org_code, person: row.person_id, subject: row.id, imported: true }
  return [
    {
      ...about,
      kind: 'document.imported',
      occurredAt: Date.parse(old.issuedAt),
      cites: [...paper.cites],
      payload: {
        template: row.template,
        number: row.number,
        case: row.subject_id,
        on: row.decided_on,
        by: old.issuedBy,
        values: row.given,
        signers: row.signers.map((s) => ({ ...s })),
        file: row.file_id,
        sha256: row.sha256,
        source,
      },
    },
    ...(old.deliveries ?? []).map(
      (served): Fact => ({
        ...about,
        kind: 'document.delivered',
        occurredAt: Date.parse(served.at),
        payload: {
          number: row.number,
          copy: served.copy,
          addressee: served.addressee,
          how: served.how,
          receiver: served.receiver ?? '',
          by: served.by,
          sha256: row.sha256,
          source,
        },
      }),
    ),
    ...(old.voided
      ? [
          {
            ...about,
            kind: 'document.voided',
            occurredAt: Date.parse(old.voided.at),
            payload: { number: row.number, reason: old.voided.reason, by: old.voided.by, source },
          },
        ]
      : []),
  ]
}
