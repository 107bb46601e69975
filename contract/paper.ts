/**
 * The document model: a template is a list of blocks in order with blanks between them, as data. One model is printed to
 * PDF and to DOCX. Text holds variables: `{{姓名}}` a blank by its name, `{{law.PEN-01}}` the clause of a rule in force on
 * the day of the decision, `{{unit.agency}}` and the like the organ that issues.
 */
import { Note, Text } from './common.ts'
import { model, OneOf, type Static, Type } from './kernel.ts'

/** Printed only when a blank is filled, or when it holds one of these words. */
const When = Type.Object(
  { blank: Text(60), is: Type.Optional(Type.Array(Note(60), { maxItems: 20 })), not: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)
const block = <const K extends string, P extends Record<string, import('typebox').TSchema>>(kind: K, properties: P) =>
  Type.Object(
    { kind: Type.Literal(kind), when: Type.Optional(When), ...properties },
    { additionalProperties: false, title: `Block_${kind}` },
  )
const Cell = Type.Object(
  { label: Text(60), text: Note(2000), wide: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)

export const Block = Type.Union([
  /** The organ's name over the title, or the name of the form. */
  block('title', { text: Text(120), over: Type.Optional(Note(120)) }),
  /** 「（年）…字第 号」, right or centred. */
  block('number', { align: Type.Optional(OneOf(['right', 'center'])) }),
  /** 主送: flush left, with its colon. */
  block('addressee', { text: Text(200) }),
  block('text', {
    text: Text(4000),
    align: Type.Optional(OneOf(['left', 'center', 'right'])),
    flush: Type.Optional(Type.Boolean({ description: 'Without the indent of two characters' })),
    bold: Type.Optional(Type.Boolean()),
  }),
  /** The shared nineteen fields as a table. */
  block('header', {}),
  /** Label and value in two pairs a row; `wide` takes a row of its own. */
  block('fields', { cells: Type.Array(Cell, { minItems: 1, maxItems: 60 }) }),
  /** A box for an opinion with a signature line and a date at its foot. */
  block('opinion', { label: Text(60), text: Note(2000), signer: Note(60), tall: Type.Optional(Type.Boolean()) }),
  /** Rows of a blank as a table with these columns. */
  block('rows', {
    blank: Text(60),
    columns: Type.Array(Text(40), { minItems: 1, maxItems: 10 }),
    spare: Type.Optional(Type.Integer({ minimum: 0, maximum: 20, description: 'Empty rows to fill by hand' })),
  }),
  /** A numbered list of a blank. */
  block('list', { blank: Text(60), lead: Type.Optional(Note(200)) }),
  /** Lines to sign by hand; each is a place a signature on the screen can fill. */
  block('sign', {
    lines: Type.Array(
      Type.Object(
        { label: Text(60), place: Text(30), date: Type.Optional(Type.Boolean()) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 12 },
    ),
  }),
  /** The organ, its seal and the date, lower right. */
  block('seal', { unit: Text(120), date: Type.Optional(Note(60)) }),
  /** 附注, in small type. */
  block('note', { text: Text(2000) }),
  /** 抄送. */
  block('copied', { to: Text(400) }),
  /** 附件. */
  block('attached', { blank: Text(60) }),
  block('break', {}),
])
export type Block = Static<typeof Block>

export const Blank = Type.Object(
  {
    name: Text(60),
    /** Where it comes from first: the person file, the case, or whoever drafts. */
    source: OneOf(['file', 'case', 'typed']),
    form: OneOf(['line', 'text', 'day', 'list', 'rows']),
    columns: Type.Optional(Type.Array(Text(40), { maxItems: 10 })),
    /** Without it the paper is not issued. */
    needed: Type.Optional(Type.Boolean()),
    sample: Type.Unknown({ description: 'Invented, for the preview of a template' }),
  },
  { additionalProperties: false },
)
export type Blank = Static<typeof Blank>

export const copyNames = ['stub', 'original', 'receipt'] as const

export const TemplateBody = model('TemplateBody', {
  zh: Text(60),
  en: Text(120),
  /** Characters of the number series, e.g. 矫训决; empty: the form bears no number of its own. */
  series: Note(12),
  /** Whose electronic seal it takes. */
  seal: OneOf(['agency', 'bureau', 'none']),
  /** `letter` runs as text (GB/T 9704), `form` is mostly a table. */
  layout: OneOf(['letter', 'form']),
  blanks: Type.Array(Blank, { maxItems: 80 }),
  /** 正本. */
  blocks: Type.Array(Block, { minItems: 1, maxItems: 120 }),
  /** 存根, printed before it over the line of perforation. */
  stub: Type.Optional(Type.Array(Block, { maxItems: 40 })),
  /** 回执, printed after it under the line of perforation. */
  receipt: Type.Optional(Type.Array(Block, { maxItems: 40 })),
})
export type TemplateBody = Static<typeof TemplateBody>

/** What fills a blank: a text, a list of texts, or rows of a table. */
export const Given = Type.Union([
  Type.String({ maxLength: 8000 }),
  Type.Array(Type.String({ maxLength: 2000 }), { maxItems: 200 }),
  Type.Array(Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 2000 })), { maxItems: 500 }),
])
export type Given = Static<typeof Given>
export const Values = Type.Record(Type.String({ maxLength: 60 }), Given)
export type Values = Static<typeof Values>
