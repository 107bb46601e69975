import { useNavigate } from '@tanstack/react-router'
import { setup } from '@zhijiao/contract/account'
import { Alert, Button, Form, Input, Result } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { useLanguage, useStringing, useWords } from '../../ui/language.ts'
import { placeFaults, type Trouble, troubleOf } from '../../ui/problem.ts'
import { TroubleAlert } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { EntryFrame } from './EntryFrame.tsx'
import { entryWords } from './words.ts'

interface Admin {
  login: string
  number: string
  name: string
  password: string
}
interface Filled {
  token: string
  org: { code?: string; name: string; nameEn?: string }
  systemAdmin: Admin
  securityAdmin: Admin
  auditAdmin: Admin
}
const posts = ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const

/** First set-up of a production installation, once, with the token that the start command printed. */
export default function SetupPage() {
  const t = useWords(entryWords)
  const { list } = useStringing()
  const c = useWords(common)
  const language = useLanguage()
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const navigate = useNavigate()
  const [form] = Form.useForm<Filled>()
  const state = useAsk(setup.state, {})
  const begin = useDo(setup.begin, { refreshes: ['setup', 'settings'] })
  const needed = (label: string) => [{ required: true, whitespace: true, message: c('required', { label }) }]
  const signIn = <Button onClick={() => void navigate({ to: '/login' })}>{t('goSignIn')}</Button>
  if (begin.data)
    return (
      <EntryFrame title={t('setupTitle')}>
        <Result status="success" title={t('setupDone', { logins: list(begin.data.logins) })} extra={signIn} />
      </EntryFrame>
    )
  if (state.data && !state.data.open)
    return (
      <EntryFrame title={t('setupTitle')}>
        <Alert className="zj-gap" type="info" title={t('setupClosed')} action={signIn} />
      </EntryFrame>
    )
  return (
    <EntryFrame title={t('setupTitle')}>
      <p className="zj-muted">{t('setupWhy')}</p>
      <Form
        form={form}
        layout="vertical"
        scrollToFirstError={{ focus: true }}
        // The printed address carries the token behind the #, which no server ever sees.
        initialValues={{ token: decodeURIComponent(window.location.hash.slice(1)) }}
        onFinish={async (filled) => {
          setTrouble(null)
          try {
            await begin.mutateAsync({ body: { ...filled, org: { ...filled.org, code: filled.org.code ?? '' } } })
          } catch (error) {
            const said = troubleOf(error, language)
            setTrouble(said)
            placeFaults(form, said)
          }
        }}
      >
        <Form.Item name="token" label={t('token')} rules={needed(t('token'))}>
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name={['org', 'code']} label={t('orgCode')} extra={t('orgCodeHint')}>
          <Input inputMode="numeric" maxLength={9} />
        </Form.Item>
        <Form.Item name={['org', 'name']} label={t('orgName')} rules={needed(t('orgName'))}>
          <Input maxLength={60} />
        </Form.Item>
        {posts.map((post) => (
          <fieldset key={post} className="zj-fieldset">
            <legend>{t(post)}</legend>
            <Form.Item name={[post, 'login']} label={t('login')} extra={t('loginHint')} rules={needed(t('login'))}>
              <Input autoComplete="off" autoCapitalize="none" />
            </Form.Item>
            <Form.Item name={[post, 'name']} label={t('name')} rules={needed(t('name'))}>
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name={[post, 'number']} label={t('number')} rules={needed(t('number'))}>
              <Input maxLength={20} />
            </Form.Item>
            <Form.Item
              name={[post, 'password']}
              label={t('password')}
              extra={t('setupPasswordHint')}
              rules={[{ required: true, min: 10, message: t('short') }]}
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          </fieldset>
        ))}
        {trouble ? <TroubleAlert trouble={trouble} /> : null}
        <Button type="primary" htmlType="submit" block loading={begin.isPending}>
          {t('begin')}
        </Button>
      </Form>
    </EntryFrame>
  )
}
