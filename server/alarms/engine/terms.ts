import type { Live } from './live.ts'
import { counted } from './metrics.ts'
import { pageOf } from './running-store.ts'
import type { Activation, Slot } from './slot.ts'

/** Everything that runs, as it was kept at the last stop. `containedUntil`: positions received until then are in it. */
export async function loadAll(live: Live, now: number, containedUntil: number): Promise<void> {
  const { fleet, store, rules, book, day } = live
  if (!book) return
  const kept = new Map((await store.presences()).map((p) => [p.no, p.state]))
  for (const { activation, latest } of await store.running(now, null)) {
    const slot = fleet.add(activation, {
      latest,
      kept: kept.get(activation.no) ?? null,
      book,
      day,
      now,
      containedUntil,
    })
    slot.obey(rules.of(activation.org))
  }
}

/** Reads the activations of a device again (null: of all): those that began, whose terms changed, and those that ended. */
export async function loadDevice(live: Live, device: string | null): Promise<void> {
  const { fleet, reread, store } = live
  const concerns = (a: Activation) => device === null || a.device === device
  const running = await store.running(live.now(), device)
  for (const { activation } of [...fleet.all(), ...running]) if (concerns(activation)) reread.add(pageOf(activation.no))
  await takeUp(live, running, concerns)
}

/** Reads the activations of one page of numbers again. */
export async function loadPage(live: Live, page: number): Promise<void> {
  await takeUp(live, await live.store.runningOn(page, live.now()), (a) => pageOf(a.no) === page)
}

/** Takes up what runs; of those it was asked for, what does not run any more has ended. */
async function takeUp(
  live: Live,
  running: Awaited<ReturnType<Live['store']['running']>>,
  asked: (activation: Activation) => boolean,
): Promise<void> {
  const { fleet, store, rules, timers } = live
  const now = live.now()
  const there = new Set(running.map((r) => r.activation.no))
  for (const slot of [...fleet.all()])
    if (asked(slot.activation) && !there.has(slot.activation.no))
      endTerm(live, slot, (await store.endReason(slot.activation.no)) ?? 'term')
  for (const { activation, latest } of running) {
    if (!live.book) continue
    const known = fleet.get(activation.no)
    const kept = known ? null : await store.presence(activation.no)
    const slot = fleet.add(activation, {
      latest: known ? null : latest,
      kept,
      book: live.book,
      day: live.day,
      now,
      containedUntil: Number.NEGATIVE_INFINITY,
    })
    slot.obey(rules.of(activation.org))
    timers.arm(slot, now)
  }
  counted.activations.set(fleet.size)
}

/** The term of an activation has ended: nothing of it is pursued (Z3). */
export function endTerm({ fleet, queue, timers }: Live, slot: Slot, reason: string): void {
  const { no, person } = slot.activation
  timers.cancel(no)
  fleet.remove(no)
  counted.activations.set(fleet.size)
  queue.add(person, [{ do: 'endTerm', activationNo: no, reason }], slot)
}

/** Settles what terms left open that ended while nobody watched. */
export async function sweepTerms({ store, queue }: Live, now: number): Promise<void> {
  for (const o of await store.orphans(now))
    queue.add(o.person, [{ do: 'endTerm', activationNo: o.activationNo, reason: o.reason ?? 'term' }], null)
}
