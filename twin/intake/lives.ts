import { type Call, Refused } from '@zhijiao/contract/client'
import { documents, type OldDocument } from '@zhijiao/contract/documents'
import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { procedures } from '@zhijiao/contract/procedures/all'
import { templates } from '@zhijiao/contract/templates'
import type { Geography } from '../geography.ts'
import type { Intake } from '../intake.ts'
import { type Desk, leavePapersOf, numbered, papersOf, type Wording } from '../lives/papers.ts'
import { scanOf } from '../lives/scan.ts'
import { enquiriesOf, livesOf, missingLives, type Names, namesOf, type OldMatter } from '../lives.ts'
import type { Person } from '../people.ts'
import type { StaffMember } from '../staff.ts'

const source = '县域孪生(合成) county twin (synthetic)'
const atOnce = 400

/** What the counties did with everybody: enquiries, receptions, plans, permits, sanctions, releases; open ones with their clocks. */
export async function enterLives(
  { geography, clerks, keeper, on, stopped, tell }: Intake,
  everybody: readonly Person[],
  staff: readonly StaffMember[],
): Promise<void> {
  const names = namesOf(staff)
  let desk: Desk | null = null
  let done = 0
  for (const county of geography.counties) {
    const own = everybody.filter((p) => p.county === county.code)
    const step = `lives ${county.code}`
    if (!keeper.isDone(step) && own.length > 0) {
      const offices = [...new Set(own.map((p) => p.office))]
      const told: OldMatter[] = [
        ...enquiriesOf(geography, offices, names, on),
        ...own.flatMap((person) => {
          const id = keeper.memory.people[person.number]
          return id ? livesOf(geography, person, id, names, on) : []
        }),
      ]
      // In the county that the demonstration's accounts belong to every business has been seen.
      const seat = county === geography.counties[0]
      const all = seat
        ? [...told, ...missingLives(geography, own, told, { names, on, idOf: (p) => keeper.memory.people[p.number] })]
        : told
      const refused = new Set<string>()
      for (let i = 0; i < all.length; i += atOnce) {
        if (stopped()) return
        const answer = await clerks.county(county.code)(matters.importHistory, {
          body: { source, matters: all.slice(i, i + atOnce) },
        })
        for (const { id, en } of answer.refused) {
          refused.add(id)
          if (refused.size <= 5)
            process.stderr.write(`twin: old matter ${all.find((m) => m.id === id)?.kind} was refused: ${en}\n`)
        }
        tell('lives', done + Math.round((own.length * Math.min(all.length, i + atOnce)) / all.length), everybody.length)
      }
      const call = clerks.county(county.code)
      desk ??= await deskOf(call, geography, names, on)
      const stands = all.filter((m) => !refused.has(m.id))
      const papers = papersOfCounty(county, stands, own, keeper.memory.people, desk)
      await enterPapers(call, seat ? await withScans(call, papers) : papers)
      if (seat) await issueSome(call, county.code)
      keeper.finish(step)
    }
    done += own.length
  }
}

/** What papers are told with: the platform's own wordings, asked for as a clerk would who moves a county's papers. */
async function deskOf(call: Call, geography: Geography, names: Names, on: string): Promise<Desk> {
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

/** Every paper a county issued in these lives, numbered as its register did. */
function papersOfCounty(
  county: { code: string; zh: string },
  told: readonly OldMatter[],
  own: readonly Person[],
  ids: Readonly<Record<string, string>>,
  desk: Desk,
): OldDocument[] {
  const whose = new Map(
    own.flatMap(({ number, name, office }) => {
      const id = ids[number]
      return id ? [[id, { id, name, office, county: county.code }] as const] : []
    }),
  )
  const nobody = (matter: OldMatter) => ({
    id: null,
    name: String(matter.register.name ?? ''),
    office: matter.org ?? county.code,
    county: county.code,
  })
  const ofMatters = told.flatMap((m) => papersOf(m, whose.get(m.person ?? '') ?? nobody(m), desk))
  const ofLeaves = own.flatMap((person) => {
    const of = whose.get(ids[person.number] ?? '')
    return of ? person.leaves.filter((l) => l.until < desk.on).flatMap((l) => leavePapersOf(l, of, desk)) : []
  })
  return numbered([...ofMatters, ...ofLeaves], county, desk)
}

/** Announcements whose scans lay in the archive: what comes with its original is seen beside what comes without. */
const scansOf = 6

async function withScans(call: Call, papers: readonly OldDocument[]): Promise<OldDocument[]> {
  let left = scansOf
  const out: OldDocument[] = []
  for (const paper of papers) {
    if (left === 0 || paper.template !== 'D07' || paper.voided || !paper.person) {
      out.push(paper)
      continue
    }
    left--
    const kept = await call(files.upload, {
      body: { subject: paper.id, person: paper.person, note: '档案扫描件(合成)' },
      file: new Blob([Uint8Array.from(scanOf(['SYNTHETIC SCAN', paper.template, paper.decidedOn, paper.id]))], {
        type: 'application/pdf',
      }),
      fileName: `${paper.number ?? paper.template}.pdf`,
    })
    out.push({ ...paper, scan: { file: kept.id, sha256: kept.sha256 } })
  }
  return out
}

const papersAtOnce = 500

async function enterPapers(call: Call, papers: readonly OldDocument[]): Promise<void> {
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

async function issueSome(call: Call, org: string): Promise<void> {
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
