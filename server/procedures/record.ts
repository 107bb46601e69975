import { createHash } from 'node:crypto'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { canonical } from '../core/ledger/canonical.ts'
import { announce } from '../core/live.ts'
import { stepOf } from './domain.ts'
import type { Form } from './form.ts'
import type { Moment } from './practice.ts'
import type { MatterRow } from './store.ts'
import type { Work } from './work.ts'

/** What is kept apart from the ordinary file enters the ledger as its digest: it proves the form and shows nothing of it. */
export const forLedger = (procedure: Procedure, form: Form): Form =>
  procedure.class ? { sha256: createHash('sha256').update(canonical(form)).digest('hex') } : form

/** Writes a passage: its row, and its entry in the ledger. */
export async function write(
  { house, ledger, store }: Work,
  { matter, form, note, by, law }: Moment,
  procedure: Procedure,
  passage: { readonly step: string; readonly way: string; readonly to: string; readonly cites: readonly string[] },
): Promise<void> {
  const { step, way, to, cites } = passage
  await store.pass({
    id: house.chance.id(),
    matter_id: matter.id,
    step,
    way,
    to_step: to,
    by_id: by.id || null,
    by_name: by.name,
    at: new Date(house.chance.now()),
    note,
    form,
    cites: [...cites],
    law_revision: law.revision,
  })
  await ledger.append({
    kind: `${matter.kind}.${way === 'withdraw' || way === 'takeBack' ? 'withdrawn' : stepOf(procedure, to) ? 'passed' : 'ended'}`,
    org: matter.org_code,
    person: matter.person_id,
    subject: matter.id,
    cites: [...cites],
    payload: { step, way, to, note, form: forLedger(procedure, form) },
  })
}

/** Tells whoever looks at it, and `staff` by name. */
export const tell = ({ db }: Work, row: MatterRow, what: string, staff: readonly (string | null)[] = []) =>
  announce(db, { topic: 'matter', id: row.id, org: row.org_code, person: row.person_id, what, staff })
