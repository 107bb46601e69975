import { lawBook } from '../../core/circumstances.ts'
import type { House } from '../../core/house.ts'
import { shippedThresholds, type Thresholds, thresholdsOf } from './thresholds.ts'

/** The thresholds in force for each unit, read again while the engine runs: a publication holds without a restart. */
export class Rulebook {
  #state = ''
  #law: Awaited<ReturnType<typeof lawBook>> | null = null
  readonly #byOrg = new Map<string, Thresholds>()
  readonly #byRevision = new Map<string, Thresholds>()

  /** Reads what is published; true when something may have changed for some unit. */
  async read(house: House): Promise<boolean> {
    const law = await lawBook(house, house.chance.now())
    if (law.state === this.#state) return false
    this.#state = law.state
    this.#law = law
    this.#byOrg.clear()
    this.#byRevision.clear()
    return true
  }

  of(org: string): Thresholds {
    const known = this.#byOrg.get(org)
    if (known) return known
    if (!this.#law) return shippedThresholds
    const law = this.#law.of(org)
    const made = this.#byRevision.get(law.revision) ?? thresholdsOf(law)
    this.#byRevision.set(law.revision, made)
    this.#byOrg.set(org, made)
    return made
  }
}
