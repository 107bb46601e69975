import { type AlarmCause, type followOnCodes, followOns } from '@zhijiao/contract/alarms'
import type { House } from '../../core/house.ts'
import type { Json } from '../../core/ledger/canonical.ts'
import { announce } from '../../core/live.ts'
import { Changed, type Refusal, refuse, settled } from '../../core/refusals.ts'
import type { Inside } from '../../core/room.ts'
import { taskStore } from '../../core/tasks/store.ts'
import { type By, type TaskRow, tasksIn } from '../../core/tasks.ts'
import { isAlarmKind } from '../kinds.ts'
import { shippedKinds } from '../shipped-kinds.ts'
import { deskIn } from './deliver.ts'
import * as decide from './domain.ts'
import { type Begin, beginFollowOn, type Hand, openFollowOn } from './follow-on.ts'
import { NoteIdTaken } from './refusals.ts'
import { endReview, openReview } from './reviews.ts'
import { deskStore, type EpisodeRow, type Loaded, load } from './store.ts'

export interface Submission {
  readonly way: 'handled' | 'notHandled'
  readonly cause: AlarmCause
  readonly finding: string
  readonly measures: string
  readonly followOn: (typeof followOnCodes)[number] | null
}

/** What somebody says of a call, a visit or the alarm itself, under an id that he may choose. */
interface Recorded {
  readonly id?: string
  readonly text: string
}

/**
 * What people do at the desk, inside one transaction: lock, decide, write, note, ledger, tell. Every act is decided by
 * `domain.ts`; here only the writing.
 */
