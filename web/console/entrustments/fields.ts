import type { Field } from '@zhijiao/contract/procedures/describe'
import { assessment } from '@zhijiao/contract/procedures/intake/assessment'

/** What the organ fills in: the county's own register form but for the day of receipt, which is the day it arrives. */
export const entrustFields: readonly Field[] = assessment.form.filter((field) => field.id !== 'receivedOn')

/** Annexes stand in a panel of their own. */
export const saidFields: readonly Field[] = entrustFields.filter((field) => field.id !== 'annexes')

/** Whether the opinion was adopted; a reason is asked for where it was not. */
export const adoptionFields: readonly Field[] = [
  {
    id: 'adopted',
    kind: 'choice',
    zh: '是否采信评估意见',
    en: 'Was the opinion adopted',
    required: true,
    choices: [
      { id: 'yes', zh: '采信', en: 'Adopted' },
      { id: 'no', zh: '未采信', en: 'Not adopted' },
    ],
  },
  { id: 'judgment', kind: 'text', zh: '裁判文书号', en: 'Number of the judgment', required: true, max: 80 },
  { id: 'judgedOn', kind: 'day', zh: '裁判日期', en: 'Judged on', required: true, limit: 'past' },
  {
    id: 'reason',
    kind: 'long',
    zh: '未采信的理由',
    en: 'Why it was not adopted',
    required: true,
    max: 1000,
    when: { field: 'adopted', is: ['no'] },
  },
  { id: 'remark', kind: 'long', zh: '说明', en: 'Remark', max: 1000, when: { field: 'adopted', is: ['yes'] } },
]
