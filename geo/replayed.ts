import type { Fix } from './fix.ts'
import { byTime } from './order.ts'

/** A stretch whose steps repeat an earlier track exactly. */
export interface ReplayedRun {
  readonly from: number
  readonly to: number
  readonly steps: number
  /** When the same steps were first taken, ms UTC. */
  readonly firstTs: number
}

/** Consecutive steps hashed together: real noise makes eight equal ones by chance practically impossible. */
const WINDOW = 8

/**
 * Runs of at least `atLeast` moving steps that an earlier track contains step for step. Steps are compared in 1e-6 degrees,
 * so a track played again from another starting point is found as well; time and speed may differ.
 */
export function replayedRuns(fixes: readonly Fix[], earlier: readonly Fix[], atLeast: number): ReplayedRun[] {
  const known = new Map<string, number>()
  const old = stepsOf(earlier)
  for (let i = 0; i + WINDOW <= old.length; i++) known.set(windowAt(old, i), i)
  const steps = stepsOf(fixes)
  const runs: ReplayedRun[] = []
  for (let i = 0; i + WINDOW <= steps.length; ) {
    const start = known.get(windowAt(steps, i))
    if (start === undefined) {
      i++
      continue
    }
    let length = WINDOW
    while (steps[i + length] && steps[i + length]?.text === old[start + length]?.text) length++
    const [first, last] = [steps[i], steps[i + length - 1]]
    if (first && last && length >= atLeast) {
      runs.push({ from: first.ts, to: last.ts, steps: length, firstTs: old[start]?.ts ?? 0 })
    }
    i += length
  }
  return runs
}

interface Step {
  readonly ts: number
  readonly text: string
}

function stepsOf(fixes: readonly Fix[]): Step[] {
  const steps: Step[] = []
  const ordered = [...fixes].sort(byTime)
  for (let i = 1; i < ordered.length; i++) {
    const [before, after] = [ordered[i - 1], ordered[i]]
    if (!before || !after) continue
    const north = Math.round((after.lat - before.lat) * 1e6)
    const east = Math.round((after.lon - before.lon) * 1e6)
    // Lying still repeats itself honestly.
    if (Math.abs(north) + Math.abs(east) > 20) steps.push({ ts: after.ts, text: `${north},${east}` })
  }
  return steps
}

function windowAt(steps: readonly Step[], start: number): string {
  let text = ''
  for (let i = start; i < start + WINDOW; i++) text += `${steps[i]?.text};`
  return text
}
