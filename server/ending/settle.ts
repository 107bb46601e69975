import type { EndReason } from '@zhijiao/contract/devices'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { tasksIn } from '../core/tasks.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { type Moment, mattersIn } from '../procedures/index.ts'
import { endingStore } from './store.ts'

/** What goes on after the correction: its own end, whoever is pursued, the right to object, help for those left behind. */
const goesOn: ReadonlySet<string> = new Set(['handover', 'pursuit', 'objection', 'coordination', 'helpPlan', 'death'])
// A name that no business has would end what it means to keep; it stops the program at its start instead.
for (const kind of goesOn) if (!procedureOf(kind)) throw new Error(`nothing is called ${kind}`)

/**
 * Ends what hangs on the correction, in the transaction that ends it: the positioning stops and its open episodes are
 * settled, matters under way are settled, duties nobody owes any more are cancelled.
 */
export async function settleFile(
  m: Moment,
  devices: Pick<DevicesDoor, 'endAll'>,
  end: { readonly reason: EndReason; readonly zh: string },
): Promise<void> {
  const person = m.person?.id
  if (!person) return
  const store = endingStore(m.db)
  await devices.endAll(m, person, { at: m.now, reason: end.reason, by: m.by.id })
  const rooms = mattersIn(m, m.house)
  for (const { id, kind } of await store.running(person))
    if (id !== m.matter.id && !goesOn.has(kind)) await rooms.settle(id, 'settled', end.zh, m.by)
  const tasks = tasksIn(m.db, m.house, m.ledger)
  for (const { id } of await store.duties(person)) {
    const task = await tasks.get(id)
    if (task) await tasks.cancel(task, 'termEnded')
  }
}
