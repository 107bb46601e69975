import type { Values } from '@zhijiao/contract/paper'
import type { Session } from '../core/auth/session.ts'
import type { Within } from './issue.ts'
import type { DocumentRow } from './store.ts'

/** A paper about to be drafted (`id` null) or issued. */
export interface PaperHeld {
  readonly id: string | null
  readonly person: string | null
  readonly subject: string
  /** Day of the decision. */
  readonly on: string
}

/** What the room that a paper belongs to hears of it, in the same transaction. `at`: milliseconds UTC. */
export interface PaperWatch {
  /**
   * Holds a paper to its case before it is drafted and again before it is issued: refuses it, or answers the case it
   * belongs to and the blanks that this fills, whatever whoever drafts it says.
   */
  readonly holds?: (within: Within, paper: PaperHeld) => Promise<{ readonly subject: string; readonly values: Values }>
  readonly issued?: (within: Within, paper: DocumentRow, at: number) => Promise<void>
  /** Another organ took an issued paper with it. */
  readonly fetched?: (within: Within, paper: DocumentRow, by: Session, at: number) => Promise<void>
}

const watches = new Map<string, PaperWatch>()

/** Declares who hears of the papers of a template, once, where its room is made. */
export function watchPaper(template: string, watch: PaperWatch): void {
  watches.set(template, watch)
}
export const watchOf = (template: string): PaperWatch => watches.get(template) ?? {}
