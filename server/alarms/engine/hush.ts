import type { Signal } from '../domain.ts'
import type { Live } from './live.ts'
import { excusedByOutage, fellTogether } from './outages.ts'
import { deadlinesOf, silenceAt, silenceSign } from './silence.ts'
import type { Silence, Slot } from './slot.ts'
import type { OutageSpan } from './store.ts'

/** What silence has come to, the time of outages not counted. */
const heldAgainst = ({ outages }: Live, slot: Slot, now: number): Silence =>
  silenceAt(slot, deadlinesOf(slot, now, outages.overlapMs(slot, now)), now).now

/** How silent a slot is, and whether the network explains it. */
export function hush(live: Live, slot: Slot, now: number, out: Signal[]): void {
  const plain = silenceAt(slot, deadlinesOf(slot, now, 0), now).now
  if (plain <= slot.silence) return
  if (plain <= 2) maybeOutage(live, slot, now)
  const counts = heldAgainst(live, slot, now)
  if (counts < plain && plain >= 2) {
    const outage = live.outages.explaining(slot)
    if (outage && slot.toldOutage !== outage.id) {
      slot.toldOutage = outage.id
      slot.dirty = true
      out.push(excusedByOutage(slot, outage, now))
    }
  }
  if (counts <= slot.silence || counts === 0) return
  if (slot.silence === 0) slot.silentSince = counts === 1 ? slot.lastByteTs : slot.lastTs || slot.activation.startsAt
  slot.silence = counts
  slot.dirty = true
  out.push(silenceSign(slot, counts, now))
}

/** Devices of one unit that fall silent together are an outage, which is detected here. */
function maybeOutage(live: Live, slot: Slot, now: number): void {
  const { aside, fleet, house, outages } = live
  if (outages.explaining(slot)?.endsAt === null) return
  const { org } = slot.activation
  const together = fellTogether(fleet.ofOrg(org), slot, now)
  if (!together) return
  const share = `${together.members.length}/${together.total}`
  const outage: OutageSpan = {
    id: house.chance.id(),
    org,
    way: 'detected',
    reason: `${together.total} 个终端中有 ${together.members.length} 个同时中断`,
    protocol: null,
    startsAt: together.since,
    endsAt: null,
    members: together.members.map((s) => s.activation.no),
  }
  outages.note(outage)
  const scope = { of: 'network', note: share }
  aside.add(() => live.write((store) => store.addOutage({ ...outage, scope, at: now })))
  // Those who fell silent minutes earlier were already asked about; that is taken back, visibly.
  for (const member of together.members) if (member !== slot) excuse(live, member, now)
}

/** Takes back what silence had come to where an outage now explains it. */
function excuse(live: Live, slot: Slot, now: number): void {
  if (slot.silence === 0) return
  const counts = heldAgainst(live, slot, now)
  const outage = live.outages.explaining(slot)
  if (counts >= slot.silence || !outage || slot.toldOutage === outage.id) return
  slot.silence = counts
  slot.toldOutage = outage.id
  live.tell(slot, [excusedByOutage(slot, outage, now)])
  live.timers.arm(slot, now)
}

/** An outage was declared or has ended: whom it concerns is looked at again. */
export async function followOutages(live: Live, now: number): Promise<void> {
  const { fleet, outages, timers } = live
  if (!(await outages.follow(live, now))) return
  for (const slot of fleet.all()) {
    if (!outages.explaining(slot)) continue
    excuse(live, slot, now)
    timers.arm(slot, now)
  }
}
