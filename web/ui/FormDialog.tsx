import { Form, type FormInstance, Modal } from 'antd'
import { type ReactNode, useId } from 'react'
import { useWords } from './language.ts'
import { useComplain } from './Trouble.tsx'
import { common } from './words.ts'

/**
 * One form in one dialog. It closes only after the server took it; a refusal leaves every word where it was and puts the
 * cursor into the first field at fault.
 */
export function FormDialog<V extends object>({
  title,
  okText,
  initial,
  onSend,
  onClose,
  children,
  width = 560,
  form: given,
  note,
}: {
  title: string
  okText?: string
  initial?: Partial<V>
  onSend: (values: V) => Promise<unknown>
  onClose: () => void
  children: ReactNode
  width?: number
  form?: FormInstance<V>
  note?: ReactNode
}) {
  const t = useWords(common)
  const complain = useComplain()
  const [own] = Form.useForm<V>()
  const form = given ?? own
  const id = useId()
  return (
    <Modal
      open
      title={title}
      width={width}
      okText={okText ?? t('submit')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: id }}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {note}
      <Form<V>
        id={id}
        // Fields of the list behind may bear the same names: a label must lead to its own.
        name={id}
        form={form}
        layout="vertical"
        initialValues={initial as never}
        onFinish={async (values) => {
          try {
            await onSend(values)
            onClose()
          } catch (error) {
            complain(error, form)
          }
        }}
      >
        {children}
      </Form>
    </Modal>
  )
}

/** The rule of a field that must be filled. */
export function useNeeded(): (label: string) => { required: true; whitespace: true; message: string }[] {
  const t = useWords(common)
  return (label) => [{ required: true, whitespace: true, message: t('required', { label }) }]
}
/** The same for a choice, which is no text. */
export function useChosen(): (label: string) => { required: true; message: string }[] {
  const t = useWords(common)
  return (label) => [{ required: true, message: t('required', { label }) }]
}
