import { HOUR, MINUTE } from '@zhijiao/geo/day'
import { type Breach, truthOf } from '@zhijiao/twin/breaches'
import { batteryOf } from '@zhijiao/twin/errors'
import { handsetOf, type World } from '@zhijiao/twin/handset'
import { kindsOf } from '@zhijiao/twin/intake/terms'
import type { Person } from '@zhijiao/twin/people'
import type { TruthLine } from './match.ts'

/** Silence from this long on must be told; shorter silences may be. */
const dueSilenceMs = 75 * MINUTE
const anySilenceMs = 20 * MINUTE
/**
 * A phone under the information check may be off for three hours (LOC-14); from then on its silence may be told. None has
 * to be: no script switches phones off, and how soon hours of them must be told is a province's to say.
 */
const phoneSilenceMs = 3 * HOUR

/**
 * What truly happened to one person and the band: the script and the way that was gone, and what nobody scripted but is
 * as true: a flat battery, a silence for whatever reason.
 */
export function fullTruth(
  world: World,
  person: Person,
  breaches: readonly Breach[],
  from: number,
  to: number,
): TruthLine[] {
  const scripted = truthOf(world.geography, person, breaches, from, to).flatMap((t): TruthLine[] =>
    // One night away is no alarm by the rules (three in seven are); what a curfew forbids is told as requiredAbsent.
    t.kind === 'leave' || t.kind === 'nightAbsent' ? [] : [{ ...t, due: true }],
  )
  const batteries = kindsOf(person).flatMap((kind) => flat(world, person, kind, from, to))
  return [...scripted, ...batteries, ...kindsOf(person).flatMap((kind) => silences(world, person, kind, from, to))]
}

function silences(world: World, person: Person, kind: 'band' | 'phone', from: number, to: number): TruthLine[] {
  const device = handsetOf(world, person, kind, from)
  const least = kind === 'band' ? anySilenceMs : phoneSilenceMs
  const lines: TruthLine[] = []
  let since: number | null = null
  for (let ts = from; ts <= to; ts += MINUTE) {
    const silent = ts < to && !device.linked(ts)
    if (silent) since ??= ts
    else if (since !== null) {
      if (ts - since >= least)
        lines.push({
          kind: 'lostContact',
          person: person.number,
          start: since,
          end: ts,
          due: kind === 'band' && ts - since >= dueSilenceMs,
          intervalMs: kind === 'band' ? 0 : HOUR,
        })
      since = null
    }
  }
  return lines
}

/** At or under ten percent and off the charger for more than half an hour. */
function flat(world: World, person: Person, kind: 'band' | 'phone', from: number, to: number): TruthLine[] {
  const battery = batteryOf(world.geography.seed, `${kind} ${person.index}`, kind, world.errors)
  const lines: TruthLine[] = []
  let since: number | null = null
  for (let ts = from; ts <= to; ts += 5 * MINUTE) {
    const { pct, charging } = battery(ts)
    const low = ts < to && pct <= 10 && !charging
    if (low) since ??= ts
    else if (since !== null) {
      lines.push({
        kind: 'lowBattery',
        person: person.number,
        start: since,
        end: ts,
        due: kind === 'band' && ts - since >= HOUR,
      })
      since = null
    }
  }
  return lines
}
