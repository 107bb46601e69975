import type { ScopedDb } from '../../core/db.ts'
import type { House } from '../../core/house.ts'
import type { Ledger } from '../../core/ledger/append.ts'
import { announce } from '../../core/live.ts'
import { declareTaskKind, type Opened, type TaskEvent, tasksIn } from '../../core/tasks.ts'
import { isAlarmKind, kindsFor } from '../kinds.ts'
import { declareFollowOns } from './follow-on.ts'
import { deskStore } from './store.ts'

/** What the desk needs to know of an episode that has become an alarm. */
export interface RaisedEpisode {
  readonly id: string
  readonly kind: string
  readonly person: string
  readonly org: string
  readonly level: number
  /** Milliseconds UTC. */
  readonly raisedAt: number
}

const timelineWords: Readonly<Record<TaskEvent['what'], string>> = {
  claim: 'claim',
  transfer: 'transfer',
  handOver: 'transfer',
  climb: 'climb',
}

/** The desk's kinds of task; what happens to one shows in the timeline of its alarm. */
export function declareDeskTasks(): void {
  declareTaskKind('alarm.handle', {
    zh: '报警处置',
    en: 'Handle an alarm',
    may: 'alarm.handle',
    told: async ({ db, id }, task, event) => {
      await deskStore(db).addNote({
        id: id(),
        episode_id: task.subject_id,
        at: new Date(event.at),
        by_id: event.by?.id ?? null,
        by_name: event.by?.name ?? '值班表',
        kind: timelineWords[event.what],
        text: event.note,
        data: { what: event.what, to: event.to?.id ?? null, toName: event.to?.name ?? null },
      })
      await announce(db, {
        topic: 'alarm',
        id: task.subject_id,
        org: task.org_code,
        person: task.person_id,
        what: event.what === 'climb' ? 'overdue' : event.what === 'claim' ? 'claimed' : 'transferred',
        level: task.level,
        staff: [event.to?.id ?? null, task.owner_id],
      })
    },
  })
  declareTaskKind('alarm.review', { zh: '结案审核', en: 'Review a closure', may: 'alarm.review' })
  declareTaskKind('alarm.dismissal', {
    zh: '不予处理审批',
    en: 'Approve not handling an alarm',
    may: 'alarm.dismiss.approve',
  })
  declareFollowOns()
}

/**
 * How an episode comes to the desk and leaves it, inside the engine's transaction: the alarm, its task, its clock and its
 * sound stand or fall together.
 */
export function deskIn(db: ScopedDb, house: Pick<House, 'chance' | 'databases'>, ledger: Ledger) {
  const tasks = tasksIn(db, house, ledger)
  const told = (
    episode: Pick<RaisedEpisode, 'id' | 'person' | 'org'>,
    what: string,
    staff: (string | null)[],
    level?: number,
  ) => announce(db, { topic: 'alarm', id: episode.id, org: episode.org, person: episode.person, what, level, staff })
  return {
    /** An episode has become an alarm: delivers it to the named duty officer, which starts its clock, and rings. */
    async raised(episode: RaisedEpisode): Promise<Opened> {
      const kinds = await kindsFor(db, episode.org)
      const kind = isAlarmKind(episode.kind) ? kinds[episode.kind] : undefined
      const who = await deskStore(db).personName(episode.person)
      const opened = await tasks.open({
        kind: 'alarm.handle',
        org: episode.org,
        person: episode.person,
        subject: episode.id,
        title: {
          zh: `${who}：${kind?.name.zh ?? episode.kind}`,
          en: `${who}: ${kind?.name.en ?? episode.kind}`,
        },
        level: episode.level,
        at: episode.raisedAt,
        clockMin: kind?.clockMin ?? 60,
        // A unit may let the clock of a kind run only in hours of duty (SET-24).
        clockFor: episode.kind,
      })
      if (opened.opened) await told(episode, 'raised', [opened.owner?.id ?? null], episode.level)
      return opened
    },

    /** The episode settled by itself (leave, outage, term ended, cleared): nobody has to do anything any more. */
    async settled(episode: Pick<RaisedEpisode, 'id' | 'person' | 'org'>, as: string): Promise<void> {
      for (const kind of ['alarm.handle', 'alarm.review', 'alarm.dismissal']) {
        const task = await tasks.of(kind, episode.id)
        if (task) await tasks.cancel(task, as)
      }
      await told(episode, 'settled', [])
    },

    /** More evidence came: open screens fetch it, silently. */
    grew: (episode: Pick<RaisedEpisode, 'id' | 'person' | 'org'>) => told(episode, 'grew', []),
  }
}
