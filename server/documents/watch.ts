import type { Session } from '../core/auth/session.ts'
import type { Within } from './issue.ts'
import type { DocumentRow } from './store.ts'

/** What the room that a paper belongs to hears of it, in the same transaction. `at`: milliseconds UTC. */
export interface PaperWatch {
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
