import type { obligationKinds } from '@zhijiao/contract/obligations'
import { type CivilDate, civilDate, earlier, later, plusDays, plusMonths } from '@zhijiao/law/civil-date'
import { dueOf } from '@zhijiao/law/due'
import type { Law } from '@zhijiao/law/in-force'
import { isRefusal } from '@zhijiao/law/refusals'
import type { RuleId } from '@zhijiao/law/rule'
import { injunctionOn, type UnderInjunction } from './injunction.ts'
import { type Every, everyIn, everySaid, nextOnLattice, periodAt, readEvery } from './periods.ts'

export type ObligationKind = (typeof obligationKinds)[number]

/** What the person file says that bears on duties. */
export interface Standing extends UnderInjunction {
  readonly id: string
  readonly org: string
  readonly level: string
  readonly state: string
  /** The judgment's, for the first report. */
  readonly effectiveOn: CivilDate | null
  readonly receivedOn: CivilDate | null
  /** Temporary service for serious illness (保外就医). */
  readonly medical: boolean
  /** The latest approval that put the medical review off (病情复查延期): told on which day, the next review by which. */
  readonly putOff: { readonly matter: string; readonly on: CivilDate; readonly until: CivilDate } | null
  readonly leaves: readonly {
    readonly id: string
    readonly from: CivilDate
    readonly until: CivilDate
    readonly state: 'asked' | 'approved' | 'refused' | 'returned' | 'cancelled'
    readonly returnedOn: CivilDate | null
  }[]
}

/** The newest obligation of a kind that the person has had. */
export interface Last {
  readonly kind: ObligationKind
  readonly slot: string
  readonly from: CivilDate
  readonly due: CivilDate
  readonly state: 'due' | 'fulfilled' | 'excused' | 'missed' | 'dropped'
  /** The day to which its clock was given more time; null where it was given none. */
  readonly extendedTo: CivilDate | null
}

/** An obligation to be made. */
export interface Wanted {
  readonly kind: ObligationKind
  readonly slot: string
  readonly from: CivilDate
  readonly due: CivilDate
  readonly rule: RuleId | null
  /** The rule counts it from `from`; otherwise the day was set. */
  readonly counted: boolean
  readonly said: { readonly zh: string; readonly en: string } | null
}

/** A statement ahead of the end is asked for this many days before it is due. */
const aheadDays = 30

const recurrent = [
  ['report', 'REP-01', 'SET-25'],
  ['injunctionReport', 'REP-07', 'SET-35'],
  ['education', null, 'SET-26'],
  ['publicGood', null, 'SET-27'],
] as const

/**
 * The duties that have begun by `today` and are not there yet. None is made for a period that is over: nobody is found
 * wanting in what nobody asked of him. The first report is the exception, its time runs whether anybody looks or not.
 */
export function wantedOf(
  person: Standing,
  last: ReadonlyMap<ObligationKind, Last>,
  law: Law,
  today: CivilDate,
): Wanted[] {
  if (person.state === 'awaiting') return firstReport(person, last, law, today)
  if (person.state !== 'inCorrection') return []
  const anchor = person.receivedOn ?? person.termStart
  if (anchor > today || person.termEnd < today) return []
  const wanted: Wanted[] = []
  for (const [kind, rule, setting] of recurrent) {
    const every = everyIn(law, setting, person.level)
    const within =
      kind === 'injunctionReport' ? injunctionOn(person, law, today) : { from: anchor, until: person.termEnd }
    if (every && within)
      wanted.push(
        ...periods(kind, rule, every, later(anchor, within.from), last.get(kind), within.until, today, setting),
      )
  }
  if (person.category === '04') {
    wanted.push(...lawful('bodyReport', 'REP-03', anchor, last.get('bodyReport'), person, law, today))
    if (person.medical) {
      const lastReview = last.get('medicalReview')
      wanted.push(
        ...(putOff(person, lastReview, today) ??
          lawful('medicalReview', 'REP-04', anchor, lastReview, person, law, today)),
      )
    }
  }
  for (const leave of person.leaves)
    if (leave.state === 'approved' && leave.from <= today && leave.until >= today)
      wanted.push({
        kind: 'leaveReturn',
        slot: leave.id,
        from: leave.from,
        due: leave.until,
        rule: 'LVE-09',
        counted: false,
        said: { zh: '外出批准的最后一日前返回并销假', en: 'back and reported by the last day of the leave' },
      })
  const summary = dueOf('END-01', person.termEnd, { law })
  if (!isRefusal(summary) && summary.due !== null) {
    const due = civilDate(summary.due)
    const from = later(anchor, plusDays(due, -aheadDays))
    if (from <= today && due >= later(from, today))
      wanted.push({
        kind: 'selfSummary',
        slot: person.termEnd,
        from: person.termEnd,
        due,
        rule: 'END-01',
        counted: true,
        said: null,
      })
  }
  return wanted
}

