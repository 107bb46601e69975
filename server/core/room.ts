import type { AnswerOf, BodyOf, Kept, ParamsOf, Promises, QueryOf, Spec } from '@zhijiao/contract/kernel'
import type { CivilDate } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import type { FastifyInstance } from 'fastify'
import type { Session } from './auth/session.ts'
import type { Part } from './config.ts'
import type { ScopedDb } from './db.ts'
import type { Ledger } from './ledger/append.ts'

/** What a decision may depend on besides its arguments. */
export interface Circumstances {
  /** Milliseconds UTC. */
  readonly now: number
  /** Civil date in Asia/Shanghai. */
  readonly today: CivilDate
  readonly law: Law
  id(): string
}

export interface UploadedFile {
  readonly name: string
  readonly mime: string
  readonly content: Buffer
}

/** A transaction through the caller's eyes, with the ledger that commits with it. */
export interface Inside {
  readonly db: ScopedDb
  readonly ledger: Ledger
}

/** One request as a handler gets it: parsed, permitted, attributed. */
export interface Asked<S = Spec> {
  readonly params: ParamsOf<S>
  readonly query: QueryOf<S>
  readonly body: BodyOf<S>
  readonly file: UploadedFile | null
  /** Null only for promises anyone may ask. */
  readonly who: Session | null
  readonly circumstances: Circumstances
  /** 流水号. */
  readonly request: string
  readonly ip: string
  /** What the browser calls itself. */
  readonly agent: string | null
  inTransaction<T>(work: (inside: Inside) => Promise<T>): Promise<T>
  /** Adds to the audit's result line: whom it was about, how many rows were shown, the reason given. */
  note(facts: {
    person?: string | null
    rows?: number
    reason?: string
    detail?: Record<string, string | number | boolean | null>
  }): void
  /** Sets or clears the session cookie. */
  cookie(token: string | null): void
}

export type Handler<S> = (asked: Asked<S>) => Promise<AnswerOf<S>>
export type Handlers<T extends Record<string, Spec>> = { readonly [K in keyof T]: Handler<T[K]> }

export interface KeptRoom {
  readonly promises: readonly { readonly kept: Kept; readonly handler: (asked: Asked) => Promise<unknown> }[]
}

/** Binds a room's handlers to what it promised; a promise without a handler does not compile. */
export function keep<T extends Record<string, Spec>>(table: Promises<T>, handlers: Handlers<T>): KeptRoom {
  return {
    promises: Object.entries(table).map(([name, kept]) => ({
      kept: kept as Kept,
      // Each handler is typed by its own promise; the mount only ever calls it with that promise's parsed request.
      handler: handlers[name as keyof T] as (asked: Asked) => Promise<unknown>,
    })),
  }
}

/** The signed-in caller; the mount has already refused everyone else. */
export function signedIn(asked: Pick<Asked, 'who'>): Session {
  if (!asked.who) throw new Error('a promise for anyone has no caller')
  return asked.who
}

/** Ends a background part in order; resolves when nothing of it runs any more. */
export type Stop = () => Promise<void>

/** A room as `main.ts` puts it in the house. */
export interface Room {
  readonly http: readonly KeptRoom[]
  /** Routes that are no promises: sockets, device endpoints. */
  readonly raw?: (app: FastifyInstance) => void
  /** What runs without being asked, by the part of the program it belongs to. */
  readonly background?: { readonly [P in Part]?: () => Promise<Stop> }
}
