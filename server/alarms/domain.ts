import type { Evidence } from '@zhijiao/contract/alarms'
import type { AlarmKindName, KindRow, Said } from './kinds.ts'
import { fill, howLong, howSure, when } from './words.ts'

/**
 * An episode 警情: one matter with one person, from the first sign to its end. Signs never become alarms one by one; they
 * gather here as evidence for and against, and only what withstands the ladder reaches an officer. Nothing here decides
 * anything about the person: the machine proposes, a named officer finds.
 */
export interface Episode {
  readonly id: string
  readonly kind: AlarmKindName
  readonly person: string
  readonly org: string
  readonly activationNo: number | null
  readonly fence: { readonly id: string; readonly name: string } | null
  /** gathering: the ladder runs; raised: an officer has it; submitted: its closure awaits review; settled: over. */
  readonly state: 'gathering' | 'raised' | 'submitted' | 'settled'
  readonly level: number
  /** Milliseconds UTC: when it happened, when we knew, when an officer was told, when it ended. */
  readonly beganAt: number
  readonly detectedAt: number
  readonly raisedAt: number | null
  readonly settledAt: number | null
  readonly settledAs: SettledAs | null
  /** 0–1; orders cases, is no probability to quote in a decision. */
  readonly sureness: number
  readonly place: Place | null
  readonly evidence: readonly Evidence[]
  readonly ladder: Ladder
  /** When the next rung is due, ms UTC; null unless gathering. */
  readonly nextStepAt: number | null
}

export type SettledAs = 'cleared' | 'ranOut' | 'leave' | 'outage' | 'termEnded' | 'merged'

export interface Place {
  readonly lat: number
  readonly lon: number
}

/** The ladder 递进核实: locate again, prompt the person, wait; then an officer. */
export interface Ladder {
  /** Seconds of the first wait. */
  readonly waitS: number
  readonly steps: number
  /** Several independent signs agree. */
  readonly firm: boolean
  /** Seconds within which a healthy device would have spoken by itself. */
  readonly expectedS: number
  readonly where: Said
  readonly battery: Said
}

/** What a sign is about. Two signs about the same matter belong to one episode. */
export interface Matter {
  readonly kind: AlarmKindName
  readonly activationNo: number | null
  readonly fence: { readonly id: string; readonly name: string } | null
}

/** suspected: a first sign; confirmed: several agree; grew: one more. */
export interface Sign extends Matter {
  readonly what: 'suspected' | 'confirmed' | 'grew'
  /** When it happened, ms UTC. */
  readonly at: number
  readonly sureness: number
  readonly place: Place | null
  readonly where: Said
  readonly battery?: Said
  readonly evidence: readonly Evidence[]
  readonly expectedS: number
}

/** The rule is kept again: back inside, heard again, strap closed, charged. */
export interface Cleared extends Matter {
  readonly what: 'cleared'
  readonly at: number
  readonly as: 'cleared' | 'ranOut'
  readonly evidence: readonly Evidence[]
}

/** Something that excuses: an approved leave, an outage of the platform or the network. */
export interface Excused extends Matter {
  readonly what: 'excused'
  readonly by: 'leave' | 'outage'
  readonly at: number
  readonly evidence: readonly Evidence[]
}

/** Evidence that came late (stored on the device, imported): it is kept and never moves an episode. */
export interface Annotation extends Matter {
  readonly what: 'annotated'
  readonly evidence: readonly Evidence[]
}

export type Signal = Sign | Cleared | Excused | Annotation

export interface Circumstance {
  /** Milliseconds UTC. */
  readonly now: number
  id(): string
  readonly person: string
  readonly org: string
}

/** What is to be done beside storing the episode. */
export interface Decision {
  readonly episode: Episode
  readonly fact: 'opened' | 'raised' | 'settled' | 'grew' | 'waited'
  /** Ask the device for a burst of positions and send the person the kind's text. */
  readonly ask: boolean
}

