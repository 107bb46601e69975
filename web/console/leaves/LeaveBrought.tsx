import type { Leave } from '@zhijiao/contract/permits'
import { useMemo } from 'react'
import { Mark } from '../../ui/LevelMark.tsx'
import { useStringing, useWords } from '../../ui/language.ts'
import { useMay } from '../me.ts'
import { AboutForm } from '../procedures/about.ts'
import { FileLinks } from '../procedures/FileLinks.tsx'
import { leaveWords } from './words.ts'

/** What the application brought: the proof of its reason, and whom to reach at the destination. */
export function LeaveBrought({ leave }: { leave: Leave }) {
  const t = useWords(leaveWords)
  const { aside, row } = useStringing()
  const may = useMay()
  const about = useMemo(
    () => ({ matter: leave.id, person: leave.person.id, org: leave.org }),
    [leave.id, leave.person.id, leave.org],
  )
  const { contact, proofs, unproven } = leave
  return (
    <section aria-label={t('brought')}>
      <p className="zj-tight">
        <strong>{t('contact')}</strong>{' '}
        {contact
          ? row([aside(contact.name, contact.relation), contact.phone, contact.address ?? ''].filter(Boolean))
          : t('contactNone')}
      </p>
      <div className="zj-tight">
        <strong>{t('proofs')}</strong>{' '}
        {proofs.length === 0 ? (
          <>
            <Mark tone={leave.state === 'asked' ? 'yellow' : 'quiet'}>{t('proofsNone')}</Mark>{' '}
            {unproven ? t('unprovenWhy', { why: unproven }) : null}
          </>
        ) : may('file.see') ? (
          <AboutForm value={about}>
            <FileLinks ids={proofs} />
          </AboutForm>
        ) : (
          t('proofsCount', { n: proofs.length })
        )}
      </div>
    </section>
  )
}