export function actsIn(
  { db, ledger }: Inside,
  house: House,
  by: By,
  follow: { readonly hand: Hand; readonly begin: Begin },
) {
  const store = deskStore(db)
  const people = taskStore(db)
  const tasks = tasksIn(db, house, ledger)
  const now = () => house.chance.now()

  const read = (id: string) =>
    load(
      db,
      tasks,
      (t) => people.called(t),
      (s) => people.nameOf(s),
      id,
    )

  const fact = (episode: EpisodeRow, kind: string, payload: { [key: string]: Json }, cites: readonly string[] = []) =>
    ledger.append({
      kind: `alarm.${kind}`,
      org: episode.org_code,
      person: episode.person_id,
      subject: episode.id,
      cites: [...ruleOf(episode), ...cites],
      payload: { alarm: episode.number, by: by.id, ...payload },
    })
  const note = async (
    episode: EpisodeRow,
    kind: string,
    text: string,
    data: { [key: string]: Json } = {},
    noteId = house.chance.id(),
  ) => {
    const added = await store.addNote({
      id: noteId,
      episode_id: episode.id,
      at: new Date(now()),
      by_id: by.id,
      by_name: by.name,
      kind,
      text,
      data,
    })
    if (!added) throw refuse(NoteIdTaken)
  }
  const tell = (episode: EpisodeRow, what: string, staff: (string | null)[] = []) =>
    announce(db, {
      topic: 'alarm',
      id: episode.id,
      org: episode.org_code,
      person: episode.person_id,
      what,
      level: episode.level,
      staff,
    })

  /** The running task of an alarm; made now for one that came without, so that none is ever without a clock. */
  async function taskOf({ episode, task }: Loaded): Promise<TaskRow> {
    if (task) return task
    const { id } = await deskIn(db, house, ledger).raised({
      id: episode.id,
      kind: episode.kind,
      person: episode.person_id,
      org: episode.org_code,
      level: episode.level,
      raisedAt: episode.raised_at?.getTime() ?? now(),
    })
    return tasks.get(id)
  }

  const atRevision = (loaded: Loaded, revision: number) => {
    const present = loaded.task?.revision ?? loaded.episode.revision
    if (present !== revision) throw refuse(Changed, { revision: present })
  }

  /**
   * Records what somebody did; the facts of a call or visit are never blocked by who owns the alarm. Under an id of the
   * caller's choosing, sent twice is recorded once.
   */
  async function record(
    id: string,
    kind: 'call' | 'visit' | 'note',
    { id: noteId, text }: Recorded,
    data: { [key: string]: Json },
    at?: number,
  ) {
    const loaded = await read(id)
    const known = noteId ? await store.note(noteId) : undefined
    if (known?.episode_id === id && known.kind === kind && known.by_id === by.id) return
    settled(decide.open(loaded.alarm))
    if (at !== undefined) settled(decide.timely(loaded.alarm, at, now()))
    await note(loaded.episode, kind, text, data, noteId)
    await fact(loaded.episode, { call: 'called', visit: 'visited', note: 'noted' }[kind], { text, ...data })
    await tell(loaded.episode, 'recorded')
  }

  async function submission(
    id: string,
    form: Submission,
    decision: (loaded: Loaded) => true | Refusal,
    revision: number,
  ) {
    const loaded = await read(id)
    settled(decision(loaded))
    atRevision(loaded, revision)
    const { episode, fileIds } = loaded
    const task = await taskOf(loaded)
    const hashes = fileIds.length
      ? await db
          .selectFrom('file')
          .select(['id', 'sha256'])
          .where('id', 'in', [...fileIds])
          .execute()
      : []
    await store.putClosure({
      episode_id: id,
      way: form.way,
      cause: form.cause,
      finding: form.finding,
      measures: form.measures,
      follow_on: form.followOn,
      files: [...fileIds],
      submitted_by: by.id,
      submitted_at: new Date(now()),
      reviewed_by: null,
      reviewed_at: null,
      review: null,
      review_note: '',
    })
    await store.setState(id, 'submitted')
    await tasks.submit(task, by)
    await openReview(tasks, people, { episode, way: form.way, submitter: by.id })
    await note(episode, 'submit', form.finding, { way: form.way, cause: form.cause })
    await fact(
      episode,
      form.way === 'handled' ? 'closureSubmitted' : 'dismissalSubmitted',
      {
        cause: form.cause,
        finding: form.finding,
        measures: form.measures,
        followOn: form.followOn,
        files: hashes.map((f) => ({ id: f.id, sha256: f.sha256.toString('hex') })),
      },
      ruleOfFollowOn(form.followOn),
    )
    await tell(episode, 'submitted', [by.id])
  }

  return {
    async acknowledge(id: string) {
      const loaded = await read(id)
      settled(decide.open(loaded.alarm))
      if (!(await tasks.acknowledge(await taskOf(loaded), by))) return
      await note(loaded.episode, 'acknowledge', '')
      await tell(loaded.episode, 'acknowledged')
    },

    async claim(id: string, revision: number) {
      const loaded = await read(id)
      settled(decide.claim(loaded.alarm, by))
      // Claiming what one has is no change, whatever revision it was read at.
      if (loaded.alarm.claimed) return
      atRevision(loaded, revision)
      await tasks.claim(await taskOf(loaded), by)
    },

    call: (
      id: string,
      facts: Recorded & { to: string; answered: boolean; startedAt: string; seconds?: number; file?: string },
    ) =>
      record(
        id,
        'call',
        facts,
        {
          to: facts.to,
          answered: facts.answered,
          startedAt: facts.startedAt,
          seconds: facts.seconds ?? null,
          file: facts.file ?? null,
        },
        Date.parse(facts.startedAt),
      ),
    visit: (
      id: string,
      facts: Recorded & { at: string; place: string; metPerson: boolean; lat?: number; lon?: number },
    ) =>
      record(
        id,
        'visit',
        facts,
        {
          at: facts.at,
          place: facts.place,
          metPerson: facts.metPerson,
          lat: facts.lat ?? null,
          lon: facts.lon ?? null,
        },
        Date.parse(facts.at),
      ),
    note: (id: string, said: Recorded) => record(id, 'note', said, {}),

    /** Where a file attached to this alarm belongs; refused when nothing may be added any more. */
    async homeOf(id: string): Promise<{ org: string; person: string; subject: string }> {
      const { episode, alarm } = await read(id)
      settled(decide.open(alarm))
      return { org: episode.org_code, person: episode.person_id, subject: id }
    },
    async attached(id: string, file: { id: string; sha256: string; name: string }, text: string) {
      const { episode } = await read(id)
      await note(episode, 'photo', text, { file: file.id, sha256: file.sha256, name: file.name })
      await tell(episode, 'recorded')
    },

    submit: (id: string, form: Submission, revision: number) =>
      submission(id, form, ({ alarm }) => decide.submit(alarm, by, form), revision),
    dismiss: (id: string, cause: AlarmCause, reason: string, revision: number) =>
      submission(
        id,
        { way: 'notHandled', cause, finding: reason, measures: '', followOn: null },
        ({ alarm }) => decide.dismiss(alarm, by, reason),
        revision,
      ),

    /** 合并: the other ends here and goes on there; the earlier of both clocks holds for what goes on. */
    async merge(id: string, other: string, reason: string, revisions: { into: number; other: number }) {
      // Always in the order of their ids, so that two merges of one pair wait for each other instead of for ever.
      const held = new Map<string, Loaded>()
      for (const each of [...new Set([id, other])].sort()) held.set(each, await read(each))
      const [into, from] = [held.get(id), held.get(other)]
      if (!into || !from) throw new Error('a held alarm is not there')
      settled(decide.merge(twin(into), twin(from), by, reason))
      atRevision(into, revisions.into)
      atRevision(from, revisions.other)
      const [task, ended] = [await taskOf(into), await taskOf(from)]
      await store.mergeInto(from.episode.id, into.episode.id, new Date(now()))
      await tasks.finish(ended, 'merged')
      const sooner = ended.due_at && (!task.due_at || ended.due_at < task.due_at) ? ended.due_at : null
      const climbs = sooner && task.climbs && task.next_climb_at && task.next_climb_at > sooner
      await people.change(task.id, sooner ? { due_at: sooner, ...(climbs ? { next_climb_at: sooner } : {}) } : {})
      const [a, b] = [into.episode, from.episode]
      await note(a, 'merge', reason, { from: b.id, number: b.number })
      await note(b, 'merge', reason, { into: a.id, number: a.number })
      const due = sooner?.toISOString() ?? null
      await fact(a, 'merged', { other: b.number, otherKind: b.kind, reason, soonerDue: due })
      await fact(b, 'mergedAway', { into: a.number, reason })
      await tell(a, 'merged', [task.owner_id])
      await tell(b, 'settled', [ended.owner_id])
    },

    async withdraw(id: string, revision: number) {
      const loaded = await read(id)
      settled(decide.withdraw(loaded.alarm, by))
      atRevision(loaded, revision)
      await endReview(tasks, id, 'withdrawn')
      await store.setState(id, 'raised')
      await tasks.resume(await taskOf(loaded), 'withdrawn')
      await note(loaded.episode, 'withdraw', '')
      await fact(loaded.episode, 'submissionWithdrawn', {})
      await tell(loaded.episode, 'withdrawn')
    },

    async review(id: string, verdict: 'approved' | 'returned', text: string, revision: number) {
      const loaded = await read(id)
      const { episode, closure } = loaded
      settled(decide.review(loaded.alarm, by, verdict, text))
      atRevision(loaded, revision)
      if (!closure) return
      const at = new Date(now())
      await store.reviewed(id, { by: by.id, at, verdict, note: text })
      const task = await taskOf(loaded)
      await endReview(tasks, id, verdict)
      await note(episode, verdict === 'approved' ? 'review' : 'return', text, { verdict, way: closure.way })
      await fact(episode, closure.way === 'handled' ? 'closureReviewed' : 'dismissalReviewed', {
        verdict,
        note: text,
        submittedBy: closure.submitted_by,
        cause: closure.cause,
      })
      if (verdict === 'returned') {
        await store.setState(id, 'raised')
        await tasks.resume(task, 'returned')
        await tell(episode, 'returned', [task.owner_id])
        return
      }
      const as = closure.way === 'handled' ? 'closed' : 'notHandled'
      await store.setState(id, 'settled', { as, at })
      await tasks.finish(task, as)
      if (closure.follow_on && !(await beginFollowOn({ db, ledger }, follow.begin, episode, closure, follow.hand)))
        await openFollowOn(tasks, episode, closure.follow_on, () => store.officerOf(episode.person_id))
      await tell(episode, 'settled', [task.owner_id])
    },
  }
}

const twin = ({ episode, alarm }: Loaded): decide.Twin => ({
  id: episode.id,
  number: episode.number,
  person: episode.person_id,
  alarm,
})

/** The rule a kind of alarm rests on, where the law names one. */
function ruleOf({ kind }: EpisodeRow): string[] {
  const rule = isAlarmKind(kind) ? shippedKinds[kind].rule : null
  return rule ? [rule] : []
}

function ruleOfFollowOn(code: string | null): string[] {
  const rule = followOns.find((f) => f.code === code)?.rule
  return rule ? [rule] : []
}

export type Acts = ReturnType<typeof actsIn>
