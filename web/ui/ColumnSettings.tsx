import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import type { Column } from './columns.ts'
import { useWords } from './language.ts'
import { common } from './words.ts'

/** Which columns of a list are shown; at least one. */
export function ColumnSettings<T>({
  columns,
  shown,
  onChange,
}: {
  columns: readonly Column<T>[]
  shown: readonly string[]
  onChange: (next: readonly string[]) => void
}) {
  const t = useWords(common)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          className="zj-columns"
          value={[...shown]}
          options={columns.map((c) => ({ value: c.key, label: c.title || t('actions') }))}
          onChange={(next) => next.length > 0 && onChange(columns.map((c) => c.key).filter((k) => next.includes(k)))}
        />
      }
    >
      <Button icon={<SettingOutlined />} aria-label={t('columns')} title={t('columns')} />
    </Popover>
  )
}
