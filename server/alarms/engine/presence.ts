import { nextChange } from '@zhijiao/geo/calendar'
import { noPlace } from '@zhijiao/geo/counts'
import { breachSide, standing } from '@zhijiao/geo/fence'
import { type Fix, FixFault, FixFlag } from '@zhijiao/geo/fix'
import { lapse, type Observation, observe, type PresenceSignal, type Use } from '@zhijiao/geo/presence'
import type { Cleared, Sign, Signal } from '../domain.ts'
import type { AlarmKindName, Said } from '../kinds.ts'
import { howFar, when } from '../words.ts'
import { placeOf, presenceEvidence } from './evidence.ts'
import type { Sight, Slot } from './slot.ts'

const unusableLive = noPlace | FixFlag.blind | FixFlag.late | FixFlag.imported
// One object for all calls: at a hundred thousand fixes a second even an options bag counts.
const options: { use: Use; detectedTs: number } = { use: 'live', detectedTs: 0 }

/** While positions speak against a breach that a calendar would tell, it is looked at again this soon, ms. */
const contraryMs = 60_000

export const kindOf: Readonly<Record<Sight['binding']['kind'], AlarmKindName>> = {
  livingArea: 'boundaryOut',
  required: 'requiredAbsent',
  forbidden: 'forbiddenIn',
}
/**
 * Takes one live fix into account for every fence that binds the slot. Nearly every fix of nearly everyone says "still on
 * the right side": that path allocates nothing.
 */
export function seeFix(slot: Slot, fix: Fix, now: number, out: Signal[]): void {
  const { presence } = slot
  const usable =
    fix.fault === FixFault.none && (fix.flags & unusableLive) === 0 && fix.accuracyM <= presence.accuracyGateM
  for (const sight of slot.sights) {
    const { state } = sight
    const rule = sight.binding.rule
    if (
      usable &&
      state.firm &&
      state.run === null &&
      fix.ts > sight.lastTs &&
      fix.ts - sight.lastTs <= presence.silenceMs &&
      rule.area.distanceToEdgeM(fix.lat, fix.lon) > 0 === (state.at === 'out')
    ) {
      sight.lastTs = fix.ts
      if (now >= sight.lookAt) look(slot, sight, now, out)
      continue
    }
    if (!usable && state.run === null) continue
    seeOne(slot, sight, fix, now, out)
  }
}

function seeOne(slot: Slot, sight: Sight, fix: Fix, now: number, out: Signal[]): void {
  const before = sight.state.lastTs === sight.lastTs ? sight.state : { ...sight.state, lastTs: sight.lastTs }
  options.detectedTs = now
  const { state, signal }: Observation = observe(before, fix, sight.binding.rule, slot.presence, options)
  sight.state = state
  sight.lastTs = state.lastTs
  if (state.at !== before.at || state.firm !== before.firm || state.run !== before.run) slot.dirty = true
  const breach = breachSide(sight.binding.rule)
  if (signal) tell(slot, sight, fix, signal, breach === signal.to, now, out)
  else if (sight.suspected && state.run?.to === breach && before.run !== state.run && state.run.count > 1)
    out.push(grown(slot, sight, fix, now))
  // A breach that was told but not yet firm is answered by the side that keeps the rule.
  if (now >= sight.lookAt) look(slot, sight, now, out)
}

function tell(
  slot: Slot,
  sight: Sight,
  fix: Fix,
  signal: PresenceSignal,
  breaks: boolean,
  now: number,
  out: Signal[],
): void {
  if (breaks && signal.kind === 'suspected') {
    const holds = standing(sight.binding.rule, signal.to, signal.eventTs, now).kind === 'breached'
    if (!holds || sight.suspected || sight.breached) return
    sight.suspected = true
    out.push(sign(slot, sight, fix, signal, 'suspected', signal.eventTs, now))
    return
  }
  if (breaks && signal.kind === 'confirmed') {
    sight.lookAt = 0
    look(slot, sight, now, out, fix, signal)
    return
  }
  if (!breaks && (signal.kind === 'cleared' || signal.kind === 'confirmed')) back(slot, sight, fix, now, out)
}

/** The rule is kept again. */
function back(slot: Slot, sight: Sight, fix: Fix | null, now: number, out: Signal[]): void {
  sight.lookAt = nextLook(sight, now)
  if (!sight.suspected && !sight.breached) return
  sight.suspected = false
  sight.breached = false
  sight.onLeave = false
  sight.strayed = null
  slot.dirty = true
  out.push(clearedBy(slot, sight, fix, now))
}

function clearedBy(slot: Slot, sight: Sight, fix: Fix | null, now: number): Cleared {
  const ts = fix?.ts ?? now
  const inside = breachSide(sight.binding.rule) === 'out'
  const said: Said = inside
    ? {
        zh: `${when(ts).zh} 定位已回到“${sight.binding.name}”内`,
        en: `back inside ${sight.binding.name} at ${when(ts).en}`,
      }
    : {
        zh: `${when(ts).zh} 定位已离开“${sight.binding.name}”`,
        en: `outside ${sight.binding.name} again at ${when(ts).en}`,
      }
  return {
    what: 'cleared',
    as: 'cleared',
    ...matter(slot, sight),
    at: ts,
    evidence: [
      { at: new Date(ts).toISOString(), kind: 'fix', speaks: 'against', ...said, ...(fix ? placeOf(fix) : {}) },
    ],
  }
}

/**
 * Looks at a firm side through the fence's calendar and dwelling time. Called when the side becomes firm, when a window
 * opens or closes, and when the dwelling time is over; sets when to look again.
 */
