import type { Columns } from './columns.ts'
import { model, Nullable, OneOf, type Static, type TObject, type TSchema, Type } from './kernel.ts'

/** UUID v7 of any row. */
export const Id = Type.String({ format: 'uuid', description: 'UUID v7' })
/** Instant, ISO 8601 in UTC. Shown in Asia/Shanghai. */
export const Instant = Type.String({ format: 'date-time', description: 'UTC instant' })
/** The same as a number, where thousands come at once: milliseconds since 1970-01-01T00:00:00Z. */
export const Millis = Type.Integer({ description: 'Milliseconds since 1970, UTC' })
/** Civil date of Asia/Shanghai, YYYY-MM-DD. */
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Civil date, Asia/Shanghai' })
/** GB/T 2260-style prefix code: '' ministry, 2 province, 4 city, 6 county, 9 office. */
export const OrgCode = Type.String({
  pattern: '^([0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3})?)?)?)?$',
  description: 'GB/T 2260-style code; length tells the level',
})
export const Text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) })
export const Note = (maxLength = 500) => Type.String({ maxLength })
export const Lat = Type.Number({ minimum: -90, maximum: 90, description: 'Degrees WGS-84' })
export const Lon = Type.Number({ minimum: -180, maximum: 180, description: 'Degrees WGS-84' })

/** Query half that every list shares. Pages count from 1. */
export const pageQuery = {
  page: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 20 })),
  /** `field` or `-field` for descending; a list names the fields it sorts by. */
  sort: Type.Optional(Type.String({ maxLength: 40 })),
}

/** A page of a list with its true total. */
export const PageOf = <T extends TSchema>(item: T) =>
  Type.Object(
    { items: Type.Array(item), total: Type.Integer(), page: Type.Integer(), size: Type.Integer() },
    { additionalProperties: false },
  )

/** The columns of an item, as the API document prints them. Every column there is has a value for each row. */
export function ColumnsOf<T extends TObject>(item: T, options: { title: string }) {
  const properties: Record<string, TSchema> = {}
  for (const [name, field] of Object.entries<TSchema>(item.properties))
    properties[name] = Type.IsOptional(field) ? Type.Optional(Type.Array(Nullable(field))) : Type.Array(field)
  return Type.Unsafe<Columns<Static<T>>>(
    Type.Object(properties, {
      ...options,
      additionalProperties: false,
      description: 'One array a field, all of one length; the n-th values of all are the n-th row',
    }),
  )
}

export const Done = model('Done', { done: Type.Literal(true) })

/** Every error answer. `fields` points at what to correct. */
export const Problem = model('Problem', {
  code: Type.String({ pattern: '^ZJ_[A-Z0-9_]+$' }),
  zh: Type.String(),
  en: Type.String(),
  request: Type.String({ description: '流水号, quote it when asking for help' }),
  fields: Type.Optional(Type.Array(Type.Object({ path: Type.String(), zh: Type.String(), en: Type.String() }))),
  data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
export type Problem = Static<typeof Problem>

/** A sentence in both languages of the product. */
export const Said = Type.Object({ zh: Type.String(), en: Type.String() }, { additionalProperties: false })

/** A rule quoted beside whatever it asks, refuses or proposes. */
export const Citation = model('Citation', {
  rule: Type.String(),
  source: Type.String(),
  article: Type.String(),
  zh: Type.String(),
  recalled: Type.Boolean({ description: 'Not yet checked against the official text' }),
})

export const OrgLevel = OneOf(['ministry', 'province', 'city', 'county', 'office'])
