/** Numbers received beyond the last acknowledged one, as closed ranges in order. What a server keeps of an install. */
export type Ranges = readonly (readonly [first: number, last: number])[]

/** How far back the phone's own store reaches (positioning.md §1.3), milliseconds. */
export const storeMs = 72 * 3_600_000

/**
 * The highest number up to which nothing is missing, given the last acknowledgement and the numbers received since, in
 * any order and with repetitions. The phone may forget what is acknowledged, so it never goes back.
 */
export function contiguousAck(lastAck: number, received: Iterable<number>): number {
  const waiting = new Set(received)
  let ack = lastAck
  while (waiting.has(ack + 1)) ack++
  return ack
}

/** Folds received numbers into ranges, dropping what is acknowledged. */
export function addToRanges(ranges: Ranges, received: Iterable<number>, ack: number): Ranges {
  const all = [...ranges, ...Array.from(received, (seq) => [seq, seq] as const)]
    .filter(([, last]) => last > ack)
    .sort(([a], [b]) => a - b)
  const folded: [number, number][] = []
  for (const [first, last] of all) {
    const top = folded.at(-1)
    if (top !== undefined && first <= top[1] + 1) top[1] = Math.max(top[1], last)
    else folded.push([Math.max(first, ack + 1), last])
  }
  return folded
}

/** Every number of the ranges, of each at most so many as a phone's store of 72 hours can hold. */
export function numbersIn(ranges: Ranges): number[] {
  return ranges.flatMap(([first, last]) =>
    Array.from({ length: Math.min(last - first + 1, mostInRange) }, (_, i) => first + i),
  )
}
const mostInRange = 10_000

/** What a phone's numbering and clocks give away about a stretch without fixes. */
export type Hole =
  /** Numbers are missing: entries were deleted from the phone's store (or have yet to arrive; the caller waits 72 h). */
  | { readonly kind: 'deleted'; readonly firstSeq: number; readonly lastSeq: number }
  /** Time is missing between neighbouring numbers of one run of the phone: the app was kept from working. */
  | { readonly kind: 'switchedOff'; readonly fromSeq: number; readonly toSeq: number; readonly gapMs: number }
  /** The phone was started anew between two entries. */
  | { readonly kind: 'rebooted'; readonly fromSeq: number; readonly toSeq: number; readonly gapMs: number }
  /** Between two entries the wall clock went another way than the phone's own: somebody turned it. */
  | { readonly kind: 'clockTurned'; readonly fromSeq: number; readonly toSeq: number; readonly byMs: number }

type Deleted = Extract<Hole, { readonly kind: 'deleted' }>

export interface SequenceEntry {
  readonly seq: number
  /** Wall clock, milliseconds UTC. */
  readonly t: number
  /** Milliseconds since the phone started. */
  readonly elapsedRealtime: number
  readonly bootId: string
}

/** When silence and disagreement begin to matter. */
export interface HoleLimits {
  /** Longest silence that the sampling plan explains, milliseconds. */
  readonly silenceMs: number
  /** Disagreement of the two clocks that a time server's correction explains, milliseconds. */
  readonly clockMs: number
}

/** What has been received besides the entries that are compared. */
export interface Besides {
  /** Came with these entries and has no clocks: events, and entries that could not be read. */
  readonly clockless?: readonly number[]
  /** Came before and was judged then; entries on both sides of one are no neighbours in time. */
  readonly earlier?: readonly number[]
  /** Up to this number everything was received, or is on record as missing. */
  readonly upTo?: number
}

/** Holes in entries of one install, in any order; repetitions count once. Evidence, not a verdict. */
export function findHoles(
  entries: readonly SequenceEntry[],
  limits: HoleLimits,
  { clockless = [], earlier = [], upTo = 0 }: Besides = {},
): Hole[] {
  const received = [...clockless, ...earlier].sort((a, b) => a - b)
  const sorted = [...entries].sort((a, b) => a.seq - b.seq)
  const holes: Hole[] = []
  let before: SequenceEntry | null = null
  for (const entry of sorted) {
    if (before !== null && entry.seq !== before.seq) {
      const { seq } = before
      const deleted = missing(Math.max(seq, upTo), entry.seq, received)
      holes.push(...deleted)
      if (!earlier.some((one) => one > seq && one < entry.seq)) holes.push(...between(before, entry, limits, deleted))
    }
    before = entry
  }
  return holes
}

/** Holes without what has arrived since: a number that came late was not deleted. */
export function withoutArrived(holes: readonly Hole[], arrived: readonly number[]): readonly Hole[] {
  const sorted = [...arrived].sort((a, b) => a - b)
  return holes.flatMap((hole): Hole[] =>
    hole.kind === 'deleted'
      ? missing(hole.firstSeq - 1, hole.lastSeq + 1, sorted).map((rest) => ({ ...hole, ...rest }))
      : [hole],
  )
}

/** What the clocks of two neighbours say of the time between them. */
function between(
  before: SequenceEntry,
  after: SequenceEntry,
  { silenceMs, clockMs }: HoleLimits,
  deleted: readonly Hole[],
): Hole[] {
  const fromSeq = before.seq
  const toSeq = after.seq
  const wallMs = after.t - before.t
  if (after.bootId !== before.bootId) return [{ kind: 'rebooted', fromSeq, toSeq, gapMs: wallMs }]
  const ownMs = after.elapsedRealtime - before.elapsedRealtime
  const turned: Hole[] =
    Math.abs(wallMs - ownMs) > clockMs ? [{ kind: 'clockTurned', fromSeq, toSeq, byMs: wallMs - ownMs }] : []
  // Where numbers are missing, so is the time they took; that is one hole, not two.
  if (deleted.length > 0 || ownMs <= silenceMs) return turned
  return [{ kind: 'switchedOff', fromSeq, toSeq, gapMs: ownMs }, ...turned]
}

/** What is missing between two numbers, given others that came, in order. */
function missing(fromSeq: number, toSeq: number, received: readonly number[]): Deleted[] {
  const holes: Deleted[] = []
  let last = fromSeq
  for (const seq of [...received.filter((one) => one > fromSeq && one < toSeq), toSeq]) {
    if (seq > last + 1) holes.push({ kind: 'deleted', firstSeq: last + 1, lastSeq: seq - 1 })
    last = seq
  }
  return holes
}
