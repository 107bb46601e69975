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
  return [...scripted, ...batteries, ...(person.band ? silences(world, person, from, to) : [])]
}

function silences(world: World, person: Person, from: number, to: number): TruthLine[] {
  const band = handsetOf(world, person, 'band', from)
  const lines: TruthLine[] = []
  let since: number | null = null
  for (let ts = from; ts <= to; ts += MINUTE) {
    const silent = ts < to && !band.linked(ts)
    if (silent) since ??= ts
    else if (since !== null) {
      if (ts - since >= anySilenceMs)
        lines.push({
          kind: 'lostContact',
          person: person.number,
          start: since,
          end: ts,
          due: ts - since >= dueSilenceMs,
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