export function look(
  slot: Slot,
  sight: Sight,
  now: number,
  out: Signal[],
  fix: Fix | null = null,
  signal: PresenceSignal | null = null,
): void {
  sight.lookAt = nextLook(sight, now)
  const { binding } = sight
  // What was firm before a long silence is unknown now, and the unknown breaches nothing.
  if (fix === null) {
    sight.state = lapse(
      sight.state.lastTs === sight.lastTs ? sight.state : { ...sight.state, lastTs: sight.lastTs },
      now,
      slot.presence,
    )
  }
  const { state } = sight
  const breach = breachSide(binding.rule)
  if (!state.firm || state.at !== breach) return
  // Seen on the side that keeps the rule, though not often enough to be sure: nobody is accused by the clock meanwhile.
  if (state.run !== null && state.run.to !== breach && !sight.breached) {
    sight.lookAt = Math.min(sight.lookAt, now + contraryMs)
    return
  }
  const stands = standing(binding.rule, state.at, state.since, now)
  if (stands.kind === 'dwelling') {
    sight.lookAt = stands.breachAt
    return
  }
  if (stands.kind === 'off') {
    if (sight.breached || sight.suspected) windowOver(slot, sight, now, out)
    return
  }
  if (stands.kind !== 'breached' || sight.breached) return
  const graceMs = slot.rules.graceMin * 60_000
  if (binding.kind === 'required' && now - stands.since < graceMs) {
    sight.lookAt = stands.since + graceMs
    return
  }
  sight.breached = true
  sight.suspected = false
  slot.dirty = true
  out.push(sign(slot, sight, fix, signal, 'confirmed', stands.since, now))
}

/** The time window closed: what was told stays told, nothing new is pursued. */
function windowOver(slot: Slot, sight: Sight, now: number, out: Signal[]): void {
  sight.breached = false
  sight.suspected = false
  sight.strayed = null
  slot.dirty = true
  const said = { zh: `“${sight.binding.name}”的时段已结束`, en: `the hours of ${sight.binding.name} are over` }
  out.push({
    what: 'cleared',
    as: 'cleared',
    ...matter(slot, sight),
    at: now,
    evidence: [{ at: new Date(now).toISOString(), kind: 'calendar', speaks: 'neither', ...said }],
  })
}

function nextLook(sight: Sight, now: number): number {
  const { calendar } = sight.binding.rule
  return calendar === null ? Number.POSITIVE_INFINITY : (nextChange(calendar, now) ?? now + 6 * 3_600_000)
}

function matter(slot: Slot, sight: Sight) {
  return {
    kind: kindOf[sight.binding.kind],
    activationNo: slot.activation.no,
    fence: { id: sight.binding.id, name: sight.binding.name },
  }
}

function sign(
  slot: Slot,
  sight: Sight,
  fix: Fix | null,
  signal: PresenceSignal | null,
  what: 'suspected' | 'confirmed',
  at: number,
  now: number,
): Sign {
  const evidence = signal
    ? presenceEvidence(signal, fix)
    : [
        {
          at: new Date(now).toISOString(),
          kind: 'calendar',
          speaks: 'for' as const,
          ...since(sight, now),
        },
      ]
  return {
    what,
    ...matter(slot, sight),
    at,
    sureness: signal?.sureness ?? 0.9,
    place: fix ? { lat: fix.lat, lon: fix.lon } : slot.lastTs > 0 ? { lat: slot.lat, lon: slot.lon } : null,
    where: whereOf(sight, fix ?? (slot.lastTs > 0 ? slot : null)),
    evidence,
    expectedS: slot.activation.intervalS,
  }
}

function grown(slot: Slot, sight: Sight, fix: Fix, now: number): Sign {
  const run = sight.state.run
  const last = run?.marks.at(-1)
  const base = sign(slot, sight, fix, null, 'suspected', run?.firstTs ?? fix.ts, now)
  if (!run || !last) return { ...base, what: 'grew' }
  const signal: PresenceSignal = {
    kind: 'suspected',
    to: run.to,
    eventTs: run.firstTs,
    detectedTs: now,
    sureness: Math.min(0.99, Math.round((1 - run.doubt) * 100) / 100),
    evidenceFor: [{ kind: 'past-the-line', ...last }],
    evidenceAgainst: [],
  }
  return { ...base, what: 'grew', sureness: signal.sureness, evidence: presenceEvidence(signal, fix) }
}

function since(sight: Sight, now: number): Said {
  return breachSide(sight.binding.rule) === 'out'
    ? {
        zh: `${when(now).zh} 仍不在“${sight.binding.name}”内，时段已开始`,
        en: `still not at ${sight.binding.name} at ${when(now).en}, and its hours have begun`,
      }
    : {
        zh: `${when(now).zh} 仍在“${sight.binding.name}”内`,
        en: `still inside ${sight.binding.name} at ${when(now).en}`,
      }
}

/** Where, without a map: how far past the line. */
function whereOf(sight: Sight, at: { readonly lat: number; readonly lon: number } | null): Said {
  if (!at) return { zh: '', en: '' }
  const metres = sight.binding.rule.area.distanceToEdgeM(at.lat, at.lon)
  const far = howFar(Math.abs(metres))
  const atLeast =
    Math.abs(metres) > sight.binding.rule.area.exactWithinM ? { zh: '超过 ', en: 'more than ' } : { zh: '', en: '' }
  return metres > 0
    ? { zh: `距边界外${atLeast.zh || ' '}${far.zh}`, en: `${atLeast.en}${far.en} outside the line` }
    : { zh: `在界内 ${atLeast.zh}${far.zh}`, en: `${atLeast.en}${far.en} inside the line` }
}
