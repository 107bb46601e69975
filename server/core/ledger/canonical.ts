export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * One text for one value (RFC 8785, JSON Canonicalization Scheme): keys in UTF-16 order, no white space,
 * numbers as ECMAScript prints them, absent members left out. What is hashed must not depend on who wrote it.
 * @throws RangeError for numbers that JSON cannot hold
 */
export function canonical(value: Json): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('a ledger payload holds a number that JSON cannot carry')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((v: Json) => canonical(v)).join(',')}]`
  const members = value as { readonly [key: string]: Json | undefined }
  const keys = Object.keys(members)
    .filter((k) => members[k] !== undefined)
    .sort()
  return `{${keys.map((k) => `${JSON.stringify(k)}:${canonical(members[k] ?? null)}`).join(',')}}`
}
