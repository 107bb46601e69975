import type { FenceKind } from '@zhijiao/contract/fences'
import { type Bounds, boundsOf } from '@zhijiao/geo/area'
import type { Fence } from '@zhijiao/geo/fence'
import { type PreparedArea, prepareArea } from '@zhijiao/geo/prepared'
import type { Db } from '../core/db.ts'
import { fenceRule } from './binding.ts'
import { destinationTerritories, livingTerritories, type Territory } from './domain.ts'
import { fenceStore, type StoredFence } from './store.ts'
import { unionOf } from './union.ts'

/** A fence as it binds somebody on a day. One object per fence, shared by everyone it binds. */
export interface Binding {
  /** The fence an episode is filed under; of a city's joined districts the one of the person's own district. */
  readonly id: string
  readonly name: string
  readonly kind: FenceKind
  readonly rule: Fence
  readonly basis: string
}

/** Every fence in use, each outline prepared once and shared by all whom it binds. */
export interface FenceBook {
  /** What binds a person of a unit on a legal day (YYYY-MM-DD). Empty costs nothing. */
  bindings(person: string, org: string, day: string): readonly Binding[]
  /** The unit's own places: required places to which nobody is bound (its centre, a class room). Being there is duty. */
  places(org: string): readonly Binding[]
  /** The outline of where area codes (GB/T 2260) lead, city-wide for a district. Null: some of it is not drawn. */
  destination(areas: readonly string[]): PreparedArea | null
  /** Name of the territory that a place lies in; null where none is drawn. Looks at every outline: for words, not for fixes. */
  territoryAt(lat: number, lon: number): string | null
  readonly fences: number
}

interface Assignment {
  readonly fence: string
  readonly from: string
  readonly until: string | null
}

const none: readonly Binding[] = []

/**
 * Reads the book. `old` lends its prepared outlines, so that a change of one fence does not prepare a province again.
 * @param day the first legal day it must answer for
 */
export async function readBook(db: Db, day: string, old?: FenceBook): Promise<FenceBook> {
  const store = fenceStore(db)
  const [stored, assignments, territories] = await Promise.all([
    store.inUse(),
    store.assignmentsFrom(day),
    store.territories(),
  ])
  return makeBook(
    stored,
    assignments.map((a) => ({ person: a.person_id, fence: a.fence_id, from: a.from_day, until: a.until_day })),
    territories,
    old instanceof Book ? old.prepared : undefined,
  )
}

/** Changes with everything that the book of a legal day is made of; costs a fraction of reading it. */
export const bookVersion = (db: Db, day: string): Promise<string> => fenceStore(db).version(day)

export function makeBook(
  stored: readonly StoredFence[],
  assignments: readonly (Assignment & { readonly person: string })[],
  territories: readonly Territory[],
  known?: ReadonlyMap<string, PreparedArea>,
): FenceBook {
  return new Book(stored, assignments, territories, known)
}

class Book implements FenceBook {
  readonly prepared = new Map<string, PreparedArea>()
  readonly fences: number
  readonly #stored: ReadonlyMap<string, StoredFence>
  readonly #bindings = new Map<string, Binding>()
  readonly #assigned = new Map<string, Assignment[]>()
  readonly #living = new Map<string, readonly Binding[]>()
  readonly #destinations = new Map<string, PreparedArea | null>()
  readonly #territories: readonly Territory[]
  readonly #known: ReadonlyMap<string, PreparedArea>

