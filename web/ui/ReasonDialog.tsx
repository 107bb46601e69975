import { Form, Input, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from './language.ts'
import { common } from './words.ts'

/** Asks why, in a person's own words, before anything is shown or sent that the audit keeps. */
export function ReasonDialog({
  open,
  title,
  note,
  busy = false,
  danger = false,
  okText,
  onReason,
  onCancel,
  children,
}: {
  open: boolean
  title: string
  note?: ReactNode
  busy?: boolean
  danger?: boolean
  okText?: string
  onReason: (reason: string) => void
  onCancel: () => void
  children?: ReactNode
}) {
  const t = useWords(common)
  const [form] = Form.useForm<{ reason: string }>()
  return (
    <Modal
      open={open}
      title={title}
      okText={okText ?? t('confirm')}
      cancelText={t('cancel')}
      okButtonProps={{ danger, htmlType: 'submit', form: 'zj-reason', loading: busy }}
      onCancel={onCancel}
      destroyOnHidden
      afterClose={() => form.resetFields()}
    >
      {note ? <p>{note}</p> : null}
      {children}
      <Form
        id="zj-reason"
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }) => onReason(reason.trim())}
      >
        <Form.Item
          name="reason"
          label={t('reason')}
          extra={t('reasonHint')}
          rules={[{ required: true, whitespace: true, min: 4, message: t('reasonShort') }]}
        >
          <Input.TextArea rows={3} maxLength={200} showCount autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  )
}