/** The person reports to the county agency within ten days of effect (Law 21); a temporary service is handed over by escort. */
function firstReport(person: Standing, last: ReadonlyMap<ObligationKind, Last>, law: Law, today: CivilDate): Wanted[] {
  if (person.category === '04' || last.has('firstReport')) return []
  const from = person.effectiveOn ?? person.termStart
  if (from > today) return []
  const due = dueOf('RPT-01', from, { law })
  // A last day in a year without its holidays: the day itself stands; the task is counted again once they are known.
  const day = isRefusal(due) || due.due === null ? plusDays(from, 10) : civilDate(due.due)
  return [{ kind: 'firstReport', slot: 'first', from, due: day, rule: 'RPT-01', counted: true, said: null }]
}

/**
 * Periods that a unit set, up to the last day on which anything is asked: each begins where the one before ended, so that a
 * change of level starts no period anew.
 */
function periods(
  kind: ObligationKind,
  rule: RuleId | null,
  every: Every,
  anchor: CivilDate,
  last: Last | undefined,
  until: CivilDate,
  today: CivilDate,
  setting: string,
): Wanted[] {
  let from = last
    ? later(last.state === 'dropped' ? today : plusDays(last.due, 1), anchor)
    : periodAt(anchor, every, today)
  if (last && from <= last.from) from = plusDays(last.from, 1)
  for (; from <= today && from <= until; from = nextOnLattice(from, every, from)) {
    const due = earlier(plusDays(nextOnLattice(from, every, from), -1), until)
    if (due < today) continue
    const { zh, en } = everySaid(every)
    const said = { zh: `${zh}（本地设置 ${setting}）`, en: `${en} (local setting ${setting})` }
    return [{ kind, slot: from, from, due, rule, counted: false, said }]
  }
  return []
}

/**
 * A review that was put off while none ran: it is due on the day that was approved, and nothing before it. Null where
 * nothing was put off, or the clock of a running one was moved instead.
 */
function putOff({ putOff: wish }: Standing, last: Last | undefined, today: CivilDate): Wanted[] | null {
  if (!wish || wish.until < today || last?.state === 'due') return null
  // It was answered, or has been asked for since.
  if (last && (last.slot === wish.matter || last.from > wish.on || last.extendedTo === wish.until)) return null
  return [
    {
      kind: 'medicalReview',
      slot: wish.matter,
      from: wish.on,
      due: wish.until,
      rule: 'REP-04',
      counted: false,
      said: { zh: '病情复查延期批准的日期', en: 'the day approved when the review was put off' },
    },
  ]
}

/** How often the law in force asks for it, in whole months; null where a correction gives no such number. */
function everyOf(law: Law, rule: RuleId): Every | null {
  const { value } = law.read(rule)
  return typeof value === 'number' && value >= 1 ? { count: Math.floor(value), unit: 'm' } : null
}

/** The first day of the period after the last one; one that was given more time rests until the day it was given. */
function afterLast(anchor: CivilDate, every: Every, last: Last): CivilDate {
  if (last.extendedTo && last.extendedTo > last.due) return last.extendedTo
  // A slot that is no day was set by an approval: the next is counted from the day it was due.
  if (last.slot !== last.from) return last.due
  // Counted from a day that was put off, or by a length that has been corrected since.
  const base = last.from > anchor && periodAt(anchor, every, last.from) !== last.from ? last.from : anchor
  return nextOnLattice(base, every, last.from)
}

/** Periods that the law sets in months, counted from the start of correction. */
function lawful(
  kind: ObligationKind,
  rule: RuleId,
  anchor: CivilDate,
  last: Last | undefined,
  person: Standing,
  law: Law,
  today: CivilDate,
): Wanted[] {
  const every = everyOf(law, rule)
  if (!every) return []
  const lastDay = last && later(last.extendedTo ?? last.due, last.due)
  let from = last ? afterLast(anchor, every, last) : periodAt(anchor, every, today)
  const base = last && periodAt(anchor, every, from) !== from ? from : anchor
  for (; from <= today && from <= person.termEnd; from = nextOnLattice(base, every, from)) {
    if (last?.state === 'due' && lastDay && from < lastDay) return []
    const due = dueOf(rule, from, { law })
    if (isRefusal(due) || due.due === null) return []
    if (civilDate(due.due) >= today)
      return [{ kind, slot: from, from, due: civilDate(due.due), rule, counted: true, said: null }]
  }
  return []
}

