import { problemOf, Refusal } from '../core/refusals.ts'

/** What a command that could not go on says on its way out, and with which code: a refusal in both languages, 2. */
export function told(error: unknown): { readonly code: number; readonly out: string } {
  if (!(error instanceof Refusal)) return { code: 1, out: error instanceof Error ? error.message : String(error) }
  const { code, zh, en } = problemOf(error, '')
  return { code: 2, out: `${code} ${zh}\n${en}` }
}
