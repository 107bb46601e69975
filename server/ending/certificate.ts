import { placeWritten } from '@zhijiao/law/article'
import { civilDate } from '@zhijiao/law/civil-date'
import { ruleToCite } from '@zhijiao/law/rule'
import { notFound, refuse } from '../core/refusals.ts'
import { watchPaper } from '../documents/index.ts'
import * as says from './refusals.ts'
import { endingStore } from './store.ts'

/** Why the correction ended, as the papers of a release say it. */
export const causeWords = { expiry: '矫正期限届满', pardon: '被依法赦免' } as const

/**
 * Holds 解除社区矫正证明书 (D29) to the release it certifies (END-02): the matter at its last step or done, or a person
 * whose file came here released. One certificate a release, and of an expiry none that bears a day before the last.
 */
export function holdCertificates(): void {
  watchPaper('D29', {
    holds: async ({ db }, { id, person, on }) => {
      const store = endingStore(db)
      const article = placeWritten(ruleToCite('END-02', civilDate(on)))
      if (!person) throw refuse(says.NobodyReleased, { article })
      const release = await store.releaseOf(person)
      if (!release) throw notFound()
      const { name, state, matter, why, term_start, term_end: end } = release
      if (!matter && state !== 'released') throw refuse(says.NotReleased, { name, article })
      if (why === 'expiry' && on < end) throw refuse(says.CertificateEarly, { name, end, article })
      const number = id ? await store.certificateOf(person, term_start, id) : undefined
      if (number) throw refuse(says.CertificateThere, { name, number })
      const values: Record<string, string> = {}
      if (why === 'pardon' || why === 'expiry') values.解除事由 = causeWords[why]
      return { subject: matter ?? person, values }
    },
  })
}
