import type { FenceKind } from '@zhijiao/contract/fences'
import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { CalendarField } from './CalendarField.tsx'
import { fenceWords } from './words.ts'

/** What a fence is for, when it is in force, and on what it rests. */
export function FenceFields({ kind }: { kind: FenceKind }) {
  const t = useWords(fenceWords)
  const needed = useNeeded()
  const chosen = useChosen()
  return (
    <>
      <Form.Item name="name" label={t('name')} rules={needed(t('name'))}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="kind" label={t('kind')} rules={chosen(t('kind'))}>
        <Select
          options={(['livingArea', 'required', 'forbidden'] as const).map((value) => ({ value, label: t(value) }))}
        />
      </Form.Item>
      {kind === 'livingArea' ? (
        <Form.Item name="personal" valuePropName="checked" extra={t('personalHint')}>
          <Checkbox>{t('personal')}</Checkbox>
        </Form.Item>
      ) : null}
      <Form.Item name="calendar" label={t('calendar')}>
        <CalendarField />
      </Form.Item>
      <Form.Item name="dwellMin" label={t('dwell')}>
        <InputNumber min={0} max={1440} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="basis" label={t('basis')} rules={needed(t('basis'))}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <Form.Item name="sourceNote" label={t('sourceNote')}>
        <Input maxLength={300} />
      </Form.Item>
    </>
  )
}
