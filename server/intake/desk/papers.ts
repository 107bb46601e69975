import type { ScopedDb } from '../../core/db.ts'
import type { House } from '../../core/house.ts'
import { announce } from '../../core/live.ts'
import { watchPaper } from '../../documents/index.ts'
import { tellOrgan } from './news.ts'
import { deskStore } from './store.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The opinion as a paper: the organ is told when it may be fetched, the county when it was. */
export function watchOpinions(house: House): void {
  const { chance } = house
  watchPaper('D02', {
    issued: async ({ db }, { subject_id }, at) => {
      const matter = await matterOf(db, subject_id)
      if (matter) await tellOrgan({ db, at, id: chance.id() }, matter, 'paper')
    },
    fetched: async ({ db, ledger }, { subject_id, id, org_code }, by, at) => {
      if (!uuid.test(subject_id)) return
      const { staff } = by
      const store = deskStore(db)
      if (!(await store.noteFetch(subject_id, staff, new Date(at)))) return
      const organ = await store.mine()
      const desk = await store.desk(organ?.id ?? null)
      await ledger.append({
        kind: 'assessment.fetched',
        org: org_code,
        person: null,
        subject: subject_id,
        payload: { document: id, organ: organ?.name ?? staff.name },
      })
      await announce(db, { topic: 'matter', id: subject_id, org: org_code, what: 'fetched' })
      await announce(db, {
        topic: 'entrustment',
        id: subject_id,
        org: org_code,
        what: 'fetched',
        staff: desk?.accounts ?? [staff.id],
      })
    },
  })
}

/** A paper drafted by hand may be about anything. */
const matterOf = async (db: ScopedDb, subject: string) =>
  uuid.test(subject)
    ? await db
        .selectFrom('matter')
        .select(['id', 'org_code', 'organ_id'])
        .where('id', '=', subject)
        .where('kind', '=', 'assessment')
        .executeTakeFirst()
    : undefined
