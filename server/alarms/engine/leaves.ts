import type { Evidence } from '@zhijiao/contract/alarms'
import { legalDay } from '@zhijiao/geo/day'
import { type Signal, tells } from '../domain.ts'
import type { Approval } from '../trip.ts'
import type { Written } from './clerk.ts'
import type { Fleet } from './fleet.ts'
import type { Live } from './live.ts'
import { kindOf, look } from './presence.ts'
import type { Sight, Slot } from './slot.ts'
import { nameOf } from './trips.ts'

const sightOf = (fleet: Fleet, activationNo: number | null, fence: string): Sight | undefined =>
  activationNo === null ? undefined : fleet.get(activationNo)?.sights.find((s) => s.binding.id === fence)

/** Fences whose last matter was settled as leave before the stop: they may still be past the line. */
export async function loadLeaves({ fleet, store }: Live): Promise<void> {
  for (const { activationNo, fence } of await store.settledByLeave()) {
    const sight = sightOf(fleet, activationNo, fence)
    if (sight?.breached) sight.onLeave = true
  }
}

/** What was just written stands under a leave, or was told although one runs: the fence is looked at again in time. */
export function noteLeaves(
  fleet: Fleet,
  { excusedByLeave, strayed }: Pick<Written, 'excusedByLeave' | 'strayed'>,
): void {
  const found = (activationNo: number | null, fence: string) => {
    const slot = activationNo === null ? undefined : fleet.get(activationNo)
    const sight = sightOf(fleet, activationNo, fence)
    if (slot && sight) slot.dirty = true
    return sight
  }
  for (const { activationNo, fence } of excusedByLeave) {
    const sight = found(activationNo, fence)
    if (sight) sight.onLeave = sight.breached
  }
  for (const { activationNo, fence, by } of strayed) {
    const sight = found(activationNo, fence)
    if (sight?.breached) sight.strayed = { by, there: false }
  }
}

/** Leave approved while a matter was open settles it; leave that ended, or leads elsewhere, lets the fence hold again. */
export async function followLeaves(live: Live, now: number): Promise<void> {
  await excuseOpen(live, now)
  await lookAgain(live, now)
}

/** Open matters that something approved since excuses. What was left to an officer although it was approved stays his. */
async function excuseOpen(live: Live, now: number): Promise<void> {
  const { fleet, queue, store } = live
  const today = legalDay(now)
  const open = await store.excusable(today, now)
  if (open.length === 0) return
  const approvals = await store.approvals([...new Set(open.map((o) => o.person))], today)
  for (const o of open) {
    const slot = o.activationNo === null ? undefined : fleet.get(o.activationNo)
    const sight = sightOf(fleet, o.activationNo, o.fence)
    const own = approvals.get(o.person) ?? []
    const entry = o.kind === 'forbiddenIn'
    if (!entry && sight?.strayed?.by === nameOf(own)) continue
    const judged = entry ? null : live.judge(slot, own, now)
    if (!entry && !judged) continue
    const matter = {
      kind: o.kind,
      activationNo: o.activationNo,
      fence: { id: o.fence, name: sight?.binding.name ?? '' },
    }
    if (judged && !judged.excuses) {
      if (!sight) continue
      sight.strayed = { by: nameOf(own), there: false }
      const signal: Signal = { what: 'annotated', ...matter, evidence: [judged.evidence] }
      queue.add(o.person, [{ do: 'take', signal }], null)
      continue
    }
    if (sight) {
      sight.onLeave = true
      sight.strayed = null
    }
    const evidence =
      judged?.evidence ?? tells(now, 'leave', 'against', { zh: '进入已获批准', en: 'the entry has been approved' })
    const signal: Signal = { what: 'excused', by: 'leave', ...matter, at: now, evidence: [evidence] }
    queue.add(o.person, [{ do: 'take', signal }], null)
  }
}

/** Breaches that stand under an approval, or were told although one runs: whether that still holds. */
async function lookAgain(live: Live, now: number): Promise<void> {
  const { fleet, store } = live
  const away: Slot[] = []
  for (const slot of fleet.all()) {
    if (slot.sights.some((s) => s.onLeave || s.strayed !== null)) away.push(slot)
    else if (slot.trip !== null) slot.trip = null
  }
  if (away.length === 0) return
  const persons = [...new Set(away.map((s) => s.activation.person))]
  const approvals = await store.approvals(persons, legalDay(now))
  const entered = await store.entries(persons, now)
  for (const slot of away) {
    const { person } = slot.activation
    follow(live, slot, approvals.get(person) ?? [], (fence) => entered.has(`${person} ${fence}`), now)
  }
}

/** Looks again at breaches of one slot that an approval bears on. */
function follow(
  live: Live,
  slot: Slot,
  approvals: readonly Approval[],
  entered: (fence: string) => boolean,
  now: number,
): void {
  const judged = live.judge(slot, approvals, now)
  const by = nameOf(approvals)
  const out: Signal[] = []
  let changed = false
  const holdAgain = (sight: Sight) => {
    sight.onLeave = false
    sight.breached = false
    sight.strayed = judged && sight.binding.kind !== 'forbidden' ? { by, there: false } : null
    look(slot, sight, now, out)
    // Silent since, or back: nothing was told, and nothing is to be taken back.
    if (!sight.breached) sight.strayed = null
  }
  for (const sight of slot.sights) {
    const { strayed, binding } = sight
    if (sight.onLeave) {
      const stands = binding.kind === 'forbidden' ? entered(binding.id) : judged?.excuses === true
      if (stands) continue
      holdAgain(sight)
      changed = true
      continue
    }
    if (!strayed) continue
    if (!judged) sight.strayed = null
    else if (strayed.by !== by) {
      // Something else was approved since; an open matter is settled by it, a closed one needs nothing.
      sight.strayed = judged.excuses ? null : { by, there: false }
      sight.onLeave = judged.excuses
    } else if (judged.why === 'there' && !strayed.there) {
      sight.strayed = { by, there: true }
      out.push(noted(slot, sight, judged.evidence))
    } else if (strayed.there && !judged.excuses) holdAgain(sight)
    else continue
    changed = true
  }
  if (!changed) return
  slot.dirty = true
  live.timers.arm(slot, now)
  if (out.length > 0) live.tell(slot, out)
}

/** Evidence for a matter that is told already; it moves nothing by itself. */
const noted = (slot: Slot, { binding }: Sight, evidence: Evidence): Signal => ({
  what: 'annotated',
  kind: kindOf[binding.kind],
  activationNo: slot.activation.no,
  fence: { id: binding.id, name: binding.name },
  evidence: [evidence],
})
