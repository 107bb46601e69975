import { Alert, Form, type FormInstance, Modal } from 'antd'
import { type ReactNode, useId, useRef, useState } from 'react'
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
  revision = 0,
  compared,
}: {
  title: string
  okText?: string
  initial?: Partial<V>
  /** `revision` is the version the officer has seen: the one he opened, or the one he settled a conflict with. */
  onSend: (values: V, revision: number) => Promise<unknown>
  onClose: () => void
  children: ReactNode
  width?: number
  form?: FormInstance<V>
  note?: ReactNode
  /** Version of what is edited. Only the one at the opening counts: news from elsewhere must not let it overwrite unseen. */
  revision?: number
  /** Lets the dialog show what somebody else saved meanwhile beside what was typed here. */
  compared?: Compared
}) {
  const t = useWords(common)
  const complain = useComplain()
  const [own] = Form.useForm<V>()
  const form = given ?? own
  const id = useId()
  const [clash, setClash] = useState<Clash | null>(null)
  const [began, setBegan] = useState(() => ({ values: (initial ?? {}) as Record<string, unknown>, revision }))
  const [settled, setSettled] = useState(false)
  const [busy, setBusy] = useState(false)
  // A second click comes before the button is drawn anew.
  const sending = useRef(false)
  const meet = async (mine: V, error: unknown): Promise<boolean> => {
    const changed = compared ? changedBy(error) : null
    if (!compared || !changed) return false
    const latest = await compared.latest()
    setClash({
      mine: mine as Record<string, unknown>,
      theirs: latest.values,
      began: began.values,
      revision: latest.revision,
      ...changed,
    })
    return true
  }
  const settle = (mine: Readonly<Record<string, boolean>>) => {
    if (!clash) return
    for (const [path, own] of Object.entries(mine))
      if (!own) form.setFieldValue(path.split('.') as never, at(clash.theirs, path) as never)
    setBegan({ values: clash.theirs as Record<string, unknown>, revision: clash.revision })
    setSettled(true)
    setClash(null)
  }
  const send = async (values: V) => {
    if (sending.current) return
    sending.current = true
    setBusy(true)
    try {
      await onSend(values, began.revision)
      onClose()
    } catch (error) {
      if (await meet(values, error).catch(() => false)) return
      complain(error, form)
    } finally {
      sending.current = false
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={title}
      width={width}
      okText={okText ?? t('submit')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', form: id, disabled: clash !== null, loading: busy }}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {note}
      {clash && compared ? <Conflict clash={clash} fields={compared.fields} onChoose={settle} /> : null}
      {!settled || clash ? null : <Alert className="zj-gap" type="info" title={t('clashSettled')} />}
      <Form<V>
        id={id}
        hidden={clash !== null}
        // Fields of the list behind may bear the same names: a label must lead to its own.
        name={id}
        form={form}
        layout="vertical"
        initialValues={initial as never}
        onFinish={send}
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