  constructor(
    stored: readonly StoredFence[],
    assignments: readonly (Assignment & { readonly person: string })[],
    territories: readonly Territory[],
    known: ReadonlyMap<string, PreparedArea> = new Map(),
  ) {
    this.fences = stored.length
    this.#stored = new Map(stored.map((f) => [f.id, f]))
    this.#territories = territories
    this.#known = known
    for (const a of assignments) {
      if (!this.#stored.has(a.fence)) continue
      const list = this.#assigned.get(a.person)
      if (list) list.push(a)
      else this.#assigned.set(a.person, [a])
    }
  }

  bindings(person: string, org: string, day: string): readonly Binding[] {
    const assigned = this.#assigned.get(person)
    if (!assigned) return this.#livingArea(org)
    const own: Binding[] = []
    let ownLiving = false
    for (const a of assigned) {
      if (a.from > day || (a.until !== null && a.until < day)) continue
      const binding = this.#binding(a.fence)
      if (!binding) continue
      own.push(binding)
      if (binding.kind === 'livingArea') ownLiving = true
    }
    // An outline drawn for this person takes the place of the unit's (residence at a county line).
    if (ownLiving) return own
    const living = this.#livingArea(org)
    return own.length === 0 ? living : [...own, ...living]
  }

  places(org: string): readonly Binding[] {
    const bound = new Set([...this.#assigned.values()].flat().map((a) => a.fence))
    return [...this.#stored.values()]
      .filter((f) => f.kind === 'required' && org.startsWith(f.org) && !bound.has(f.id))
      .flatMap((f) => this.#binding(f.id) ?? [])
  }

  /**
   * The territory of a unit's residents. With one district's outline missing nobody of that city is watched: else
   * whoever goes there would seem to have left.
   */
  #livingArea(org: string): readonly Binding[] {
    const county = org.slice(0, 6)
    const known = this.#living.get(county)
    if (known) return known
    const own = this.#drawn().find((f) => f.org === county)
    const area = own ? this.#outlineOf(livingTerritories(county, this.#territories)) : null
    const made =
      own && area
        ? [{ id: own.id, name: own.name, kind: own.kind, rule: fenceRule(own, area), basis: own.basis }]
        : none
    this.#living.set(county, made)
    return made
  }

  destination(areas: readonly string[]): PreparedArea | null {
    const key = areas.join(' ')
    const known = this.#destinations.get(key)
    if (known !== undefined) return known
    const parts = areas.map((area) => destinationTerritories(area, this.#territories))
    const made = parts.every((p) => p.length > 0) ? this.#outlineOf([...new Set(parts.flat())]) : null
    this.#destinations.set(key, made)
    return made
  }

  territoryAt(lat: number, lon: number): string | null {
    const within = ({ minLat, minLon, maxLat, maxLon }: Bounds) =>
      lat >= minLat && lat <= maxLat && lon >= minLon && lon <= maxLon
    // An outline is prepared only where its box already says that the place may lie in it.
    const found = this.#territories.find(({ code }) =>
      this.#drawn().some((f) => f.org === code && within(boundsOf(f.area)) && this.#area(f).contains(lat, lon)),
    )
    return found?.name ?? null
  }

  /** The outlines of territories; what was drawn for single persons is none. */
  #drawn(): readonly StoredFence[] {
    return [...this.#stored.values()].filter((f) => f.kind === 'livingArea' && !f.personal)
  }

  /** Several territories as one; null where one of them is not drawn. */
  #outlineOf(territories: readonly Territory[]): PreparedArea | null {
    const living = this.#drawn()
    const parts = territories.map((t) => living.filter((f) => f.org === t.code))
    return parts.every((p) => p.length > 0) ? unionOf(parts.flat().map((f) => this.#area(f))) : null
  }

  #binding(id: string): Binding | null {
    const known = this.#bindings.get(id)
    if (known) return known
    const fence = this.#stored.get(id)
    if (!fence) return null
    const made: Binding = {
      id,
      name: fence.name,
      kind: fence.kind,
      rule: fenceRule(fence, this.#area(fence)),
      basis: fence.basis,
    }
    this.#bindings.set(id, made)
    return made
  }

  #area(fence: StoredFence): PreparedArea {
    const key = `${fence.id}:${fence.revision}`
    const area = this.prepared.get(key) ?? this.#known.get(key) ?? prepareArea(fence.area)
    this.prepared.set(key, area)
    return area
  }
}
