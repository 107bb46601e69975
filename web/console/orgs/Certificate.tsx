import type { StaffMember } from '@zhijiao/contract/orgs'
import { dayOf, daysBetween } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { orgWords } from './words.ts'

/** From here on somebody must see to a new certificate. */
const soonDays = 60

/** The enforcement certificate (执法证), and whether it still holds. */
export function Certificate({ of }: { of: StaffMember }) {
  const t = useWords(orgWords)
  if (!of.certificate) return <span className="zj-muted">{t('cMissing')}</span>
  const left = of.certificateUntil ? daysBetween(dayOf(now()), of.certificateUntil) : null
  return (
    <>
      <span className="zj-mono">{of.certificate}</span>{' '}
      {of.certificateUntil ? (
        <span className="zj-muted zj-small">{t('cUntil', { day: of.certificateUntil })}</span>
      ) : null}{' '}
      {left !== null && left < 0 ? <Mark tone="red">{t('cOver')}</Mark> : null}
      {left !== null && left >= 0 && left <= soonDays ? <Mark tone="yellow">{t('cSoon')}</Mark> : null}
    </>
  )
}
