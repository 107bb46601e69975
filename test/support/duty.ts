import { ledgerIn } from '@zhijiao/server/core/ledger/append'
import { type NewTask, type Tasks, tasksIn } from '@zhijiao/server/core/tasks'
import { type County, places } from './county.ts'

/** Duties within one transaction, as a room works on them. */
export const withDuties = <T>({ house }: County, work: (duties: Tasks) => Promise<T>): Promise<T> =>
  house.databases.system
    .transaction()
    .execute((db) =>
      work(tasksIn(db, house, ledgerIn(db, house.chance, { id: null, name: 'test', lawRevision: 'test' }))),
    )

/** A duty of a kind that no room has; about nobody and of the office unless `wish` says otherwise. */
export const openDuty = (county: County, wish: Partial<NewTask> = {}) =>
  withDuties(county, (duties) =>
    duties.open({
      kind: 'test.duty',
      org: places.office,
      person: null,
      subject: county.house.chance.id(),
      title: { zh: '测试任务', en: 'A test duty' },
      ...wish,
    }),
  )

/** Waits for what the worker does on its own clock. */
export async function eventually<T>(look: () => Promise<T>, fits: (seen: T) => boolean, ms = 30_000): Promise<T> {
  const until = Date.now() + ms
  for (;;) {
    const seen = await look()
    if (fits(seen)) return seen
    if (Date.now() > until) throw new Error(`did not come about within ${ms} ms: ${JSON.stringify(seen)}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}
