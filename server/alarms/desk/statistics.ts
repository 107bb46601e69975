import { alarmCauses, alarmStatistics } from '@zhijiao/contract/alarms'
import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import { type KeptRoom, keep, signedIn } from '../../core/room.ts'
import { nameOfKind } from './shown.ts'

/** One alarm without the person it was about. */
export interface Outcome {
  readonly kind: string
  /** It reached an officer. */
  readonly raised: boolean
  readonly state: string
  readonly settled_as: string | null
  readonly cause: string | null
  readonly overdue: boolean
  readonly claim_min: number | null
  readonly close_min: number | null
}

/** Fewest closed alarms from which a share says anything. */
const fewest = 5

/**
 * How often each kind was right (Z6): what officers found, against all they closed. Alarms that cleared by themselves are
 * told apart, for nobody looked into them.
 */
export function precisionOf(outcomes: readonly Outcome[]) {
  const kinds = [...new Set(outcomes.map((o) => o.kind))].sort()
  return kinds.map((kind) => {
    const of = outcomes.filter((o) => o.kind === kind)
    const closed = of.filter((o) => o.settled_as === 'closed' || o.settled_as === 'notHandled')
    const truth = (word: string) =>
      closed.filter((o) => alarmCauses.find((c) => c.code === o.cause)?.truth === word).length
    const [breach, excused, falseAlarm, fault] = [truth('breach'), truth('excused'), truth('false'), truth('fault')]
    const judged = breach + excused + falseAlarm + fault
    return {
      kind,
      name: nameOfKind(kind),
      raised: of.filter((o) => o.raised).length,
      open: of.filter((o) => o.state !== 'settled').length,
      breach,
      excused,
      falseAlarm,
      fault,
      bySelf: of.filter((o) => o.state === 'settled').length - closed.length,
      precision: judged < fewest ? null : (breach + excused) / judged,
      medianClaimMin: median(of.map((o) => o.claim_min)),
      medianCloseMin: median(closed.map((o) => o.close_min)),
      overdue: of.filter((o) => o.overdue).length,
    }
  })
}

function median(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((v) => v !== null).sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle]
  if (high === undefined) return null
  const low = sorted.length % 2 === 1 ? high : (sorted[middle - 1] ?? high)
  return Math.round(((low + high) / 2) * 10) / 10
}

async function outcomes(db: ScopedDb, org: string, from: Date, until: Date): Promise<Outcome[]> {
  const { rows } = await sql<Outcome>`select * from zj_alarm_precision(${org}, ${from}, ${until})`.execute(db)
  return rows
}

export function statisticsHandlers(): KeptRoom {
  return keep(alarmStatistics, {
    precision: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { now } = asked.circumstances
        const until = asked.query.until ?? new Date(now).toISOString()
        const from = asked.query.from ?? new Date(now - 30 * 86_400_000).toISOString()
        const org = asked.query.org ?? signedIn(asked).eyes.unit
        return { from, until, kinds: precisionOf(await outcomes(db, org, new Date(from), new Date(until))) }
      }),
  })
}
