import { people } from '@zhijiao/contract/people'
import { call } from '../../ui/api.ts'

/** Asks for one masked value of the header in clear; the reason goes into the audit. */
export const revealOf =
  (personId: string, what: 'identity' | 'phone' | 'registeredAddress' | 'residence') => async (reason: string) =>
    (await call(people.reveal, { params: { personId }, body: { reason } }))[what] || '—'

/** The same for a masked field of a row of a group. */
export const revealPart = (personId: string, row: string, field: string) => async (reason: string) =>
  (await call(people.reveal, { params: { personId }, body: { reason } })).parts.find(
    (p) => p.id === row && p.field === field,
  )?.value ?? '—'
