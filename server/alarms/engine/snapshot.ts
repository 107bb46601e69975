import type { Arrivals } from './arrivals.ts'
import type { Live } from './live.ts'
import { rowOf, type Slot } from './slot.ts'

const rowsAtOnce = 1_000

/**
 * Writes every state that changed in a way a replay would not restore, then how far that reaches. What could not be written
 * holds the mark where it is: read from there again after a crash, nothing is missing.
 */
export async function snapshot(live: Live, arrivals: Arrivals): Promise<void> {
  const { fleet, queue } = live
  const marks = arrivals.marks()
  const dirty: Slot[] = []
  for (const slot of fleet.all()) if (slot.dirty) dirty.push(slot)
  const waiting = await write(live, dirty)
  await queue.settle(2_000)
  // Their units may have been taken up before what made them dirty: what is left of that is written now.
  if ((await write(live, waiting)).length > 0) return
  const safe = [...marks].filter(([shard, { no }]) => queue.lowest(shard) > no && !arrivals.waitsBelow(shard, no))
  await live.write((store) => store.putMarks(new Map(safe)))
}

/** Writes these as they are now. Returns those with a unit that waits: their state must not be stored before their signs. */
async function write(live: Live, slots: readonly Slot[]): Promise<Slot[]> {
  const { fleet, house } = live
  const waiting: Slot[] = []
  for (let i = 0; i < slots.length; i += rowsAtOnce) {
    const at = house.chance.now()
    const rows = slots.slice(i, i + rowsAtOnce).flatMap((slot) => {
      if (slot.queued > 0) {
        waiting.push(slot)
        return []
      }
      if (!slot.dirty) return []
      slot.dirty = false
      return [rowOf(slot, at)]
    })
    try {
      if (rows.length > 0) await live.write((store) => store.putPresence(rows))
    } catch (error) {
      for (const row of rows) {
        const slot = fleet.get(row.activationNo)
        if (slot) slot.dirty = true
      }
      throw error
    }
  }
  return waiting
}
