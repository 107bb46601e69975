import { type AlarmCause, followOns } from '@zhijiao/contract/alarms'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { Refusal } from '../../core/refusals.ts'
import type { Inside } from '../../core/room.ts'
import { declareTaskKind, handOutcome, type Tasks } from '../../core/tasks.ts'
import type { EpisodeRow } from './store.ts'

/** Who closes the alarm, with the posts he holds. */
export interface Hand {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  readonly unit: string
}

/** The door to the businesses of the county: begins one in the same transaction, or refuses. */
export type Begin = (
  inside: Inside,
  wish: { readonly kind: string; readonly person: string; readonly form: object },
  by: Hand,
) => Promise<unknown>

/** Codes of `violationType` by alarm kind; what is none of these is 其他. */
const violationType: Readonly<Record<string, string>> = {
  boundaryOut: '08',
  forbiddenIn: '06',
  requiredAbsent: '06',
  lostContact: '09',
  powerOff: '09',
  strapOpen: '09',
  apart: '09',
}
const inLaw: Readonly<Record<string, string>> = {
  boundaryOut: 'leave',
  forbiddenIn: 'injunctionBreach',
  requiredAbsent: 'injunctionBreach',
}

/**
 * The business that a closed alarm leads to. A sanction is never begun by itself: what the officer found becomes a
 * violation that is checked, answered by the person and decided by the county, with the ladder beside it. A business
 * that cannot begin now (a search under way, a person released meanwhile) leaves the plain duty to look into it.
 */
export async function beginFollowOn(
  inside: Inside,
  begin: Begin,
  episode: EpisodeRow,
  closure: { readonly follow_on: string | null; readonly finding: string; readonly cause: AlarmCause | string },
  by: Hand,
): Promise<boolean> {
  const wish = wishOf(episode, closure)
  if (!wish) return false
  try {
    await begin(inside, { ...wish, person: episode.person_id }, by)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function wishOf(episode: EpisodeRow, { follow_on, finding }: { follow_on: string | null; finding: string }) {
  const began = episode.began_at.toISOString()
  const told = `${episode.number} 号报警：${episode.said_zh} 查明情况：${finding}`.slice(0, 1000)
  switch (follow_on) {
    case 'search':
      return { kind: 'search', form: { lostSince: began, noticed: told, facts: [episode.id] } }
    case 'admonition':
    case 'warning':
    case 'policePenalty':
    case 'revocation':
      return {
        kind: 'violation',
        form: {
          type: violationType[episode.kind] ?? '99',
          what: inLaw[episode.kind] ?? 'other',
          from: began,
          ...(episode.settled_at ? { until: episode.settled_at.toISOString() } : {}),
          description: told,
          facts: [episode.id],
        },
      }
    default:
      return null
  }
}

/** What follows and is no business of its own, or cannot begin as one now: a task, never a sanction. */
export async function openFollowOn(
  tasks: Tasks,
  episode: EpisodeRow,
  code: string,
  officerOf: () => Promise<string | null>,
): Promise<void> {
  const follow = followOns.find((f) => f.code === code)
  if (!follow) return
  const proposes = ['admonition', 'warning', 'policePenalty', 'revocation'].includes(code)
  const officer = await officerOf()
  await tasks.open({
    kind: `followOn.${code}`,
    org: episode.org_code,
    person: episode.person_id,
    subject: episode.id,
    title: {
      zh: `${follow.zh}（${episode.number} 号报警后续）`,
      en: `${follow.en} (after alarm ${episode.number})`,
    },
    level: episode.level,
    rule: follow.rule,
    ...(proposes && episode.org_code.length === 9
      ? { ownerRole: 'officeHead', unit: episode.org_code }
      : officer
        ? { owner: officer }
        : {}),
  })
}

/** Businesses that answer a plain duty after an alarm; of the others the thing itself is done, or the officer says so. */
const answeredBy: Readonly<Record<string, readonly [business: string, may: string]>> = {
  talk: ['talk', 'visit.record'],
  visit: ['visit', 'visit.record'],
  search: ['search', 'sanction.prepare'],
  admonition: ['violation', 'sanction.prepare'],
  warning: ['violation', 'sanction.prepare'],
  policePenalty: ['violation', 'sanction.prepare'],
  revocation: ['violation', 'sanction.prepare'],
}
const changed: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  deviceChanged: { zh: '终端已更换或收回', en: 'The device was swapped or returned' },
  fenceChanged: { zh: '围栏已调整', en: 'The fence was changed' },
}

/** What follows an alarm and is no business of its own ends by hand: see `core/tasks/by-hand.ts`. */
export function declareFollowOns(): void {
  for (const { code, zh, en } of followOns) {
    const [business, may] = answeredBy[code] ?? [null, 'visit.record']
    const said = business ? procedureOf(business) : undefined
    declareTaskKind(`followOn.${code}`, {
      zh,
      en,
      may,
      byHand: business ? { begins: [business] } : {},
      outcome: (outcome) => {
        if (said && outcome === business) return { zh: `已登记${said.zh}`, en: `${said.en} registered` }
        return changed[outcome] ?? handOutcome(outcome)
      },
    })
  }
}
