import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts processor time in hundredths of a second on every Linux this runs on. */
const ticksPerSecond = 100

/** Processor seconds a process used so far, all its threads, user and system. */
export function secondsOf(pid: number): number {
  const [own] = times(pid)
  return own
}

/** Processor seconds of a process and all it started, those that ended included. */
export function secondsOfTree(root: number): number {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const pid = Number(name)
    const parent = parentOf(pid)
    const known = parents.get(parent)
    if (known) known.push(pid)
    else parents.set(parent, [pid])
  }
  const [own, waited] = times(root)
  let sum = own + waited
  for (const child of parents.get(root) ?? []) sum += secondsOf(child)
  return sum
}

function fieldsOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in brackets and may hold anything.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

function parentOf(pid: number): number {
  return Number(fieldsOf(pid)?.[1] ?? -1)
}

function times(pid: number): [own: number, waited: number] {
  const fields = fieldsOf(pid)
  if (!fields) return [0, 0]
  const at = (i: number) => Number(fields[i] ?? 0) / ticksPerSecond
  return [at(11) + at(12), at(13) + at(14)]
}
