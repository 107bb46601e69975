import type { Evidence } from '@zhijiao/contract/alarms'
import type { DeviceCommand } from '@zhijiao/contract/devices'
import { legalDay } from '@zhijiao/geo/day'
import { GEO_RULES } from '@zhijiao/geo/validate'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { lawFor } from '../../core/circumstances.ts'
import type { House } from '../../core/house.ts'
import { ledgerIn } from '../../core/ledger/append.ts'
import type { Inside } from '../../core/room.ts'
import {
  type Decision,
  type Episode,
  type Excused,
  endTerm,
  prompt,
  type Sign,
  type Signal,
  step,
  take,
  tells,
} from '../domain.ts'
import { type AlarmKindName, type Kinds, kindsFor } from '../kinds.ts'
import type { Approval } from '../trip.ts'
import { howEnded } from '../words.ts'
import { compareWithinMs } from './apart.ts'
import { carryOut } from './carry.ts'
import { nightsOf, sinceTold, withoutNights } from './night.ts'
import { engineStore, type PresenceRow } from './store.ts'
import { thresholdsOf } from './thresholds.ts'
import { type Judged, nameOf } from './trips.ts'
import type { Turn } from './turn.ts'

/** What one person's episodes are to be told, in order. */
export type Item =
  | { readonly do: 'take'; readonly signal: Signal }
  | { readonly do: 'step'; readonly episode: string; readonly heardAt: number }
  | { readonly do: 'endTerm'; readonly activationNo: number; readonly reason: string }
  | { readonly do: 'compare'; readonly activationNo: number; readonly why: string }

/** A command for a device, asked inside the episode's transaction. */
export interface Asked {
  readonly activationNo: number
  readonly device: string
  readonly person: string
  readonly org: string
  readonly command: DeviceCommand
  /** Said to whoever reviews commands. */
  readonly why: string
  /** Null while there is none yet: two devices of one person are compared before anything is suspected. */
  readonly episode: string | null
  readonly expiresAt: number
}

/** The device behind an activation. */
export interface Carrier {
  readonly regime: 'check' | 'device'
  readonly device: string
}

/** What the engine asks of other rooms; each inside the same transaction. */
export interface ClerkDoors {
  /** Asks a device; a refusal (a burst under the information check, no running term) is no error. */
  ask(inside: Inside, asked: Asked): Promise<void>
}

/** What the engine knows at this moment and the database does not. */
export interface Witness {
  carrierOf(activationNo: number | null): Carrier | null
  /** What approvals to be away make of where the carrier of an activation is. */
  judge(activationNo: number | null, approvals: readonly Approval[]): Judged | null
}

/** What the engine learns after the commit. */
export interface Written {
  readonly episodes: readonly Episode[]
  readonly decisions: readonly Decision[]
  /** Fences of boundary breaches that stand under an approved leave. */
  readonly excusedByLeave: readonly { readonly activationNo: number | null; readonly fence: string }[]
  /** Fences of breaches that were told although these approvals run. */
  readonly strayed: readonly { readonly activationNo: number | null; readonly fence: string; readonly by: string }[]
}

const silenceKinds: readonly AlarmKindName[] = ['lostContact', 'noPosition', 'powerOff']
const lateMs = 3 * 86_400_000
const locate: DeviceCommand = { kind: 'locate' }
/** 2026-03-02 14:30 in Asia/Shanghai. */
const localMinute = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/**
 * Writes what signals make of one person's episodes: episodes, ledger, tasks, messages, commands, and the presence that
 * caused them with its watermark, in ONE transaction. A crash leaves all of it or nothing, and the inbox is read again.
 */
