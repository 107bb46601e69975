import { type MatterRow, matters } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { Select } from 'antd'
import { useMemo } from 'react'
import { useAsk } from '../../ui/api.ts'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { useAbout } from './about.ts'
import { endSaid, stepSaid } from './said.ts'
import { matterWords } from './words.ts'

/** An earlier matter of the same person. */
export function MatterField({
  id,
  value,
  onChange,
  of,
  ...rest
}: {
  id?: string
  value?: string
  onChange?: (value: string) => void
  of: readonly string[]
  'aria-label'?: string
}) {
  const t = useWords(matterWords)
  const c = useWords(common)
  const say = useSpoken()
  const language = useLanguage()
  const { person } = useAbout()
  const asked = useAsk(matters.list, { query: { person: person ?? '', size: 200 } }, { enabled: person !== null })
  const options = useMemo(
    () =>
      (asked.data?.items ?? [])
        .filter((m: MatterRow) => of.includes(m.kind))
        .map((m: MatterRow) => {
          const p = procedureOf(m.kind)
          const stands = p ? (m.end ? endSaid(p, m.end, language) : stepSaid(p, m.step, language)) : ''
          return { value: m.id, label: `${m.on} ${p ? say(p) : m.kind} · ${stands}` }
        }),
    [asked.data, of, language, say],
  )
  return (
    <Select
      {...(id ? { id } : {})}
      {...rest}
      allowClear
      disabled={person === null}
      loading={asked.isFetching}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={person === null ? t('pickPersonFirst') : c('choose')}
      value={value}
      onChange={(next) => onChange?.(next)}
      options={options}
      style={{ width: '100%' }}
    />
  )
}
