import type { TravelMode } from '@zhijiao/contract/permits'
import { type CivilDate, later } from '@zhijiao/law/civil-date'
import { type Act, mayApprove } from '@zhijiao/law/competence'
import type { Law } from '@zhijiao/law/in-force'
import { type LeaveCompetence, type LeaveLevel, leaveCompetence, type PastLeave } from '@zhijiao/law/leave'
import { isRefusal, type LawRefusal } from '@zhijiao/law/refusals'
import { isRole } from '@zhijiao/law/roles'
import { Refusal, refuse } from '../core/refusals.ts'
import * as says from './refusals.ts'

/** Leave (外出请假): asked for on paper or by phone, decided by the level the law makes competent, ended by a return (销假). */
export interface Wish {
  readonly from: CivilDate
  /** Last day of the leave. */
  readonly until: CivilDate
  readonly destination: { readonly text: string; readonly area?: string; readonly country?: string }
  /** Codes of `travelMode`. */
  readonly travelBy: readonly TravelMode[]
  /** Code of `leaveReason`. */
  readonly reason: string
}

/** Whom to reach at the destination (目的地联系人, D10). */
export interface AtDestination {
  readonly name: string
  readonly phone: string
  readonly relation: string
  readonly address?: string
}

export type LeaveState = 'asked' | 'approved' | 'refused' | 'returned' | 'cancelled'

/** An earlier leave of the same person. */
export interface Earlier {
  readonly id: string
  readonly from: CivilDate
  readonly until: CivilDate
  readonly state: LeaveState
  readonly returnedOn: CivilDate | null
}

export interface Where {
  /** Organisation of the person. */
  readonly org: string
  readonly today: CivilDate
  readonly law: Law
}

/** What the statute refuses is refused in its own words. */
export function ofLaw(refused: LawRefusal): Refusal {
  return new Refusal({ code: refused.refused, status: 422, zh: refused.zh, en: refused.en }, refused.detail)
}

/** Where a person stands (`person.state`). */
export type Standing = 'awaiting' | 'inCorrection' | 'missing' | 'detained' | 'released' | 'terminated' | 'transferred'

const notAtLarge: Readonly<Record<Exclude<Standing, 'inCorrection'>, { readonly state: Both; readonly remedy: Both }>> =
  {
    awaiting: {
      state: { zh: '待报到', en: 'yet to report' },
      remedy: { zh: '请先办理报到接收，再申请外出。', en: 'Receive the person first, then ask for leave.' },
    },
    missing: {
      state: { zh: '脱管', en: 'missing' },
      remedy: {
        zh: '请先查找，到案后在“脱管查找”中登记，再按规定办理。',
        en: 'Search first, and record in the search that the person was found.',
      },
    },
    detained: {
      state: { zh: '被羁押', en: 'in custody' },
      remedy: {
        zh: '羁押期间的出入由羁押机关决定；获释后请先更新状态，再申请外出。',
        en: 'The custodian decides while it lasts; once freed, change the state first.',
      },
    },
    released: {
      state: { zh: '解除', en: 'released' },
      remedy: { zh: '矫正已经解除，外出无需批准。', en: 'Correction has ended; no leave is needed.' },
    },
    terminated: {
      state: { zh: '终止', en: 'terminated' },
      remedy: {
        zh: '矫正已经终止；如状态有误，请先更正档案。',
        en: 'Correction was terminated; if the state is wrong, correct the file first.',
      },
    },
    transferred: {
      state: { zh: '转出', en: 'transferred' },
      remedy: { zh: '请由新执行地办理。', en: 'The new place of execution decides.' },
    },
  }
interface Both {
  readonly zh: string
  readonly en: string
}

/**
 * Leave (IM 26) is for who serves his correction here and now: nobody in custody, unaccounted for, or no longer in
 * correction is given one. The fault stands at `field`.
 */
