import { registerStep } from '@zhijiao/contract/procedures/describe'
import type { Standing } from './domain.ts'
import type { Form } from './form.ts'
import type { MatterRow, PassageRow } from './store.ts'

/** Where a matter stands, as its rows tell it. */
export const standingOf = (row: MatterRow, passages: readonly PassageRow[]): Standing => ({
  org: row.org_code,
  otherOrg: row.other_org,
  step: row.step,
  end: row.end_id,
  openedBy: row.opened_by,
  organ: row.organ_id,
  passages: passages.map((p) => ({ step: p.step, way: p.way, to: p.to_step, by: p.by_id })),
})

/** Everything filled in so far: `register` and each step's last form. */
export const formsOf = (row: MatterRow, passages: readonly PassageRow[]): Readonly<Record<string, Form>> => ({
  [registerStep]: row.register,
  ...Object.fromEntries(passages.map((p) => [p.step, p.form])),
})
