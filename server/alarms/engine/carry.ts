import { isRuleId } from '@zhijiao/law/rule'
import type { House } from '../../core/house.ts'
import type { Inside } from '../../core/room.ts'
import { deskIn } from '../desk/index.ts'
import { type Decision, type Episode, say } from '../domain.ts'
import type { KindRow } from '../kinds.ts'
import { engineStore } from './store.ts'

/** What a decision is written with, beside itself. */
export interface Carried {
  readonly kind: KindRow
  /** Name of the person, for the sentence. */
  readonly who: string
  readonly ruleVersion: string
  readonly now: number
  /** The episode as it stood, where it stood at all. */
  readonly before: Episode | undefined
}

/** Writes one decision in the caller's transaction: the episode, its ledger entry, and what the desk makes of it. */
export async function carryOut(
  { db, ledger }: Inside,
  house: Pick<House, 'chance' | 'databases'>,
  { episode, fact }: Decision,
  { kind, who, ruleVersion, now, before }: Carried,
): Promise<void> {
  const said = say(episode, kind, who)
  await engineStore(db).put(episode, said, ruleVersion)
  if (fact !== 'waited')
    await ledger.append({
      kind: `episode.${fact === 'grew' ? 'evidence' : fact}`,
      org: episode.org,
      person: episode.person,
      subject: episode.id,
      occurredAt: fact === 'opened' ? episode.beganAt : now,
      cites: kind.rule && isRuleId(kind.rule) ? [kind.rule] : [],
      payload: {
        kind: episode.kind,
        said: { zh: said.zh, en: said.en },
        level: episode.level,
        sureness: episode.sureness,
        activation: episode.activationNo,
        fence: episode.fence?.id ?? null,
        settledAs: episode.settledAs,
        ruleVersion,
        evidence: fresh(episode, before).map((e) => ({ ...e })),
      },
    })
  const desk = deskIn(db, house, ledger)
  if (fact === 'raised') await desk.raised({ ...episode, raisedAt: episode.raisedAt ?? now })
  else if (fact === 'settled') await desk.settled(episode, episode.settledAs ?? 'cleared')
  else await desk.grew(episode)
}

function fresh(episode: Episode, before: Episode | undefined) {
  const known = new Set(before?.evidence.map((e) => `${e.at}${e.zh}`))
  return episode.evidence.filter((e) => !known.has(`${e.at}${e.zh}`))
}
