import { HOUR, MINUTE } from '@zhijiao/geo/day'
import { metresBetween } from '@zhijiao/geo/distance'
import { onLeave, trueTurn } from '@zhijiao/twin/breaches'
import { batteryOf } from '@zhijiao/twin/errors'
import { handsetOf, type World } from '@zhijiao/twin/handset'
import { turnOf, whereabouts } from '@zhijiao/twin/movement'
import type { Person } from '@zhijiao/twin/people'
import type { TruthLine } from './match.ts'

const clock = (ts: number) => new Date(ts + 8 * HOUR).toISOString().slice(5, 16)

/** What truly was about a moment, in one line: to find whether an alarm was wrong or the truth was. */
export function truthAbout(
  world: World,
  person: Person,
  ts: number,
  from: number,
  truths: readonly TruthLine[],
): string {
  const at = whereabouts(trueTurn(world.geography, person, turnOf(person, ts), world.breaches), ts)
  const band = person.band ? handsetOf(world, person, 'band', from) : null
  const { area } = world.geography.territoryOf(person.county)
  const battery = band ? batteryOf(world.geography.seed, `band ${person.index}`, 'band', world.errors)(ts) : null
  const closest = truths
    .filter((t) => t.person === person.number)
    .sort((a, b) => Math.abs(a.start - ts) - Math.abs(b.start - ts))
    .slice(0, 3)
  const unlinked: string[] = []
  if (band) {
    let since: number | null = null
    for (let t = ts - 2 * HOUR; t <= ts + 3 * HOUR; t += MINUTE) {
      const off = !band.linked(t)
      if (off && since === null) since = t
      if (!off && since !== null) {
        unlinked.push(`${clock(since)}+${Math.round((t - since) / MINUTE)}min`)
        since = null
      }
    }
    if (since !== null) unlinked.push(`${clock(since)}…`)
  }
  return [
    `${Math.round(metresBetween(at.lat, at.lon, person.home.lat, person.home.lon))} m from home`,
    at.moving ? `moving ${Math.round(at.speedKmh)} km/h` : at.indoors ? 'indoors' : 'in the open',
    area.contains(at.lat, at.lon) ? 'inside' : 'outside',
    ...(onLeave(person, ts) ? ['on leave'] : []),
    ...(band
      ? [
          `${person.band?.protocol} each ${person.band?.intervalS} s`,
          `battery ${battery?.pct} %`,
          `without network: ${unlinked.join(', ') || 'never'}`,
        ]
      : []),
    `truths: ${closest.map((t) => `${t.kind} ${clock(t.start)}–${clock(t.end)}${t.due ? '' : ' (may)'}`).join(', ') || 'none'}`,
  ].join('; ')
}
