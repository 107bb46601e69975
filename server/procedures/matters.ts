import type { Hint } from '@zhijiao/contract/matters'
import { registerStep } from '@zhijiao/contract/procedures/describe'
import { legalDayOf } from '@zhijiao/law/civil-date'
import type { House } from '../core/house.ts'
import { Changed, refuse, settled } from '../core/refusals.ts'
import type { Inside } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import { begin, weigh } from './begin.ts'
import { inHand, led, mayTakeBack, mayWithdraw, stepOf, take } from './domain.ts'
import { recount } from './duty.ts'
import { readForm } from './form.ts'
import { momentOf, weighing } from './moment.ts'
import { end, pass } from './pass.ts'
import { type Moment, practiceOf } from './practice.ts'
import { formsOf, standingOf } from './standing.ts'
import { type MatterRow, matterStore } from './store.ts'
import { type Actor, type Begun, described, type Wish, type Work } from './work.ts'

export { taskKindOf } from './duty.ts'
export type { Actor, Wish } from './work.ts'

/**
 * Matters inside one transaction: each passage, its ledger entry, its task, its papers and whatever its practice changes
 * stand or fall together.
 */
export function mattersIn({ db, ledger }: Inside, house: House) {
  const store = matterStore(db)
  const work: Work = {
    db,
    ledger,
    house,
    store,
    tasks: tasksIn(db, house, ledger),
    begin: (wish, by) => begin(work, wish, by),
  }
  const passed = async (row: MatterRow) => {
    const passages = await store.passages(row.id)
    return { passages, standing: standingOf(row, passages) }
  }
  /** What somebody looked at is what is there. */
  const atRevision = (row: MatterRow, revision: number) => {
    if (row.revision !== revision) throw refuse(Changed, { revision: row.revision })
  }

  return {
    describe: described,

    /** What the law and the file say to a matter before it begins; writes nothing. */
    async weigh(wish: Wish, by: Actor): Promise<readonly Hint[]> {
      const procedure = described(wish.kind)
      const now = house.chance.now()
      const form = settled(readForm(procedure.form, wish.form, { today: legalDayOf(now), now, partial: true }))
      return weigh(work, procedure, await weighing(work, wish, form, by))
    },

    begin: (wish: Wish, by: Actor): Promise<Begun> => begin(work, wish, by),

    /** The matter, locked, if its present step is this caller's to work on; refused if it is not. */
    async inHandOf(id: string, by: Actor): Promise<MatterRow> {
      const row = await store.hold(id)
      settled(inHand(described(row.kind), (await passed(row)).standing, by))
      return row
    },

    /** Keeps the half-filled form of the step that is in hand. */
    async keep(id: string, form: unknown, revision: number, by: Actor): Promise<void> {
      const row = await store.hold(id)
      const { standing } = await passed(row)
      const step = settled(inHand(described(row.kind), standing, by))
      atRevision(row, revision)
      const now = house.chance.now()
      await store.change(id, {
        draft: settled(readForm(step.form ?? [], form, { today: legalDayOf(now), now, partial: true })),
      })
    },

    /** Takes a way out of the present step. */
    async act(
      id: string,
      wish: { way: string; form: unknown; note: string; revision: number },
      by: Actor,
    ): Promise<void> {
      const row = await store.hold(id)
      const procedure = described(row.kind)
      const { passages, standing } = await passed(row)
      const { step, way } = settled(take(procedure, standing, by, wish))
      atRevision(row, wish.revision)
      const now = house.chance.now()
      const form = settled(
        readForm(step.form ?? [], wish.form, { today: legalDayOf(now), now, partial: way.tone === 'back' }),
      )
      const practice = practiceOf(procedure.id)
      const before = await momentOf(work, row, form, passages, by, wish.note)
      const moment: Moment = { ...before, forms: { ...before.forms, [step.id]: form } }
      const shut = moment.person && practice.shuts?.(moment.person, step.id)[way.id]
      if (shut) throw shut
      const unfit = await practice.check?.(moment, step.id, way.id)
      if (unfit) throw unfit
      const said = practice.route?.(moment, step.id, way.id) ?? (await practice.leads?.(moment, step.id, way.id))
      const to = led(way, said)
      await pass(work, moment, procedure, { step, way, to })
    },

    /** Taken back by whoever began it. */
    async withdraw(id: string, reason: string, revision: number, by: Actor): Promise<void> {
      const row = await store.hold(id)
      const procedure = described(row.kind)
      const { passages, standing } = await passed(row)
      settled(mayWithdraw(procedure, standing, by, row.opened_name))
      atRevision(row, revision)
      const moment = await momentOf(work, row, {}, passages, by, reason)
      const step = row.step ?? registerStep
      await end(work, moment, procedure, { step, way: 'withdraw', to: 'withdrawn', cites: [] })
    },

    /** Taken back by the partner organ from whose desk it came; asking twice takes it back once. Says whether it ended now. */
    async takeBack(id: string, reason: string, by: Actor): Promise<boolean> {
      const row = await store.hold(id)
      const procedure = described(row.kind)
      const { passages, standing } = await passed(row)
      if (settled(mayTakeBack(procedure, standing, by)) === 'same' || !procedure.takenBack) return false
      const moment = await momentOf(work, row, {}, passages, by, reason)
      const step = row.step ?? registerStep
      await end(work, moment, procedure, { step, way: 'takeBack', to: procedure.takenBack.to, cites: [] })
      return true
    },

    /** The day its clock is counted from has turned out to be another: counts the one that runs anew. */
    async recount(id: string, reason: string, by: Actor): Promise<void> {
      const row = await store.hold(id)
      const step = stepOf(described(row.kind), row.step)
      if (step) await recount(work, row, step, formsOf(row, await store.passages(id)), { by, reason })
    },

    /** Ends a running matter because something else settled it, such as the person's release; nobody's decision. */
    async settle(id: string, endId: string, why: string, by: Actor): Promise<void> {
      const row = await store.hold(id)
      if (row.end_id) return
      const moment = await momentOf(work, row, {}, await store.passages(id), by, why)
      const step = row.step ?? registerStep
      await end(work, moment, described(row.kind), { step, way: 'settle', to: endId, cites: [] })
    },
  }
}
export type Matters = ReturnType<typeof mattersIn>
