import { Button, Form, type FormInstance, Space } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from './language.ts'
import { common } from './words.ts'

export type Query = Record<string, unknown>

export interface Condition {
  readonly name: string
  readonly label: string
  readonly field: ReactNode
  /** Shown without opening “more conditions”. */
  readonly first?: boolean
  readonly rules?: object[]
  /** How the value reads in “no match under these conditions”, where the field’s own choices do not say it. */
  readonly says?: (value: unknown) => string
}

/** Conditions of a list with visible 查询 and 重置 and Enter; those that are seldom needed open on demand. */
export function QueryBar({
  label,
  form,
  conditions,
  more,
  onMore,
  asked,
  busy,
  onQuery,
  onReset,
  saved,
}: {
  label: string
  form: FormInstance<Query>
  conditions: readonly Condition[]
  /** The seldom needed ones are open. */
  more: boolean
  onMore: (more: boolean) => void
  /** What is in force. */
  asked: Query
  busy: boolean
  onQuery: (wanted: Query) => void
  onReset: () => void
  saved: ReactNode
}) {
  const t = useWords(common)
  const first = conditions.filter((c) => c.first)
  const visible = more || first.length === 0 ? conditions : first
  return (
    <Form
      form={form}
      layout="inline"
      className="zj-query"
      initialValues={asked}
      aria-label={label}
      onFinish={(values) => onQuery(tidy(values))}
    >
      {visible.map((c) => (
        <Form.Item key={c.name} name={c.name} label={c.label} rules={c.rules as never}>
          {c.field}
        </Form.Item>
      ))}
      <Form.Item>
        <Space wrap>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('query')}
          </Button>
          <Button onClick={onReset}>{t('reset')}</Button>
          {first.length > 0 && first.length < conditions.length ? (
            <Button type="link" aria-expanded={more} onClick={() => onMore(!more)}>
              {more ? t('fewer') : t('more')}
            </Button>
          ) : null}
          {saved}
        </Space>
      </Form.Item>
    </Form>
  )
}

const tidy = (values: Query): Query =>
  Object.fromEntries(
    Object.entries(values)
      .map(([k, v]) => [k, typeof v === 'string' ? v.trim() : v] as const)
      .filter(([, v]) => v !== undefined && v !== null && v !== ''),
  )
