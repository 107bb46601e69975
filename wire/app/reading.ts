import type { Fault, RefusedEntry } from './fault.ts'

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads the fields of one object. What it cannot do without is read strictly: the first fault stays, and what is read after
 * it does not matter any more. What it can do without is unknown where it cannot be read, and named under `ignored`. The
 * entries of a list stand for themselves: one that fails is named under `refused` and costs its neighbours nothing.
 */
export class Reading {
  fault: Fault | null = null
  readonly refused: RefusedEntry[] = []
  readonly ignored: Fault[] = []
  private readonly path: string
  private readonly source: Readonly<Record<string, unknown>>

  constructor(path: string, source: Readonly<Record<string, unknown>>) {
    this.path = path
    this.source = source
  }

  refuse(name: string, problem: Fault['problem']): void {
    this.fault ??= { at: this.path + name, problem }
  }

  text(name: string, longest: number): string {
    const value = this.source[name]
    if (typeof value !== 'string') this.refuse(name, value === undefined ? 'missing' : 'wrongType')
    else if (value === '' || value.length > longest) this.refuse(name, 'tooLong')
    else return value
    return ''
  }

  /** Milliseconds, to the whole one: some clocks count in fractions. */
  millis(name: string, most: number): number {
    return Math.round(this.number(name, 0, most))
  }

  integer(name: string, least: number, most: number): number {
    const value = this.number(name, least, most)
    if (!Number.isSafeInteger(value)) this.refuse(name, 'wrongType')
    return value
  }

  number(name: string, least: number, most: number): number {
    const value = this.source[name]
    if (typeof value !== 'number') this.refuse(name, value === undefined ? 'missing' : 'wrongType')
    else if (!(value >= least && value <= most)) this.refuse(name, 'outOfRange')
    else return value
    return 0
  }

  /** A number that the phone may not have. */
  numberOrNull(name: string, least: number, most: number): number | null {
    const value = this.source[name] ?? null
    if (typeof value === 'number' && value >= least && value <= most) return value
    if (value !== null) this.#ignore(name, typeof value === 'number' ? 'outOfRange' : 'wrongType')
    return null
  }

  /** The same of what is never negative; with a negative one phones say that they do not know (-1 on iOS). */
  unsignedOrNull(name: string, most: number): number | null {
    const value = this.source[name]
    return typeof value === 'number' && value < 0 ? null : this.numberOrNull(name, 0, most)
  }

  flag(name: string): boolean {
    const value = this.source[name]
    if (typeof value !== 'boolean') this.refuse(name, value === undefined ? 'missing' : 'wrongType')
    return value === true
  }

  flagOrNull(name: string): boolean | null {
    const value = this.source[name] ?? null
    if (typeof value === 'boolean') return value
    if (value !== null) this.#ignore(name, 'wrongType')
    return null
  }

  oneOf<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const value = this.source[name]
    const found = words.find((word) => word === value)
    if (found === undefined) this.refuse(name, value === undefined ? 'missing' : 'unknownValue')
    return found ?? words[0]
  }

  oneOfOrNull<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word | null {
    const value = this.source[name] ?? null
    const found = words.find((word) => word === value)
    if (found === undefined && value !== null) this.#ignore(name, 'unknownValue')
    return found ?? null
  }

  list<Item>(name: string, most: number, read: (reading: Reading) => Item): Item[] {
    const value = this.source[name]
    if (!Array.isArray(value)) {
      this.refuse(name, value === undefined ? 'missing' : 'wrongType')
      return []
    }
    if (value.length > most) {
      this.refuse(name, 'tooLong')
      return []
    }
    const items: Item[] = []
    for (const [i, source] of value.entries()) {
      const at = `${this.path}${name}[${i}]`
      if (!isRecord(source)) {
        this.refused.push({ at, problem: 'wrongType', seq: null })
        continue
      }
      const reading = new Reading(`${at}.`, source)
      const item = read(reading)
      if (reading.fault === null) {
        items.push(item)
        this.ignored.push(...reading.ignored)
      } else this.refused.push({ ...reading.fault, seq: numberOf(source) })
    }
    return items
  }

  #ignore(name: string, problem: Fault['problem']): void {
    this.ignored.push({ at: this.path + name, problem })
  }
}

/** The number an entry bears, whatever else is wrong with it. */
function numberOf({ seq }: Readonly<Record<string, unknown>>): number | null {
  return typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 1 ? seq : null
}
