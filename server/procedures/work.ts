import { procedureOf } from '@zhijiao/contract/procedures/all'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import type { House } from '../core/house.ts'
import { refuse } from '../core/refusals.ts'
import type { Inside } from '../core/room.ts'
import type { Tasks } from '../core/tasks.ts'
import type { Hand } from './domain.ts'
import type { OriginRef } from './origin.ts'
import { KindUnknown } from './refusals.ts'
import type { MatterStore } from './store.ts'

/** Who acts, with his name for the record; a part of the program has no id. */
export interface Actor extends Hand {
  readonly name: string
}

/** A matter as somebody wishes to begin it. */
export interface Wish {
  readonly kind: string
  readonly person?: string | null
  readonly org?: string
  readonly form: unknown
  readonly cause?: string | null
  /** The decision it comes of where no matter made it. */
  readonly origin?: OriginRef | null
  /** Chosen by the caller, so that asking twice begins one matter. */
  readonly id?: string
}

/** A matter that was begun, or (`begun` false) had been before. */
export interface Begun {
  readonly id: string
  readonly begun: boolean
}

/** What the work on matters within one transaction stands on. */
export interface Work extends Inside {
  readonly house: House
  readonly store: MatterStore
  readonly tasks: Tasks
  begin(wish: Wish, by: Actor): Promise<Begun>
}

/** The description of a kind of matter, or the refusal of one that nobody described. */
export function described(kind: string): Procedure {
  const procedure = procedureOf(kind)
  if (!procedure) throw refuse(KindUnknown, { kind })
  return procedure
}
