/** Compares what reached an officer with what truly happened. Pure. */
export interface TruthLine {
  readonly kind: string
  readonly person: string
  /** Milliseconds UTC, [start, end). */
  readonly start: number
  readonly end: number
  /** Whether an alarm had to come. A silence too short to be reported may be reported all the same. */
  readonly due: boolean
  /** A silence is told of from the last word on, which came up to so long before it: the interval of the reports, ms. */
  readonly intervalMs?: number
}

export interface AlarmLine {
  readonly kind: string
  readonly person: string
  readonly began: number
  readonly raised: number
}

export interface Row {
  readonly kind: string
  /** Truths that had to lead to an alarm, and those that did. */
  readonly truths: number
  readonly found: number
  readonly alarms: number
  readonly right: number
  readonly medianDelayS: number
}

/** An alarm may begin this long before the truth (a fence's edge, a clock) or this long after its end (news travels), ms. */
const before = 10 * 60_000
const after = 30 * 60_000

/** Kinds of alarm that tell the same truth in other words. */
const tells: Readonly<Record<string, readonly string[]>> = {
  powerOff: ['powerOff', 'lostContact', 'noPosition'],
  lostContact: ['lostContact', 'noPosition', 'powerOff'],
  requiredAbsent: ['requiredAbsent', 'nightAbsent'],
}
const words = (truth: string): readonly string[] => tells[truth] ?? [truth]

/** Whether an alarm tells of a truth. */
const meets = (truth: TruthLine, alarm: AlarmLine): boolean =>
  truth.person === alarm.person &&
  words(truth.kind).includes(alarm.kind) &&
  alarm.began >= truth.start - before - (truth.intervalMs ?? 0) &&
  alarm.began <= truth.end + after

/** What an officer finds who looks at an instant: it goes on, it is over, or it never was. */
export function standingOf(truths: readonly TruthLine[], alarm: AlarmLine, at: number): 'true' | 'over' | 'false' {
  const met = truths.filter((truth) => meets(truth, alarm))
  return met.length === 0 ? 'false' : met.some((truth) => at < truth.end) ? 'true' : 'over'
}

/** An alarm is right when something it may tell of was true then; a truth is found when some alarm told of it. */
export function match(truths: readonly TruthLine[], alarms: readonly AlarmLine[]): { rows: Row[]; wrong: AlarmLine[] } {
  const right = new Set(alarms.filter((alarm) => truths.some((truth) => meets(truth, alarm))))
  const due = truths.filter((t) => t.due)
  const delays = new Map<TruthLine, number>()
  for (const truth of due) {
    const told = alarms.filter((alarm) => meets(truth, alarm)).map((alarm) => (alarm.raised - truth.start) / 1000)
    if (told.length > 0) delays.set(truth, Math.max(0, Math.min(...told)))
  }
  const kinds = [...new Set([...due.map((t) => t.kind), ...alarms.map((a) => a.kind)])].sort()
  const rows = kinds.map((kind): Row => {
    const ours = due.filter((t) => t.kind === kind)
    const told = alarms.filter((a) => a.kind === kind)
    return {
      kind,
      truths: ours.length,
      found: ours.filter((t) => delays.has(t)).length,
      alarms: told.length,
      right: told.filter((a) => right.has(a)).length,
      medianDelayS: middle(ours.flatMap((t) => delays.get(t) ?? [])),
    }
  })
  return { rows, wrong: alarms.filter((a) => !right.has(a)) }
}

export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
