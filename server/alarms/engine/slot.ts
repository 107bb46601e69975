import type { ApartEpisode } from '@zhijiao/geo/apart'
import { nothingKnown, type PresenceParameters, type PresenceState } from '@zhijiao/geo/presence'
import type { DeviceEvent } from '@zhijiao/wire/message'
import type { Binding } from '../../fences/index.ts'
import type { Trip } from '../trip.ts'
import type { Night } from './night.ts'
import type { SpoofSigns } from './spoof.ts'
import type { Stillness } from './still.ts'
import type { PresenceRow } from './store.ts'
import { presenceFor, shippedThresholds, type Thresholds } from './thresholds.ts'

/** One running activation 定位启用 as the database knows it. */
export interface Activation {
  readonly no: number
  readonly id: string
  readonly person: string
  readonly org: string
  readonly device: string
  readonly protocol: string
  /** check: information check of a phone; device: Art. 29 device, continuous. */
  readonly regime: 'check' | 'device'
  /** Planned seconds between positions. */
  readonly intervalS: number
  readonly startsAt: number
  readonly endsAt: number
  /** Registered residence; null where it has no coordinates. */
  readonly home: { readonly lat: number; readonly lon: number } | null
}

/** What is believed of one person and one fence. `lastTs` runs ahead of the state while nothing else changes. */
export interface Sight {
  readonly binding: Binding
  state: PresenceState
  lastTs: number
  /** A suspicion was told and neither confirmed nor cleared yet. */
  suspected: boolean
  /** A confirmed breach was told and stands. */
  breached: boolean
  /** Instant to look at the calendar or the dwelling time again, ms UTC; Infinity: never. */
  lookAt: number
  /** The breach stands under an approved leave. */
  onLeave: boolean
  /** The breach was told although approvals run: he stays where they do not lead. */
  strayed: Strayed | null
}

/** By which approvals it was judged, and whether he has reached where they lead since. */
export interface Strayed {
  readonly by: string
  readonly there: boolean
}

/** How far silence has come: 0 none, 1 link down, 2 yellow, 3 red, 4 search. */
export type Silence = 0 | 1 | 2 | 3 | 4

/** When a device last reported each damage, ms UTC. */
export type Damaged = Readonly<Partial<Record<DeviceEvent, number>>>

/** A position kept for pairing with the person's other device. */
export interface Spot {
  readonly ts: number
  readonly lat: number
  readonly lon: number
  readonly accuracyM: number
}

/**
 * The live state of one activation. Mutable on purpose: a hundred thousand of them change every second, and what each
 * change allocates is what limits a province.
 */
export class Slot {
  activation: Activation
  /** The numbers of the person's unit; shared with everyone under the same publications. */
  rules: Thresholds = shippedThresholds
  /** Those for deciding in or out, as the plan of this activation needs them; shared likewise. */
  presence: PresenceParameters = shippedThresholds.presence
  /** Up to where arrivals are contained in this state, per shard; nearly always one shard. */
  shard = -1
  inboxNo = 0
  otherShards: Map<number, number> | null = null
  lastTs = 0
  lat = 0
  lon = 0
  accuracyM = 0
  fixFlags = 0
  lastByteTs = 0
  batteryPct = -1
  charging = false
  steps = -1
  /** A heartbeat was ever heard: only then does silence of the link say more than silence of positions. */
  beats = false
  silence: Silence = 0
  silentSince = 0
  shutdownAt: number | null = null
  /** Silence before this is not counted (own stop, loading), ms UTC. */
  excusedUntil = 0
  /** The outage that already explains this silence in an episode, so that it is told once. */
  toldOutage: string | null = null
  /** Consistent reports of an open strap, and since when; 0: closed. */
  strapReports = 0
  strapSince = 0
  strapTold = false
  lowTold = false
  /** Damages it reports, and when it last did, ms UTC to a tenth of what counts as a repeat; null for nearly every device. */
  damaged: Damaged | null = null
  sights: Sight[] = []
  spoof: SpoofSigns | null = null
  /** Other running devices of the same person; null for nearly everyone. */
  siblings: Slot[] | null = null
  recent: Spot[] | null = null
  apartTold = false
  /** Pairs apart in a row, of a device beside the one that carries the episode; and its latest position paired, ms UTC. */
  apartRun: ApartEpisode | null = null
  pairedTs = 0
  /** When it was last asked for a position to compare, ms UTC, and why it is to be asked now. */
  comparedAt = 0
  compare: string | null = null
  /** Of bands only. */
  still: Stillness | null = null
  /** Only while a breach stands that an approval to be away bears on; looked at by the clock, not by fixes. */
  trip: Trip | null = null
  night: Night | null = null
  /** Changed in a way that replaying the inbox's tail would not restore. */
  dirty = false
  /** Units waiting to be written; a snapshot leaves such a slot to them. */
  queued = 0

