import { people } from '@zhijiao/contract/people'
import type { Field } from '@zhijiao/contract/procedures/describe'
import { correctionCategoryOf } from '@zhijiao/law/codes'
import { useEffect } from 'react'
import { useAsk } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { useAbout } from './about.ts'
import { Choice } from './Choice.tsx'
import type { Given } from './FieldInput.tsx'
import { matterWords } from './words.ts'

/** Those codes of a set that go with the person's category, by the rule that refuses the others. */
export function CategoryChoice({
  field,
  label,
  ...given
}: { field: Extract<Field, { kind: 'code' }>; label: string } & Given) {
  const t = useWords(matterWords)
  const { person } = useAbout()
  const file = useAsk(people.get, { params: { personId: person ?? '' } }, { enabled: person !== null }).data
  const { byCategory = {} } = field
  const of = file && correctionCategoryOf(file.category)
  // Nothing is offered while it is not known what fits.
  const only = Object.keys(byCategory).filter((one) => person === null || (of && byCategory[one] === of))
  const { value, onChange } = given
  const strange = file !== undefined && typeof value === 'string' && !only.includes(value)
  // What was chosen for somebody else does not stay.
  useEffect(() => {
    if (strange) onChange?.(undefined)
  }, [strange, onChange])
  if (only.length > 0 || !file) return <Choice field={field} only={only} label={label} {...given} />
  return (
    <span {...(given.id ? { id: given.id } : {})} className="zj-muted">
      {t('noneOfCategory')}
    </span>
  )
}
