import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import type { people } from '@zhijiao/contract/people'
import type { Inside } from '../core/room.ts'
import type { Keeping } from './keeping.ts'
import { personStore } from './store.ts'

type Counts = AnswerOf<SpecOf<(typeof people)['counts']>>
type Unit = Counts['units'][number]

/** How many people a unit and each unit directly below it has; not one of them by name. */
export async function countsOf({ db }: Inside, keeping: Keeping, under: string, now: number): Promise<Counts> {
  const store = personStore(db, keeping)
  const self = await store.unit(under)
  const children = await store.children(under)
  const rows = (await store.counts()).filter((r) => r.org_code.startsWith(under))
  const empty = (code: string, name: string): Unit => ({
    org: { code, name },
    total: 0,
    inCorrection: 0,
    byState: {},
    byCategory: {},
    byLevel: {},
    byColour: {},
  })
  const units = [empty(under, self?.name ?? under), ...children.map((c) => empty(c.code, c.name))]
  for (const row of rows)
    for (const [i, unit] of units.entries()) {
      if (i > 0 && !row.org_code.startsWith(unit.org.code)) continue
      const n = Number(row.people)
      unit.total += n
      if (row.state === 'inCorrection') unit.inCorrection += n
      for (const [table, key] of [
        [unit.byState, row.state],
        [unit.byCategory, row.category],
        [unit.byLevel, row.level],
        [unit.byColour, row.colour],
      ] as const)
        table[key] = (table[key] ?? 0) + n
    }
  return { asOf: new Date(now).toISOString(), total: units[0]?.total ?? 0, units }
}
