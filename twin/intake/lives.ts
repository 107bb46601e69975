import { type Call, Refused } from '@zhijiao/contract/client'
import { documents } from '@zhijiao/contract/documents'
import { matters } from '@zhijiao/contract/matters'
import type { Intake } from '../intake.ts'
import { enquiriesOf, livesOf, namesOf, type OldMatter } from '../lives.ts'
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
  let done = 0
  for (const county of geography.counties) {
    const own = everybody.filter((p) => p.county === county.code)
    const step = `lives ${county.code}`
    if (!keeper.isDone(step) && own.length > 0) {
      const offices = [...new Set(own.map((p) => p.office))]
      const all: OldMatter[] = [
        ...enquiriesOf(geography, offices, names, on),
        ...own.flatMap((person) => {
          const id = keeper.memory.people[person.number]
          return id ? livesOf(geography, person, id, names, on) : []
        }),
      ]
      for (let i = 0; i < all.length; i += atOnce) {
        if (stopped()) return
        const answer = await clerks.county(county.code)(matters.importHistory, {
          body: { source, matters: all.slice(i, i + atOnce) },
        })
        for (const refused of answer.refused.slice(0, 5)) {
          const kind = all.find((m) => m.id === refused.id)?.kind
          process.stderr.write(`twin: old matter ${kind} was refused: ${refused.en}\n`)
        }
        tell('lives', done + Math.round((own.length * Math.min(all.length, i + atOnce)) / all.length), everybody.length)
      }
      await issueSome(clerks.county(county.code), county.code)
      keeper.finish(step)
    }
    done += own.length
  }
}

/** Papers of each county that are issued and sealed, so that the register has some of every state; the rest wait as drafts. */
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
