import type { House } from '../../core/house.ts'

/** Database work beside the hot path, one after the other; what fails is said in the log, and a round tries it again. */
export class Aside {
  readonly #log: House['log']
  #busy: Promise<void> = Promise.resolve()
  #closed = false

  constructor(log: House['log']) {
    this.#log = log
  }

  add(work: () => Promise<void>): void {
    this.#busy = this.#busy.then(async () => {
      if (this.#closed) return
      try {
        await work()
      } catch (error) {
        this.#log.warn(
          { why: error instanceof Error ? error.message : String(error) },
          'the engine waits for the database',
        )
      }
    })
  }

  /** Resolves when what was added so far is done. */
  done(): Promise<void> {
    return this.#busy
  }

  /** Nothing more is begun. */
  close(): void {
    this.#closed = true
  }
}
