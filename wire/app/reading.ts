import type { Fault } from './fault.ts'

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads fields of one object strictly. The first fault stays; what is read after it does not matter any more. */
export class Reading {
  fault: Fault | null = null
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

  /** A number that the phone may not have: absent or null. */
  numberOrNull(name: string, least: number, most: number): number | null {
    return this.source[name] == null ? null : this.number(name, least, most)
  }

  flag(name: string): boolean {
    const value = this.source[name]
    if (typeof value !== 'boolean') this.refuse(name, value === undefined ? 'missing' : 'wrongType')
    return value === true
  }

  flagOrNull(name: string): boolean | null {
    return this.source[name] == null ? null : this.flag(name)
  }

  oneOf<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const value = this.source[name]
    const found = words.find((word) => word === value)
    if (found === undefined) this.refuse(name, value === undefined ? 'missing' : 'unknownValue')
    return found ?? words[0]
  }

  oneOfOrNull<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word | null {
    return this.source[name] == null ? null : this.oneOf(name, words)
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
      if (!isRecord(source)) {
        this.refuse(`${name}[${i}]`, 'wrongType')
        break
      }
      const reading = new Reading(`${this.path}${name}[${i}].`, source)
      items.push(read(reading))
      this.fault ??= reading.fault
      if (this.fault !== null) break
    }
    return items
  }
}
