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
      keeper.finish(step)
    }
    done += own.length
  }
}
