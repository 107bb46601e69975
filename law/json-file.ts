/** Reading what someone wrote in a file: each value is either what the documented shape says, or refused by its place. */
import { type CivilDate, parseCivilDate } from './civil-date.ts'
import { isRefusal, LawError, refuse } from './refusals.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Refuses the file, naming the place; caught by `reading`. */
export function wrong(place: string, expected: string): LawError {
  return new LawError(refuse('ZJ_LAW_FACTS_INVALID', { detail: `${place}: ${expected}` }))
}

export function fields(value: unknown, place: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(place, '{…}')
  return value as Fields
}

export function list(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(place, '[…]')
  return value
}

export function text(value: unknown, place: string): string {
  if (typeof value !== 'string' || value === '') throw wrong(place, '"…"')
  return value
}

export function flag(value: unknown, place: string): boolean {
  if (typeof value !== 'boolean') throw wrong(place, 'true / false')
  return value
}

export function date(value: unknown, place: string): CivilDate {
  const parsed = parseCivilDate(String(value))
  if (isRefusal(parsed)) throw wrong(place, 'YYYY-MM-DD')
  return parsed
}

export function choice<T extends string>(value: unknown, choices: readonly T[], place: string): T {
  const found = choices.find((candidate) => candidate === value)
  if (found === undefined) throw wrong(place, choices.join(' | '))
  return found
}

/** Reads with `read` where the value is there. */
export function maybe<T>(value: unknown, read: (value: unknown, place: string) => T, place: string): T | undefined {
  return value === undefined ? undefined : read(value, place)
}

/** The answer of `read`, or the refusal with which it stopped. */
export function reading<T>(read: () => T): T | LawError['refusal'] {
  try {
    return read()
  } catch (error) {
    if (error instanceof LawError) return error.refusal
    throw error
  }
}
