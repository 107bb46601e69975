import { placeWritten } from '@zhijiao/law/article'
import { dutiesFor } from '@zhijiao/law/minors'
import { type Refusal, refuse } from '../core/refusals.ts'
import type { Form, Moment } from '../procedures/index.ts'
import { GuardianNeeded, NotPublic, SealedNotPublic } from './refusals.ts'

/**
 * What the law asks of an announcement or penalty: a minor's guardian is there, and it is not made public (MIN-05); nor is
 * that of somebody whose record is sealed, however old he is today (MIN-04).
 */
export function unfitForMinor(m: Pick<Moment, 'person' | 'law'>, form: Form): Refusal | undefined {
  const { minor = false, sealed = false } = m.person ?? {}
  const duties = dutiesFor({ minor, sealed })
  const under = (rule: 'MIN-04' | 'MIN-05') => ({ article: placeWritten(m.law.cite(rule)) })
  if (!duties.public && form.public === true)
    return minor ? refuse(NotPublic, under('MIN-05')) : refuse(SealedNotPublic, under('MIN-04'))
  if (duties.guardianPresent && !form.guardian) return refuse(GuardianNeeded, under('MIN-05'))
  return undefined
}
