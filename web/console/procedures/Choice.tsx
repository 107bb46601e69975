import type { Field } from '@zhijiao/contract/procedures/describe'
import { Checkbox, Radio, Select } from 'antd'
import { itemsOf } from '../../ui/codes.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import type { Given } from './FieldInput.tsx'

/** As many choices as are quicker seen than opened. */
const fewChoices = 5

/** One or several of a code set or of what a description names; few are seen at once, many are opened. */
export function Choice({
  field,
  only,
  label,
  id,
  value,
  onChange,
}: {
  field: Extract<Field, { kind: 'code' | 'choice' }>
  /** Of a code set: those that are offered. */
  only?: readonly string[]
  label: string
} & Given) {
  const c = useWords(common)
  const language = useLanguage()
  const options =
    field.kind === 'code'
      ? itemsOf(field.set)
          .filter((item) => !only || only.includes(item.code))
          .map((item) => ({ value: item.code, label: item[language] }))
      : field.choices.map((one) => ({ value: one.id, label: one[language] }))
  const few = options.length <= fewChoices
  const ids = id ? { id } : {}
  if (few && field.many)
    return (
      <Checkbox.Group
        {...ids}
        value={(value as string[]) ?? []}
        onChange={(next) => onChange?.(next)}
        options={options}
        role="group"
        aria-label={label}
      />
    )
  if (few)
    return (
      <Radio.Group
        {...ids}
        value={value}
        onChange={(e) => onChange?.(e.target.value)}
        options={options}
        aria-label={label}
      />
    )
  return (
    <Select
      {...ids}
      allowClear
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={c('choose')}
      {...(field.many ? { mode: 'multiple' as const } : {})}
      value={value as never}
      onChange={(next) => onChange?.(next)}
      options={options}
    />
  )
}
