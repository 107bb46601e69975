import type { ContestableDecision } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { contestablePassage } from '@zhijiao/contract/procedures/describe'
import { legalDayOf } from '@zhijiao/law/civil-date'
import type { ScopedDb } from '../core/db.ts'
import { originsOf } from './origin.ts'
import { type MatterRow, matterStore, type PassageRow } from './store.ts'

/** What a matter decided against the person, and everybody through whose hands it went. */
export async function decisionOf(
  db: ScopedDb,
  matter: Pick<MatterRow, 'id' | 'kind'>,
): Promise<{ readonly decided: PassageRow | undefined; readonly hands: readonly string[] }> {
  const passages = await matterStore(db).passages(matter.id)
  return {
    decided: contestablePassage(procedureOf(matter.kind), passages),
    hands: passages.flatMap(({ by_id }) => by_id ?? []),
  }
}

/** The objection of a person to one decision, unless it was taken back; asked for one after the other. */
export async function objectionTo(
  db: ScopedDb,
  person: string,
  decision: string,
): Promise<{ readonly id: string } | undefined> {
  const store = matterStore(db)
  await store.contesting(decision)
  return (await store.objectionsOf(person)).get(decision)
}

/** Decisions against one person to which he may object (IM 32), of matters and of rooms alike, the newest first. */
export async function contestableOf(db: ScopedDb, person: string): Promise<ContestableDecision[]> {
  const store = matterStore(db)
  const objections = await store.objectionsOf(person)
  const rows = (await store.ofPerson(person)).filter(({ kind }) =>
    procedureOf(kind)?.steps.some((step) => step.ways.some((way) => way.contestable)),
  )
  const passages = await store.passagesOf(rows.map((row) => row.id))
  const ofMatters = rows.flatMap((row): ContestableDecision[] => {
    const procedure = procedureOf(row.kind)
    const own = passages.filter((p) => p.matter_id === row.id)
    const decided = contestablePassage(procedure, own)
    const step = procedure?.steps.find((s) => s.id === decided?.step)
    const way = step?.ways.find((w) => w.id === decided?.way)
    if (!procedure || !decided || !step || !way) return []
    return [
      {
        what: 'matter',
        id: row.id,
        said: {
          zh: `${procedure.zh}：${step.zh}·${way.zh}`,
          en: `${procedure.en}: ${step.en}, ${way.en}`,
        },
        on: legalDayOf(decided.at.getTime()),
        by: decided.by_name,
        objection: objections.get(row.id) ?? null,
      },
    ]
  })
  const ofRooms = (await originsOf(db, person)).flatMap((origin): ContestableDecision[] =>
    origin.contestable
      ? [
          {
            what: origin.kind,
            id: origin.id,
            said: origin.said,
            on: origin.on,
            by: origin.by,
            objection: objections.get(origin.id) ?? null,
          },
        ]
      : [],
  )
  return [...ofMatters, ...ofRooms].sort((a, b) => b.on.localeCompare(a.on))
}