  constructor(activation: Activation) {
    this.activation = activation
  }

  /** Takes the numbers of its unit, and again when its plan changed. */
  obey(rules: Thresholds): void {
    this.rules = rules
    this.presence = presenceFor(rules, this.activation.intervalS)
  }

  /** Whether a flush is already contained in this state. */
  contains(shard: number, no: number): boolean {
    if (shard === this.shard) return no <= this.inboxNo
    return no <= (this.otherShards?.get(shard) ?? 0)
  }

  advance(shard: number, no: number): void {
    if (shard === this.shard || this.shard === -1) {
      this.shard = shard
      this.inboxNo = no
      return
    }
    // The device changed gateways: remember where the old one stood.
    this.otherShards ??= new Map()
    this.otherShards.set(this.shard, this.inboxNo)
    this.shard = shard
    this.inboxNo = no
  }
}

/** Binds a slot to the fences of today, keeping what is known of those it already had. */
export function bind(slot: Slot, bindings: readonly Binding[]): void {
  if (bindings.length === slot.sights.length && bindings.every((b, i) => slot.sights[i]?.binding === b)) return
  slot.sights = bindings.map((binding) => {
    const old = slot.sights.find((s) => s.binding.id === binding.id)
    // The same outline under new terms keeps what was seen; another outline starts from nothing known.
    const seen = old && old.binding.rule.area === binding.rule.area
    return {
      binding,
      state: seen ? old.state : nothingKnown,
      lastTs: seen ? old.lastTs : 0,
      suspected: old?.suspected ?? false,
      breached: old?.breached ?? false,
      lookAt: 0,
      onLeave: old?.onLeave ?? false,
      strayed: old?.strayed ?? null,
    }
  })
  slot.dirty = true
}

/** What of a slot survives a restart, as JSON. Times in ms UTC. */
export interface KeptSlot {
  readonly v: 1
  readonly marks: Readonly<Record<string, number>>
  readonly fix: readonly [ts: number, lat: number, lon: number, accuracyM: number, flags: number] | null
  readonly byte: number
  readonly battery: number
  readonly charging: boolean
  readonly steps: number
  readonly beats: boolean
  readonly silence: Silence
  readonly silentSince: number
  readonly shutdownAt: number | null
  readonly excusedUntil: number
  readonly strap: readonly [reports: number, since: number, told: boolean]
  readonly low: boolean
  /** Absent where there is none, and in what was kept before it existed. */
  readonly damaged?: Damaged
  readonly apart: boolean
  /** Absent in what was kept before it existed. */
  readonly apartRun?: ApartEpisode | null
  readonly spoof: SpoofSigns | null
  readonly stillDays: Stillness['days']
  readonly nights: readonly string[]
  readonly sights: readonly {
    readonly fence: string
    readonly state: PresenceState
    readonly suspected: boolean
    readonly breached: boolean
    readonly onLeave: boolean
    /** Absent in what was kept before it existed. */
    readonly strayed?: Strayed | null
  }[]
}

