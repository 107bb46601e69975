import type { RuleId } from '@zhijiao/law/rule'
import type { Field, Procedure, Step } from '../../describe.ts'
import { guardianPresent, pastDay } from '../../entries.ts'
import { notProposed, submitToSign } from '../../hands.ts'
import { evidence } from '../fields.ts'

export const ground = (zh: string): Field => ({
  id: 'reason',
  kind: 'text',
  zh,
  en: 'Ground',
  required: true,
  max: 300,
})
export const facts = (zh: string): Field => ({ id: 'facts', kind: 'long', zh, en: 'Facts', required: true, max: 4000 })

/** The evidence is put together and the person is heard, with the lawyer where there is one (Law 48). */
export const prepare = (extra: readonly Field[], evidenceBlank: string): Step => ({
  id: 'prepare',
  kind: 'work',
  zh: '整理证据、听取意见',
  en: 'Evidence and hearing',
  post: 'county',
  form: [
    ...extra,
    evidence(evidenceBlank),
    {
      id: 'heard',
      kind: 'long',
      zh: '本人申辩',
      en: 'What the person says',
      required: true,
      max: 2000,
      help: { zh: '下落不明的，写明查找和告知经过。', en: 'If whereabouts are unknown, say how it was tried.' },
    },
    { id: 'lawyer', kind: 'long', zh: '律师意见', en: 'What the lawyer says', max: 2000 },
    guardianPresent,
  ],
  ways: [submitToSign],
})

export const ruling: readonly Field[] = [
  { id: 'number', kind: 'text', zh: '裁判文书号', en: 'Number of the ruling', required: true, max: 80 },
  pastDay('ruledOn', '裁判日期', 'Ruled on'),
  { id: 'effectiveOn', kind: 'day', zh: '生效日期', en: 'In effect from', limit: 'past', after: 'ruledOn' },
  { id: 'heardThere', kind: 'flag', zh: '已听取本人申辩', en: 'The person was heard there' },
  { id: 'lawyerThere', kind: 'flag', zh: '已听取律师意见', en: 'The lawyer was heard there' },
  { id: 'note', kind: 'long', zh: '裁判要点', en: 'The ruling in short', max: 2000 },
]

/** The court or the deciding organ has it; its clock shows while we wait. */
export const awaiting = (zh: string, en: string, rule: RuleId, yes: string, yesEn: string): Step => ({
  id: 'court',
  kind: 'outside',
  zh,
  en,
  post: 'county',
  clock: { rule, from: 'sign.sentAt' },
  form: ruling,
  ways: [
    {
      id: 'yes',
      zh: yes,
      en: yesEn,
      to: 'ended',
      tone: 'on',
      cites: [rule, ...(rule === 'REV-01' ? (['REV-04'] as const) : []), 'END-03'],
    },
    {
      id: 'no',
      zh: '不予支持，继续矫正',
      en: 'Not granted; the correction goes on',
      to: 'goesOn',
      tone: 'on',
      cites: [rule],
    },
  ],
})

export const ends = (zh: string, en: string): Procedure['ends'] => [
  { id: 'ended', zh, en, tone: 'good' },
  { id: 'goesOn', zh: '未获支持，继续矫正', en: 'Not granted', tone: 'plain' },
  notProposed,
]

export const court: Field = { id: 'court', kind: 'text', zh: '收文机关', en: 'Court', required: true, max: 80 }
export const term = (zh: string): Field => ({ id: 'term', kind: 'text', zh, en: 'Probation', max: 80 })
export const article = (zh: string): Field => ({
  id: 'article',
  kind: 'text',
  zh,
  en: 'Article',
  max: 200,
  help: {
    zh: '留空的，文书按登记时所选条项引用；填写的，以填写为准。',
    en: 'Left empty, the paper quotes the items chosen when it was registered; what is written here goes before them.',
  },
})
