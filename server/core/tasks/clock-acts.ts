import { placeWritten } from '@zhijiao/law/article'
import { isWorkingDay, nextWorkingDay, plusWorkingDays, workingDaysBetween } from '@zhijiao/law/calendar'
import { type CivilDate, civilDate, isCivilDate, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import {
  type ApprovalLevel,
  approvalFor,
  approvalLevels,
  type ClockTerms,
  clockTermsOf,
  type PauseCause,
} from '@zhijiao/law/clock-changes'
import { dutyTimeBetween, plusDutyTime } from '@zhijiao/law/duty-hours'
import type { Law } from '@zhijiao/law/in-force'
import { isRefusal, type LawRefusal } from '@zhijiao/law/refusals'
import { isRuleId, type RuleId } from '@zhijiao/law/rule'
import { lawFor } from '../circumstances.ts'
import type { House } from '../house.ts'
import { type Refusal, refuse, settled } from '../refusals.ts'
import { type CivilStart, lastInstantOf, ofLaw } from './civil.ts'
import { clockworkOf, firstClimbAt, nextReminderAt, type SetDay, windowsOf } from './clock.ts'
import { waits } from './counted.ts'
import { type Actor, running, supervised } from './domain.ts'
import {
  AgreementMissing,
  ApprovalTooLow,
  ClockFixed,
  ClockPaused,
  ClockRuns,
  ClockWaits,
  NewDueInvalid,
  NotYours,
  Over,
} from './refusals.ts'
import type { ClockChangeRow, TaskRow, TaskStore } from './store.ts'

type Payload = { [key: string]: string | number | boolean | null }
interface Tools {
  readonly house: Pick<House, 'chance' | 'databases'>
  readonly store: TaskStore
  readonly write: (task: TaskRow, kind: string, payload: Payload, also?: readonly RuleId[]) => Promise<unknown>
  readonly tell: (task: TaskRow, what: string, staff: readonly (string | null)[]) => Promise<void>
  readonly atRevision: (task: TaskRow, revision: number | undefined) => void
  readonly extended: (task: TaskRow, at: number) => Promise<void> | undefined
}
export interface ClockActor extends Actor {
  readonly name: string
}

/** What the law lets be done to the clock of a task; nothing to one that no rule counts. */
export function termsOf(task: Pick<TaskRow, 'clock_rule' | 'owner_role'>): ClockTerms {
  // What a unit asks of a person by its own setting it may let rest by its own setting.
  if (task.owner_role === supervised && !task.clock_rule) return clockTermsOf('REP-01')
  return task.clock_rule && isRuleId(task.clock_rule) ? clockTermsOf(task.clock_rule) : { extension: null, pause: null }
}

/**
 * Where the clock stands after it rested from `since` to `now`: it gets back what it lost, in its own measure, and a
 * last day on a holiday moves on only where the rule says so.
 */
export function dueAfterRest(
  task: Pick<TaskRow, 'clock_rule' | 'clock_counted' | 'due_on' | 'due_at'>,
  since: number,
  now: number,
  law: Law,
): { dueOn: CivilDate | null; dueAt: number } | LawRefusal {
  const due = task.due_at?.getTime() ?? now
  if (task.clock_counted === 'duty') {
    const lost = dutyTimeBetween(since, now, windowsOf(law), law.calendar)
    const next = isRefusal(lost) ? lost : plusDutyTime(due, lost, windowsOf(law), law.calendar)
    return isRefusal(next) ? next : { dueOn: null, dueAt: next }
  }
  if (!task.due_on || task.clock_counted === 'hours') return { dueOn: null, dueAt: due + (now - since) }
  const [from, to, on] = [legalDayOf(since), legalDayOf(now), civilDate(task.due_on)]
  if (task.clock_counted === 'working') {
    const lost = workingDaysBetween(law.calendar, from, to)
    const next = isRefusal(lost) ? lost : plusWorkingDays(law.calendar, on, lost)
    return isRefusal(next) ? next : { dueOn: next, dueAt: lastInstantOf(next) }
  }
  const moved = plusDays(on, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000))
  const rule = task.clock_rule ? law.rule(task.clock_rule) : null
  const next = rule && !isRefusal(rule) && rule.rolls ? nextWorkingDay(law.calendar, moved) : moved
  return isRefusal(next) ? next : { dueOn: next, dueAt: lastInstantOf(next) }
}

function fixed(task: TaskRow, law: Law): Refusal {
  const cited = task.clock_rule && isRuleId(task.clock_rule) ? law.cite(task.clock_rule as RuleId) : null
  return refuse(ClockFixed, {
    article: cited ? placeWritten(cited) : '本单位设定的时限',
    articleEn: cited ? placeWritten(cited) : 'a clock set by the unit',
  })
}

