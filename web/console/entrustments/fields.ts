import type { Field } from '@zhijiao/contract/procedures/describe'
import { assessment } from '@zhijiao/contract/procedures/intake/assessment'

/** What the organ fills in: the county's own register form but for the day of receipt, which is the day it arrives. */
export const entrustFields: readonly Field[] = assessment.form.filter((field) => field.id !== 'receivedOn')

/** Annexes stand in a panel of their own. */
export const saidFields: readonly Field[] = entrustFields.filter((field) => field.id !== 'annexes')
