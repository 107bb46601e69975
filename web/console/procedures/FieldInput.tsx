import type { Field } from '@zhijiao/contract/procedures/describe'
import { Input, InputNumber, Radio } from 'antd'
import { DayField, InstantField } from '../../ui/DayField.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { StaffPick } from '../pick.tsx'
import { useAbout } from './about.ts'
import { CategoryChoice } from './CategoryChoice.tsx'
import { Choice } from './Choice.tsx'
import { FactsField } from './FactsField.tsx'
import { FilesField } from './FilesField.tsx'
import { mostOf } from './FormFields.tsx'
import { MatterField } from './MatterField.tsx'
import { PlaceField } from './PlaceField.tsx'
import { UnitField } from './UnitField.tsx'
import { matterWords } from './words.ts'

export interface Given {
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
      if (field.byCategory) return <CategoryChoice field={field} label={label} {...given} />
      return <Choice field={field} label={label} {...given} />
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

/** 已输入 n / 最多 m 字: too long is said, never cut off. */
const counted = (max: number, t: (key: 'typed', fill: { n: number; max: number }) => string) => ({
  max,
  show: ({ count }: { count: number }) => t('typed', { n: count, max }),
})
