import { registerStep } from '@zhijiao/contract/procedures/describe'
import { legalDayOf } from '@zhijiao/law/civil-date'
import type { House } from '../core/house.ts'
import type { Inside } from '../core/room.ts'
import { fileSettled, markSetAside } from '../people/index.ts'
import { type EndedMatter, practiceOf } from './practice.ts'
import { formsOf } from './standing.ts'
import { type MatterRow, matterStore, type PassageRow } from './store.ts'

/** Files what these matters left in the files of their people, each once; whatever else they are is passed over. */
export async function fileEnded(inside: Inside, house: House, rows: readonly MatterRow[]): Promise<void> {
  const filing = rows.flatMap((row) => {
    const files = practiceOf(row.kind).files?.[row.end_id ?? '']
    return files && row.person_id && row.end_id ? [{ row, files, person: row.person_id }] : []
  })
  if (filing.length === 0) return
  const store = matterStore(inside.db)
  const passages = await store.passagesOf(filing.map(({ row }) => row.id))
  const names = await store.unitNames([
    ...new Set(
      filing.flatMap(({ row }) => [row.org_code, row.org_code.slice(0, 6), String(row.register.county ?? '')]),
    ),
  ])
  const settled = filing.flatMap(({ row, files, person }) => {
    const own = passages.filter((p) => p.matter_id === row.id)
    const filed = files(endedOf(row, own, (unit) => names.get(unit) ?? ''))
    if (!filed) return []
    const last = own.at(-1)
    return [
      {
        person,
        ...filed,
        source: { kind: 'matter' as const, id: row.id },
        by: last?.by_id ?? row.opened_by,
        at: (row.ended_at ?? row.entered_at).getTime(),
        imported: row.imported,
      },
    ]
  })
  await fileSettled(inside, house, settled)
  // One that was contested before it ended, or whose answer came first.
  for (const { cause_id, id, ended_at } of await store.setAside(settled.map((s) => s.source.id)))
    if (cause_id) await markSetAside(inside, cause_id, id, (ended_at ?? new Date(house.chance.now())).getTime())
}

function endedOf(row: MatterRow, passages: readonly PassageRow[], nameOf: EndedMatter['nameOf']): EndedMatter {
  const on = legalDayOf((row.ended_at ?? row.entered_at).getTime())
  return {
    forms: formsOf(row, passages),
    on,
    dayOf: (step) => {
      const passage = step === registerStep ? undefined : passages.findLast((p) => p.step === step)
      return passage ? legalDayOf(passage.at.getTime()) : on
    },
    nameOf,
    county: nameOf(row.org_code.slice(0, 6)),
    office: nameOf(row.org_code),
  }
}