export function atLarge(standing: Standing, field: 'person' | 'verdict' = 'person'): true | Refusal {
  if (standing === 'inCorrection') return true
  const said = notAtLarge[standing]
  return refuse(says.NotAtLarge, said, [
    {
      path: field,
      zh: `此人现为“${said.state.zh}”。${said.remedy.zh}`,
      en: `This person is ${said.state.en}. ${said.remedy.en}`,
    },
  ])
}

/** Who is competent for a leave, by the days of this one and of those around it (law/leave.ts). */
export function weigh(wish: Wish, earlier: readonly Earlier[], { org, today, law }: Where): LeaveCompetence | Refusal {
  const history: PastLeave[] = earlier
    .filter((l) => l.state === 'approved' || l.state === 'returned')
    .map((l) => ({ id: l.id, departure: l.from, return: l.until, returned: l.returnedOn }))
  const answer = leaveCompetence(
    {
      departure: wish.from,
      return: wish.until,
      reason: wish.reason,
      appliedOn: today,
      on: today,
      home: org.slice(0, 6),
      destination: { area: wish.destination.area, country: wish.destination.country },
    },
    history,
    law,
  )
  if (isRefusal(answer)) return ofLaw(answer)
  return answer.outcome === 'notLeaving' ? refuse(says.NotNeeded) : answer
}

/** Whether a leave may be asked for; with the competence when it may. */
export function ask(wish: Wish, earlier: readonly Earlier[], where: Where): LeaveCompetence | Refusal {
  const competence = weigh(wish, earlier, where)
  if (competence instanceof Refusal) return competence
  if (competence.missing.includes('reason')) return refuse(says.ReasonMissing)
  if (wish.until < where.today) return refuse(says.Past)
  const other = earlier.find(
    (l) =>
      (l.state === 'asked' || l.state === 'approved') && l.from <= wish.until && wish.from <= (l.returnedOn ?? l.until),
  )
  return other ? refuse(says.Overlap, { from: other.from, until: other.until }) : competence
}

const actOf: Readonly<Record<LeaveLevel, Act>> = {
  office: 'leaveUpTo7',
  county: 'leaveUpTo30',
  city: 'leaveOver30',
}
/** Length of the code of the unit that decides at each level. */
const unitOf: Readonly<Record<LeaveLevel, number>> = { office: 9, county: 6, city: 4 }
const whoOf: Readonly<Record<LeaveLevel, { zh: string; en: string }>> = {
  office: { zh: '司法所负责人', en: 'the head of the judicial office' },
  county: { zh: '县级社区矫正机构', en: 'the county agency' },
  city: { zh: '上一级（市级）社区矫正机构', en: 'the next level up, the city agency' },
}

/** Who has the decision of a level in hand: a person whom the county holds itself has no office that could decide for it. */
export const deciding = (level: LeaveLevel, org: string): LeaveLevel =>
  level === 'office' && org.length < unitOf.office ? 'county' : level

export interface Decider {
  readonly roles: readonly string[]
  /** Organisation the decider belongs to. */
  readonly unit: string
}

/**
 * Whether somebody is competent for a leave: holds a role that the matrix lets approve leave of this length, in the very
 * unit of that level above the person. A higher office that is not named there does not stand in for it.
 */
export function competent(level: LeaveLevel, org: string, who: Decider): boolean {
  return who.roles.filter(isRole).some((role) => {
    if (!mayApprove(role, actOf[level])) return false
    // The county may decide what it has delegated (matrix: 备案).
    const length = level === 'office' && role !== 'officeHead' ? unitOf.county : unitOf[level]
    return who.unit.length === length && org.startsWith(who.unit)
  })
}

/** Decides an application: the competent level, counted again on the day of the decision, and nobody else. */
export function decide(
  leave: { readonly state: LeaveState; readonly org: string },
  competence: LeaveCompetence,
  who: Decider,
): true | Refusal {
  if (leave.state !== 'asked') return refuse(says.Decided, { state: leave.state })
  if (competent(competence.level, leave.org, who)) return true
  const [why] = competence.reasons
  const { zh: whose, en: whoEn } = whoOf[deciding(competence.level, leave.org)]
  return refuse(says.NotCompetent, {
    who: whose,
    whoEn,
    why: why?.zh ?? '',
    whyEn: why?.en ?? '',
    level: competence.level,
  })
}

