/** A device's HTTP request, as far as its protocol looks at it. */
export interface HttpRequest {
  readonly method: string
  /** Path and query, or an absolute address. */
  readonly url: string
  readonly body?: string | null
  readonly contentType?: string | null
}

/** Query and form fields in order of appearance; a name may come several times. */
export function fieldsOf({ url, body }: HttpRequest): URLSearchParams {
  const mark = url.indexOf('?')
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1))
  const form = (body ?? '').trim()
  if (form === '' || form.startsWith('{') || form.startsWith('[')) return query
  for (const [name, value] of new URLSearchParams(form)) query.append(name, value)
  return query
}

/** The body as JSON; null where it is not. */
export function jsonOf({ body }: HttpRequest): unknown {
  const text = (body ?? '').trim()
  if (!text.startsWith('{') && !text.startsWith('[')) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const objectOf = (value: unknown): Json => (isObject(value) ? value : {})

/** A finite number, also where it travels as text; null otherwise. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'string' && value.trim() === '') return null
  const parsed = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN
  return Number.isFinite(parsed) ? parsed : null
}

export function switchOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === '1' || value === 1) return true
  return value === 'false' || value === '0' || value === 0 ? false : null
}

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null

/** Percent within 0–100, or null. */
export function percentOf(value: number | null): number | null {
  return value === null || value < 0 || value > 100 ? null : value
}

/** A direction in degrees; phones send a negative one for "none". */
export const courseOf = (value: number | null): number | null =>
  value === null || value < 0 || value > 360 ? null : value

/** What is never negative; phones send a negative one for "unknown". */
export const unsignedOf = (value: number | null): number | null => (value === null || value < 0 ? null : value)