/** Silence has one cause and three names; only the gravest of them is one matter. */
const silence: readonly AlarmKindName[] = ['noPosition', 'lostContact', 'powerOff']
/** What a device says of itself is that device's matter; the rest is the person's, whoever saw it. */
const ofDevice: ReadonlySet<AlarmKindName> = new Set([...silence, 'strapOpen', 'deviceDamaged', 'lowBattery', 'spoof'])
/** A charged battery needs no officer to say so, even when he was told it was low. */
const settlesItself: ReadonlySet<AlarmKindName> = new Set(['lowBattery'])
const mostEvidence = 40

/** Whether an episode is about this matter, one of silence's names counting for the others (P20). */
export function concerns(episode: Episode, matter: Matter): boolean {
  if (ofDevice.has(matter.kind) && episode.activationNo !== matter.activationNo) return false
  if (silence.includes(episode.kind) && silence.includes(matter.kind)) return true
  return episode.kind === matter.kind && (episode.fence?.id ?? null) === (matter.fence?.id ?? null)
}

/**
 * What a sign makes of the person's open episodes. Several decisions when one episode is merged into a graver name of the
 * same silence; none when nothing changes.
 */
export function take(open: readonly Episode[], signal: Signal, kind: KindRow, circumstance: Circumstance): Decision[] {
  const known = open.find((e) => e.state !== 'settled' && concerns(e, signal))
  if (!known) return begin(signal, kind, circumstance)
  const graver = known.kind !== signal.kind && silence.indexOf(signal.kind) > silence.indexOf(known.kind)
  if (graver && known.state === 'gathering' && (signal.what === 'suspected' || signal.what === 'confirmed')) {
    const begun = begin({ ...signal, at: Math.min(signal.at, known.beganAt) }, kind, circumstance)
    const [first] = begun
    if (!first) return []
    const kept = { ...first, episode: { ...first.episode, evidence: joined(known.evidence, first.episode.evidence) } }
    return [settle(known, 'merged', [], circumstance.now), kept]
  }
  const decision = go(known, signal, kind, circumstance)
  return decision ? [decision] : []
}

function begin(signal: Signal, kind: KindRow, { now, id, person, org }: Circumstance): Decision[] {
  if (!kind.enabled || signal.what === 'cleared' || signal.what === 'grew' || signal.what === 'annotated') return []
  const sign = signal.what === 'excused' ? null : signal
  const fresh: Episode = {
    id: id(),
    kind: signal.kind,
    person,
    org,
    activationNo: signal.activationNo,
    fence: signal.fence,
    state: 'gathering',
    level: kind.level,
    beganAt: signal.at,
    detectedAt: now,
    raisedAt: null,
    settledAt: null,
    settledAs: null,
    sureness: within(sign?.sureness ?? 0),
    place: sign?.place ?? null,
    evidence: joined([], signal.evidence),
    ladder: {
      waitS: kind.ladderS,
      steps: 0,
      firm: signal.what === 'confirmed',
      expectedS: sign?.expectedS ?? 0,
      where: sign?.where ?? none,
      battery: sign?.battery ?? none,
    },
    nextStepAt: now + kind.ladderS * 1000,
  }
  if (signal.what === 'excused') return [settle(fresh, signal.by, [], now)]
  if (kind.ladderS > 0) return [{ episode: fresh, fact: 'opened', ask: true }]
  // Without a ladder a mere suspicion waits for its confirmation unseen; there is nothing to ask meanwhile.
  return signal.what === 'confirmed' ? [{ ...raise(fresh, now), ask: true }] : []
}

