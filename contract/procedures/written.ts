import { type CodeSetName, code } from '@zhijiao/law/codes'
import { type Levels, levelNamed } from '@zhijiao/law/levels'
import { type Field, type Place, type Procedure, registerStep } from './describe.ts'

/** A form as filled in: plain JSON by field id. */
export type FilledForm = { readonly [field: string]: unknown }
/** What a paper takes for a blank: a text, or the rows of a table. */
export type WrittenValue = string | readonly Readonly<Record<string, string>>[]

/** Whether a field is asked for, given what else the form holds. */
export const asked = (field: Field, form: FilledForm): boolean =>
  // A mark that nobody set says no.
  !field.when || field.when.is.includes((form[field.when.field] ?? false) as string | boolean)

/** A code in words; a level is called as `levels` say, which the province sets. */
const wordOf = (set: CodeSetName, one: string, levels: Levels): string =>
  set === 'supervisionLevel' ? levelNamed(levels, one).zh : (code(set, one)?.zh ?? one)

/** A value of a form as a paper writes it: words for codes, 年月日 for days. Null where a paper has no place for it. */
export function written(field: Field, value: unknown, levels: Levels): WrittenValue | null {
  if (value === undefined || value === null || value === '') return null
  switch (field.kind) {
    case 'text':
    case 'long':
      return String(value)
    case 'number':
      return `${value}${field.unit?.zh ?? ''}`
    case 'flag':
      return value ? '是' : '否'
    case 'day':
    case 'moment':
      return dayWritten(String(value))
    case 'code':
      return many(value, (one) => wordOf(field.set, one, levels))
    case 'choice':
      return many(value, (one) => field.choices.find((c) => c.id === one)?.zh ?? one)
    case 'rows':
      return (value as readonly FilledForm[]).map((row) =>
        Object.fromEntries(
          field.fields.flatMap((f) => {
            const text = written(f, row[f.id], levels)
            return typeof text === 'string' ? [[f.blank ?? f.zh, text]] : []
          }),
        ),
      )
    case 'place':
      return placeWritten(value as Place)
    case 'files':
      return `${(value as readonly unknown[]).length} 件`
    default:
      return null
  }
}

const many = (value: unknown, word: (one: string) => string) =>
  Array.isArray(value) ? value.map((one) => word(String(one))).join('、') : word(String(value))

const sourceWords: Readonly<Record<Place['source'], string>> = {
  map: '地图选点',
  phone: '现场定位',
  typed: '手工录入',
  residence: '居住地坐标',
}

/** As a paper writes it: 24.330000,109.420000（WGS-84，误差约 12 米，现场定位）. */
const placeWritten = ({ lat, lon, accuracyM, source }: Place): string =>
  `${lat.toFixed(6)},${lon.toFixed(6)}（WGS-84，${accuracyM === undefined ? '误差不详' : `误差约 ${accuracyM} 米`}，${sourceWords[source]}）`

/** 2026年3月2日; of an instant also the time of day in Asia/Shanghai. */
export function dayWritten(value: string): string {
  const local = value.length > 10 ? new Date(Date.parse(value) + 8 * 3_600_000).toISOString() : value
  const [year, month, day] = local.slice(0, 10).split('-').map(Number)
  const time = value.length > 10 ? `${local.slice(11, 13)}时${local.slice(14, 16)}分` : ''
  return `${year}年${month}月${day}日${time}`
}

/** Everything filled in so far, under the Chinese labels that papers use; a later step's word wins. */
export function blanksOf(
  procedure: Procedure,
  forms: Readonly<Record<string, FilledForm>>,
  levels: Levels,
): Record<string, WrittenValue> {
  const blanks: Record<string, WrittenValue> = {}
  const fill = (fields: readonly Field[], form: FilledForm) => {
    for (const field of fields) {
      if (!asked(field, form)) continue
      const text = written(field, form[field.id], levels)
      if (text !== null) blanks[field.blank ?? field.zh] = text
    }
  }
  fill(procedure.form, forms[registerStep] ?? {})
  for (const step of procedure.steps) fill(step.form ?? [], forms[step.id] ?? {})
  return blanks
}
