import { type ContestableDecision, matters } from '@zhijiao/contract/matters'
import { Radio } from 'antd'
import { useAsk } from '../../ui/api.ts'
import { useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import type { Against } from './against.ts'
import { DecisionLink } from './DecisionLink.tsx'
import { matterWords } from './words.ts'

const keyOf = ({ what, id }: Against) => `${what}.${id}`

/** Which decision an objection is against: of those about this person that were made against him. */
export function DecisionPick({
  id,
  person,
  fixed,
  value,
  onChange,
}: {
  id: string
  person: string | null
  /** The link says which. */
  fixed: boolean
  value: Against | null
  onChange: (value: Against | null) => void
}) {
  const t = useWords(matterWords)
  const { aside } = useStringing()
  const say = useSpoken()
  const asked = useAsk(matters.contestable, { params: { personId: person ?? '' } }, { enabled: person !== null })
  const items = asked.data?.items ?? []
  const line = (one: ContestableDecision) => [say(one.said), one.on, one.by].filter((part) => part !== '').join(' · ')
  const chosen = value && items.find((one) => keyOf(one) === keyOf(value))
  if (asked.error) return <TroubleNotice error={asked.error} compact />
  if (fixed)
    return (
      <p className="zj-tight">
        <span className="zj-muted">{t('against')}</span>{' '}
        {chosen ? (
          <DecisionLink of={chosen} person={person ?? ''}>
            {line(chosen)}
          </DecisionLink>
        ) : asked.isFetching ? (
          <span className="zj-muted">…</span>
        ) : (
          t('againstUnknown')
        )}
      </p>
    )
  return (
    <fieldset className="zj-against" id={id}>
      <legend>
        <span className="zj-needed" aria-hidden="true">
          *
        </span>
        {t('against')}
      </legend>
      {person === null ? (
        <p className="zj-muted zj-tight">{t('pickPersonFirst')}</p>
      ) : asked.isPending ? (
        <p className="zj-muted zj-tight">…</p>
      ) : items.length === 0 ? (
        <p className="zj-muted zj-tight">{t('againstNone')}</p>
      ) : (
        <Radio.Group
          name={id}
          value={value ? keyOf(value) : null}
          onChange={(event) => onChange(items.find((one) => keyOf(one) === event.target.value) ?? null)}
          options={items.map((one) => ({
            value: keyOf(one),
            label: one.objection ? aside(line(one), t('contestedAlready')) : line(one),
            disabled: one.objection !== null,
          }))}
        />
      )}
    </fieldset>
  )
}
