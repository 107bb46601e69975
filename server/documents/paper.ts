import type { TemplateBody } from '@zhijiao/contract/paper'

/** A stretch of text: as it stands, or a blank left to be filled by hand. */
export interface Run {
  readonly text: string
  readonly blank?: true
}
export type Runs = readonly Run[]

/** A block with its blanks filled, as a printer takes it. */
export type Printed =
  | { readonly kind: 'title'; readonly text: string; readonly over: string }
  | { readonly kind: 'number'; readonly text: string; readonly align: 'right' | 'center' }
  | { readonly kind: 'addressee'; readonly runs: Runs }
  | {
      readonly kind: 'text'
      readonly runs: Runs
      readonly align: 'left' | 'center' | 'right'
      readonly flush: boolean
      readonly bold: boolean
    }
  | { readonly kind: 'fields'; readonly cells: readonly { label: string; runs: Runs; wide: boolean }[] }
  | {
      readonly kind: 'opinion'
      readonly label: string
      readonly runs: Runs
      readonly signer: string
      readonly tall: boolean
    }
  | { readonly kind: 'rows'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'list'; readonly lead: string; readonly items: readonly string[] }
  | { readonly kind: 'sign'; readonly lines: readonly { label: string; place: string; date: boolean }[] }
  | { readonly kind: 'seal'; readonly unit: string; readonly date: string; readonly ours: boolean }
  | { readonly kind: 'note'; readonly runs: Runs }
  | { readonly kind: 'copied'; readonly to: string }
  | { readonly kind: 'attached'; readonly items: readonly string[] }
  | { readonly kind: 'break' }

export type CopyName = 'stub' | 'original' | 'receipt'
export interface Copy {
  readonly name: CopyName
  readonly blocks: readonly Printed[]
}

/** A paper ready for the press: one record with its copies. Frozen in the row when it is issued. */
export interface Paper {
  readonly id: string
  readonly zh: string
  readonly layout: TemplateBody['layout']
  /** 「（年）…字第 号」 as printed; without a serial until it is issued. */
  readonly number: string
  readonly copies: readonly Copy[]
  /** Places that can be signed on the screen. */
  readonly places: readonly { readonly place: string; readonly label: string }[]
  /** Rules quoted, as `law/` calls them. */
  readonly cites: readonly string[]
}