/**
 * Approval rests on proof (IM 27: the application brings a diagnosis, a word of the employer, of a school, a court paper).
 * Where it is urgent somebody may approve before it is there, and says why.
 */
export function proven(proofs: readonly string[], unproven: string | undefined): true | Refusal {
  if (proofs.length > 0 || unproven !== undefined) return true
  return refuse(says.ProofMissing, {}, [{ path: 'unproven', zh: says.ProofMissing.zh, en: says.ProofMissing.en }])
}

/** Whose opinion somebody may write: that of a level below the competent one, in the person's own office or county. */
export function opine(
  leave: { readonly state: LeaveState; readonly org: string },
  level: LeaveLevel,
  who: Decider,
): 'office' | 'county' | Refusal {
  if (leave.state !== 'asked') return refuse(says.Decided, { state: leave.state })
  const roles = who.roles.filter(isRole)
  if (level !== 'office' && roles.includes('officeHead') && who.unit === leave.org) return 'office'
  if (level === 'city' && roles.some((r) => r === 'county' || r === 'countyHead') && who.unit === leave.org.slice(0, 6))
    return 'county'
  return refuse(says.OpinionNotNeeded, { who: whoOf[level].zh, whoEn: whoOf[level].en })
}

/** What of deciding and opining somebody may do with a leave as it stands, by the rules that would refuse the rest. */
export function mayAct(
  leave: { readonly state: LeaveState; readonly org: string },
  level: LeaveLevel,
  who: Decider,
): readonly ('decide' | 'opine')[] {
  if (leave.state !== 'asked') return []
  return [
    ...(competent(level, leave.org, who) ? ['decide' as const] : []),
    ...(opine(leave, level, who) instanceof Refusal ? [] : ['opine' as const]),
  ]
}

export type LeaveStepName = 'ask' | 'office' | 'county' | 'city' | 'filing' | 'procuratorate' | 'away' | 'return'
export interface PathStep {
  readonly step: LeaveStepName
  readonly does: 'asks' | 'opinion' | 'decision' | 'told' | 'away' | 'returns'
  readonly state: 'done' | 'now' | 'ahead' | 'passedOver'
}

/**
 * The picture of a leave: asked for, opinions up to the competent level, its decision, who is told, the way and the
 * return. A higher level may decide without waiting for an opinion; then that was passed over.
 */
export function pathOf(
  leave: {
    readonly state: LeaveState
    readonly from: CivilDate
    readonly opined: { readonly office: boolean; readonly county: boolean }
    /** Telling the procuratorate is still somebody's duty. */
    readonly toTell?: boolean
    /** The office decided by delegation, and the county takes note of it: whether it has. */
    readonly filing?: 'awaited' | 'noted'
  },
  level: LeaveLevel,
  today: CivilDate,
): readonly PathStep[] {
  const { state, from, opined } = leave
  const open = state === 'asked'
  const granted = state === 'approved' || state === 'returned'
  const below: readonly ('office' | 'county')[] =
    level === 'office' ? [] : level === 'county' ? ['office'] : ['office', 'county']
  const opinion = (of: 'office' | 'county'): PathStep => ({
    step: of,
    does: 'opinion',
    state: opined[of] ? 'done' : open ? 'ahead' : 'passedOver',
  })
  const decided = state === 'cancelled' ? 'passedOver' : open ? 'now' : 'done'
  const away =
    state === 'returned'
      ? 'done'
      : state === 'approved'
        ? today >= from
          ? 'now'
          : 'ahead'
        : open
          ? 'ahead'
          : 'passedOver'
  return [
    { step: 'ask', does: 'asks', state: 'done' },
    ...below.map(opinion),
    { step: level, does: 'decision', state: decided },
    ...(level === 'city'
      ? [
          {
            step: 'procuratorate',
            does: 'told',
            state: leave.toTell ? 'now' : granted ? 'done' : open ? 'ahead' : 'passedOver',
          } as const,
        ]
      : []),
    ...(leave.filing
      ? [
          {
            step: 'filing',
            does: 'told',
            state: leave.filing === 'noted' ? 'done' : granted ? 'now' : open ? 'ahead' : 'passedOver',
          } as const,
        ]
      : []),
    { step: 'away', does: 'away', state: away },
    {
      step: 'return',
      does: 'returns',
      state: state === 'returned' ? 'done' : granted || open ? 'ahead' : 'passedOver',
    },
  ]
}

