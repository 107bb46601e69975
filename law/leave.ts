/**
 * Who may approve a leave (外出, IM 26–28). Back-to-back leaves count as one, days are those actually spent away, and
 * the sum over any two months that touch the request decides with them: no splitting reaches a lower authority than the
 * undivided leave would. `leave-file.ts` documents the files that the command line reads.
 */
import { type CivilDate, later, plusDays } from './civil-date.ts'
import { code } from './codes.ts'
import { type Citation, type Law, lawInForce } from './in-force.ts'
import { daysAway, fullestTwoMonths, joinSpans, type Span, type Window } from './leave-days.ts'
import { type LawRefusal, refuse } from './refusals.ts'
import type { RuleId } from './rule.ts'
import { isAbroad, leavesTerritory } from './territory.ts'

export type LeaveState = 'approved' | 'pending' | 'refused' | 'cancelled'

/** A leave asked for before: as approved, and as it went. */
export interface PastLeave {
  readonly id?: string
  readonly departure: CivilDate
  /** Last day of the approval. */
  readonly return: CivilDate
  /** Actual departure, where it differs. */
  readonly departed?: CivilDate
  /** Actual return, early or late. Null: not back yet. Absent: as approved. */
  readonly returned?: CivilDate | null
  /** Only approved leaves count; `approved` when absent. */
  readonly state?: LeaveState
}

export interface LeaveRequest {
  readonly departure: CivilDate
  readonly return: CivilDate
  /** Code of `leaveReason`. */
  readonly reason?: string
  readonly appliedOn?: CivilDate
  /** Day of the decision, until which someone not back yet counts as away; by default that of application, else departure. */
  readonly on?: CivilDate
  /** Area of residence, beginning with a GB/T 2260 code. */
  readonly home?: string
  /** Where to: an area code, and an ISO 3166 country code. */
  readonly destination?: { readonly area?: string; readonly country?: string }
  /** Says outright whether the trip leaves the city or county. Without it and without both areas, it does. */
  readonly leavesTerritory?: boolean
}

/** Judicial office (delegated), county agency, next level up. */
export type LeaveLevel = 'office' | 'county' | 'city'

/** One limit compared: `actual` against `threshold`, both in days. */
export interface LeaveReason {
  readonly level: LeaveLevel
  readonly zh: string
  readonly en: string
  readonly actual: number
  readonly threshold: number
  readonly citation: Citation
}

export interface LeaveCompetence {
  readonly outcome: 'leave'
  readonly level: LeaveLevel
  /** Days of the request alone. */
  readonly days: number
  /** Days of the absence that the request belongs to, once joined. */
  readonly joinedDays: number
  /** Ids of the leaves joined with it; `#1`, `#2` … by place in the history where they have none. */
  readonly joinedWith: readonly string[]
  readonly window: Window
  /** Every limit that bears on the request, the deciding one first. */
  readonly reasons: readonly LeaveReason[]
  /** An office approval is filed with the county (LVE-02). */
  readonly filedWithCounty: boolean
  /** The county tells the procuratorate of a leave approved above it (LVE-05, LVE-06). */
  readonly tellProcuratorate: boolean
  /** Latest day to apply (LVE-01). */
  readonly applyBy: CivilDate
  /** Applied after that day: allowed where the matter is urgent. */
  readonly shortNotice: boolean
  /** What the application still lacks. */
  readonly missing: readonly 'reason'[]
  /** The state of the law that decided. */
  readonly revision: string
}

/** The trip stays inside the territory of residence: no leave is needed (LVE-08). */
export interface NotLeaving {
  readonly outcome: 'notLeaving'
  readonly citation: Citation
  readonly revision: string
}

const severity: Readonly<Record<LeaveLevel, number>> = { office: 0, county: 1, city: 2 }

/** Negative when `a` is the lower authority. */
export function compareLeaveLevels(a: LeaveLevel, b: LeaveLevel): number {
  return severity[a] - severity[b]
}

/** The days that a past leave really took: an overstay counts, and so does someone not back yet. */
function spanOf(leave: PastLeave, index: number, on: CivilDate): Span {
  const first = leave.departed ?? leave.departure
  const planned = leave.returned === null && first <= on ? later(leave.return, on) : leave.return
  return { id: leave.id ?? `#${index + 1}`, first, last: later(first, leave.returned ?? planned) }
}

function leaves({ leavesTerritory: stated, home, destination }: LeaveRequest): boolean {
  return stated ?? (home === undefined || destination?.area === undefined || leavesTerritory(home, destination.area))
}

