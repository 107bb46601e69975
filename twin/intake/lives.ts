import { matters } from '@zhijiao/contract/matters'
import type { Intake } from '../intake.ts'
import { type Desk, numbered } from '../lives/papers.ts'
import { enquiriesOf, livesOf, missingLives, namesOf, type OldMatter } from '../lives.ts'
import type { Person } from '../people.ts'
import type { StaffMember } from '../staff.ts'
import { withAnnexes } from './annexes.ts'
import {
  deskOf,
  enterPapers,
  enterPastLeaves,
  issueSome,
  papersOfMatters,
  source,
  whoseOf,
  withScans,
} from './papers.ts'

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
      const call = clerks.county(county.code)
      const annexed = seat ? await withAnnexes(call, geography.seed, all) : all
      const refused = new Set<string>()
      for (let i = 0; i < annexed.length; i += atOnce) {
        if (stopped()) return
        const answer = await call(matters.importHistory, {
          body: { source, matters: annexed.slice(i, i + atOnce) },
        })
        for (const { id, en } of answer.refused) {
          refused.add(id)
          if (refused.size <= 5)
            process.stderr.write(`twin: old matter ${all.find((m) => m.id === id)?.kind} was refused: ${en}\n`)
        }
        tell('lives', done + Math.round((own.length * Math.min(all.length, i + atOnce)) / all.length), everybody.length)
      }
      desk ??= await deskOf(call, geography, names, on)
      const stands = all.filter((m) => !refused.has(m.id))
      const whose = whoseOf(county.code, own, keeper.memory.people)
      const away = await enterPastLeaves(call, whose, desk)
      const papers = numbered([...papersOfMatters(county.code, stands, whose, desk), ...away], county, desk)
      await enterPapers(call, seat ? await withScans(call, papers) : papers)
      if (seat) await issueSome(call, county.code)
      keeper.finish(step)
    }
    done += own.length
  }
}
