import { OldDocument } from '@zhijiao/contract/documents'
import type { HistoryKind } from '@zhijiao/contract/history'
import { OldMatter } from '@zhijiao/contract/matters'
import { TermLine, TrackLine } from '@zhijiao/contract/old-tracks'
import { isPartName, partCards } from '@zhijiao/contract/parts'
import { HistoryFile } from '@zhijiao/contract/people'
import { OldLeave } from '@zhijiao/contract/permits'
import { procedures } from '@zhijiao/contract/procedures/all'
import type { Field } from '@zhijiao/contract/procedures/describe'
import { type CodeSetName, codeSets, isCodeSetName } from '@zhijiao/law/codes'
import type { Levels } from '@zhijiao/law/levels'
import { paperNames } from '../documents/index.ts'
import { wordsOfFields } from './words.ts'

/** A field of a line as whoever writes the file must know it. */
export interface FieldRow {
  /** Dotted path within the line; `[]` is every entry of a list. */
  readonly path: string
  /** Where it holds: a group of the file, a business and its step, a template. */
  readonly where: string
  readonly must: boolean
  readonly kind: string
  readonly limits: string
  readonly zh: string
  readonly en: string
}

/** What a schema says of itself, as plain JSON Schema. */
interface Plain {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Plain>>
  readonly required?: readonly string[]
  readonly items?: Plain
  readonly anyOf?: readonly Plain[]
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly maxItems?: number
  readonly description?: string
  readonly 'x-zh'?: string
  readonly 'x-en'?: string
  readonly 'x-codes'?: string
}

const roots: Readonly<Record<HistoryKind, readonly unknown[]>> = {
  people: [HistoryFile],
  tracks: [TermLine, TrackLine],
  matters: [OldMatter],
  leaves: [OldLeave],
  documents: [OldDocument],
}

/** Every field of a kind, read from the schemas that judge its import. */
export function fieldsOf(kind: HistoryKind, levels: Levels): readonly FieldRow[] {
  // A schema is plain JSON Schema; its type hides that.
  const own = roots[kind].flatMap((root) => walk(root as Plain, '', kind, '', levels))
  if (kind === 'people') return [...own, ...partFields(levels)]
  if (kind === 'matters') return [...own, ...procedureFields(levels)]
  return kind === 'documents' ? [...own, ...templateRows()] : own
}

/** Leaves of a schema, in its order. */
function walk(schema: Plain, path: string, kind: HistoryKind, where: string, levels: Levels): FieldRow[] {
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).flatMap(([name, given]) => {
    const at = path === '' ? name : `${path}.${name}`
    const field = solid(given)
    const inner = field.type === 'array' ? solid(field.items ?? {}) : field
    const list = field.type === 'array' ? `${at}[]` : at
    const row = rowOf(field, list, kind, where, required.has(name), levels)
    return inner.properties ? [row, ...walk(inner, list, kind, where, levels)] : [row]
  })
}

/** Without the null that a field may be. */
const solid = (schema: Plain): Plain => schema.anyOf?.find((s) => s.type !== 'null') ?? schema

