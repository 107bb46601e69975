import { isActive } from '@zhijiao/geo/calendar'
import { noPlace } from '@zhijiao/geo/counts'
import { metresBetween } from '@zhijiao/geo/distance'
import { FixFlag } from '@zhijiao/geo/fix'
import { type Gathering, gather, type Nearnesses, type Present } from '@zhijiao/geo/gathered'
import type { Binding, FenceBook } from '../../fences/index.ts'
import { type Signal, tells } from '../domain.ts'
import { kindsWith } from '../kinds.ts'
import type { KindOverride } from '../kinds-store.ts'
import { howLong, when } from '../words.ts'
import type { Fleet } from './fleet.ts'
import type { Slot } from './slot.ts'

const doubtful = noPlace | FixFlag.blind | FixFlag.late | FixFlag.imported

/**
 * Supervised persons who stand together (聚集, P15). Ships switched off; a unit that switches its row of the kinds table on
 * is watched from then. Looked at once a minute, a city at a time. Not counted: who is at home in his own household, who is
 * at a place where he must be now or that is the unit's own (its centre, a class), and crowds. Nobody's name is told to the
 * officer of another: each sees his own person's alarm.
 */
export class Gatherings {
  #overrides: readonly KindOverride[] = []
  /** City → who is near whom. */
  readonly #near = new Map<string, Nearnesses>()
  /** Person → the activation his gathering was told against. */
  readonly #told = new Map<string, number>()
  readonly #enabled = new Map<string, boolean>()

  set overrides(rows: readonly KindOverride[]) {
    this.#overrides = rows.filter((r) => r.kind === 'gathered')
    this.#enabled.clear()
  }

  /** Whether any unit wants it; false costs nothing. */
  get wanted(): boolean {
    return this.#overrides.some((r) => r.enabled) || this.#told.size > 0
  }

  #wants(org: string): boolean {
    const known = this.#enabled.get(org)
    if (known !== undefined) return known
    const { enabled } = kindsWith(this.#overrides, org).gathered
    this.#enabled.set(org, enabled)
    return enabled
  }

  look(fleet: Fleet, book: FenceBook, now: number): { slot: Slot; signal: Signal }[] {
    const cities = new Map<string, Map<string, Slot>>()
    for (const slot of fleet.all()) {
      const { org, person } = slot.activation
      if (!this.#wants(org) || slot.lastTs === 0 || (slot.fixFlags & doubtful) !== 0) continue
      const city = org.slice(0, 4)
      const people = cities.get(city) ?? new Map<string, Slot>()
      cities.set(city, people)
      const other = people.get(person)
      if (!other || other.lastTs < slot.lastTs) people.set(person, slot)
    }
    const places = new Map<string, readonly Binding[]>()
    const placesOf = (org: string) => {
      const known = places.get(org) ?? book.places(org)
      places.set(org, known)
      return known
    }
    const out: { slot: Slot; signal: Signal }[] = []
    const together = new Set<string>()
    for (const [city, people] of cities) {
      const present: Present[] = []
      for (const [who, slot] of people)
        if (!onDuty(slot, placesOf(slot.activation.org), now))
          present.push({ who, ts: slot.lastTs, lat: slot.lat, lon: slot.lon, accuracyM: slot.accuracyM })
      const [first] = people.values()
      if (!first) continue
      const { near, gatherings } = gather(
        this.#near.get(city) ?? new Map(),
        present,
        now,
        first.rules.gathered,
        (a, b) => atHome(people.get(a.who)) && atHome(people.get(b.who)),
      )
      this.#near.set(city, near)
      for (const gathering of gatherings)
        for (const who of gathering.members) {
          const slot = people.get(who)
          if (!slot) continue
          together.add(who)
          if (this.#told.has(who)) continue
          this.#told.set(who, slot.activation.no)
          out.push({ slot, signal: signOf(slot, gathering, now) })
        }
    }
    for (const [who, activationNo] of this.#told) {
      if (together.has(who)) continue
      this.#told.delete(who)
      const slot = fleet.get(activationNo)
      if (slot) out.push({ slot, signal: overFor(activationNo, now) })
    }
    for (const city of this.#near.keys()) if (!cities.has(city)) this.#near.delete(city)
    return out
  }
}

/** Within reach of his own residence. */
function atHome(slot: Slot | undefined): boolean {
  const home = slot?.activation.home
  return (
    slot !== undefined &&
    home !== undefined &&
    home !== null &&
    metresBetween(slot.lat, slot.lon, home.lat, home.lon) <= slot.rules.night.homeM + slot.accuracyM
  )
}

/** At a place where he must be now, or one of the unit's own. */
function onDuty(slot: Slot, places: readonly Binding[], now: number): boolean {
  const holds = ({ rule }: Binding) =>
    rule.area.distanceToEdgeM(slot.lat, slot.lon) <= slot.accuracyM && isActive(rule.calendar, now)
  return places.some(holds) || slot.sights.some(({ binding }) => binding.kind === 'required' && holds(binding))
}

function signOf(slot: Slot, { members, since, lat, lon }: Gathering, now: number): Signal {
  const others = members.length - 1
  const { withinM } = slot.rules.gathered
  const long = howLong(now - since)
  return {
    what: 'confirmed',
    kind: 'gathered',
    activationNo: slot.activation.no,
    fence: null,
    at: since,
    sureness: Math.min(0.9, 0.6 + 0.1 * others),
    place: { lat, lon },
    where: { zh: `与另外 ${others} 名社区矫正对象`, en: `with ${others} other supervised persons` },
    evidence: [
      tells(now, 'neighbour', 'for', {
        zh: `${when(since).zh} 起与另外 ${others} 名社区矫正对象相距 ${withinM} 米以内，已 ${long.zh}；并非同住在家，也不在应到场所`,
        en: `within ${withinM} m of ${others} other supervised persons since ${when(since).en}, ${long.en}; no household at home, no place of duty`,
      }),
    ],
    expectedS: slot.activation.intervalS,
  }
}

function overFor(activationNo: number, now: number): Signal {
  return {
    what: 'cleared',
    as: 'cleared',
    kind: 'gathered',
    activationNo,
    fence: null,
    at: now,
    evidence: [
      tells(now, 'neighbour', 'against', { zh: `${when(now).zh} 已经散去`, en: `apart again at ${when(now).en}` }),
    ],
  }
}
