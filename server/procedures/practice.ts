import type { Hint } from '@zhijiao/contract/matters'
import type { PartName } from '@zhijiao/contract/parts'
import type { CivilDate } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import type { Selectable } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Ledger } from '../core/ledger/append.ts'
import type { Refusal } from '../core/refusals.ts'
import type { Tables } from '../core/tables.ts'
import type { SetDay } from '../core/tasks/clock.ts'
import type { Form } from './form.ts'
import type { Origin } from './origin.ts'
import type { MatterRow } from './store.ts'
import type { Actor } from './work.ts'

export type Person = Selectable<Tables['person']>

/** What a practice may look at while it weighs. */
export interface Weighing {
  readonly db: ScopedDb
  readonly house: House
  readonly today: CivilDate
  /** Milliseconds UTC. */
  readonly now: number
  /** The law in force where the person is. */
  readonly law: Law
  readonly person: Person | null
  readonly org: string
  readonly form: Form
  /** The matter it comes of. */
  readonly cause: MatterRow | null
  /** The decision it comes of where no matter made it. */
  readonly origin: Origin | null
  readonly by: Actor
}

/** A passage being made, inside its transaction. `form` is the form of this step; the earlier ones are in `forms`. */
export interface Moment extends Weighing {
  readonly ledger: Ledger
  readonly matter: MatterRow
  /** Everything filled in so far: `register` and each step's last form. */
  readonly forms: Readonly<Record<string, Form>>
  readonly note: string
  /** What `seal` kept out of the form; only while it is registered. */
  readonly apart: Form
  /** Begins a matter that comes of this one; answers its id. */
  start(kind: string, form: Form, options?: { person?: string | null; org?: string }): Promise<string>
  /** Changes the person's row; the ledger says what changed. Follow with a fact of your own where the law names one. */
  changePerson(
    set: Partial<
      Pick<
        Person,
        | 'state'
        | 'level'
        | 'colour'
        | 'term_start'
        | 'term_end'
        | 'correction_term'
        | 'category'
        | 'minor'
        | 'sealed'
        | 'injunction'
        | 'org_code'
        | 'officer_id'
        | 'residence'
      >
    >,
  ): Promise<void>
}

/** What it depends on where a way leads; day and law are those of the passage, also where it is an old one. */
export type Crossing = Pick<Moment, 'form' | 'forms' | 'person' | 'today' | 'law'>

/** An ended matter as what is filed of it is read. */
export interface EndedMatter {
  readonly forms: Readonly<Record<string, Form>>
  /** Civil date of its end, and of the last passage of a step. */
  readonly on: CivilDate
  dayOf(step: string): CivilDate
  /** Name of a unit; of the county and of the office that it ran in. */
  nameOf(unit: string): string
  readonly county: string
  readonly office: string
}
/** A row of a group of the file. */
export interface Filed {
  readonly part: PartName
  readonly data: Readonly<Record<string, string | number | boolean | undefined>>
}

export type Effect = (moment: Moment) => Promise<void>
export type BlankValue = string | readonly string[] | readonly Readonly<Record<string, string>>[]

/**
 * What a business does beyond its own description: what it asks of the law before it begins, which way competence sends
 * it, what changes in the file when it passes. Everything runs in the passage's transaction: all stands or nothing.
 */
export interface Practice {
  /**
   * What the register form gives that must not lie open in a list or the ledger: answers the form to be kept, and what
   * the practice itself keeps apart when it is registered.
   */
  readonly seal?: (form: Form, house: House) => { readonly form: Form; readonly apart: Form } | Refusal
  /** What the law and the file say; a refusal keeps it from being registered. */
  readonly weigh?: (w: Weighing) => Promise<readonly Hint[] | Refusal>
  /** Hints beside a step, while somebody has it in hand. */
  readonly advise?: (
    w: Weighing & { readonly matter: MatterRow; readonly forms: Readonly<Record<string, Form>> },
  ) => Promise<readonly Hint[]>
  /** Whether this way may be taken with this form: what a field alone cannot show. */
  readonly check?: (m: Moment, step: string, way: string) => Promise<Refusal | undefined>
  /** Ways that do not exist for this person at all, with the reason: shown closed, and refused where somebody tries. */
  readonly shuts?: (person: Person, step: string) => Readonly<Record<string, Refusal>>
  /**
   * Which of the destinations that the description names, by competence and by what was filled in; from the register form
   * (`register`, `registered`) which step comes first. Undefined: the usual one. An old matter is led the same way.
   */
  readonly route?: (at: Crossing, step: string, way: string) => string | undefined
  /**
   * As `route`, where the destination hangs on what only the database knows, such as who made the decision that is
   * contested. It is asked when `route` says nothing; an old matter is not led by it.
   */
  readonly leads?: (m: Moment, step: string, way: string) => Promise<string | undefined>
  /** Where the other county's part lies. */
  readonly otherOrg?: (form: Form) => string | null
  /** When something happens: `registered`, `step:way`, or `end:END`. */
  readonly on?: Readonly<Record<string, Effect>>
  /**
   * What stands in the person's file once it ended so, by its end; null: nothing. Filed with the end itself, of an old
   * matter with its own days, and by the worker of what ended before.
   */
  readonly files?: Readonly<Record<string, (ended: EndedMatter) => Filed | null>>
  /**
   * The day its clocks count from, where the description's field alone does not say it: null while it has not begun.
   * Undefined: as described.
   */
  readonly clockFrom?: (w: {
    readonly db: ScopedDb
    readonly matter: MatterRow
  }) => Promise<CivilDate | null | undefined>
  /**
   * The last day of a step that an event sets and no rule counts, such as the end of a term: it goes before the
   * description's clock. Undefined: as described.
   */
  readonly dueDay?: (at: {
    readonly step: string
    readonly forms: Readonly<Record<string, Form>>
    readonly person: Person | null
    readonly today: CivilDate
    readonly law: Law
  }) => SetDay | undefined
  /** The clock of its present step was given more time, milliseconds UTC. */
  readonly extended?: (inside: { db: ScopedDb; id(): string }, matter: string, at: number) => Promise<void>
  /** Blanks of its papers that its forms do not fill by themselves, by their Chinese label; `way`: the one being taken. */
  readonly blanks?: (m: Moment, paper: string, way?: string) => Promise<Readonly<Record<string, BlankValue>>>
}

const practices = new Map<string, Practice>()

/** Declares what a business does, once, where its room is made. */
export function declarePractice(procedure: string, practice: Practice): void {
  practices.set(procedure, practice)
}
export const practiceOf = (procedure: string): Practice => practices.get(procedure) ?? {}
