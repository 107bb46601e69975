import { Refused } from '@zhijiao/contract/client'
import type { FormInstance } from 'antd'
import { type Language, sayIn, spoken } from './language.ts'
import { common } from './words.ts'

/** What went wrong, ready to be said: never a bare code, always a next step and the number to quote. */
export interface Trouble {
  readonly text: string
  readonly code: string
  readonly request: string
  readonly status: number
  readonly fields: readonly { path: string; text: string }[]
}

export function troubleOf(error: unknown, language: Language): Trouble {
  if (error instanceof Refused) {
    const { problem, status } = error
    return {
      text: spoken(problem, language),
      code: problem.code,
      request: problem.request,
      status,
      fields: (problem.fields ?? []).map((f) => ({ path: f.path, text: spoken(f, language) })),
    }
  }
  return { text: sayIn(common, language)('networkDown'), code: 'ZJ_NETWORK', request: '', status: 0, fields: [] }
}

/**
 * Puts field errors beside their fields and the cursor into the first. Answers what could not be placed, so that a
 * summary can say it; a form never swallows an error.
 */
export function placeFaults(form: FormInstance, trouble: Trouble): readonly { path: string; text: string }[] {
  const homeless: { path: string; text: string }[] = []
  let first: (string | number)[] | null = null
  for (const fault of trouble.fields) {
    const name = fault.path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    if (fault.path === '' || form.getFieldInstance(name) === undefined) {
      homeless.push(fault)
      continue
    }
    form.setFields([{ name, errors: [fault.text] }])
    first ??= name
  }
  if (first) {
    form.scrollToField(first, { block: 'center' })
    form.getFieldInstance(first)?.focus?.()
  }
  return homeless
}
