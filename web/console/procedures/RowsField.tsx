import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Field } from '@zhijiao/contract/procedures/describe'
import { Button, Form } from 'antd'
import { useSpoken, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { FieldInput } from './FieldInput.tsx'
import { type Path, triggersOf, useRules } from './FormFields.tsx'
import { asked } from './values.ts'
import { matterWords } from './words.ts'

/** A table filled row by row; on a narrow screen each row stands as a small form of its own. */
export function RowsField({
  field,
  name,
  label,
}: {
  field: Extract<Field, { kind: 'rows' }>
  name: Path
  label: string
}) {
  const t = useWords(matterWords)
  const c = useWords(common)
  const say = useSpoken()
  const rules = useRules()
  const needed = field.least ?? (field.required ? 1 : 0)
  return (
    <Form.List
      name={[...name]}
      rules={[
        {
          validator: (_, rows: unknown[] | undefined) =>
            (rows?.length ?? 0) >= needed
              ? Promise.resolve()
              : Promise.reject(new Error(t('leastRows', { label, n: needed }))),
        },
      ]}
    >
      {(rows, { add, remove }, { errors }) => (
        <fieldset className="zj-fieldset zj-rowset">
          <legend>
            {needed > 0 ? (
              <span className="zj-needed" aria-hidden="true">
                *
              </span>
            ) : null}
            {label}
          </legend>
          {field.help ? <p className="zj-muted zj-small">{say(field.help)}</p> : null}
          {rows.length === 0 ? <p className="zj-muted">{t('noRows')}</p> : null}
          {rows.map((row, at) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset of its own for each row would draw a box in a box
            <div key={row.key} className="zj-row" role="group" aria-label={t('rowNo', { n: at + 1 })}>
              <span className="zj-row-no zj-muted" aria-hidden="true">
                {at + 1}
              </span>
              <div className="zj-row-cells">
                {field.fields.map((one) => (
                  <Form.Item key={one.id} noStyle dependencies={one.when ? [[...name, row.name, one.when.field]] : []}>
                    {({ getFieldValue }) =>
                      asked(one, (getFieldValue([...name, row.name]) ?? {}) as Record<string, unknown>) ? (
                        <Form.Item
                          name={[row.name, one.id]}
                          label={say(one)}
                          required={Boolean(one.required)}
                          rules={rules(one, say(one))}
                          validateTrigger={triggersOf(one)}
                        >
                          <FieldInput field={one} label={say(one)} bare />
                        </Form.Item>
                      ) : null
                    }
                  </Form.Item>
                ))}
              </div>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('removeRow', { n: at + 1 })}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Button
            id={`rows.${name.join('.')}`}
            icon={<PlusOutlined />}
            disabled={rows.length >= (field.most ?? 100)}
            onClick={() => add({})}
          >
            {t('addRow')}
          </Button>
          <span className="zj-hidden">{c('add')}</span>
        </fieldset>
      )}
    </Form.List>
  )
}
