import type { Field } from '@zhijiao/contract/procedures/describe'
import { Form } from 'antd'
import type { Rule } from 'antd/es/form'
import { isDay, isInstant } from '../../ui/DayField.tsx'
import { dayOf } from '../../ui/format.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { FieldInput } from './FieldInput.tsx'
import { RowsField } from './RowsField.tsx'
import { asked, isShort } from './values.ts'
import { matterWords } from './words.ts'

export type Path = readonly (string | number)[]

/** The form of a description: one item per field, those of a condition only while it holds. */
export function FormFields({ fields, path = [] }: { fields: readonly Field[]; path?: Path }) {
  return (
    <div className="zj-fields">
      {fields.map((field) =>
        field.when ? (
          <Form.Item key={field.id} noStyle dependencies={[[...path, field.when.field]]}>
            {({ getFieldValue }) => {
              const when = field.when?.field ?? ''
              return asked(field, { [when]: getFieldValue([...path, when]) }) ? (
                <FieldItem field={field} path={path} />
              ) : null
            }}
          </Form.Item>
        ) : (
          <FieldItem key={field.id} field={field} path={path} />
        ),
      )}
    </div>
  )
}

function FieldItem({ field, path }: { field: Field; path: Path }) {
  const say = useSpoken()
  const rules = useRules()
  const name = [...path, field.id]
  const label = say(field)
  return (
    <div className={isShort(field) ? 'zj-field' : 'zj-field zj-field-wide'}>
      {field.kind === 'rows' ? (
        <RowsField field={field} name={name} label={label} />
      ) : (
        <Form.Item
          name={name}
          label={label}
          {...(field.help ? { extra: say(field.help) } : {})}
          rules={rules(field, label)}
          validateTrigger={triggersOf(field)}
          required={Boolean(field.required)}
        >
          <FieldInput field={field} label={label} />
        </Form.Item>
      )}
    </div>
  )
}

/** Said while it is typed, but a number only when it is whole: every long number begins short. */
export const triggersOf = (field: Field): string[] => (field.kind === 'number' ? ['onBlur'] : ['onChange', 'onBlur'])

/** The same limits as the server's, said before anything is sent. */
export function useRules(): (field: Field, label: string) => Rule[] {
  const t = useWords(matterWords)
  const c = useWords(common)
  return (field, label) => {
    const rules: Rule[] = []
    if (field.required)
      rules.push({
        validator: (_, v: unknown) =>
          v === undefined ||
          v === null ||
          (typeof v === 'string' && v.trim() === '') ||
          (Array.isArray(v) && v.length === 0)
            ? Promise.reject(new Error(c('required', { label })))
            : Promise.resolve(),
      })
    const must = (holds: (v: never) => boolean, message: (v: never) => string): Rule => ({
      validator: (_, v: unknown) =>
        v === undefined || v === null || v === '' || holds(v as never)
          ? Promise.resolve()
          : Promise.reject(new Error(message(v as never))),
    })
    switch (field.kind) {
      case 'text':
      case 'long': {
        const max = mostOf(field)
        rules.push(
          must(
            (v: string) => v.trim().length <= max,
            (v: string) => t('tooLong', { label, max, n: v.trim().length }),
          ),
        )
        break
      }
      case 'day':
        rules.push(isDay(c('badDay')))
        if (field.limit === 'past')
          rules.push(
            must(
              (v: string) => v <= dayOf(now()),
              () => t('notFuture', { label }),
            ),
          )
        if (field.limit === 'future')
          rules.push(
            must(
              (v: string) => v >= dayOf(now()),
              () => t('notPast', { label }),
            ),
          )
        break
      case 'moment':
        rules.push(isInstant(c('badInstant')))
        if (field.limit === 'past')
          rules.push(
            must(
              (v: string) => Date.parse(v) <= now() + 300_000,
              () => t('notLater', { label }),
            ),
          )
        if (field.limit === 'future')
          rules.push(
            must(
              (v: string) => Date.parse(v) >= now() - 300_000,
              () => t('notEarlier', { label }),
            ),
          )
        break
      case 'number': {
        const { min = 0, max = 1_000_000 } = field
        rules.push(
          must(
            (v: number) => v >= min && v <= max,
            () => t('between', { label, min, max }),
          ),
        )
        break
      }
      case 'files':
        if (field.least)
          rules.push(
            must(
              (v: string[]) => v.length >= (field.least ?? 0) || (v.length === 0 && !field.required),
              () => t('least', { label, n: field.least ?? 0 }),
            ),
          )
        break
      default:
        break
    }
    return rules
  }
}

/** Characters that fit, as the server counts them. */
export const mostOf = (field: Extract<Field, { kind: 'text' | 'long' }>): number =>
  field.max ?? (field.kind === 'text' ? 200 : 4000)
