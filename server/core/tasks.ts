import { isRole, roles } from '@zhijiao/law/roles'
import { isRuleId, type RuleId } from '@zhijiao/law/rule'
import { lawFor } from './circumstances.ts'
import type { ScopedDb } from './db.ts'
import type { House } from './house.ts'
import type { Ledger } from './ledger/append.ts'
import { Changed, type Refusal, refuse, settled } from './refusals.ts'
import { type Answer, handActs } from './tasks/by-hand.ts'
import type { CivilStart } from './tasks/civil.ts'
import { type Clockwork, clockworkOf, firstClimbAt, nextReminderAt, type SetDay } from './tasks/clock.ts'
import { clockActs } from './tasks/clock-acts.ts'
import { type Actor, claim, running, supervised, transfer } from './tasks/domain.ts'
import { type TaskEvent, taskKind } from './tasks/kinds.ts'
import { Over } from './tasks/refusals.ts'
import type { Left } from './tasks/staff.ts'
import { dutyOf, type TaskRow, taskStore } from './tasks/store.ts'
import { tellOf } from './tasks/tell.ts'

export { handOutcome } from './tasks/by-hand.ts'
export { type CivilStart, ofLaw } from './tasks/civil.ts'
export { declareTaskKind, type TaskEvent, type TaskKind } from './tasks/kinds.ts'
export type { TaskRow } from './tasks/store.ts'

/** A duty as the law or a fact makes it. At most one of `due`, `waits`, `dueDay`, `clockMin` and `dueAt` sets its clock; none: no clock. */
export interface NewTask {
  /** `room.duty`; declared with `declareTaskKind`. One running task of a kind and subject. */
  readonly kind: string
  readonly org: string
  readonly person: string | null
  /** The row the duty is about. */
  readonly subject: string
  readonly title: { readonly zh: string; readonly en: string }
  /** 1 gravest … 4; default 3. */
  readonly level?: number
  /** Delivery, milliseconds UTC; starts the clock. Default now. */
  readonly at?: number
  /** Minutes from delivery. */
  readonly clockMin?: number
  /** Milliseconds UTC, for instants that no rule counts. */
  readonly dueAt?: number
  /**
   * Counted by a rule of the law in force for `org`: working or calendar days, months, hours, or back from an event. The
   * due instant is the end of the last lawful day. While the holidays of its year are unknown the task runs without a
   * clock and says so.
   */
  readonly due?: CivilStart
  /** The rule that will count its clock, while the day it is counted from has not come. */
  readonly waits?: RuleId
  /** A due day that a unit or an event sets. */
  readonly dueDay?: SetDay
  /** Name of the clock of `clockMin` (a kind of alarm): a unit may let it run only in hours of duty. */
  readonly clockFor?: string
  /** Rule of the law the duty rests on; default the rule of `due`. */
  readonly rule?: string | null
  /** This person and nobody else first. */
  readonly owner?: string
  /** A duty the law gives to a post: not called by the roster. */
  readonly ownerRole?: string
  /** Unit of `ownerRole`; default `org`. */
  readonly unit?: string
  /** Recurs by itself for every person: neither an entry of the ledger nor news says that it has begun. */
  readonly quiet?: boolean
}

export interface Opened {
  readonly id: string
  /** False: one of this kind and subject was running already; nothing was written. */
  readonly opened: boolean
  readonly owner: { readonly id: string; readonly name: string } | null
  /** The roster and the posts named nobody: shown as a warning until somebody claims it. */
  readonly nobodyOnDuty: boolean
  readonly dueAt: number | null
  /** Last lawful day of a civil clock. */
  readonly dueOn: string | null
}

export interface By extends Actor {
  readonly name: string
}

/** Who ended a task, and with which words. */
interface Said extends Answer {
  readonly by: string
}

const leftWords: Readonly<Record<Left, string>> = {
  staffClosed: '原承办人账号已停用',
  staffMoved: '原承办人已调离',
  caseload: '责任人已调整',
}

/** Minutes between rungs of the ladder: as long as the clock itself, within 5 and 60. */
const dayMin = 1440
const climbMinOf = (clockMin: number | undefined) => Math.min(60, Math.max(5, clockMin ?? 60))

/**
 * Tasks inside one transaction: each act is a ledger entry and a live message that stand or fall with it. A task starts
 * its clock when it is delivered to a named person; nothing resets it.
 */
