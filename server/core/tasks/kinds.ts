import { permissionsOf } from '@zhijiao/law/permissions'
import { isRole, type Role } from '@zhijiao/law/roles'
import type { ScopedDb } from '../db.ts'
import type { Ledger } from '../ledger/append.ts'
import type { TaskRow } from './store.ts'

/** What happened to a task, as the room it belongs to hears it. */
export interface TaskEvent {
  readonly what: 'claim' | 'transfer' | 'climb' | 'handOver'
  readonly at: number
  /** Who did it; null: the roster. */
  readonly by: { readonly id: string; readonly name: string } | null
  readonly to: { readonly id: string; readonly name: string } | null
  readonly note: string
}

/** A kind of duty, declared by the room that opens it. */
export interface TaskKind {
  readonly zh: string
  readonly en: string
  /** Permission a receiver must hold. */
  readonly may: string
  /** Posts that may have it; none: whoever holds the permission. */
  readonly among?: readonly Role[]
  /** Lets the room write its own timeline, in the same transaction. */
  readonly told?: (
    inside: { db: ScopedDb; ledger: Ledger; id(): string },
    task: TaskRow,
    event: TaskEvent,
  ) => Promise<void>
  /**
   * Locks what the duty is about. Whoever acts in a business locks it before its duty; whoever takes the duty or hands it
   * on asks in the same order, or the two would wait for each other.
   */
  readonly holds?: (db: ScopedDb, subject: string) => Promise<void>
  /** Nothing is to be done but to take note of it: whoever takes it up has ended it. */
  readonly toKnow?: true
  /**
   * Nothing ends it but whoever has it: he says that it is done, with a note, or registers one of the businesses it
   * `begins`; a head may call it off.
   */
  readonly byHand?: { readonly begins?: readonly string[] }
  /** Whether somebody may act in what this task is about as it stands; asked beside the permission of its kind. */
  readonly fits?: (db: ScopedDb, task: TaskRow, who: Candidate) => Promise<boolean>
  /** How it ended, in words; a room that says nothing has its code shown. */
  readonly outcome?: (code: string) => { readonly zh: string; readonly en: string } | null
  /** Its clock was given more time, milliseconds UTC; in the same transaction. */
  readonly extended?: (inside: { db: ScopedDb; id(): string }, task: TaskRow, at: number) => Promise<void>
}

/** Somebody who may be given a task. */
export interface Candidate {
  readonly id: string
  readonly roles: readonly string[]
  readonly org: string
}

const kinds = new Map<string, TaskKind>()

/** Declares a kind of task, once, where its room is made. */
export function declareTaskKind(kind: string, is: TaskKind): void {
  kinds.set(kind, is)
}

/** A kind by its name; one that no room of this process declared is still shown, under its bare name. */
export function taskKind(kind: string): TaskKind {
  return kinds.get(kind) ?? { zh: kind, en: kind, may: 'task.act' }
}

/** What several roles may do together. */
export function permissionsOfRoles(roles: readonly string[]): ReadonlySet<string> {
  return new Set(roles.filter(isRole).flatMap((role) => [...permissionsOf(role)]))
}

/** Whether somebody with these posts may be given a duty of this kind. */
export function mayHave(kind: string, posts: readonly string[]): boolean {
  const { may, among } = taskKind(kind)
  return permissionsOfRoles(posts).has(may) && (!among || among.some((post) => posts.includes(post)))
}

/** Whether somebody may be given this very task: by his posts, and by what it is about. */
export async function mayTake(db: ScopedDb, task: TaskRow, who: Candidate): Promise<boolean> {
  return mayHave(task.kind, who.roles) && ((await taskKind(task.kind).fits?.(db, task, who)) ?? true)
}

/** What a kind is called, or null where no room of this process declared it. */
export function taskKindName(kind: string): { readonly zh: string; readonly en: string } | null {
  const known = kinds.get(kind)
  return known ? { zh: known.zh, en: known.en } : null
}
