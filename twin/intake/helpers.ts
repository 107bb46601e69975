/** Those who help the office: police, committee and volunteer are asked to an announcement, the social worker helps two people. */
import type { Call } from '@zhijiao/contract/client'
import { matters } from '@zhijiao/contract/matters'
import { tasks } from '@zhijiao/contract/tasks'
import { addDays, dayStart, HOUR, type LegalDay } from '@zhijiao/geo/day'
import type { AtDesk } from './desks.ts'

export interface Helping {
  readonly on: LegalDay
  /** Those of the officer, whose correction began last before the others. */
  readonly newest: readonly { readonly id: string; readonly name: string }[]
  readonly officer: string
  /** Login → id of staff. */
  readonly staff: Readonly<Record<string, string>>
  /** A form of a business, filled in. */
  readonly formOf: (kind: string, who: string) => Record<string, unknown>
}

export async function helpers(day: Helping, desk: AtDesk): Promise<void> {
  await invited(day, desk)
  await accompanied(day, desk)
}

const at = (day: LegalDay, hour: number) => new Date(dayStart(day) + hour * HOUR).toISOString()

/** Two announcements: one was put off, so that its first invitation is over; to the other the committee sends the volunteer. */
async function invited({ on, newest, officer, staff }: Helping, desk: AtDesk): Promise<void> {
  const told = (who: string, name: string) => ({
    who,
    name,
    how: 'phone',
    at: at(addDays(on, -1), 15),
    receipt: 'confirmed',
  })
  await desk('officer', async (call) => {
    let putOff = true
    for (const { id, name } of newest) {
      const { total } = await call(matters.list, {
        query: { kind: 'announcement', person: id, view: 'running', size: 1 },
      })
      if (total > 0) continue
      const form = { at: at(addDays(on, putOff ? 2 : 3), 10), where: '司法所宣告室（合成）', host: officer }
      const fixed = await call(matters.register, { body: { kind: 'announcement', person: id, form } })
      if (!putOff) return
      const act = (way: string, filled: Record<string, unknown>, note: string, revision: number) =>
        call(matters.act, { params: { id: fixed.id }, body: { way, form: filled, note, revision } })
      const everybody = [told('person', name), told('police', '片区民警'), told('village', '居委会主任')]
      const ready = await act('told', { invited: everybody }, '', fixed.revision)
      const back = await act('postpone', {}, '宣告室当日另有安排，改期（合成）。', ready.revision)
      await act('told', { changedTo: at(addDays(on, 5), 10), invited: everybody }, '', back.revision)
      putOff = false
    }
  })
  await desk('village', async (call) => {
    const [first, second] = await invitations(call)
    if (first) await call(tasks.claim, { params: { id: first.id }, body: { revision: first.revision } })
    if (second && staff.volunteer)
      await call(tasks.transfer, {
        params: { id: second.id },
        body: { to: staff.volunteer, reason: '当日换届选举，请志愿者到场（合成）。', revision: second.revision },
      })
  })
}

const invitations = async (call: Call) =>
  (await call(tasks.list, { query: { view: 'todo', size: 20 } })).items.filter((t) => t.state === 'open')

/** A plan of help for two people is handed to the social worker, who goes to see them and writes down what was said. */
async function accompanied({ staff, newest, formOf }: Helping, desk: AtDesk): Promise<void> {
  const { social } = staff
  if (!social) return
  const helped: string[] = []
  await desk('officer', async (call) => {
    for (const { id, name } of newest) {
      if (helped.length === 2) return
      const { total } = await call(matters.list, { query: { kind: 'helpPlan', person: id, view: 'running', size: 1 } })
      if (total > 0) continue
      const { id: plan } = await call(matters.register, {
        body: { kind: 'helpPlan', person: id, form: formOf('helpPlan', name) },
      })
      helped.push(plan)
    }
  })
  await desk('head', async (call) => {
    for (const id of helped) {
      const { revision } = await call(matters.get, { params: { id } })
      const form = { opinion: '同意，请驻所社工一并走访（合成）。' }
      await call(matters.act, { params: { id }, body: { way: 'agree', form, note: '', revision } })
    }
  })
  await desk('officer', async (call) => {
    const { items } = await call(tasks.list, { query: { view: 'todo', kind: 'matter.helpPlan', size: 50 } })
    for (const { id, subject, revision } of items)
      if (helped.includes(subject))
        await call(tasks.transfer, {
          params: { id },
          body: { to: social, reason: '请一并走访、谈话，了解帮扶需要（合成）。', revision },
        })
  })
  await desk('social', async (call) => {
    const { items } = await call(tasks.list, { query: { view: 'todo', size: 20 } })
    for (const [i, { person }] of items.slice(0, 2).entries()) {
      if (!person) continue
      for (const kind of i === 0 ? ['talk', 'visit'] : ['talk'])
        await call(matters.register, { body: { kind, person: person.id, form: formOf(kind, person.name) } })
    }
  })
}
