import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { type FieldFault, Invalid, type Refusal, refuse } from '../core/refusals.ts'
import type { Form } from './form.ts'

/** Entries that only one way out of a step asks for: named one by one where they are missing. */
export function needed(procedure: Procedure, step: string, form: Form, ids: readonly string[]): Refusal | undefined {
  const fields = procedure.steps.find((s) => s.id === step)?.form ?? []
  const faults = fields
    .filter(({ id }) => {
      const value = form[id]
      return ids.includes(id) && (value === undefined || value === false || (Array.isArray(value) && !value.length))
    })
    .map(({ id, zh, en }): FieldFault => ({ path: id, zh: `请填写“${zh}”`, en: `"${en}" is needed` }))
  return faults.length > 0 ? refuse(Invalid, { count: faults.length }, faults) : undefined
}
