import { documents, type OldDocument } from '@zhijiao/contract/documents'
import type { HistoryKind } from '@zhijiao/contract/history'
import { matters, type OldMatter } from '@zhijiao/contract/matters'
import { type HistoryFile, people } from '@zhijiao/contract/people'
import { leaves, type OldLeave } from '@zhijiao/contract/permits'
import { call } from '../../ui/api.ts'
import type { Said } from './left.ts'

export interface Answer {
  readonly created: number
  readonly known: number
  readonly refused: readonly (Said & {
    readonly row: number
    readonly of: string
    readonly field: string | null
    readonly code: string
  })[]
}

/** How rows of a kind go to the server, a request at a time. Tracks go as the file they are, see `runs.ts`. */
export interface Sent {
  /** What the request calls its rows: faults name them by it. */
  readonly list: string
  send(rows: readonly unknown[], source: string, dryRun: boolean): Promise<Answer>
}

/** What is read from a file is judged by the server's schema; here it has no type yet. */
const asGiven = <T>(rows: readonly unknown[]) => rows as T[]

export const sentBy: Readonly<Record<Exclude<HistoryKind, 'tracks'>, Sent>> = {
  people: {
    list: 'files',
    send: async (rows, source, dryRun) => {
      const answer = await call(people.importHistory, { body: { source, files: asGiven<HistoryFile>(rows), dryRun } })
      return { ...answer, refused: answer.refused.map((r) => ({ ...r, of: r.number })) }
    },
  },
  matters: {
    list: 'matters',
    send: async (rows, source, dryRun) => {
      const answer = await call(matters.importHistory, { body: { source, matters: asGiven<OldMatter>(rows), dryRun } })
      return { ...answer, refused: answer.refused.map((r) => ({ ...r, of: r.id })) }
    },
  },
  leaves: {
    list: 'leaves',
    send: async (rows, source, dryRun) => {
      const answer = await call(leaves.importHistory, { body: { source, leaves: asGiven<OldLeave>(rows), dryRun } })
      return { ...answer, refused: answer.refused.map((r) => ({ ...r, of: r.id })) }
    },
  },
  documents: {
    list: 'documents',
    send: async (rows, source, dryRun) => {
      const answer = await call(documents.importHistory, {
        body: { source, documents: asGiven<OldDocument>(rows), dryRun },
      })
      return { ...answer, refused: answer.refused.map((r) => ({ ...r, of: r.id })) }
    },
  },
}

/** What a line calls itself: the number of a file, the id of a matter, leave or paper. */
export function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const { number, id } = value as { number?: unknown; id?: unknown }
  const name = id ?? number
  return typeof name === 'string' ? name.slice(0, 80) : ''
}

/** Where what came in is seen. */
export const seenAt: Readonly<Record<HistoryKind, readonly string[]>> = {
  people: ['/people', '/alarms'],
  tracks: ['/activations', '/map'],
  matters: ['/matters'],
  leaves: ['/leaves'],
  documents: ['/documents'],
}
/** Rooms whose lists hold more now. */
export const refreshedBy: Readonly<Record<HistoryKind, readonly string[]>> = {
  people: ['people', 'alarms'],
  tracks: ['activations', 'devices', 'positions'],
  matters: ['matters', 'tasks'],
  leaves: ['leaves'],
  documents: ['documents'],
}
