import { alarmCauses } from '@zhijiao/contract/alarms'
import type { Language } from '../../ui/language.ts'

const groups = ['breach', 'excused', 'false', 'fault'] as const
const words = { breach: 'truthBreach', excused: 'truthExcused', false: 'truthFalse', fault: 'truthFault' } as const

/** Causes grouped by what they say of the alarm. */
export const causeChoices = (language: Language, t: (key: (typeof words)[keyof typeof words]) => string) =>
  groups.map((truth) => ({
    label: t(words[truth]),
    options: alarmCauses.filter((c) => c.truth === truth).map((c) => ({ value: c.code, label: c[language] })),
  }))