/**
 * The authority competent for a leave request, given what was granted before, with the limits that make it so. Refused:
 * ZJ_LAW_LEAVE_ABROAD (LVE-14), ZJ_LAW_LEAVE_DATES. Settings: SET-01 `both` or `departure` days counted, SET-02 office
 * delegated, SET-04 days at home that still join two leaves.
 */
export function leaveCompetence(
  request: LeaveRequest,
  history: readonly PastLeave[],
  law: Law = lawInForce(request.on ?? request.appliedOn ?? request.departure, request.home ?? ''),
): LeaveCompetence | NotLeaving | LawRefusal {
  const { departure, destination, appliedOn } = request
  if (isAbroad(destination?.country, destination?.area)) return refuse('ZJ_LAW_LEAVE_ABROAD')
  if (request.return < departure) return refuse('ZJ_LAW_LEAVE_DATES', { detail: `${departure} > ${request.return}` })
  if (!leaves(request)) return { outcome: 'notLeaving', citation: law.cite('LVE-08'), revision: law.revision }

  const on = request.on ?? appliedOn ?? departure
  const countReturnDay = law.text('SET-01') !== 'departure'
  const own: Span = { id: 'request', first: departure, last: request.return }
  const past = history.flatMap((leave, index) =>
    (leave.state ?? 'approved') === 'approved' ? [spanOf(leave, index, on)] : [],
  )
  const absences = joinSpans([...past, own], law.number('SET-04', 0))
  const joined = absences.filter((absence) => absence.includes(own)).flat()
  const joinedDays = daysAway(joined, countReturnDay).length
  const window = fullestTwoMonths(
    absences.flatMap((absence) => daysAway(absence, countReturnDay)),
    own,
  )
  const reasons = reasonsFor(law, joinedDays, window.days)
  const level = reasons[0].level
  const applyBy = plusDays(departure, -limit(law, 'LVE-01'))
  return {
    outcome: 'leave',
    level,
    days: daysAway([own], countReturnDay).length,
    joinedDays,
    joinedWith: joined.filter((span) => span !== own).map(({ id }) => id),
    window,
    reasons,
    filedWithCounty: level === 'office',
    tellProcuratorate: level === 'city',
    applyBy,
    shortNotice: appliedOn !== undefined && appliedOn > applyBy,
    missing: code('leaveReason', request.reason ?? '') ? [] : ['reason'],
    revision: law.revision,
  }
}

/** The number of days a rule states. */
function limit(law: Law, id: RuleId): number {
  return Number(law.read(id).value)
}

/** The limits that bear on the request, the deciding one first; at least one. */
function reasonsFor(law: Law, joined: number, inTwoMonths: number): readonly [LeaveReason, ...LeaveReason[]] {
  const office = limit(law, 'LVE-02')
  const county = limit(law, 'LVE-04')
  const most = limit(law, 'LVE-06')
  const reason = (
    level: LeaveLevel,
    id: RuleId,
    actual: number,
    threshold: number,
    zh: string,
    en: string,
  ): LeaveReason => ({
    level,
    zh,
    en,
    actual,
    threshold,
    citation: law.cite(id),
  })
  const above: LeaveReason[] = []
  if (joined > county)
    above.push(
      reason(
        'city',
        'LVE-05',
        joined,
        county,
        `连续外出 ${joined} 日，超过 ${county} 日，由上一级批准`,
        `${joined} days away at a stretch, over ${county}: the next level approves`,
      ),
    )
  if (inTwoMonths > most)
    above.push(
      reason(
        'city',
        'LVE-06',
        inTwoMonths,
        most,
        `两个月内累计 ${inTwoMonths} 日，超过 ${most} 日，由上一级批准`,
        `${inTwoMonths} days within two months, over ${most}: the next level approves`,
      ),
    )
  if (joined > office)
    above.push(
      reason(
        'county',
        'LVE-03',
        joined,
        office,
        `连续外出 ${joined} 日，超过 ${office} 日，由县级批准`,
        `${joined} days away at a stretch, over ${office}: the county approves`,
      ),
    )
  else if (law.number('SET-02', 1) !== 1)
    above.push(
      reason(
        'county',
        'LVE-03',
        joined,
        office,
        '司法所未受委托批准外出，由县级批准',
        'The judicial office is not delegated to approve leave: the county approves',
      ),
    )
  const [first, ...others] = above
  return first
    ? [first, ...others]
    : [
        reason(
          'office',
          'LVE-02',
          joined,
          office,
          `外出 ${joined} 日，未超过 ${office} 日，由受委托的司法所批准并报县级备案`,
          `${joined} days, not over ${office}: the delegated judicial office approves and files with the county`,
        ),
      ]
}