function keep(slot: Slot): KeptSlot {
  return {
    v: 1,
    marks: {
      ...(slot.otherShards ? Object.fromEntries(slot.otherShards) : {}),
      ...(slot.shard === -1 ? {} : { [slot.shard]: slot.inboxNo }),
    },
    fix: slot.lastTs === 0 ? null : [slot.lastTs, slot.lat, slot.lon, slot.accuracyM, slot.fixFlags],
    byte: slot.lastByteTs,
    battery: slot.batteryPct,
    charging: slot.charging,
    steps: slot.steps,
    beats: slot.beats,
    silence: slot.silence,
    silentSince: slot.silentSince,
    shutdownAt: slot.shutdownAt,
    excusedUntil: slot.excusedUntil,
    strap: [slot.strapReports, slot.strapSince, slot.strapTold],
    low: slot.lowTold,
    ...(slot.damaged ? { damaged: slot.damaged } : {}),
    apart: slot.apartTold,
    apartRun: slot.apartRun,
    spoof: slot.spoof,
    stillDays: slot.still?.days ?? [],
    nights: slot.night?.away ?? [],
    sights: slot.sights.map((s) => ({
      fence: s.binding.id,
      state: s.state.lastTs === s.lastTs ? s.state : { ...s.state, lastTs: s.lastTs },
      suspected: s.suspected,
      breached: s.breached,
      onLeave: s.onLeave,
      ...(s.strayed ? { strayed: s.strayed } : {}),
    })),
  }
}

/** The row in which a slot survives; `at`: now, ms UTC. */
export const rowOf = (slot: Slot, at: number): PresenceRow => ({
  activationNo: slot.activation.no,
  person: slot.activation.person,
  org: slot.activation.org,
  shard: Math.max(0, slot.shard),
  no: slot.inboxNo,
  state: JSON.stringify(keep(slot)),
  at,
})

/** Takes back what `keep` gave; fences that no longer bind are left out. The slot is already bound. */
export function restore(slot: Slot, kept: KeptSlot): void {
  const marks = Object.entries(kept.marks)
  const [last] = marks.slice(-1)
  if (last) {
    slot.shard = Number(last[0])
    slot.inboxNo = last[1]
    if (marks.length > 1) slot.otherShards = new Map(marks.slice(0, -1).map(([shard, no]) => [Number(shard), no]))
  }
  if (kept.fix) [slot.lastTs, slot.lat, slot.lon, slot.accuracyM, slot.fixFlags] = kept.fix
  slot.lastByteTs = kept.byte
  slot.batteryPct = kept.battery
  slot.charging = kept.charging
  slot.steps = kept.steps
  slot.beats = kept.beats
  slot.silence = kept.silence
  slot.silentSince = kept.silentSince
  slot.shutdownAt = kept.shutdownAt
  slot.excusedUntil = kept.excusedUntil
  ;[slot.strapReports, slot.strapSince, slot.strapTold] = kept.strap
  slot.lowTold = kept.low
  slot.damaged = kept.damaged ?? null
  slot.apartTold = kept.apart
  slot.apartRun = kept.apartRun ?? null
  slot.spoof = kept.spoof
  if (kept.stillDays.length > 0) slot.still = { day: '', fixes: [], flags: 0, days: [...kept.stillDays] }
  if (kept.nights.length > 0)
    slot.night = {
      day: '',
      homeMs: 0,
      awayMs: 0,
      lastTs: 0,
      lastHome: false,
      away: [...kept.nights],
    }
  for (const sight of slot.sights) {
    const known = kept.sights.find((s) => s.fence === sight.binding.id)
    if (!known) continue
    sight.state = known.state
    sight.lastTs = known.state.lastTs
    sight.suspected = known.suspected
    sight.breached = known.breached
    sight.onLeave = known.onLeave
    sight.strayed = known.strayed ?? null
  }
}
