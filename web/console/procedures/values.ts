import type { Field } from '@zhijiao/contract/procedures/describe'
import { asked } from '@zhijiao/contract/procedures/written'
import { codeSaid } from '../../ui/codes.ts'
import { minute } from '../../ui/format.ts'
import { type Language, sayIn, spoken } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { placeIn, placeSaid } from './place.ts'

export { asked }
export type Filled = Readonly<Record<string, unknown>>

const empty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What a form sends: only what is asked for and filled in. */
export function toSend(fields: readonly Field[], values: Filled): Record<string, unknown> {
  const sent: Record<string, unknown> = {}
  for (const field of fields) {
    const value = values[field.id]
    if (!asked(field, values) || empty(value)) continue
    sent[field.id] =
      field.kind === 'rows' && Array.isArray(value)
        ? value.map((row) => toSend(field.fields, (row ?? {}) as Filled))
        : value
  }
  return sent
}

/** A plain value in words, for columns and print; ids are left to `FieldValue`, which looks them up. */
export function valueSaid(field: Field, value: unknown, language: Language): string {
  if (empty(value)) return '—'
  switch (field.kind) {
    case 'moment':
      return minute(String(value))
    case 'flag':
      return sayIn(common, language)(value === true ? 'yes' : 'no')
    case 'number':
      return field.unit ? `${value} ${spoken(field.unit, language)}` : String(value)
    case 'code':
      return list(value)
        .map((one) => codeSaid(field.set, one, language))
        .join(language === 'zh' ? '、' : ', ')
    case 'choice':
      return list(value)
        .map((one) => {
          const choice = field.choices.find((c) => c.id === one)
          return choice ? spoken(choice, language) : one
        })
        .join(language === 'zh' ? '、' : ', ')
    case 'rows':
    case 'files':
    case 'facts':
      return String(list(value).length)
    case 'place': {
      const place = placeIn(value)
      return place ? placeSaid(place, language) : '—'
    }
    default:
      return String(value)
  }
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map((one) => String(one))

/** Longest choice, in characters, that half a line of the form shows whole. */
const halfLine = 20

/** A short field takes half a line of the form, the others a whole one; so do choices that are sentences. */
export const isShort = (field: Field): boolean =>
  field.kind === 'choice' && field.many
    ? field.choices.every((choice) => choice.zh.length <= halfLine)
    : !['long', 'rows', 'files', 'facts', 'place'].includes(field.kind)
