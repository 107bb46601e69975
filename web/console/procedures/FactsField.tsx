import { alarms } from '@zhijiao/contract/alarms'
import { people } from '@zhijiao/contract/people'
import { Select } from 'antd'
import { useMemo } from 'react'
import { useAsk } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { useMay } from '../me.ts'
import { useAbout } from './about.ts'
import { matterWords } from './words.ts'

/** What happened to one person, to choose from: alarms and the latest entries of the ledger. */
export function useFacts(person: string | null, enabled = true) {
  const say = useSpoken()
  const may = useMay()
  const on = enabled && person !== null
  const rung = useAsk(
    alarms.list,
    { query: { person: person ?? '', size: 100 } },
    { enabled: on && may('alarm.see'), staleTime: 60_000 },
  )
  const kept = useAsk(
    people.timeline,
    { params: { personId: person ?? '' }, query: { size: 100 } },
    { enabled: on, staleTime: 60_000 },
  )
  return useMemo(
    () => ({
      alarms: (rung.data?.items ?? []).map((a) => ({
        value: a.id,
        label: `${minute(a.detectedAt)} ${say(a.kindName)} · ${say(a.said)}`,
      })),
      ledger: (kept.data?.items ?? []).map((e) => ({ value: e.id, label: `${minute(e.occurredAt)} ${say(e.says)}` })),
      loading: on && (rung.isFetching || kept.isFetching),
    }),
    [rung.data, kept.data, rung.isFetching, kept.isFetching, on, say],
  )
}

/** The facts that a proposal or decision rests on, by id; nothing is typed that the file already knows. */
export function FactsField({
  id,
  value,
  onChange,
  ...rest
}: {
  id?: string
  value?: string[]
  onChange?: (value: string[]) => void
  'aria-label'?: string
}) {
  const t = useWords(matterWords)
  const { person } = useAbout()
  const facts = useFacts(person)
  return (
    <Select
      {...(id ? { id } : {})}
      {...rest}
      mode="multiple"
      allowClear
      disabled={person === null}
      loading={facts.loading}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t(person === null ? 'pickPersonFirst' : 'factsHint')}
      value={value ?? []}
      onChange={(next) => onChange?.(next)}
      options={[
        { label: t('factsAlarms'), options: facts.alarms },
        { label: t('factsLedger'), options: facts.ledger },
      ]}
      style={{ width: '100%' }}
    />
  )
}
