import type { Live } from './live.ts'
import { counted } from './metrics.ts'
import { pageOf, pageSize } from './running-store.ts'
import type { Slot } from './slot.ts'

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

/** Reads the activations of devices again (null: of all): those that began, whose terms changed, and those that ended. */
export async function loadDevices(live: Live, devices: readonly string[] | null): Promise<void> {
  const { fleet, reread, store } = live
  const running = await store.running(live.now(), devices)
  const known = devices ? devices.flatMap((device) => fleet.ofDevice(device)) : [...fleet.all()]
  for (const { activation } of [...known, ...running]) reread.add(pageOf(activation.no))
  await takeUp(live, running, known)
}

/** Reads the activations of one page of numbers again. */
export async function loadPage(live: Live, page: number): Promise<void> {
  const running = await live.store.runningOn(page, live.now())
  await takeUp(live, running, [...live.fleet.numbered(page * pageSize, pageSize)])
}

/** Takes up what runs; of what was known of those it was asked for, what does not run any more has ended. */
async function takeUp(
  live: Live,
  running: Awaited<ReturnType<Live['store']['running']>>,
  known: readonly Slot[],
): Promise<void> {
  const { fleet, store, rules, timers } = live
  const now = live.now()
  const there = new Set(running.map((r) => r.activation.no))
  for (const slot of known)
    if (!there.has(slot.activation.no)) endTerm(live, slot, (await store.endReason(slot.activation.no)) ?? 'term')
  for (const { activation, latest } of running) {
    if (!live.book) continue
    const taken = fleet.get(activation.no)
    const kept = taken ? null : await store.presence(activation.no)
    const slot = fleet.add(activation, {
      latest: taken ? null : latest,
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