/** What becomes of an obligation that runs, by what the file says now. */
export type Becomes =
  | { readonly is: 'runs' }
  /** Its clock rests for this cause. */
  | { readonly is: 'rests'; readonly cause: 'custody' | 'away' }
  /** Nobody asks for it any more, and why. */
  | { readonly is: 'dropped'; readonly why: 'ended' | 'cancelled' | 'levelChanged' | 'injunctionOver' }
  | { readonly is: 'fulfilled'; readonly on: CivilDate }

const over: readonly string[] = ['released', 'terminated', 'transferred']
/** What a person on an approved leave cannot do at home; the body and the injunction are reported on from wherever he is. */
const restsAway: readonly ObligationKind[] = ['report', 'education', 'publicGood']

export function becomes(
  running: {
    readonly kind: ObligationKind
    readonly slot: string
    readonly from: CivilDate
    /** As it was set. */
    readonly due: CivilDate
    /** As its clock stands, with what it was given back after a rest. */
    readonly lastDay: CivilDate
  },
  person: Standing,
  law: Law,
  today: CivilDate,
): Becomes {
  if (over.includes(person.state)) return { is: 'dropped', why: 'ended' }
  if (running.kind === 'firstReport')
    return person.state === 'awaiting' ? { is: 'runs' } : { is: 'fulfilled', on: person.receivedOn ?? today }
  if (running.kind === 'leaveReturn') {
    const leave = person.leaves.find((l) => l.id === running.slot)
    if (leave?.state === 'returned') return { is: 'fulfilled', on: leave.returnedOn ?? today }
    return leave?.state === 'approved' ? { is: 'runs' } : { is: 'dropped', why: 'cancelled' }
  }
  if (person.state === 'detained') return { is: 'rests', cause: 'custody' }
  if (running.kind === 'selfSummary' && running.slot !== person.termEnd) return { is: 'dropped', why: 'cancelled' }
  // What he had time for while it held is found missed; what he has time for yet he owes only as long as it holds.
  if (running.kind === 'injunctionReport' && today <= running.lastDay) {
    const inForce = injunctionOn(person, law, today)
    if (!inForce) return { is: 'dropped', why: 'injunctionOver' }
    if (inForce.until < running.due) return { is: 'dropped', why: 'cancelled' }
  }
  const setting = recurrent.find(([kind]) => kind === running.kind)?.[2]
  if (setting) {
    const every = everyIn(law, setting, person.level)
    if (!every) return { is: 'dropped', why: 'levelChanged' }
    // A stricter level does not wait for the end of the longer period it replaces.
    const shortest = plusDays(nextOnLattice(today, every, today), -1)
    if (running.due > shortest && running.due < person.termEnd) return { is: 'dropped', why: 'levelChanged' }
  }
  const away = person.leaves.some((l) => l.state === 'approved' && l.from <= today && today <= l.until)
  return away && restsAway.includes(running.kind) ? { is: 'rests', cause: 'away' } : { is: 'runs' }
}

/**
 * Milliseconds of outages within a duty's time: what the person could not do because the platform or its network was down
 * is not held against him. Overlapping outages count once; a running one counts until now.
 */
export function outageWithin(
  from: number,
  until: number,
  outages: readonly { readonly from: number; readonly until: number | null }[],
  now: number,
): number {
  let sum = 0
  let reached = from
  for (const outage of [...outages].sort((a, b) => a.from - b.from)) {
    const begins = Math.max(outage.from, reached)
    const ends = Math.min(outage.until ?? now, until)
    if (ends <= begins) continue
    sum += ends - begins
    reached = ends
  }
  return sum
}

/** The watches before a temporary service ends: the first day of each lead that has come. Settings such as `3m,30d`. */
export function termWatches(
  person: Pick<Standing, 'category' | 'state' | 'termEnd'>,
  setting: string,
  today: CivilDate,
) {
  if (person.category !== '04' || person.state !== 'inCorrection' || person.termEnd < today) return []
  const leads = setting.split(/[,，、;；]/).flatMap((text) => {
    const every = readEvery(text)
    if (!every) return []
    const on =
      every.unit === 'm'
        ? plusMonths(person.termEnd, -every.count)
        : plusDays(person.termEnd, -every.count * (every.unit === 'w' ? 7 : 1))
    return on <= today ? [{ slot: `${person.termEnd}/${text.trim()}`, on }] : []
  })
  // After a long absence only the nearest lead speaks.
  return leads.sort((a, b) => (a.on < b.on ? 1 : -1)).slice(0, 1)
}
