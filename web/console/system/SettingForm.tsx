import { App, Button, Form, Input, InputNumber, Switch } from 'antd'
import { FormDialog, useChosen } from '../../ui/FormDialog.tsx'
import { useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { type Setting, useShown, type Value } from './SettingTable.tsx'
import { settingWords } from './words.ts'

/** One setting changed within its bounds; the value before stays in sight. */
export function SettingForm({
  of,
  onSend,
  onClose,
}: {
  of: Setting
  onSend: (value: Value) => Promise<unknown>
  onClose: () => void
}) {
  const t = useWords(settingWords)
  const { named } = useStringing()
  const c = useWords(common)
  const say = useSpoken()
  const shown = useShown()
  const chosen = useChosen()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ value: Value }>()
  const { min, max } = of
  const label = say(of.says)
  return (
    <FormDialog<{ value: Value }>
      title={label}
      okText={c('save')}
      form={form}
      initial={{ value: of.value }}
      onClose={onClose}
      onSend={async ({ value }) => {
        await onSend(value ?? '')
        void message.success(c('saved'))
      }}
    >
      <Form.Item
        name="value"
        label={label}
        extra={t('was', { value: shown(of, of.value) })}
        {...(of.kind === 'switch' ? { valuePropName: 'checked' } : {})}
        rules={
          of.kind === 'number'
            ? [
                ...chosen(label),
                ...(min === null || max === null
                  ? []
                  : [{ type: 'number' as const, min, max, message: t('outOf', { min, max }) }]),
              ]
            : []
        }
      >
        {of.kind === 'number' ? (
          <InputNumber autoFocus precision={0} style={{ width: 220 }} suffix={of.unit ? say(of.unit) : undefined} />
        ) : of.kind === 'switch' ? (
          <Switch />
        ) : (
          <Input.TextArea autoFocus rows={3} maxLength={500} showCount />
        )}
      </Form.Item>
      <Button size="small" disabled={of.value === of.shipped} onClick={() => form.setFieldValue('value', of.shipped)}>
        {named(t('toShipped'), shown(of, of.shipped))}
      </Button>
    </FormDialog>
  )
}