/**
 * The day that a running clock may be moved to: later than the one that holds, and a day of work where working days are
 * counted, since nobody can be asked for it on a holiday.
 */
export function newDueOf(task: TaskRow, wished: string, law: Law): { before: CivilDate; newDue: CivilDate } | Refusal {
  if (!termsOf(task).extension) return fixed(task, law)
  if (task.paused_at) return refuse(ClockPaused, { since: task.paused_at.toISOString() })
  if (waits(task)) return refuse(ClockWaits)
  const before = task.due_on ? civilDate(task.due_on) : null
  if (!isCivilDate(wished) || !before || civilDate(wished) <= before)
    return refuse(NewDueInvalid, { due: before ?? '—' })
  const newDue = civilDate(wished)
  const works = task.clock_counted === 'working' ? isWorkingDay(law.calendar, newDue) : true
  if (isRefusal(works)) return ofLaw(works)
  return works ? { before, newDue } : refuse(NewDueInvalid, { due: before })
}

/** Stopping a clock, letting it run on, giving it more time: only as the law allows, always with its reason, on record. */
export function clockActs({ house, store, write, tell, atRevision, extended }: Tools) {
  const begin = async (task: TaskRow, by: ClockActor | null, revision?: number) => {
    if (!running(task.state)) throw refuse(Over)
    if (by && task.owner_id !== null && task.owner_id !== by.id && !by.permissions.has('task.transfer')) {
      throw refuse(NotYours, { owner: await store.nameOf(task.owner_id) })
    }
    atRevision(task, revision)
    const now = house.chance.now()
    return { now, law: await lawFor(house, task.org_code, now) }
  }
  /** The record of what was done to the clock; what a kind of change does not have stays empty. */
  const note = (
    task: TaskRow,
    what: ClockChangeRow['what'],
    by: { readonly id: string; readonly name: string } | null,
    now: number,
    change: Pick<ClockChangeRow, 'reason'> & Partial<ClockChangeRow>,
  ) =>
    store.clockChanged({
      id: house.chance.id(),
      task_id: task.id,
      what,
      at: new Date(now),
      by_id: by?.id || null,
      by_name: by?.name ?? 'system:worker',
      cause: null,
      basis: null,
      due_before: task.due_at,
      due_after: null,
      agreed_with: null,
      agreed_on: null,
      files: [],
      ...change,
    })
  return {
    /** Stops the clock for a cause that the rule knows. */
    async pauseClock(
      task: TaskRow,
      by: ClockActor | null,
      wish: { cause: PauseCause; reason: string; revision?: number },
    ): Promise<void> {
      const { now, law } = await begin(task, by, wish.revision)
      const { pause } = termsOf(task)
      if (!pause?.causes.includes(wish.cause)) throw fixed(task, law)
      if (task.paused_at) throw refuse(ClockPaused, { since: task.paused_at.toISOString() })
      await store.change(task.id, { paused_at: new Date(now), next_climb_at: null, next_remind_at: null })
      await note(task, 'pause', by, now, { cause: wish.cause, reason: wish.reason })
      await write(task, 'paused', { by: by?.id ?? null, cause: wish.cause, reason: wish.reason })
      await tell(task, 'paused', [task.owner_id])
    },

    /** The cause is gone: the clock runs on and has back what it lost. */
    async resumeClock(
      task: TaskRow,
      by: ClockActor | null,
      wish: { reason: string; revision?: number },
    ): Promise<void> {
      const { now, law } = await begin(task, by, wish.revision)
      if (!task.paused_at) throw refuse(ClockRuns)
      const next = dueAfterRest(task, task.paused_at.getTime(), now, law)
      if (isRefusal(next)) throw ofLaw(next)
      const clock = { ...task, due_at: new Date(next.dueAt), due_on: next.dueOn }
      await store.change(task.id, {
        paused_at: null,
        due_at: clock.due_at,
        due_on: clock.due_on,
        next_climb_at: task.owner_role === supervised ? null : firstClimbAt(clock, law),
        next_remind_at: nextReminderAt(clock, now, law),
      })
      await note(task, 'resume', by, now, { reason: wish.reason, due_after: clock.due_at })
      await write(task, 'resumed', { by: by?.id ?? null, reason: wish.reason, due: clock.due_at.toISOString() })
      await tell(task, 'resumed', [task.owner_id])
    },

    /**
     * Counts the clock from another day, because what the rule counts it from turned out not to be there yet (`due` null:
     * it waits), or has arrived. No discretion: the day is a fact, and the rule says what follows.
     */
    async recount(
      task: TaskRow,
      by: { readonly id: string; readonly name: string },
      wish: { basis: RuleId; reason: string } & (
        | { due: CivilStart | null; day?: never }
        | { day: SetDay; due?: never }
      ),
    ): Promise<void> {
      const { now, law } = await begin(task, null)
      const counted = wish.day ? { dueDay: wish.day } : wish.due ? { due: wish.due } : { waits: wish.basis }
      const clock = settled(clockworkOf(counted, now, law))
      const runs = !('waits' in counted)
      await store.change(task.id, {
        ...clock,
        next_climb_at: firstClimbAt(clock, law),
        next_remind_at: nextReminderAt(clock, now, law),
      })
      await note(task, runs ? 'begin' : 'wait', by, now, {
        reason: wish.reason,
        basis: wish.basis,
        due_after: clock.due_at,
      })
      await write(
        task,
        runs ? 'clockBegan' : 'clockWaits',
        { by: by.id || null, was: task.due_on, from: clock.clock_from, to: clock.due_on, reason: wish.reason },
        [wish.basis],
      )
      await tell(task, 'recounted', [task.owner_id])
    },

    /**
     * More time, by the word of whoever the law asks: on the paper that says so, or on the other side's own desk
     * (`desk`: where that word stands), which no hand of ours can enter for it.
     */
    async extendClock(
      task: TaskRow,
      by: ClockActor,
      wish: {
        newDue: string
        agreedWith: string
        agreedOn: string
        level?: ApprovalLevel
        reason: string
        revision?: number
      } & ({ files: readonly string[]; desk?: never } | { desk: string; files?: never }),
    ): Promise<void> {
      const { now, law } = await begin(task, wish.desk ? null : by, wish.revision)
      const { extension } = termsOf(task)
      if (!extension) throw fixed(task, law)
      const { before, newDue } = settled(newDueOf(task, wish.newDue, law))
      if (!isCivilDate(wish.agreedOn) || civilDate(wish.agreedOn) > legalDayOf(now))
        throw refuse(AgreementMissing, { whose: extension.whose.zh, whoseEn: extension.whose.en }, [
          { path: 'agreedOn', zh: '同意日期不能晚于今天', en: 'agreed no later than today' },
        ])
      const files = wish.files ?? []
      if (!wish.desk && (files.length === 0 || (await store.filesSeen(files)) < new Set(files).size))
        throw refuse(AgreementMissing, { whose: extension.whose.zh, whoseEn: extension.whose.en }, [
          { path: 'files', zh: '请上传同意延期的书面材料', en: 'attach the paper that says so' },
        ])
      let basis = extension.basis
      if (extension.by === 'approval') {
        const needs = approvalFor(before, newDue, law)
        basis = needs.rule
        // What was decided on another desk was decided by the level competent then.
        if (!wish.desk && approvalLevels.indexOf(wish.level ?? 'county') < approvalLevels.indexOf(needs.level))
          throw refuse(ApprovalTooLow, { level: levelWords[needs.level].zh, levelEn: levelWords[needs.level].en })
      }
      const clock = { ...task, due_on: newDue, due_at: new Date(lastInstantOf(newDue)) }
      await store.change(task.id, {
        due_on: newDue,
        due_at: clock.due_at,
        next_climb_at: task.owner_role === supervised ? null : firstClimbAt(clock, law),
        next_remind_at: nextReminderAt(clock, now, law),
      })
      await note(task, 'extend', by, now, {
        reason: wish.reason,
        basis,
        due_after: clock.due_at,
        agreed_with: wish.agreedWith,
        agreed_on: wish.agreedOn,
        files: [...files],
      })
      await write(
        task,
        'extended',
        {
          by: by.id,
          from: before,
          to: newDue,
          agreedWith: wish.agreedWith,
          agreedOn: wish.agreedOn,
          basis,
          reason: wish.reason,
          files: files.join(','),
          ...(wish.desk ? { desk: wish.desk } : {}),
        },
        [basis],
      )
      await extended(task, now)
      await tell(task, 'extended', [task.owner_id])
    },
  }
}

const levelWords: Readonly<Record<ApprovalLevel, { zh: string; en: string }>> = {
  county: { zh: '县级社区矫正机构', en: 'the county agency' },
  city: { zh: '上一级（市级）社区矫正机构', en: 'the city agency' },
  province: { zh: '省级社区矫正机构', en: 'the provincial agency' },
}
