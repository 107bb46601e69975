import type { Report } from '../handset.ts'
import { gt06Link } from './gt06.ts'
import { jt808Link } from './jt808.ts'
import type { Link, Ports, Speaking } from './link.ts'
import { osmandLink } from './phones.ts'
import { watchLink } from './watch.ts'

/** Numbers of no person of the twin: his serials end at the number of people. */
const strangers: readonly (readonly [identity: string, link: (speaking: Speaking) => Link])[] = [
  ['90190900001', (speaking) => jt808Link(speaking, true)],
  ['90130900002', (speaking) => jt808Link(speaking, false)],
  ['900000000900003', gt06Link],
  ['9000900004', watchLink],
]

/**
 * Devices that nobody has entered, bought by a county or strayed from another one, switched on once a start: they knock, are
 * not let in, and wait among the unknown (未知设备) until somebody adopts or discards them.
 */
export async function strangersKnock(ports: Ports, now: () => number): Promise<void> {
  await Promise.all(
    strangers.map(async ([identity, linkOf]) => {
      const link = linkOf({ identity, secret: null, ports, now, onOrder: () => undefined })
      await link.heartbeat(80, 0)
      link.close()
    }),
  )
}

/**
 * A phone with old settings: it reports three times within minutes though it may once an hour. What comes beyond the ceiling
 * is counted and not kept (拒收).
 */
export async function chatter(speaking: Omit<Speaking, 'onOrder'>, report: Report): Promise<void> {
  const link = osmandLink({ ...speaking, onOrder: () => undefined })
  for (const minutes of [3, 2, 1]) await link.report({ ...report, ts: report.ts - minutes * 60_000 }, false)
  link.close()
}
