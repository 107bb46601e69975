import type { Decision } from '../domain.ts'
import type { Waiting } from './store.ts'

/** Episodes that gather evidence and wait for their next rung, by id. */
export class LadderClock {
  readonly #waiting = new Map<string, Waiting>()

  load(waiting: readonly Waiting[]): void {
    for (const w of waiting) this.#waiting.set(w.id, w)
  }

  /** What was written says who waits from now on. */
  learn(decisions: readonly Decision[]): void {
    for (const { episode } of decisions) {
      const { id, person, activationNo, nextStepAt: at } = episode
      if (episode.state === 'gathering' && at !== null) this.#waiting.set(id, { id, person, activationNo, at })
      else this.#waiting.delete(id)
    }
  }

  /** Takes off whose time has come; an episode comes back with its next rung when that is written. */
  *due(now: number): Generator<Waiting> {
    for (const waiting of this.#waiting.values()) {
      if (waiting.at > now) continue
      this.#waiting.delete(waiting.id)
      yield waiting
    }
  }
}