export async function write(
  house: House,
  turn: Turn,
  doors: ClerkDoors,
  person: string,
  items: readonly Item[],
  presence: readonly PresenceRow[],
  { carrierOf, judge }: Witness,
): Promise<Written> {
  const now = house.chance.now()
  return turn.write(async (db) => {
    const store = engineStore(db)
    const who = await store.person(person)
    if (!who) return { episodes: [], decisions: [], excusedByLeave: [], strayed: [] }
    const law = await lawFor(house, who.org, now)
    const { burst, night } = thresholdsOf(law)
    const kinds = await kindsFor(db, who.org)
    const open = await store.open(person)
    const ledger = ledgerIn(db, house.chance, { id: null, name: 'engine', lawRevision: law.revision })
    const inside: Inside = { db, ledger }
    const ruleVersion = `${GEO_RULES}+${law.revision}`
    const decisions: Decision[] = []
    const excusedByLeave: { activationNo: number | null; fence: string }[] = []
    const strayed: { activationNo: number | null; fence: string; by: string }[] = []
    const circumstance = { now, id: () => house.chance.id(), person, org: who.org }

    const carry = async (decision: Decision) => {
      const { episode } = decision
      const at = open.findIndex((e) => e.id === episode.id)
      const before = at >= 0 ? open[at] : undefined
      if (at >= 0) open[at] = episode
      else open.push(episode)
      decisions.push(decision)
      await carryOut(inside, house, decision, { kind: kinds[episode.kind], who: who.name, ruleVersion, now, before })
      if (decision.ask) await askAndPrompt(inside, episode, kinds)
    }

    const askAndPrompt = async ({ db: trx }: Inside, episode: Episode, table: Kinds) => {
      const carrier = carrierOf(episode.activationNo)
      const text = prompt(episode, table[episode.kind])
      if (text.zh !== '')
        await engineStore(trx).message({
          id: house.chance.id(),
          person,
          org: episode.org,
          subject: episode.id,
          channel: carrier?.regime === 'device' ? 'device' : 'app',
          text,
          at: now,
        })
      const { activationNo } = episode
      if (activationNo === null || carrier === null) return
      const ask = (command: DeviceCommand) =>
        doors.ask(inside, {
          activationNo,
          device: carrier.device,
          person,
          org: episode.org,
          command,
          why: `核实异常：${table[episode.kind].name.zh}`,
          episode: episode.id,
          expiresAt: now + 10 * 60_000,
        })
      // A phone under the information check is asked once; bursts are for the Art. 29 device.
      await ask(carrier.regime === 'device' ? { kind: 'burst', ...burst } : locate)
      // The person is spoken to through the thing he carries; what arrives is noted on the message.
      if (text.zh !== '') await ask({ kind: 'text', text: text.zh.slice(0, 200) })
    }

    /** Nights spent away under an approved leave are taken off before the pattern is looked for; none is told twice. */
    const newNights = async (sign: Sign): Promise<Sign | null> => {
      const left = withoutNights(sign, await store.daysAway(person, nightsOf(sign)), night)
      return left && sinceTold(left, new Set((await store.nightsTold(person, left.at)).map(legalDay)))
    }

    /** Whether what was approved excuses a sign, and the evidence of it: entry into this place, or leave and travel. */
    const judged = async ({
      kind,
      fence,
      activationNo,
    }: Pick<Signal, 'kind' | 'fence' | 'activationNo'>): Promise<{
      readonly excuses: boolean
      readonly evidence: Evidence
      readonly by: string
    } | null> => {
      if (kind === 'forbiddenIn') {
        const entry = fence ? await store.entryOn(person, fence.id, now) : null
        if (!entry) return null
        const until = localMinute(entry.until)
        const said = { zh: `已批准进入至 ${until}`, en: `entry approved until ${until}` }
        return { excuses: true, evidence: tells(now, 'leave', 'against', said), by: '' }
      }
      const approvals = (await store.approvals([person], legalDayOf(now))).get(person) ?? []
      const answer = judge(activationNo, approvals)
      return answer && { ...answer, by: nameOf(approvals) }
    }

    /**
     * An approval turns a boundary sign into a visible, settled entry; a mere suspicion is not even written. Where he
     * stays clearly elsewhere the sign stands, and says what was approved.
     */
    const excusedSign = async (signal: Signal): Promise<Signal | null> => {
      if (signal.kind === 'nightAbsent' && signal.what === 'confirmed') return newNights(signal)
      const fenced = signal.kind === 'boundaryOut' || signal.kind === 'requiredAbsent' || signal.kind === 'forbiddenIn'
      if (!fenced || (signal.what !== 'suspected' && signal.what !== 'confirmed' && signal.what !== 'grew'))
        return signal
      const approval = await judged(signal)
      if (!approval) return signal
      const { activationNo, fence } = signal
      if (!approval.excuses) {
        if (signal.what !== 'confirmed') return signal
        if (fence) strayed.push({ activationNo, fence: fence.id, by: approval.by })
        return { ...signal, evidence: [...signal.evidence, approval.evidence] }
      }
      if (fence) excusedByLeave.push({ activationNo, fence: fence.id })
      const known = open.some((e) => e.state !== 'settled' && e.kind === signal.kind)
      if (signal.what !== 'confirmed' && !known) return null
      const excused: Excused = {
        what: 'excused',
        by: 'leave',
        kind: signal.kind,
        activationNo,
        fence,
        at: signal.at,
        evidence: [...signal.evidence, approval.evidence],
      }
      return excused
    }

    for (const item of items) {
      if (item.do === 'endTerm') {
        for (const episode of [...open]) {
          if (episode.activationNo !== item.activationNo) continue
          const decision = endTerm(episode, howEnded(item.reason), now)
          if (decision) await carry(decision)
        }
        continue
      }
      if (item.do === 'compare') {
        const carrier = carrierOf(item.activationNo)
        if (carrier)
          await doors.ask(inside, {
            activationNo: item.activationNo,
            device: carrier.device,
            person,
            org: who.org,
            command: locate,
            why: item.why,
            episode: open.find((e) => e.kind === 'apart')?.id ?? null,
            expiresAt: now + compareWithinMs,
          })
        continue
      }
      if (item.do === 'step') {
        const episode = open.find((e) => e.id === item.episode)
        const decision = episode && step(episode, kinds[episode.kind], { now, heardAt: item.heardAt })
        if (decision) await carry(decision)
        continue
      }
      const signal = await excusedSign(item.signal)
      if (!signal) continue
      const made = take(open, signal, kinds[signal.kind], circumstance)
      for (const decision of made) await carry(decision)
      if (made.length === 0 && signal.what === 'annotated' && signal.activationNo !== null) {
        const family = silenceKinds.includes(signal.kind) ? silenceKinds : [signal.kind]
        const over = await store.latest(signal.activationNo, family, now - lateMs)
        if (over?.state === 'settled')
          await carry({
            episode: { ...over, evidence: [...over.evidence, ...signal.evidence] },
            fact: 'grew',
            ask: false,
          })
      }
    }
    await store.putPresence(presence)
    return { episodes: open, decisions, excusedByLeave, strayed }
  })
}