/** Takes an application back, or an approval whose first day has not come. */
export function cancel(leave: { state: LeaveState; from: CivilDate }, today: CivilDate): true | Refusal {
  if (leave.state === 'asked') return true
  if (leave.state !== 'approved') return refuse(says.Decided, { state: leave.state })
  return today < leave.from ? true : refuse(says.Begun)
}

/** What of a leave the person may object to (IM 32): that it was refused, or that its approval was taken back. */
export function contestable(leave: { readonly state: LeaveState; readonly decided: boolean }): boolean {
  return leave.state === 'refused' || (leave.state === 'cancelled' && leave.decided)
}

/**
 * What is decided anew once the decision on a leave was set aside: the same wish, from today where its first day has come,
 * for a leave grants nothing for days that are past. Null: its last day is past and nothing is left to decide.
 */
export function anew(wish: Wish, today: CivilDate): Wish | null {
  return wish.until < today ? null : { ...wish, from: later(wish.from, today) }
}

/** A report from where he is that he cannot be back in time (LVE-09): the day he names lies after the last approved one. */
export function late(leave: { state: LeaveState; until: CivilDate }, until: CivilDate): true | Refusal {
  if (leave.state !== 'approved') return refuse(says.NotAway)
  return until > leave.until ? true : refuse(says.DelayDay, { until: leave.until })
}

/** Whether the county has to take note of a leave that its office approved by delegation (报县级备案, IM 27). */
export function filing(leave: {
  readonly state: LeaveState
  readonly org: string
  readonly filedWithCounty: boolean
  readonly imported: boolean
}): boolean {
  return leave.filedWithCounty && !leave.imported && (leave.state === 'approved' || leave.state === 'returned')
}

/** Who takes note for the county: its own staff, of the very county of the person. */
export const mayFile = (org: string, unit: string): boolean => unit === org.slice(0, 6)

/** Whether somebody is away on an approved leave. */
export const gone = (leave: { readonly state: LeaveState; readonly from: CivilDate }, today: CivilDate): boolean =>
  leave.state === 'approved' && leave.from <= today

/**
 * Orders somebody on leave to return at once (责令立即返回, IM 28): by an hour that lies ahead, once; the office that was
 * entrusted or the county does.
 */
export function recall(
  leave: {
    readonly state: LeaveState
    readonly from: CivilDate
    readonly org: string
    readonly recalledUntil: string | null
  },
  by: number,
  { now, today, who }: { readonly now: number; readonly today: CivilDate; readonly who: Decider },
): true | Refusal {
  if (!gone(leave, today)) return refuse(says.NotGone)
  if (who.unit !== leave.org && who.unit !== leave.org.slice(0, 6)) return refuse(says.RecallOffice)
  if (leave.recalledUntil) return refuse(says.Recalled, { until: leave.recalledUntil })
  return by > now
    ? true
    : refuse(says.RecallTime, {}, [{ path: 'until', zh: says.RecallTime.zh, en: says.RecallTime.en }])
}

/** Records the return (LVE-09): between departure and today, before or after the last day. */
export function comeBack(
  leave: { state: LeaveState; from: CivilDate },
  on: CivilDate,
  today: CivilDate,
): true | Refusal {
  if (leave.state !== 'approved') return refuse(says.NotAway)
  return on >= leave.from && on <= today ? true : refuse(says.ReturnDay, { from: leave.from })
}
