import type { Protocol } from '@zhijiao/contract/devices'
import type { CellTable } from '@zhijiao/geo/cells'
import { type Fix, FixFault, FixFlag } from '@zhijiao/geo/fix'
import type { DeviceEvent, Message, WireFix } from '@zhijiao/wire/message'
import type { House } from '../core/house.ts'
import { type KnownActivation, type KnownDevice, openSecret, type Registry } from '../devices/index.ts'
import {
  cellFixOf,
  EventFlag,
  fixOf,
  type Ingest,
  judge,
  promptMs,
  type RefusalReason,
  Standing,
  termAt,
} from '../positions/index.ts'
import type { Proofs } from './proof.ts'
import type { Tally } from './tally.ts'

/** One device as it speaks over one connection or in one request. */
export interface Speaker {
  readonly protocol: Protocol
  /** As it travels. */
  readonly identity: string
  known: KnownDevice | undefined
  /** Version of the register `known` is from. */
  version: number
  /** Proved its identity with its secret. */
  proven: boolean
  /** Sessions are numbered; requests of one device share number 0. */
  readonly session: number
  /** Milliseconds UTC; null where there is no connection. */
  readonly connectedAt: number | null
  readonly remote: string | null
}

/** Activations whose doubted lines are remembered at once. */
const mostShades = 1_000

/** A phone that sends more than it may is told so at most this often, milliseconds. */
const slowDownEveryMs = 6 * 3_600_000

/** What a decoded message does, whatever protocol it came in: judge its fixes, put what is kept into the batch, count the rest. */
export class Reception {
  readonly #house: House
  readonly #registry: Registry
  readonly #ingest: Ingest
  readonly #tally: Tally
  readonly #proofs: Proofs
  readonly #slowed = new Map<string, number>()
  /** A source exceeds its ceiling: told to slow down. */
  onSurplus: (device: KnownDevice, term: KnownActivation) => void = () => undefined
  cells: CellTable = new Map()

  constructor(house: House, registry: Registry, ingest: Ingest, tally: Tally, proofs: Proofs) {
    this.#house = house
    this.#registry = registry
    this.#ingest = ingest
    this.#tally = tally
    this.#proofs = proofs
  }

  speaker(
    protocol: Protocol,
    identity: string,
    session: number,
    connectedAt: number | null,
    remote: string | null,
  ): Speaker {
    return {
      protocol,
      identity,
      known: this.#registry.find(protocol, identity),
      version: this.#registry.version,
      proven: false,
      session,
      connectedAt,
      remote,
    }
  }

  /** Looks the device up again when the register has changed since. */
  refresh(speaker: Speaker): KnownDevice | undefined {
    if (speaker.version !== this.#registry.version) {
      const before = speaker.known
      speaker.known = this.#registry.find(speaker.protocol, speaker.identity)
      speaker.version = this.#registry.version
      // A new secret must be proved anew.
      if (before && speaker.known && !sameSecret(this.#house, before, speaker.known)) {
        speaker.proven = false
        this.#proofs.renewed(speaker.known, this.#house.chance.now())
      }
    }
    return speaker.known
  }

  /**
   * Takes a message. True when something of it waits to become durable, so that its answer must wait too: also when it only
   * says again what another message brought and what is still on its way, because an answer lets the device forget both.
   */
  take(speaker: Speaker, message: Message, now: number): boolean {
    const device = this.refresh(speaker)
    if (!device) {
      this.#tally.stranger(speaker.protocol, speaker.identity, now, speaker.remote, ...introduced(message))
      return false
    }
    this.#doubted = this.#proofs.doubts(speaker, device, now)
    if (speaker.proven) this.#proofs.heard(device, now)
    else if (message.type !== 'authenticate' && message.type !== 'register')
      this.#proofs.unproven(device, 'noProof', now)
    switch (message.type) {
      case 'position':
      case 'reply':
        return this.#takeFixes(speaker, device, message.fixes, now)
      case 'event': {
        const fixes = message.fixes.length > 0 && this.#takeFixes(speaker, device, message.fixes, now)
        const events = this.#takeEvents(device, message.events, message.time, now, message.blind)
        return fixes || events
      }
      case 'heartbeat': {
        this.#contact(device, now, message.batteryPct, message.steps)
        return this.#takeEvents(device, message.events, null, now)
      }
      case 'network': {
        this.#contact(device, now, message.batteryPct, null)
        const { time, cells, batteryPct } = message
        const fix = cellFixOf(cells, this.cells, { ts: time ?? now, blind: false, batteryPct, proven: speaker.proven })
        return fix !== null && this.#keep(speaker, device, fix, now, true, [])
      }
      default:
        this.#contact(device, now, null, null)
        return false
    }
  }

  /** Entries of a device that could not be read: counted, and answered as received, or it would send them for ever. */
  malformed(device: KnownDevice, count: number, now: number): void {
    this.#tally.refused(device, termAt(device, now)?.no ?? 0, 'malformed', count, now)
  }

  /** A position was asked for: one may come beyond the ceiling. */
  prompted(device: KnownDevice, now: number): void {
    const term = termAt(device, now)
    if (!term) return
    const standing = this.#ingest.standing(term)
    standing.prompts = Math.min(standing.prompts + 1, 10)
    standing.promptUntil = now + promptMs
  }

  #takeFixes(speaker: Speaker, device: KnownDevice, sent: readonly WireFix[], now: number): boolean {
    const ordered = inOrder(sent)
    const last = ordered.length - 1
    let kept = false
    for (let i = 0; i <= last; i++) {
      const one = ordered[i]
      if (one && this.#keep(speaker, device, this.#fixOf(one, device, speaker.proven), now, i === last, one.events))
        kept = true
    }
    const newest = ordered[last]
    if (newest) this.#contact(device, now, newest.batteryPct, null, newest.charging)
    this.#flushRefused(device, now)
    return kept
  }

  #fixOf(sent: WireFix, device: KnownDevice, proven: boolean): Fix {
    if (!sent.valid && sent.cells.length > 0) {
      const { time: ts, blind, batteryPct, cells } = sent
      const placed = cellFixOf(cells, this.cells, { ts, blind, batteryPct, proven })
      if (placed) return placed
    }
    return fixOf(sent, device.crs, proven)
  }

