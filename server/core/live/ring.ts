import type { Notice } from './announce.ts'

export interface Heard {
  /** Number within this process's life, rising by one. */
  readonly no: number
  readonly at: number
  readonly notice: Notice
}

/**
 * The last notices of this process, so that a line that broke for minutes loses none. A cursor is `epoch.no`; one of
 * another epoch (another process, or a break in listening to the database) or from before the ring's oldest is unknown.
 */
export class Ring {
  private readonly kept: Heard[] = []
  private last = 0
  private epoch: string
  private readonly size: number
  private readonly newEpoch: () => string

  constructor(newEpoch: () => string, size = 4096) {
    this.newEpoch = newEpoch
    this.epoch = newEpoch()
    this.size = size
  }

  get cursor(): string {
    return `${this.epoch}.${this.last}`
  }

  cursorOf(heard: Heard): string {
    return `${this.epoch}.${heard.no}`
  }

  add(notice: Notice, at: number): Heard {
    const heard = { no: ++this.last, at, notice }
    this.kept.push(heard)
    if (this.kept.length > this.size) this.kept.shift()
    return heard
  }

  /** Something may have been missed: every cursor given out so far is void. */
  forget(): void {
    this.kept.length = 0
    this.last = 0
    this.epoch = this.newEpoch()
  }

  /** What came after a cursor, or null when that can no longer be told. */
  since(cursor: string): readonly Heard[] | null {
    const [epoch, text] = cursor.split('.')
    const no = Number(text)
    if (epoch !== this.epoch || !Number.isInteger(no) || no > this.last) return null
    const oldest = this.kept[0]?.no ?? this.last + 1
    if (no < oldest - 1) return null
    return this.kept.slice(no - oldest + 1)
  }
}