function rowOf(field: Plain, path: string, kind: HistoryKind, where: string, must: boolean, levels: Levels): FieldRow {
  const said = wordsOfFields[kind][path]
  return {
    path,
    where,
    must,
    kind: kindOf(field),
    limits: limitsOf(field, levels),
    zh: field['x-zh'] ?? said?.[0] ?? '',
    en: field['x-en'] ?? said?.[1] ?? '',
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: '文字 text',
  number: '数字 number',
  integer: '整数 integer',
  boolean: '是/否 true|false',
  object: '一组 object',
  array: '列表 list',
}
const formats: Readonly<Record<string, string>> = { 'date-time': '时刻 2024-03-05T02:00:00Z', uuid: 'UUID' }

function kindOf(field: Plain): string {
  if (field.format) return formats[field.format] ?? field.format
  if (field.pattern?.startsWith('^\\d{4}-')) return '日期 2024-03-05'
  return kinds[field.type ?? ''] ?? '任意 any'
}

function limitsOf(field: Plain, levels: Levels): string {
  const set = field['x-codes']
  const words =
    set && isCodeSetName(set)
      ? choices(set, levels)
      : field.enum
        ? field.enum.join('、')
        : field.const === undefined
          ? ''
          : String(field.const)
  return [
    words,
    field.maxLength === undefined ? '' : `最多 ${field.maxLength} 字`,
    field.minimum === undefined ? '' : `≥ ${field.minimum}`,
    field.maximum === undefined ? '' : `≤ ${field.maximum}`,
    field.maxItems === undefined ? '' : `最多 ${field.maxItems} 项`,
  ]
    .filter(Boolean)
    .join(';')
}

const itemsOf = (set: CodeSetName, { offered, former }: Levels) =>
  set === 'supervisionLevel' ? [...offered, ...former] : codeSets[set].items
const choices = (set: CodeSetName, levels: Levels) =>
  itemsOf(set, levels)
    .map((i) => `${i.code} ${i.zh}`)
    .join('、')

/** The groups of a file: what `parts[].data` holds under each. */
function partFields(levels: Levels): FieldRow[] {
  return Object.entries(partCards).flatMap(([name, card]) =>
    isPartName(name)
      ? // A card's schema is plain JSON Schema too.
        walk(card.schema as unknown as Plain, 'parts[].data', 'people', `part=${name} ${card.zh}`, levels)
      : [],
  )
}

/** Every business: what `register` holds, then its steps with their ways and forms. */
function procedureFields(levels: Levels): FieldRow[] {
  return procedures.flatMap((p) => {
    const where = `kind=${p.id} ${p.zh}`
    return [
      ...p.form.map((f) => formField(f, 'register', where, levels)),
      ...p.steps.flatMap((s) => [
        {
          path: 'passages[].way',
          where: `${where};step=${s.id} ${s.zh}`,
          must: true,
          kind: kinds.string ?? '',
          limits: s.ways.map((w) => `${w.id} ${w.zh}`).join('、'),
          zh: '去向',
          en: 'Way out of the step',
        },
        ...(s.form ?? []).map((f) => formField(f, 'passages[].form', `${where};step=${s.id} ${s.zh}`, levels)),
      ]),
    ]
  })
}

const fieldKinds: Readonly<Record<Field['kind'], string>> = {
  text: kinds.string ?? '',
  long: kinds.string ?? '',
  day: '日期 2024-03-05',
  moment: '时刻 2024-03-05T02:00:00Z',
  number: kinds.number ?? '',
  flag: kinds.boolean ?? '',
  code: '代码 code',
  choice: '选项 choice',
  files: '附件编号 file ids',
  rows: '列表 list',
  unit: '单位代码 unit code',
  staff: '人员编号 staff id',
  facts: '事实编号 fact ids',
  matter: '事项编号 matter id',
  place: '地点 {lat, lon, source}',
}

function formField(field: Field, path: string, where: string, levels: Levels): FieldRow {
  return {
    path: `${path}.${field.id}`,
    where,
    // What an old form lacks is not asked for.
    must: false,
    kind: fieldKinds[field.kind],
    limits:
      field.kind === 'code'
        ? choices(field.set, levels)
        : field.kind === 'choice'
          ? field.choices.map((c) => `${c.id} ${c.zh}`).join('、')
          : field.kind === 'rows'
            ? field.fields.map((f) => `${f.id} ${f.zh}`).join('、')
            : '',
    zh: field.zh,
    en: field.en,
  }
}

/** Which papers there are; their blanks stand on the page of each template. */
function templateRows(): FieldRow[] {
  return paperNames.map((paper) => ({
    path: 'template',
    where: paper.id,
    must: true,
    kind: kinds.string ?? '',
    limits: paper.id,
    zh: paper.zh,
    en: paper.en,
  }))
}
