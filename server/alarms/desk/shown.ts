import { type Alarm, type AlarmFile, alarmCauses, type alarmStates, settledWays } from '@zhijiao/contract/alarms'
import type { FileCard } from '@zhijiao/contract/files'
import type { Law } from '@zhijiao/law/in-force'
import { clockOf } from '../../core/tasks/shown.ts'
import type { TaskRow } from '../../core/tasks/store.ts'
import { isAlarmKind } from '../kinds.ts'
import { shippedKinds } from '../shipped-kinds.ts'
import { type Actor, actsOf, type Case, lacks } from './domain.ts'
import type { ClosureRow, EpisodeRow, NoteRow } from './store.ts'

export const nameOfKind = (kind: string) => (isAlarmKind(kind) ? shippedKinds[kind].name : { zh: kind, en: kind })

/** A row of the list: the episode, whom it is about, and its task. */
export interface ListedAlarm extends EpisodeRow {
  readonly org_name: string
  readonly person_name: string
  readonly person_number: string
  readonly person_colour: string
  readonly task_id: string | null
  readonly task_state: TaskRow['state'] | null
  readonly task_revision: number | null
  readonly owner_id: string | null
  readonly owner_name: string | null
  readonly nobody_on_duty: boolean | null
  readonly acknowledged_at: Date | null
  readonly delivered_at: Date | null
  readonly due_at: Date | null
  readonly ended_at: Date | null
  readonly rule: string | null
  readonly climbed: number | null
}

export function stateOf(row: Pick<ListedAlarm, 'state' | 'task_state'>): (typeof alarmStates)[number] {
  return row.state === 'raised' && row.task_state === 'claimed' ? 'claimed' : row.state
}

export function alarmShown(row: ListedAlarm, law: Law, now: number): Alarm {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    kindName: nameOfKind(row.kind),
    level: row.level,
    state: stateOf(row),
    settledAs: settledWays.find((w) => w === row.settled_as) ?? null,
    person: { id: row.person_id, name: row.person_name, number: row.person_number, colour: row.person_colour },
    org: row.org_code,
    orgName: row.org_name,
    said: { zh: row.said_zh, en: row.said_en },
    sureness: Math.min(1, Math.max(0, row.sureness)),
    beganAt: row.began_at.toISOString(),
    detectedAt: row.detected_at.toISOString(),
    raisedAt: row.raised_at?.toISOString() ?? null,
    settledAt: row.settled_at?.toISOString() ?? null,
    at: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    nobodyOnDuty: row.nobody_on_duty ?? false,
    clock: clockOf({ ...row, state: row.task_state ?? 'cancelled' }, law, now),
    climbed: row.climbed ?? 0,
    imported: row.imported,
    // The task changes only when somebody acts; evidence that keeps coming must not make a form stale.
    revision: row.task_revision ?? row.revision,
  }
}

const causeName = (code: string) => {
  const found = alarmCauses.find((c) => c.code === code)
  return { zh: found?.zh ?? code, en: found?.en ?? code }
}

export interface AlarmParts {
  readonly row: ListedAlarm
  readonly alarm: Case
  readonly notes: readonly NoteRow[]
  readonly closure: (ClosureRow & { submitter: string; reviewer: string | null }) | undefined
  readonly files: readonly FileCard[]
  readonly fence: { id: string; name: string; kind: string } | null
  readonly objection: { id: string; end: string | null } | null
  readonly contestable: boolean
  readonly kin: readonly { id: string; number: number; kind: string; into: boolean }[]
}

const otherShown = (one: AlarmParts['kin'][number]) => ({
  id: one.id,
  number: one.number,
  kindName: nameOfKind(one.kind),
})

export function fileShown(
  { row, alarm, notes, closure, files, fence, kin, objection, contestable }: AlarmParts,
  who: Actor,
  law: Law,
  now: number,
): AlarmFile {
  const missing = alarm.state === 'settled' ? null : lacks(alarm)
  return {
    ...alarmShown(row, law, now),
    evidence: row.evidence,
    ruleVersion: row.rule_version,
    notes: notes.map((n) => ({
      id: n.id,
      at: n.at.toISOString(),
      by: n.by_id ? { id: n.by_id, name: n.by_name } : null,
      byName: n.by_name,
      kind: n.kind,
      text: n.text,
      data: (n.data ?? {}) as Record<string, unknown>,
    })),
    closure: closure
      ? {
          way: closure.way,
          cause: closure.cause,
          causeName: causeName(closure.cause),
          finding: closure.finding,
          measures: closure.measures,
          followOn: closure.follow_on,
          files: closure.files,
          submittedBy: { id: closure.submitted_by, name: closure.submitter },
          submittedAt: closure.submitted_at.toISOString(),
          review: closure.review,
          reviewedBy: closure.reviewer === null ? null : { id: closure.reviewed_by, name: closure.reviewer },
          reviewedAt: closure.reviewed_at?.toISOString() ?? null,
          reviewNote: closure.review_note,
          setAsideAt: closure.set_aside_at?.toISOString() ?? null,
        }
      : null,
    files: [...files],
    fence,
    activationNo: row.activation_no,
    mergedInto: kin.filter((k) => k.into).map(otherShown)[0] ?? null,
    mergedFrom: kin.filter((k) => !k.into).map(otherShown),
    task: row.task_id && row.task_revision !== null ? { id: row.task_id, revision: row.task_revision } : null,
    ladder: row.ladder,
    lacks: missing ? [{ zh: missing.zh, en: missing.en }] : [],
    may: actsOf(alarm, who),
    contestable: contestable && objection === null,
    objection,
  }
}