function go(episode: Episode, signal: Signal, kind: KindRow, { now }: Circumstance): Decision | null {
  const evidence = joined(episode.evidence, signal.evidence)
  const grown = { ...episode, evidence }
  const grew: Decision = { episode: grown, fact: 'grew', ask: false }
  if (signal.what === 'annotated') return signal.evidence.length > 0 ? grew : null
  if (episode.state === 'submitted') return signal.evidence.length > 0 ? grew : null
  if (signal.what === 'excused') return settle(grown, signal.by, [], now)
  if (signal.what === 'cleared') {
    if (episode.activationNo !== signal.activationNo)
      return { ...grew, episode: { ...grown, sureness: within(episode.sureness * 0.7) } }
    const itself = episode.state === 'gathering' || settlesItself.has(episode.kind)
    return itself ? settle(grown, signal.as, [], now) : grew
  }
  const surer: Episode = {
    ...grown,
    sureness: within(Math.max(episode.sureness, signal.sureness)),
    place: signal.place ?? episode.place,
    ladder: { ...episode.ladder, firm: episode.ladder.firm || signal.what === 'confirmed', where: signal.where },
  }
  if (episode.state === 'gathering' && waited(episode, now) && convinces(surer, kind)) return raise(surer, now)
  return { ...grew, episode: surer }
}

/**
 * The next rung. `heardAt` is when the device last spoke, ms UTC. Silence after a question is evidence, not a stop: it
 * speaks for the suspicion where the device should have answered by now, and never clears anything.
 */
export function step(
  episode: Episode,
  kind: KindRow,
  { now, heardAt }: { readonly now: number; readonly heardAt: number },
): Decision | null {
  if (episode.state !== 'gathering' || episode.nextStepAt === null || now < episode.nextStepAt) return null
  const stepped: Episode = { ...episode, ladder: { ...episode.ladder, steps: episode.ladder.steps + 1 } }
  if (convinces(stepped, kind)) return raise(stepped, now)
  const silent = heardAt <= episode.detectedAt && now - heardAt > episode.ladder.expectedS * 1500
  const heard = silent ? withSilence(stepped, now - heardAt, now) : stepped
  if (convinces(heard, kind)) return raise(heard, now)
  const patienceMs = (kind.parameters.patienceMin ?? 180) * 60_000
  if (now - episode.detectedAt >= patienceMs)
    return silent ? raise(heard, now) : settle(heard, 'cleared', [unconfirmed(now)], now)
  // Where only further signs can convince, waking up earlier than patience ends would decide nothing.
  const waitMs =
    kind.parameters.raiseAt === undefined
      ? episode.detectedAt + patienceMs - now
      : Math.min(600, Math.max(30, episode.ladder.waitS) * 2 ** Math.min(8, heard.ladder.steps)) * 1000
  return { episode: { ...heard, nextStepAt: now + waitMs }, fact: 'waited', ask: false }
}

/** The lawful term is over: nothing of it is pursued further (Z3). A closure already under review stays under review. */
export function endTerm(episode: Episode, reason: Said, now: number): Decision | null {
  if (episode.state === 'settled' || episode.state === 'submitted') return null
  const said = { zh: `监管期限已结束：${reason.zh}`, en: `the lawful term has ended: ${reason.en}` }
  return settle(episode, 'termEnded', [tells(now, 'term', 'neither', said)], now)
}

/** Several signs agree, or the evidence reaches the sureness the kind asks for. */
function convinces(episode: Episode, kind: KindRow): boolean {
  return episode.ladder.firm || episode.sureness >= (kind.parameters.raiseAt ?? Number.POSITIVE_INFINITY)
}

function waited(episode: Episode, now: number): boolean {
  return episode.ladder.steps > 0 || (episode.nextStepAt !== null && now >= episode.nextStepAt)
}

function raise(episode: Episode, now: number): Decision {
  return { episode: { ...episode, state: 'raised', raisedAt: now, nextStepAt: null }, fact: 'raised', ask: false }
}

function settle(episode: Episode, as: SettledAs, evidence: readonly Evidence[], now: number): Decision {
  return {
    episode: {
      ...episode,
      evidence: joined(episode.evidence, evidence),
      state: 'settled',
      settledAs: as,
      settledAt: now,
      nextStepAt: null,
    },
    fact: 'settled',
    ask: false,
  }
}

