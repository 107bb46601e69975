import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { PhoneMemory } from '../devices.ts'

/** What the twin must not forget between two starts: what it entered already, its phones' counts. */
export interface Memory {
  /** Steps of the intake that are done. */
  done: string[]
  /** Person's number → id in the platform. */
  people: Record<string, string>
  phones: Record<string, PhoneMemory>
  /** When the devices went live for the first time, milliseconds UTC: history ends here. */
  liveSince: number
}

export interface Keeper {
  readonly memory: Memory
  isDone(step: string): boolean
  finish(step: string): void
  phone(identity: string): PhoneMemory
  save(): void
}

/** Opens the twin's memory. */
export function remember(path: string): Keeper {
  const memory: Memory = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as Memory)
    : { done: [], people: {}, phones: {}, liveSince: 0 }
  const save = () => {
    writeFileSync(`${path}.new`, JSON.stringify(memory), { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  return {
    memory,
    isDone: (step) => memory.done.includes(step),
    finish(step) {
      if (!memory.done.includes(step)) memory.done.push(step)
      save()
    },
    phone(identity) {
      const known = memory.phones[identity] ?? { seq: 0 }
      memory.phones[identity] = known
      return known
    },
    save,
  }
}
