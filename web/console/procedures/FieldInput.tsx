import type { Field } from '@zhijiao/contract/procedures/describe'
import { Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import { itemsOf } from '../../ui/codes.ts'
import { DayField, InstantField } from '../../ui/DayField.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { StaffPick } from '../pick.tsx'
import { useAbout } from './about.ts'
import { FactsField } from './FactsField.tsx'
import { FilesField } from './FilesField.tsx'
import { mostOf } from './FormFields.tsx'
import { MatterField } from './MatterField.tsx'
import { PlaceField } from './PlaceField.tsx'
import { UnitField } from './UnitField.tsx'
import { matterWords } from './words.ts'

/** As many choices as are quicker seen than opened. */
const fewChoices = 5

interface Given {
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
  onBlur?: () => void
}

/** The control of one field by its kind; the form item around it gives the value and takes it. */
export function FieldInput({
  field,
  label,
  bare = false,
  ...given
}: { field: Field; label: string; bare?: boolean } & Given) {
  const t = useWords(matterWords)
  const c = useWords(common)
  const say = useSpoken()
  const about = useAbout()
  const { id } = given
  // What the form item says of the field to a screen reader (wrong, described by) goes on to the control.
  const aria = Object.fromEntries(Object.entries(given).filter(([key]) => key.startsWith('aria-')))
  const left = given.onBlur ? { onBlur: given.onBlur } : {}
  const named = { ...aria, ...(id ? { id } : {}), ...(bare ? { 'aria-label': label } : {}) }
  const bound = { ...named, ...left, value: given.value as never, onChange: given.onChange as never }
  const picked = { ...named, value: given.value as never, onChange: given.onChange as never }
  switch (field.kind) {
    case 'text':
      return <Input {...bound} autoComplete="off" {...(bare ? {} : { count: counted(mostOf(field), t) })} />
    case 'long':
      return (
        <Input.TextArea
          {...bound}
          autoSize={{ minRows: bare ? 1 : 3, maxRows: 12 }}
          {...(bare ? {} : { count: counted(mostOf(field), t) })}
        />
      )
    case 'day':
      return <DayField {...bound} />
    case 'moment':
      return <InstantField {...bound} />
    case 'number':
      return (
        <InputNumber
          {...bound}
          style={{ width: '100%', maxWidth: 220 }}
          {...(field.unit ? { suffix: say(field.unit) } : {})}
        />
      )
    case 'flag':
      return (
        <Radio.Group
          {...named}
          value={given.value}
          onChange={(e) => given.onChange?.(e.target.value)}
          aria-label={label}
          options={[
            { value: true, label: c('yes') },
            { value: false, label: c('no') },
          ]}
        />
      )
    case 'code':
    case 'choice':
      return <Choice field={field} label={label} {...given} />
    case 'files':
      return <FilesField {...picked} label={label} />
    case 'unit':
      return <UnitField {...picked} {...(field.level ? { level: field.level } : {})} />
    case 'staff':
      return <StaffPick {...picked} {...(about.org ? { org: about.org } : {})} />
    case 'facts':
      return <FactsField {...picked} />
    case 'matter':
      return <MatterField {...picked} of={field.of} />
    case 'place':
      return <PlaceField {...picked} label={label} bare={bare} />
    case 'rows':
      return null
  }
}

function Choice({
  field,
  label,
  id,
  value,
  onChange,
}: { field: Extract<Field, { kind: 'code' | 'choice' }>; label: string } & Given) {
  const c = useWords(common)
  const language = useLanguage()
  const options =
    field.kind === 'code'
      ? itemsOf(field.set).map((item) => ({ value: item.code, label: item[language] }))
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

/** 已输入 n / 最多 m 字: too long is said, never cut off. */
const counted = (max: number, t: (key: 'typed', fill: { n: number; max: number }) => string) => ({
  max,
  show: ({ count }: { count: number }) => t('typed', { n: count, max }),
})