function withSilence(episode: Episode, ms: number, now: number): Episode {
  const long = howLong(ms)
  const said = {
    zh: `要求定位后 ${long.zh} 没有回应`,
    en: `no answer for ${long.en} although positions were asked for`,
  }
  const evidence = episode.evidence.filter((e) => e.kind !== 'silence' || e.speaks !== 'for')
  return {
    ...episode,
    sureness: within(1 - (1 - episode.sureness) * 0.8),
    evidence: joined(evidence, [tells(now, 'silence', 'for', said)]),
  }
}

const unconfirmed = (now: number): Evidence =>
  tells(now, 'fix', 'against', {
    zh: '后续定位未能证实，按未发生处理',
    en: 'later positions did not bear it out; treated as not having happened',
  })

/** A piece of evidence without a place. */
export function tells(at: number, kind: string, speaks: Evidence['speaks'], said: Said): Evidence {
  return { at: new Date(at).toISOString(), kind, speaks, zh: said.zh, en: said.en }
}

/** The first ten and the latest stay: how it began, and how it stands. */
function joined(before: readonly Evidence[], more: readonly Evidence[]): readonly Evidence[] {
  // A confirmation repeats what raised the suspicion; saying a thing twice does not make it two things.
  const said = new Set(before.map(same))
  const all = [...before]
  for (const one of more) {
    if (said.has(same(one))) continue
    said.add(same(one))
    all.push(one)
  }
  return all.length <= mostEvidence ? all : [...all.slice(0, 10), ...all.slice(all.length - (mostEvidence - 10))]
}
const same = (e: Evidence) => `${e.at}|${e.kind}|${e.speaks}|${e.zh}`

const within = (sureness: number) => Math.min(0.99, Math.max(0, sureness))
const none: Said = { zh: '', en: '' }

/** One plain sentence: who, where, since when, how sure, what next. */
export function say(episode: Episode, kind: KindRow, who: string): Said {
  const count = (speaks: Evidence['speaks']) => episode.evidence.filter((e) => e.speaks === speaks).length
  const { zh, en } = fill(kind.toOfficer, {
    who: { zh: who, en: who },
    where: episode.ladder.where,
    since: when(episode.beganAt),
    sure: howSure(episode.sureness, count('for'), count('against')),
    fence: episode.fence ? { zh: episode.fence.name, en: episode.fence.name } : none,
    battery: episode.ladder.battery,
    next: next(episode, kind),
  })
  // A template's "(…)" whose place is unknown is left out rather than shown empty.
  return { zh: zh.replace(/\(\)/g, '').trim(), en: en.replace(/ ?\(\)/g, '').trim() }
}

function next(episode: Episode, kind: KindRow): Said {
  if (episode.state === 'gathering')
    return {
      zh: '正在向终端索取定位并提醒本人，暂不打扰工作人员。',
      en: 'The device is being asked for positions and the person is being prompted; nobody is disturbed yet.',
    }
  if (episode.state !== 'settled') {
    const limit = howLong(kind.clockMin * 60_000)
    return { zh: `请在 ${limit.zh}内核实。`, en: `Please verify within ${limit.en}.` }
  }
  const ends: Readonly<Record<SettledAs, Said>> = {
    cleared: { zh: '已由后续证据解除。', en: 'Cleared by later evidence.' },
    ranOut: { zh: '系电量耗尽，已恢复。', en: 'The battery had run out; contact is back.' },
    leave: { zh: '已批准外出，不作警情处理。', en: 'On approved leave; not treated as an alarm.' },
    outage: { zh: '属系统或网络故障时段，不归责本人。', en: 'During an outage; not held against the person.' },
    termEnded: { zh: '监管期限已结束，不再处理。', en: 'The term has ended; it is not pursued.' },
    merged: { zh: '已并入同一事由的警情。', en: 'Merged into another episode of the same cause.' },
  }
  return episode.settledAs ? ends[episode.settledAs] : none
}

/** The text to the person for a kind; empty when nothing is to be sent. */
export function prompt(episode: Episode, kind: KindRow): Said {
  return fill(kind.toPerson, {
    fence: episode.fence ? { zh: episode.fence.name, en: episode.fence.name } : none,
    battery: episode.ladder.battery,
  })
}
