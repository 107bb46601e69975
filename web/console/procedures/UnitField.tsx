import { orgs } from '@zhijiao/contract/orgs'
import { AutoComplete, type GetRef } from 'antd'
import { type Ref, useMemo } from 'react'
import { useAsk } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { UnitName } from './UnitName.tsx'
import { matterWords } from './words.ts'

const digits = { county: /^[0-9]{6}$/, office: /^[0-9]{9}$/ } as const

/** A unit: one of the own tree by name, or one elsewhere by its area code; the name beneath says which one it is. */
export function UnitField({
  id,
  value,
  onChange,
  level,
  'aria-label': label,
  ref,
}: {
  id?: string
  value?: string
  onChange?: (value: string) => void
  level?: 'county' | 'office'
  'aria-label'?: string
  /** So that a refusal is said beside it and the cursor comes here. */
  ref?: Ref<GetRef<typeof AutoComplete>>
}) {
  const t = useWords(matterWords)
  const tree = useAsk(orgs.tree, { query: {} }, { staleTime: 600_000 })
  const options = useMemo(
    () =>
      (tree.data?.items ?? [])
        .filter((o) => !level || o.level === level)
        .map((o) => ({ value: o.code, label: `${o.name} ${o.code}` })),
    [tree.data, level],
  )
  const whole = value && (level ? digits[level] : /^[0-9]{2,9}$/).test(value) ? value : null
  return (
    <>
      <AutoComplete
        {...(id ? { id } : {})}
        {...(label ? { 'aria-label': label } : {})}
        {...(ref ? { ref } : {})}
        value={value}
        onChange={(next) => onChange?.(next)}
        options={options}
        allowClear
        showSearch={{ filterOption: (typed, option) => (option?.label ?? '').includes(typed) }}
        style={{ width: '100%' }}
      />
      <div className="zj-small zj-muted">{whole ? <UnitName code={whole} /> : t('unitHint')}</div>
    </>
  )
}
