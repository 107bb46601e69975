import { alarms } from '@zhijiao/contract/alarms'
import { obligations } from '@zhijiao/contract/obligations'
import type { LegalDay } from '@zhijiao/geo/day'
import type { Intake } from '../intake.ts'
import type { AtDesk } from './desks.ts'

/** What people owe: two reported, one need not. */
export async function duties(on: LegalDay, desk: AtDesk): Promise<void> {
  await desk('officer', async (call) => {
    const { items } = await call(obligations.list, { query: { mine: true, state: ['due'], size: 20 } })
    const [excused, ...done] = items.filter((o) => o.from <= on).slice(0, 3)
    for (const { id, revision } of done)
      await call(obligations.fulfil, { params: { id }, body: { on, note: '本人到所报告（合成）。', revision } })
    if (excused)
      await call(obligations.excuse, {
        params: { id: excused.id },
        body: { reason: '住院治疗，有诊断证明（合成）。', revision: excused.revision },
      })
  })
}

/** How often the officer looks for alarms to handle, and how often at most, real milliseconds. */
const everyMs = 20_000
const looks = 60

/**
 * Alarms of the first minutes, once everything else is entered: the officer takes one up and closes another, which then
 * waits for its review. The others are for whoever signs in.
 */
export async function firstAlarms({ keeper, stopped }: Intake, desk: AtDesk): Promise<void> {
  const todo: ('take' | 'close')[] = ['close', 'take']
  for (let look = 0; look < looks && todo.length > 0 && !keeper.isDone('first alarms') && !stopped(); look++) {
    await desk('officer', async (call) => {
      const { items } = await call(alarms.list, { query: { state: ['raised'], size: 20 } })
      const [act] = todo.slice(-1)
      // The gravest are closed with evidence only, which nobody has from a desk.
      const next = act === 'take' ? items[0] : items.find((a) => a.level > 1)
      if (!next) return
      const { id, revision } = next
      todo.pop()
      if (act === 'take') await call(alarms.claim, { params: { id }, body: { revision } })
      else
        await call(alarms.submit, {
          params: { id },
          body: {
            cause: 'C12',
            finding: '电话核实，本人忘记充电，已恢复（合成）。',
            measures: '提醒每日充电（合成）。',
            revision,
          },
        })
    })
    // Nothing else waits for it: the program may end meanwhile.
    if (todo.length > 0) await new Promise((go) => setTimeout(go, everyMs).unref())
  }
  if (todo.length === 0) keeper.finish('first alarms')
}
