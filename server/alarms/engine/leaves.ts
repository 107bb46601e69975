import { legalDay } from '@zhijiao/geo/day'
import { type Signal, tells } from '../domain.ts'
import type { Written } from './clerk.ts'
import type { Fleet } from './fleet.ts'
import type { Live } from './live.ts'
import { look } from './presence.ts'
import type { Sight, Slot } from './slot.ts'

const sightOf = (fleet: Fleet, activationNo: number | null, fence: string): Sight | undefined =>
  activationNo === null ? undefined : fleet.get(activationNo)?.sights.find((s) => s.binding.id === fence)

/** Fences whose last matter was settled as leave before the stop: they may still be past the line. */
export async function loadLeaves({ fleet, store }: Live): Promise<void> {
  for (const { activationNo, fence } of await store.settledByLeave()) {
    const sight = sightOf(fleet, activationNo, fence)
    if (sight?.breached) sight.onLeave = true
  }
}

/** What was just written stands under a leave: the fence is looked at again when that ends. */
export function noteLeaves(fleet: Fleet, excused: Written['excusedByLeave']): void {
  for (const { activationNo, fence } of excused) {
    const slot = activationNo === null ? undefined : fleet.get(activationNo)
    const sight = sightOf(fleet, activationNo, fence)
    if (!slot || !sight) continue
    sight.onLeave = sight.breached
    slot.dirty = true
  }
}

/** Leave approved while a matter was open settles it; leave that ended lets the fence hold again. */
export async function followLeaves(live: Live, now: number): Promise<void> {
  await settleExcused(live, now)
  await lookAfterLeave(live, now)
}

async function settleExcused({ fleet, queue, store }: Live, now: number): Promise<void> {
  for (const o of await store.excusable(legalDay(now), now)) {
    const sight = sightOf(fleet, o.activationNo, o.fence)
    if (sight) sight.onLeave = true
    const signal: Signal = {
      what: 'excused',
      by: 'leave',
      kind: o.kind,
      activationNo: o.activationNo,
      fence: { id: o.fence, name: sight?.binding.name ?? '' },
      at: now,
      evidence: [tells(now, 'leave', 'against', { zh: '外出已获批准', en: 'the leave has been approved' })],
    }
    queue.add(o.person, [{ do: 'take', signal }], null)
  }
}

async function lookAfterLeave(live: Live, now: number): Promise<void> {
  const { fleet, store, timers } = live
  const away: Slot[] = []
  for (const slot of fleet.all()) if (slot.sights.some((s) => s.onLeave)) away.push(slot)
  if (away.length === 0) return
  const persons = [...new Set(away.map((s) => s.activation.person))]
  const [covered, entered] = [await store.onLeave(persons, legalDay(now)), await store.entries(persons, now)]
  for (const slot of away) {
    const { person } = slot.activation
    const stands = ({ binding: { id, kind } }: Sight) =>
      kind === 'forbidden' ? entered.has(`${person} ${id}`) : covered.has(person)
    const over = slot.sights.filter((sight) => sight.onLeave && !stands(sight))
    if (over.length === 0) continue
    const out: Signal[] = []
    for (const sight of over) {
      sight.onLeave = false
      sight.breached = false
      look(slot, sight, now, out)
    }
    slot.dirty = true
    timers.arm(slot, now)
    if (out.length > 0) live.tell(slot, out)
  }
}
