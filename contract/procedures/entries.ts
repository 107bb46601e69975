import type { Field } from './describe.ts'

/** Entries that businesses of several rooms ask for in the same words. */

/** What an officer or a head thinks of it, under its own label: papers take it by that. */
export const opinion = (zh: string, en = 'Opinion'): Field => ({
  id: 'opinion',
  kind: 'long',
  zh,
  en,
  required: true,
  max: 1000,
})
export const reason = (max = 1000): Field => ({
  id: 'why',
  kind: 'long',
  zh: '理由',
  en: 'Reason',
  required: true,
  max,
})

/** The day on which something was done: today at the latest. */
export const pastDay = (id: string, zh: string, en: string): Field => ({
  id,
  kind: 'day',
  zh,
  en,
  required: true,
  limit: 'past',
})
/** The instant at which something was done. */
export const pastMoment = (id: string, zh: string, en: string): Field => ({
  id,
  kind: 'moment',
  zh,
  en,
  required: true,
  limit: 'past',
})

/** 送达方式 of what is told the person in writing; leaving it needs a witness. */
export const deliveredBy: Field = {
  id: 'how',
  kind: 'choice',
  zh: '告知方式',
  en: 'How told',
  required: true,
  choices: [
    { id: 'direct', zh: '当面送达，本人签收', en: 'Handed over, signed' },
    { id: 'guardian', zh: '送达本人及监护人', en: 'Handed to the person and the guardian' },
    { id: 'post', zh: '邮寄送达', en: 'By post' },
    { id: 'left', zh: '拒绝签收，留置送达', en: 'Declined to sign; left with a witness' },
  ],
}
export const deliveryWitness: Field = {
  id: 'witness',
  kind: 'text',
  zh: '见证人',
  en: 'Witness',
  required: true,
  max: 60,
  when: { field: 'how', is: ['left'] },
}

/** What was taken on the spot. */
export const media: Field = { id: 'media', kind: 'files', zh: '照片、录音、录像', en: 'Pictures, sound, film' }
export const proof: Field = { id: 'proof', kind: 'files', zh: '证明材料', en: 'Proof' }
export const attachments: Field = { id: 'files', kind: 'files', zh: '附件', en: 'Attachments' }
/** 到场监护人; that a minor has one there is checked where it is used. */
export const guardianPresent: Field = {
  id: 'guardian',
  kind: 'text',
  zh: '到场监护人',
  en: 'Guardian present',
  max: 60,
}
