import { civilDate, plusDays } from '@zhijiao/law/civil-date'
import { dueOf } from '@zhijiao/law/due'
import { lawInForce } from '@zhijiao/law/in-force'
import { propose } from '@zhijiao/law/ladder'
import type { LadderFacts } from '@zhijiao/law/ladder-facts'
import { leaveCompetence } from '@zhijiao/law/leave'
import { isRefusal } from '@zhijiao/law/refusals'
import { ruleIds } from '@zhijiao/law/rule'
import { finish, heading, median, readOptions, table } from './print.ts'

/** Answers of the statute per second, on one core: deadlines, competence for a leave, proposals of the ladder. */
export default async function law(args: readonly string[]): Promise<void> {
  const { seconds } = readOptions(args, { seconds: 2, seed: 1 })
  heading('law', args)
  const start = civilDate('2026-01-05')
  const days = Array.from({ length: 300 }, (_, i) => plusDays(start, i))
  const rules = ruleIds.filter((id) => !isRefusal(dueOf(id, start)))
  const inForce = lawInForce(start, '45')
  const at = <T>(list: readonly T[], i: number): T => {
    const found = list[i % list.length]
    if (found === undefined) throw new Error('an empty list')
    return found
  }
  const history = days.slice(0, 40).filter((_, i) => i % 4 === 0)
  const past = history.map((day) => ({ departure: day, return: plusDays(day, 1) }))
  const facts: LadderFacts = {
    category: 'suspendedSentence',
    minor: false,
    on: civilDate('2026-06-30'),
    facts: [
      { id: 'F1', kind: 'absence', from: start, to: plusDays(start, 11), reason: 'none' },
      { id: 'F2', kind: 'warning' },
      { id: 'F3', kind: 'breach', of: 'leave', weight: 'heavier' },
    ],
  }
  const works = {
    dueOf: (i: number) => dueOf(at(rules, i), at(days, i)),
    leaveCompetence: (i: number) => {
      const departure = plusDays(start, 60 + (i % 60))
      return leaveCompetence({ departure, return: plusDays(departure, i % 40) }, past, inForce)
    },
    propose: () => propose(facts, inForce),
  }
  const rows = Object.entries(works).map(([name, work]) => [name, perSecond(work, seconds)] as const)
  table(['answers', 'per second'], rows)
  finish({ bench: 'law', ...Object.fromEntries(rows.map(([name, rate]) => [`${name}PerSecond`, rate])), seconds })
}

/** Median of five stretches, the first of which warms up. */
function perSecond(work: (i: number) => unknown, seconds: number): number {
  const rates: number[] = []
  for (let stretch = 0; stretch < 6; stretch++) {
    const began = performance.now()
    const until = began + (seconds * 1000) / 6
    let done = 0
    while (performance.now() < until) for (let i = 0; i < 100; i++) work(done++)
    rates.push((done * 1000) / (performance.now() - began))
  }
  return median(rates.slice(1))
}