  // Counts of one message, so that a device that floods costs no look-up a fix.
  #refusedReason: RefusalReason | null = null
  #refusedNo = 0
  #refusedCount = 0

  #keep(
    speaker: Speaker,
    device: KnownDevice,
    fix: Fix,
    now: number,
    newest: boolean,
    events: readonly DeviceEvent[],
  ): boolean {
    this.#arrival.receivedAt = now
    this.#arrival.connectedAt = speaker.connectedAt
    this.#arrival.session = speaker.session
    this.#arrival.newest = newest
    const judged = judge(device, this.#doubted ? this.#shadeOf : this.#standingOf, fix, this.#arrival)
    if (!judged.kept) {
      if (judged.reason !== this.#refusedReason || judged.no !== this.#refusedNo) this.#flushRefused(device, now)
      this.#refusedReason = judged.reason
      this.#refusedNo = judged.no
      this.#refusedCount++
      if (newest) this.#flushRefused(device, now)
      if (judged.standing && judged.reason === 'overCeiling') this.#slowDown(device, judged.standing.activation, now)
      const { standing, reason } = judged
      const stored = (fix.flags & FixFlag.blind) !== 0
      // A place outside the term leaves nothing; a device that cries out now with a wrong clock is heard.
      if (reason === 'outOfTerm')
        return !stored && termAt(device, now) !== null && this.#takeEvents(device, events, fix.ts, now)
      if (standing === null || reason === 'tooLate') return false
      if (reason === 'overCeiling') standing.order.heard(fix.ts, now)
      // What a device cries out is heard even when its place is one too many.
      const cried = this.#takeEvents(device, events, fix.ts, now, stored)
      return cried || this.#ingest.inFlight(this.#ingest.standing(standing.activation))
    }
    const { standing } = judged
    const { fault, ts } = judged.fix
    if (this.#doubted)
      this.#ingest.keep(
        this.#ingest.standing(standing.activation),
        { ...judged.fix, flags: judged.fix.flags | FixFlag.doubted },
        false,
        now,
      )
    else this.#ingest.keep(standing, judged.fix, judged.live, now)
    // By the device's own word only, and not by its age: see ReportOrder.
    const blind = (fix.flags & FixFlag.blind) !== 0
    const timeless =
      fault === FixFault.clockWrong || fault === FixFault.fromTheFuture || (fault === FixFault.tooOld && !blind)
    if (!timeless) standing.order.heard(ts, now)
    for (const kind of events) this.#tell(standing, kind, timeless ? null : ts, now, blind)
    return true
  }

  readonly #arrival = { receivedAt: 0, connectedAt: null as number | null, session: 0, newest: true }
  readonly #standingOf = (term: KnownActivation) => this.#ingest.standing(term)

  /** What is taken now comes on a line that shows no secret while the device itself does. */
  #doubted = false
  /** What is remembered of such lines, apart: what they say must not make the device's own word look late, far or one too many. */
  readonly #shades = new Map<number, Standing>()
  readonly #shadeOf = (term: KnownActivation): Standing => {
    const known = this.#shades.get(term.no)
    const { gates } = this.#ingest.standing(term)
    if (known) {
      known.activation = term
      known.gates = gates
      return known
    }
    if (this.#shades.size >= mostShades) this.#shades.clear()
    const shade = new Standing(term, gates)
    this.#shades.set(term.no, shade)
    return shade
  }

  #flushRefused(device: KnownDevice, now: number): void {
    if (this.#refusedReason !== null && this.#refusedCount > 0)
      this.#tally.refused(device, this.#refusedNo, this.#refusedReason, this.#refusedCount, now)
    this.#refusedReason = null
    this.#refusedCount = 0
  }

  /**
   * Events without a position of their own. `said`: when by the device's clock, null where it has none. A time that is none
   * (before any such device, ahead, or so long ago that no store reaches back) finds no term, and neither does a slow clock
   * of a device that speaks now: then the arrival decides. Stored before the term, it is counted and nothing of it stays.
   */
  #takeEvents(
    device: KnownDevice,
    events: readonly DeviceEvent[],
    said: number | null,
    now: number,
    blind = false,
  ): boolean {
    if (events.length === 0) return false
    const within = said === null ? null : termAt(device, said)
    const term = within ?? termAt(device, now)
    if (!term) {
      this.#tally.refused(device, 0, device.activations.length === 0 ? 'noActivation' : 'outOfTerm', events.length, now)
      return false
    }
    const standing = this.#doubted ? this.#shadeOf(term) : this.#ingest.standing(term)
    const { earliestTs, futureMs, tooOldMs } = standing.gates
    const ahead = said !== null && said > now && said <= now + futureMs
    const none =
      said === null || said < earliestTs || said > now + futureMs || (said < now - tooOldMs && !(within && blind))
    if (within === null && blind && !none && !ahead) {
      this.#tally.refused(device, term.no, 'outOfTerm', events.length, now)
      return false
    }
    const ts = none || (within === null && !ahead) ? null : said
    // A cry without a clock has no place in the order.
    if (ts !== null) standing.order.heard(ts, now)
    // That a device has no clock is no news of what it says at once.
    if (said === null && !blind) for (const kind of events) this.#put(standing, kind, now, false, 0, now)
    else for (const kind of events) this.#tell(standing, kind, ts, now, blind)
    return this.#ingest.inFlight(this.#ingest.standing(term))
  }

  /** Without a time to believe (`ts` null) a cry for help and an open strap are of now; the rest stays what the device calls it. */
  #tell(standing: Standing, kind: DeviceEvent, ts: number | null, now: number, blind: boolean): void {
    if (ts === null) {
      const ofNow = kind === 'sos' || kind === 'strapOpen'
      this.#put(standing, kind, now, blind && !ofNow, EventFlag.clockWrong, now)
      return
    }
    const late = standing.order.outrun(kind, ts, now)
    this.#put(standing, kind, ts, blind, late ? EventFlag.late : 0, now)
  }

  #put(standing: Standing, kind: DeviceEvent, ts: number, blind: boolean, flags: number, now: number): void {
    if (!standing.news.isNew(kind, ts, blind || (flags & EventFlag.late) !== 0)) return
    const known = this.#ingest.standing(standing.activation)
    this.#ingest.event(known, { kind, ts, blind, flags: this.#doubted ? flags | EventFlag.doubted : flags }, now)
  }

  #contact(
    device: KnownDevice,
    now: number,
    batteryPct: number | null,
    steps: number | null,
    charging: boolean | null = null,
  ): void {
    // Who only knows the number is no sign of life of the device.
    if (this.#doubted) return
    this.#tally.seen(device, now, batteryPct, charging)
    const term = termAt(device, now)
    if (term) this.#ingest.contact(term, now, batteryPct, steps)
  }

  #slowDown(device: KnownDevice, term: KnownActivation, now: number): void {
    const last = this.#slowed.get(device.id)
    if (last !== undefined && now - last < slowDownEveryMs) return
    this.#slowed.set(device.id, now)
    this.#house.log.info({ device: device.id }, 'a source exceeds its sampling ceiling and is told to slow down')
    this.onSurplus(device, term)
  }
}

/** Sealed anew under another master key, it is still the same. */
const sameSecret = ({ vault }: Pick<House, 'vault'>, a: KnownDevice, b: KnownDevice) =>
  a.secret === b.secret ||
  (a.secret !== null &&
    b.secret !== null &&
    (a.secret.equals(b.secret) || openSecret(vault, a.secret) === openSecret(vault, b.secret)))

/** Those that arrived together go in time order; nearly always they already do. */
function inOrder(fixes: readonly WireFix[]): readonly WireFix[] {
  for (let i = 1; i < fixes.length; i++)
    if ((fixes[i]?.time ?? 0) < (fixes[i - 1]?.time ?? 0)) return [...fixes].sort((a, b) => a.time - b.time)
  return fixes
}

/** How a stranger introduced himself, and the county he was set up for. */
function introduced(message: Message): [Record<string, unknown>, string] {
  if (message.type !== 'register') return [{}, '']
  const { province, county, maker, model, terminal } = message.registration
  const code = `${String(province).padStart(2, '0')}${String(county).padStart(4, '0')}`
  // 0000 says "set up for no county in particular".
  const hint = /^[1-9]\d{5}$/.test(code) && county > 0 ? code : ''
  return [{ maker, model, terminal, province, county }, hint]
}