export function tasksIn(db: ScopedDb, house: Pick<House, 'chance' | 'databases'>, ledger: Ledger) {
  const store = taskStore(db)
  const { chance } = house

  const cited = (task: TaskRow) => [...new Set([task.rule, task.clock_rule])].filter((r) => r !== null).filter(isRuleId)
  const write = (
    task: TaskRow,
    kind: string,
    payload: { [key: string]: string | number | boolean | null },
    also: readonly RuleId[] = [],
  ) =>
    ledger.append({
      kind: `task.${kind}`,
      org: task.org_code,
      person: task.person_id,
      subject: task.id,
      cites: [...new Set([...cited(task), ...also])],
      payload: { duty: task.kind, about: task.subject_id, ...payload },
    })
  const tell = (task: TaskRow, what: string, staff: readonly (string | null)[]) => tellOf(db, task, what, staff)
  const hook = (task: TaskRow, event: TaskEvent) =>
    taskKind(task.kind).told?.({ db, ledger, id: () => chance.id() }, task, event)
  const atRevision = (task: TaskRow, revision: number | undefined) => {
    if (revision !== undefined && task.revision !== revision) throw refuse(Changed, { revision: task.revision })
  }

  /** Who gets it: the named person, the only holder of the post, or the first whom the roster calls. */
  async function receiver(wish: NewTask, at: number) {
    if (wish.owner) return { staff: { id: wish.owner, name: await store.nameOf(wish.owner) }, step: 0 }
    if (wish.ownerRole) {
      const holders = await store.post(wish.ownerRole, wish.unit ?? wish.org)
      const only = holders.length === 1 ? holders[0] : undefined
      return only ? { staff: only, step: 0 } : null
    }
    return (await store.ladder(wish.org, at))[0] ?? null
  }

  /** Who sees only what is handed to him hears of his post's duty by name: the live line gives him nothing of the unit. */
  const postCalled = async ({ ownerRole, unit, org }: NewTask): Promise<string[]> =>
    ownerRole && isRole(ownerRole) && roles[ownerRole].reach === 'handed'
      ? (await store.post(ownerRole, unit ?? org)).map((holder) => holder.id)
      : []

  return {
    async open(wish: NewTask): Promise<Opened> {
      const at = wish.at ?? chance.now()
      const byRoster = !wish.owner && !wish.ownerRole
      const first = await receiver(wish, at)
      const law = await lawFor(house, wish.org, chance.now())
      const clock: Clockwork = settled(clockworkOf(wish, at, law))
      const dueAt = clock.due_at?.getTime() ?? null
      const row: TaskRow = {
        id: chance.id(),
        kind: wish.kind,
        org_code: wish.org,
        unit_code: wish.unit ?? wish.org,
        person_id: wish.person,
        subject_id: wish.subject,
        title_zh: wish.title.zh,
        title_en: wish.title.en,
        level: wish.level ?? 3,
        owner_role: wish.ownerRole ?? (wish.org.length === 9 ? 'officer' : 'county'),
        owner_id: first?.staff.id ?? null,
        nobody_on_duty: byRoster && first === null,
        claimed_at: null,
        acknowledged_at: null,
        delivered_at: new Date(at),
        rule: wish.rule ?? clock.clock_rule,
        ...clock,
        climb_min: clock.due_on ? dayMin : climbMinOf(wish.clockMin),
        climbs: byRoster,
        state: 'open',
        climbed: 0,
        next_climb_at: wish.ownerRole === supervised ? null : firstClimbAt(clock, law),
        next_remind_at: nextReminderAt(clock, at, law),
        reminded_at: null,
        paused_at: null,
        left_by: null,
        ended_at: null,
        outcome: null,
        outcome_note: '',
        answered_by: null,
        opened_by: null,
        created_at: new Date(chance.now()),
        revision: 1,
      }
      if (!(await store.add(row))) {
        const there = await store.runningOf(wish.kind, wish.subject)
        return {
          id: there?.id ?? row.id,
          opened: false,
          owner: there?.owner_id ? { id: there.owner_id, name: await store.nameOf(there.owner_id) } : null,
          nobodyOnDuty: there?.nobody_on_duty ?? false,
          dueAt: there?.due_at?.getTime() ?? null,
          dueOn: there?.due_on ?? null,
        }
      }
      if (first) await store.call(row.id, first.staff.id, first.step, 'duty', new Date(at))
      if (wish.quiet) return { id: row.id, opened: true, owner: null, nobodyOnDuty: false, dueAt, dueOn: row.due_on }
      await write(row, 'delivered', {
        to: first?.staff.id ?? null,
        post: row.owner_role,
        unit: row.unit_code,
        due: row.due_at?.toISOString() ?? null,
        ...(clock.clock_rule ? { clock: clock.clock_rule, from: clock.clock_from, lastDay: clock.due_on } : {}),
        ...(clock.clock_unknown ? { holidaysUnknown: clock.clock_unknown } : {}),
        nobodyOnDuty: row.nobody_on_duty,
      })
      await tell(row, 'delivered', first ? [first.staff.id] : await postCalled(wish))
      return {
        id: row.id,
        opened: true,
        owner: first?.staff ?? null,
        nobodyOnDuty: row.nobody_on_duty,
        dueAt,
        dueOn: row.due_on,
      }
    },

    /** The running task of a kind and subject, locked; undefined when there is none the caller may see. */
    of: (kind: string, subject: string) => store.runningOf(kind, subject),
    get: (id: string) => store.get(id),

    /** Notes that somebody has seen it. Only the first time counts. */
    async acknowledge(task: TaskRow, by: By): Promise<boolean> {
      if (!running(task.state)) throw refuse(Over)
      if (task.acknowledged_at) return false
      await store.seen(task.id, new Date(chance.now()))
      await write(task, 'acknowledged', { by: by.id })
      await tell(task, 'acknowledged', [task.owner_id])
      return true
    },

    /** Makes the caller its owner; says whether anything changed. The clock runs on. */
    async claim(task: TaskRow, by: By, revision?: number): Promise<boolean> {
      const decision = settled(claim(await dutyOf(store, task), by))
      if (decision === 'already') return false
      atRevision(task, revision)
      const now = new Date(chance.now())
      await store.change(task.id, {
        state: 'claimed',
        owner_id: by.id,
        left_by: null,
        claimed_at: now,
        acknowledged_at: task.acknowledged_at ?? now,
        nobody_on_duty: false,
      })
      await store.call(task.id, by.id, 0, 'claim', now)
      await write(task, 'claimed', { by: by.id, from: task.owner_id })
      await hook(task, { what: 'claim', at: now.getTime(), by, to: by, note: '' })
      await tell(task, 'claimed', [task.owner_id, by.id])
      if (taskKind(task.kind).toKnow) await end({ ...task, state: 'claimed' }, 'done', 'known')
      return true
    },

    /** Hands it to another (转办); he owns it from now on, under the same clock. */
    async transfer(
      task: TaskRow,
      by: By,
      to: { readonly id: string; readonly name: string; readonly permissions: ReadonlySet<string> } | undefined,
      reason: string,
      revision?: number,
    ): Promise<void> {
      const decision = transfer(await dutyOf(store, task), by, to, taskKind(task.kind).may)
      settled(decision)
      if (!to) return
      atRevision(task, revision)
      const now = new Date(chance.now())
      await store.change(task.id, {
        state: task.state === 'submitted' ? 'submitted' : 'claimed',
        owner_id: to.id,
        left_by: null,
        claimed_at: task.claimed_at ?? now,
        nobody_on_duty: false,
      })
      await store.call(task.id, to.id, 0, 'transfer', now)
      await write(task, 'transferred', { by: by.id, from: task.owner_id, to: to.id, reason })
      await hook(task, { what: 'transfer', at: now.getTime(), by, to, note: reason })
      await tell(task, 'transferred', [task.owner_id, to.id])
    },

    /** The shift changed: whoever is on duty now has it, claimed or not. */
    async handOver(task: TaskRow, to: { id: string; name: string }, step: number, by: By | null): Promise<void> {
      const now = new Date(chance.now())
      await store.change(task.id, {
        owner_id: to.id,
        left_by: null,
        nobody_on_duty: false,
        acknowledged_at: null,
      })
      await store.call(task.id, to.id, step, 'handOver', now)
      await write(task, 'handedOver', { by: by?.id ?? null, from: task.owner_id, to: to.id })
      await hook(task, { what: 'handOver', at: now.getTime(), by, to, note: '' })
      await tell(task, 'handedOver', [task.owner_id, to.id])
    },

    /**
     * Whoever had it is gone: his successor has it, else whoever the roster calls now, else his post, where it shows
     * whose it was. The clock runs on.
     */
    async leftBehind(task: TaskRow, successor: { id: string; name: string } | null, why: Left): Promise<void> {
      const now = new Date(chance.now())
      const gone = task.owner_id
      const others = task.climbs
        ? (await store.ladder(task.org_code, now.getTime())).map((r) => ({ ...r.staff, step: r.step }))
        : (await store.post(task.owner_role, task.unit_code)).map((h) => ({ ...h, step: 0 }))
      const left = others.filter((o) => o.id !== gone)
      const to = successor ?? (task.climbs || left.length === 1 ? (left[0] ?? null) : null)
      await store.change(task.id, {
        owner_id: to?.id ?? null,
        state: task.state === 'submitted' ? 'submitted' : 'open',
        claimed_at: null,
        acknowledged_at: null,
        left_by: gone,
        nobody_on_duty: to === null && left.length === 0,
      })
      if (to) await store.call(task.id, to.id, task.climbs && !successor ? (left[0]?.step ?? 0) : 0, 'handOver', now)
      await write(task, 'handedOver', { by: null, from: gone, to: to?.id ?? null, why })
      await hook(task, { what: 'handOver', at: now.getTime(), by: null, to, note: leftWords[why] })
      await tell(task, 'handedOver', [gone, to?.id ?? null, ...(to ? [] : left.map((o) => o.id))])
    },

    /** Reminds whoever has it (催办). */
    async urge(task: TaskRow, by: By, note: string): Promise<void> {
      if (!running(task.state)) throw refuse(Over)
      await write(task, 'urged', { by: by.id, note })
      await tell(task, 'urged', [task.owner_id])
    },

    /** Its owner has done his part; somebody else's review is a task of its own. The clock rests. */
    async submit(task: TaskRow, by: By): Promise<void> {
      const now = new Date(chance.now())
      await store.change(task.id, {
        state: 'submitted',
        owner_id: by.id,
        claimed_at: task.claimed_at ?? now,
        next_climb_at: null,
        next_remind_at: null,
      })
      await write(task, 'submitted', { by: by.id })
      await tell(task, 'submitted', [by.id])
    },

    /** Comes back from review, or was taken back: to be done again, under the clock it always had. */
    async resume(task: TaskRow, why: 'returned' | 'withdrawn'): Promise<void> {
      const now = chance.now()
      const due = task.due_at?.getTime() ?? null
      const law = await lawFor(house, task.org_code, now)
      const late = due !== null && due <= now
      await store.change(task.id, {
        state: 'claimed',
        next_climb_at: task.paused_at ? null : late ? new Date(now + task.climb_min * 60_000) : firstClimbAt(task, law),
        next_remind_at: task.paused_at ? null : nextReminderAt(task, now, law),
      })
      await write(task, why, {})
      await tell(task, why, [task.owner_id])
    },

    /** Ends it. Ending what has ended changes nothing. */
    async finish(task: TaskRow, outcome: string): Promise<void> {
      await end(task, 'done', outcome)
    },
    async cancel(task: TaskRow, outcome: string): Promise<void> {
      await end(task, 'cancelled', outcome)
    },

    /** What somebody looked at is what is there. */
    atRevision(task: TaskRow, revision: number): TaskRow {
      atRevision(task, revision)
      return task
    },

    ...handActs({
      duty: (task) => dutyOf(store, task),
      running: store.runningAbout,
      end: (task, state, outcome, by, answer) => end(task, state, outcome, { by: by.id, ...answer }),
    }),

    ...clockActs({
      house,
      store,
      write,
      tell,
      atRevision,
      extended: (task, at) => taskKind(task.kind).extended?.({ db, id: () => chance.id() }, task, at),
    }),
  }

  async function end(
    task: TaskRow,
    state: 'done' | 'cancelled',
    outcome: string,
    said: Said | null = null,
  ): Promise<void> {
    if (!running(task.state)) return
    await store.change(task.id, {
      state,
      ended_at: new Date(chance.now()),
      outcome,
      ...(said ? { outcome_note: said.note, answered_by: said.matter ?? null } : {}),
      next_climb_at: null,
      next_remind_at: null,
    })
    await write(task, state === 'done' ? 'done' : 'cancelled', {
      outcome,
      ...(said ? { by: said.by, note: said.note, matter: said.matter ?? null } : {}),
    })
    await tell(task, state, [task.owner_id])
  }
}

export type Tasks = ReturnType<typeof tasksIn>
export type { Refusal }
