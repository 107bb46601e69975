import { placeWritten } from '@zhijiao/law/article'
import { dutiesFor } from '@zhijiao/law/minors'
import { type Refusal, refuse } from '../core/refusals.ts'
import type { Form, Moment } from '../procedures/index.ts'
import { GuardianNeeded, NotPublic } from './refusals.ts'

/** What the law asks of an announcement or penalty: a minor's guardian is there, and it is not made public (MIN-05). */
export function unfitForMinor(m: Pick<Moment, 'person' | 'law'>, form: Form): Refusal | undefined {
  const duties = dutiesFor({ minor: m.person?.minor ?? false })
  const article = placeWritten(m.law.cite('MIN-05'))
  const cited = { article }
  if (!duties.public && form.public === true) return refuse(NotPublic, cited)
  if (duties.guardianPresent && !form.guardian) return refuse(GuardianNeeded, cited)
  return undefined
}
