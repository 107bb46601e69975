/** Papers and leaves of the old files on their way into the platform. */
import { type Call, Refused } from '@zhijiao/contract/client'
import { documents, type OldDocument } from '@zhijiao/contract/documents'
import { leaves } from '@zhijiao/contract/permits'
import { procedures } from '@zhijiao/contract/procedures/all'
import { templates } from '@zhijiao/contract/templates'
import type { Geography } from '../geography.ts'
import { type Desk, leavePapersOf, oldLeaveOf, papersOf, type Whose, type Wording } from '../lives/papers.ts'
import type { Names, OldMatter } from '../lives.ts'
import type { Person } from '../people.ts'
import { hangScan } from './annexes.ts'

export const source = '县域孪生（合成） county twin (synthetic)'
const atOnce = 400

/** What papers are told with: the platform's own wordings, asked for as a clerk would who moves a county's papers. */
export async function deskOf(call: Call, geography: Geography, names: Names, on: string): Promise<Desk> {
  const called = new Set([
    'D10',
    'D15',
    ...procedures.flatMap((p) => [p, ...p.steps.flatMap((s) => s.ways)]).flatMap((x) => x.papers ?? []),
  ])
  const wordings = new Map<string, Wording>()
  for (const template of called) {
    const { series, body } = await call(templates.get, { params: { template } })
    wordings.set(template, { series, blanks: body.blanks })
  }
  const units = new Map([...geography.counties, ...geography.offices].map(({ code, zh }) => [code, zh]))
  return { seed: geography.seed, wordings, names, on, unit: (code) => units.get(code) ?? '' }
}

/** People of a county by their id on the platform. */
export const whoseOf = (county: string, own: readonly Person[], ids: Readonly<Record<string, string>>) =>
  new Map(
    own.flatMap((person): (readonly [string, Whose & { readonly id: string; readonly person: Person }])[] => {
      const id = ids[person.number]
      return id ? [[id, { id, name: person.name, office: person.office, county, person }]] : []
    }),
  )

/** Every paper a county issued in these matters. */
export function papersOfMatters(
  county: string,
  told: readonly OldMatter[],
  whose: ReadonlyMap<string, Whose>,
  desk: Desk,
): OldDocument[] {
  const nobody = (matter: OldMatter) => ({
    id: null,
    name: String(matter.register.name ?? ''),
    office: matter.org ?? county,
    county,
  })
  return told.flatMap((m) => papersOf(m, whose.get(m.person ?? '') ?? nobody(m), desk))
}

/** The leaves of the past weeks that are over; answers their papers, of those that came in. */
export async function enterPastLeaves(
  call: Call,
  whose: ReturnType<typeof whoseOf>,
  desk: Desk,
): Promise<OldDocument[]> {
  const past = [...whose.values()].flatMap((of) =>
    of.person.leaves
      .filter((l) => l.until < desk.on)
      .map((leave) => ({ of, leave, old: oldLeaveOf(leave, of.id, of, desk) })),
  )
  const refused = new Set<string>()
  for (let i = 0; i < past.length; i += atOnce) {
    const answer = await call(leaves.importHistory, {
      body: { source, leaves: past.slice(i, i + atOnce).map(({ old }) => old) },
    })
    for (const { id, code, en } of answer.refused) {
      refused.add(id)
      process.stderr.write(`twin: old leave was refused: ${code} ${en}\n`)
    }
  }
  return past
    .filter(({ old }) => !refused.has(old.id))
    .flatMap(({ of, leave, old }) => leavePapersOf(leave, of, old, desk))
}

/** Announcements whose scans lay in the archive: what comes with its original is seen beside what comes without. */
const scansOf = 6

export async function withScans(call: Call, papers: readonly OldDocument[]): Promise<OldDocument[]> {
  let left = scansOf
  const out: OldDocument[] = []
  for (const paper of papers) {
    if (left === 0 || paper.template !== 'D07' || paper.voided || !paper.person) {
      out.push(paper)
      continue
    }
    left--
    const kept = await hangScan(call, paper.number ?? paper.template, [paper.template, paper.decidedOn, paper.id], {
      subject: paper.id,
      person: paper.person,
      note: '档案扫描件（合成）',
    })
    out.push({ ...paper, scan: { file: kept.id, sha256: kept.sha256 } })
  }
  return out
}

const papersAtOnce = 500

export async function enterPapers(call: Call, papers: readonly OldDocument[]): Promise<void> {
  for (let i = 0; i < papers.length; i += papersAtOnce) {
    const answer = await call(documents.importHistory, {
      body: { source, documents: papers.slice(i, i + papersAtOnce) },
    })
    for (const { code, en } of answer.refused.slice(0, 5))
      process.stderr.write(`twin: old paper was refused: ${code} ${en}\n`)
  }
}

/** Papers that the demonstration's own county issues and seals on this platform, beside those that came in; the rest wait as drafts. */
const issuedOf = 4

export async function issueSome(call: Call, org: string): Promise<void> {
  const { items } = await call(documents.list, { query: { org, state: 'draft', size: 20 } })
  let left = issuedOf
  for (const { id } of items) {
    if (left === 0) return
    try {
      const { revision } = await call(documents.get, { params: { id } })
      const issued = await call(documents.issue, { params: { id }, body: { revision } })
      left--
      if (left % 2 === 0) await call(documents.seal, { params: { id }, body: { revision: issued.revision } })
    } catch (error) {
      // One that still lacks a blank waits for an officer, as it would in a county.
      if (!(error instanceof Refused)) throw error
    }
  }
}
