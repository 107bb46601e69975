import { type Entrustment, entrustments } from '@zhijiao/contract/entrustments'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { entrustWords } from './words.ts'

/** Takes the request back with its reason, while no opinion was given. */
export function WithdrawButton({ of }: { of: Entrustment }) {
  const t = useWords(entrustWords)
  const needed = useNeeded()
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const send = useDo(entrustments.withdraw, {
    refreshes: ['entrustments'],
    onDone: () => void message.success(t('withdrawn')),
  })
  if (!of.withdrawable) return null
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t('withdraw')}
      </Button>
      {open ? (
        <FormDialog<{ reason: string }>
          title={`${t('withdraw')} · ${of.who}`}
          okText={t('withdraw')}
          note={<p className="zj-wrap">{t('withdrawNote')}</p>}
          onClose={() => setOpen(false)}
          onSend={(body) => send.mutateAsync({ params: { id: of.id }, body })}
        >
          <Form.Item name="reason" label={t('withdrawReason')} rules={needed(t('withdrawReason'))}>
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={500} showCount />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  )
}
