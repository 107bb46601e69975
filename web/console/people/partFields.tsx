import { type PartName, partCards } from '@zhijiao/contract/parts'
import { type CodeSetName, isCodeSetName } from '@zhijiao/law/codes'
import { Form, Input, InputNumber, Select, Switch } from 'antd'
import { codeSaid, itemsOf } from '../../ui/codes.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { type Language, type Say, sayIn } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { peopleWords } from './words.ts'

/** What a screen needs of one field's schema. */
export interface PartField {
  readonly name: string
  readonly label: string
  readonly needed: boolean
  readonly kind: 'text' | 'long' | 'day' | 'switch' | 'number' | 'choice'
  readonly max?: number
  /** Shown masked; in clear with a reason. */
  readonly masked?: true
  readonly choices?: readonly { value: string; label: string }[]
  /** The code set of its values. */
  readonly set?: CodeSetName
}

interface RawField {
  type?: string
  enum?: string[]
  pattern?: string
  maxLength?: number
  anyOf?: RawField[]
  'x-zh'?: string
  'x-en'?: string
  'x-codes'?: string
  'x-masked'?: string
}

const plainWords = {
  registered: 'eRegistered',
  residence: 'eResidence',
  work: 'eWork',
  temporary: 'eTemporary',
  home: 'eHome',
  village: 'eVillage',
  talk: 'eTalk',
  phone: 'ePhone',
  male: 'male',
  female: 'female',
} as const

/** The fields of a part in the order of its schema, which is the contract's and so the server's. */
export function fieldsOf(part: PartName, language: Language): readonly PartField[] {
  const t = sayIn(peopleWords, language)
  // The schema library types fields by what they accept; a screen reads the words and bounds written into them.
  const schema = partCards[part].schema as unknown as { properties: Record<string, RawField>; required?: string[] }
  return Object.entries(schema.properties).map(([name, whole]) => {
    const field = whole.anyOf?.find((one) => one.type !== 'null') ?? whole
    const label = (language === 'zh' ? field['x-zh'] : field['x-en']) ?? name
    const needed = schema.required?.includes(name) ?? false
    const set = field['x-codes']
    if (set !== undefined && isCodeSetName(set))
      return {
        name,
        label,
        needed,
        kind: 'choice',
        set,
        choices: itemsOf(set).map((item) => ({ value: item.code, label: item[language] })),
      }
    if (field.enum)
      return {
        name,
        label,
        needed,
        kind: 'choice',
        choices: field.enum.map((value) => ({ value, label: wordOf(value, t) })),
      }
    if (field.type === 'boolean') return { name, label, needed, kind: 'switch' }
    if (field.type === 'integer' || field.type === 'number') return { name, label, needed, kind: 'number' }
    if (field.pattern?.includes('\\d{4}-')) return { name, label, needed, kind: 'day' }
    return {
      name,
      label,
      needed,
      kind: (field.maxLength ?? 0) >= 500 ? 'long' : 'text',
      ...(field.maxLength ? { max: field.maxLength } : {}),
      ...(field['x-masked'] ? { masked: true as const } : {}),
    }
  })
}

function wordOf(value: string, t: Say<typeof peopleWords>): string {
  return value in plainWords ? t(plainWords[value as keyof typeof plainWords]) : value
}

/** A stored value as it reads. */
export function shownValue(field: PartField, value: unknown, language: Language): string {
  if (value === undefined || value === null || value === '') return '—'
  if (field.kind === 'switch') return sayIn(common, language)(value ? 'yes' : 'no')
  if (field.set) return codeSaid(field.set, String(value), language)
  return field.choices?.find((c) => c.value === value)?.label ?? String(value)
}

export function PartFormFields({ part, language }: { part: PartName; language: Language }) {
  const c = sayIn(common, language)
  return (
    <div className="zj-formrow">
      {fieldsOf(part, language).map((field) => (
        <Form.Item
          key={field.name}
          name={['data', field.name]}
          label={field.label}
          {...(field.kind === 'switch' ? { valuePropName: 'checked' } : {})}
          rules={[
            ...(field.needed ? [{ required: true, message: c('required', { label: field.label }) }] : []),
            ...(field.kind === 'day' ? [isDay(c('badDay'))] : []),
          ]}
          {...(field.kind === 'long' ? { style: { gridColumn: '1 / -1' } } : {})}
        >
          {field.kind === 'choice' ? (
            <Select allowClear={!field.needed} options={[...(field.choices ?? [])]} />
          ) : field.kind === 'switch' ? (
            <Switch />
          ) : field.kind === 'number' ? (
            <InputNumber style={{ width: '100%' }} />
          ) : field.kind === 'day' ? (
            <DayField />
          ) : field.kind === 'long' ? (
            <Input.TextArea rows={3} maxLength={field.max ?? 500} showCount />
          ) : (
            <Input maxLength={field.max ?? 200} />
          )}
        </Form.Item>
      ))}
    </div>
  )
}
