import type { Arrivals } from './arrivals.ts'
import type { Live } from './live.ts'
import { rowOf, type Slot } from './slot.ts'

const rowsAtOnce = 1_000

/** Writes every state that changed in a way a replay would not restore, then how far that reaches. */
export async function snapshot({ fleet, house, queue, store }: Live, arrivals: Arrivals): Promise<void> {
  const marks = arrivals.marks()
  const dirty: Slot[] = []
  for (const slot of fleet.all()) if (slot.dirty && slot.queued === 0) dirty.push(slot)
  for (let i = 0; i < dirty.length; i += rowsAtOnce) {
    const at = house.chance.now()
    const rows = dirty.slice(i, i + rowsAtOnce).flatMap((slot) => {
      // Its own unit writes it meanwhile.
      if (slot.queued > 0) return []
      slot.dirty = false
      return [rowOf(slot, at)]
    })
    try {
      await store.putPresence(rows)
    } catch (error) {
      for (const row of rows) {
        const slot = fleet.get(row.activationNo)
        if (slot) slot.dirty = true
      }
      throw error
    }
  }
  await queue.settle(2_000)
  const safe = [...marks].filter(([shard, { no }]) => queue.lowest(shard) > no && !arrivals.waitsBelow(shard, no))
  await store.putMarks(new Map(safe))
}
