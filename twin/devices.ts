/** Devices of the twin on the line: each handset with the protocol its maker gave it, over real sockets. */
import { gt06Link } from './devices/gt06.ts'
import { jt808Link } from './devices/jt808.ts'
import type { Link, Order, Ports, Speaking } from './devices/link.ts'
import { appLink, osmandLink, type PhoneMemory } from './devices/phones.ts'
import { watchLink } from './devices/watch.ts'
import type { Act, Handset, Report } from './handset.ts'

export type { Ports } from './devices/link.ts'
export type { PhoneMemory } from './devices/phones.ts'

/** What was counted of the twin's own doing. */
export interface Tally {
  sent: number
  unsent: number
  orders: number
}

export interface Device {
  readonly handset: Handset
  /** When it does something next, milliseconds UTC. */
  readonly next: number
  /** Does what is due; resolves when the server has answered, or has not. */
  turn(): Promise<void>
  close(): void
}

/** Puts a handset on the line. `now` is the clock of the twin's world. */
export function connectDevice(
  handset: Handset,
  known: { readonly secret: string | null; readonly memory: PhoneMemory },
  ports: Ports,
  now: () => number,
  tally: Tally,
): Device {
  /** Not taken by the server: kept and sent as stored when the line is back. */
  const unsent: Report[] = []
  let stopped = false
  const link = linkOf(
    handset,
    {
      identity: identityOf(handset),
      secret: known.secret,
      ports,
      now,
      onOrder: (order) => obey(order),
    },
    known.memory,
  )

  function obey(order: Order): void {
    tally.orders++
    if (order.kind === 'burst') handset.burst(now(), order.intervalMs, now() + order.lastsMs)
    if (order.kind === 'interval') handset.setInterval(order.ms)
    if (order.kind === 'stop') stopped = true
    if (order.kind !== 'locate') return
    const report = handset.locate(now())
    if (report) void link.located(report).then((taken) => (taken ? tally.sent++ : tally.unsent++))
  }

  async function carry(act: Act): Promise<void> {
    switch (act.kind) {
      case 'report':
        if (await link.report(act.report, act.twice)) tally.sent++
        // The app keeps its own numbered store.
        else if (!numbered(handset)) unsent.push(act.report)
        return
      case 'stored':
        if (await link.stored(act.reports)) tally.sent += act.reports.length
        else if (!numbered(handset)) unsent.push(...act.reports)
        return
      case 'word':
        await link.word(act.word, act.report)
        return
      case 'heartbeat':
        if (unsent.length > 0 && (await link.stored(unsent.slice(0, 200)))) {
          const gone = unsent.splice(0, 200)
          tally.sent += gone.length
        }
        await link.heartbeat(act.batteryPct, act.steps)
        return
      case 'silent':
        link.vanish()
    }
  }

  return {
    handset,
    get next() {
      return stopped ? Number.POSITIVE_INFINITY : handset.next
    },
    async turn() {
      for (const act of handset.act()) await carry(act)
      while (unsent.length > 4_000) unsent.shift()
    },
    close: () => link.close(),
  }
}

const numbered = (handset: Handset): boolean => handset.kind === 'phone' && handset.person.phone.protocol === 'app'

export function identityOf({ kind, person }: Handset): string {
  return kind === 'band' && person.band ? person.band.identity : person.phone.identity
}

function linkOf(handset: Handset, speaking: Speaking, memory: PhoneMemory): Link {
  const { kind, person } = handset
  if (kind === 'phone') return person.phone.protocol === 'app' ? appLink(speaking, memory) : osmandLink(speaking)
  switch (person.band?.protocol) {
    case 'gt06':
      return gt06Link(speaking)
    case 'watch':
      return watchLink(speaking)
    default:
      return jt808Link(speaking, person.band?.protocol === 'jt808-2019')
  }
}
