import { Alert, Form, type FormInstance, Modal } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { at, type Clash, type Compared, Conflict, changedBy } from './Conflict.tsx'
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
  compared,
}: {
  title: string
  okText?: string
  initial?: Partial<V>
  /** `revision` is given when the officer has settled a conflict: the version he saw beside his own. */
  onSend: (values: V, revision?: number) => Promise<unknown>
  onClose: () => void
  children: ReactNode
  width?: number
  form?: FormInstance<V>
  note?: ReactNode
  /** Lets the dialog show what somebody else saved meanwhile beside what was typed here. */
  compared?: Compared
}) {
  const t = useWords(common)
  const complain = useComplain()
  const [own] = Form.useForm<V>()
  const form = given ?? own
  const id = useId()
  const [clash, setClash] = useState<Clash | null>(null)
  const [revision, setRevision] = useState<number | undefined>(undefined)
  const meet = async (mine: V, error: unknown): Promise<boolean> => {
    const changed = compared ? changedBy(error) : null
    if (!compared || !changed) return false
    const latest = await compared.latest()
    setClash({
      mine: mine as Record<string, unknown>,
      theirs: latest.values,
      began: (clash?.theirs ?? initial ?? {}) as Record<string, unknown>,
      revision: latest.revision,
      ...changed,
    })
    return true
  }
  const settle = (mine: Readonly<Record<string, boolean>>) => {
    if (!clash) return
    for (const [path, own] of Object.entries(mine))
      if (!own) form.setFieldValue(path.split('.') as never, at(clash.theirs, path) as never)
    setRevision(clash.revision)
    setClash(null)
  }
  return (
    <Modal
      open
      title={title}
      width={width}
      okText={okText ?? t('submit')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: id, disabled: clash !== null }}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {note}
      {clash && compared ? <Conflict clash={clash} fields={compared.fields} onChoose={settle} /> : null}
      {revision === undefined || clash ? null : <Alert className="zj-gap" type="info" title={t('clashSettled')} />}
      <Form<V>
        id={id}
        hidden={clash !== null}
        // Fields of the list behind may bear the same names: a label must lead to its own.
        name={id}
        form={form}
        layout="vertical"
        initialValues={initial as never}
        onFinish={async (values) => {
          try {
            await onSend(values, revision)
            onClose()
          } catch (error) {
            if (await meet(values, error).catch(() => false)) return
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
