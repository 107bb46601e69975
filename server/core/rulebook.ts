import type { Law } from '@zhijiao/law/in-force'
import { lawBook } from './circumstances.ts'
import type { House } from './house.ts'

/**
 * Numbers that a province may set, made ready once for all units under the same publications, so that what is judged by
 * them carries a reference and nothing more. Read again while the program runs: a publication holds without a restart.
 */
export class Rulebook<Rules> {
  readonly #make: (law: Law) => Rules
  readonly #shipped: Rules
  #state = ''
  #law: Awaited<ReturnType<typeof lawBook>> | null = null
  readonly #byOrg = new Map<string, Rules>()
  readonly #byRevision = new Map<string, Rules>()

  /** `shipped` holds until something was read. */
  constructor(make: (law: Law) => Rules, shipped: Rules) {
    this.#make = make
    this.#shipped = shipped
  }

  /** Reads what is published; true when something may have changed for some unit. */
  async read(house: Pick<House, 'databases' | 'chance'>): Promise<boolean> {
    const law = await lawBook(house, house.chance.now())
    if (law.state === this.#state) return false
    this.#state = law.state
    this.#law = law
    this.#byOrg.clear()
    this.#byRevision.clear()
    return true
  }

  of(org: string): Rules {
    const known = this.#byOrg.get(org)
    if (known !== undefined) return known
    if (!this.#law) return this.#shipped
    const law = this.#law.of(org)
    const made = this.#byRevision.get(law.revision) ?? this.#make(law)
    this.#byRevision.set(law.revision, made)
    this.#byOrg.set(org, made)
    return made
  }
}
