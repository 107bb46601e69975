import { account, type Me } from '@zhijiao/contract/account'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { placeFaults, type Trouble, troubleOf } from '../../ui/problem.ts'
import { common } from '../../ui/words.ts'
import { entryWords } from './words.ts'

/** A new password: at the first sign-in, after 90 days, or by wish. */
export function PasswordForm({ onDone, wished = false }: { onDone: (me: Me) => void; wished?: boolean }) {
  const t = useWords(entryWords)
  const c = useWords(common)
  const language = useLanguage()
  const [form] = Form.useForm<{ current: string; next: string; again: string }>()
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const change = useDo(account.changePassword, { refreshes: [] })
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={async ({ current, next }) => {
        setTrouble(null)
        try {
          onDone(await change.mutateAsync({ body: { current, next } }))
        } catch (error) {
          const said = troubleOf(error, language)
          setTrouble(said)
          placeFaults(form, said)
        }
      }}
    >
      {wished ? null : <h2>{t('newPasswordTitle')}</h2>}
      <p className="zj-muted">{t('newPasswordWhy')}</p>
      {trouble ? <Alert className="zj-gap" type="error" role="alert" showIcon title={trouble.text} /> : null}
      <Form.Item
        name="current"
        label={t('currentPassword')}
        rules={[{ required: true, message: c('required', { label: t('currentPassword') }) }]}
      >
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Form.Item name="next" label={t('nextPassword')} rules={[{ required: true, min: 10, message: t('short') }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('repeatPassword')}
        dependencies={['next']}
        rules={[
          { required: true, message: c('required', { label: t('repeatPassword') }) },
          {
            validator: (_, v) =>
              !v || v === form.getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('repeatBad'))),
          },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={change.isPending}>
        {t('setPassword')}
      </Button>
    </Form>
  )
}
