import type { Field, Procedure } from '@zhijiao/contract/procedures/describe'
import { asked } from '@zhijiao/contract/procedures/written'
import { addDays, dayStart, HOUR, type LegalDay } from '@zhijiao/geo/day'
import { codesOf } from '@zhijiao/law/codes'
import type { Chance } from '../chance.ts'
import { sayings } from './words.ts'

type Value = string | number | boolean | readonly Value[] | { readonly [field: string]: Value }
export type Filled = { readonly [field: string]: Value }

/** What a clerk knows when he fills in a form. */
export interface Desk {
  readonly procedure: Procedure
  readonly chance: Chance
  /** The day it was written. */
  readonly on: LegalDay
  readonly names: { readonly person: string; readonly officer: string; readonly relative: string }
  /** Values that are no chance: dates that belong together, codes of the file, by field id; null stays empty. */
  readonly given: Readonly<Record<string, Value | null>>
  /** Units that may be named, six digits each. */
  readonly counties: readonly string[]
}

/** Fills a form as its description asks, in words that fit its business; what a file alone can prove is left out. */
export function fill(fields: readonly Field[], desk: Desk): Filled {
  const form: Record<string, Value> = {}
  for (const field of fields) {
    if (!asked(field, form)) continue
    if (desk.given[field.id] === null) continue
    let value = desk.given[field.id] ?? answerTo(field, desk)
    // Of two chance times that belong together the earlier is the beginning.
    const begin = 'after' in field && field.after && desk.given[field.after] === undefined ? field.after : null
    const began = begin ? form[begin] : undefined
    if (begin && typeof began === 'string' && typeof value === 'string' && value < began) {
      form[begin] = value
      value = began
    }
    if (value !== undefined && (field.required || field.column || desk.chance.happens(0.7))) form[field.id] = value
  }
  return form
}

/** Left empty where the items of an article say it: what a clerk writes only in an old or a strange case. */
const unsaid = ['article', 'clause', 'basis', 'penalised']

function answerTo(field: Field, desk: Desk): Value | undefined {
  const { chance, on } = desk
  if (unsaid.includes(field.id)) return undefined
  switch (field.kind) {
    case 'text':
    case 'long':
      return said(field, desk).slice(0, field.max ?? 200)
    case 'day':
      return field.limit === 'future' ? addDays(on, chance.whole(2, 9)) : addDays(on, -chance.whole(0, 3))
    case 'moment':
      // What has happened by the time it is written down, happened the day before: at noon five o'clock is not yet over.
      return new Date(
        dayStart(field.limit === 'past' ? addDays(on, -1) : on) + chance.whole(9, 17) * HOUR,
      ).toISOString()
    case 'number':
      return chance.whole(field.min ?? 1, Math.min(field.max ?? 12, (field.min ?? 1) + 11))
    case 'flag':
      return chance.happens(0.85)
    case 'code': {
      const one = chance.among(codesOf(field.set))
      return one && field.many ? [one] : one
    }
    case 'choice': {
      const one = chance.among(field.choices)?.id
      return one && field.many ? [one] : one
    }
    case 'rows': {
      const least = Math.max(1, field.least ?? 1)
      return Array.from({ length: chance.whole(least, Math.min(field.most ?? 3, least + 2)) }, () =>
        fill(field.fields, desk),
      )
    }
    case 'unit':
      return field.level === 'county' ? chance.among(desk.counties) : undefined
    default:
      return undefined
  }
}

/** Words for one field: of this business, of any business, or what can be said of everything. */
function said(field: Field, { procedure, chance, names }: Desk): string {
  const pool =
    sayings[`${procedure.id}.${field.id}`] ??
    sayings[field.id] ??
    (field.kind === 'long' ? sayings.anything : undefined)
  const text = pool ? chance.pick(pool) : `${field.zh}（合成）`
  return text
    .replaceAll('{person}', names.person)
    .replaceAll('{officer}', names.officer)
    .replaceAll('{relative}', names.relative)
}
