import { account, type Me } from '@zhijiao/contract/account'
import { Alert, Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { type Trouble, troubleOf } from '../../ui/problem.ts'
import { common } from '../../ui/words.ts'
import { entryWords } from './words.ts'

/** Enrols an authenticator: the secret is shown once and holds only after a code of it was confirmed. */
export function FactorForm({ onDone, hasOne = false }: { onDone: (me: Me) => void; hasOne?: boolean }) {
  const t = useWords(entryWords)
  const c = useWords(common)
  const language = useLanguage()
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [secret, setSecret] = useState<{ uri: string; secret: string } | null>(null)
  const begin = useDo(account.beginSecondFactor, { refreshes: [] })
  const confirm = useDo(account.confirmSecondFactor, { refreshes: [] })
  const attempt = async (work: () => Promise<void>) => {
    setTrouble(null)
    try {
      await work()
    } catch (error) {
      setTrouble(troubleOf(error, language))
    }
  }
  const problem = trouble ? <Alert className="zj-gap" type="error" role="alert" showIcon title={trouble.text} /> : null
  const digits = [{ required: true, pattern: /^\d{6}$/, message: t('codeBad') }]
  if (!secret)
    return (
      <Form<{ password: string; code?: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={(body) => attempt(async () => setSecret(await begin.mutateAsync({ body })))}
      >
        <h2>{t('factorTitle')}</h2>
        <p className="zj-muted">{t('factorWhy')}</p>
        {problem}
        <Form.Item
          name="password"
          label={t('currentPassword')}
          rules={[{ required: true, message: c('required', { label: t('currentPassword') }) }]}
        >
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        {hasOne ? (
          <Form.Item name="code" label={t('code')} extra={t('codeHint')} rules={digits}>
            <Input inputMode="numeric" maxLength={6} />
          </Form.Item>
        ) : null}
        <Button type="primary" htmlType="submit" block loading={begin.isPending}>
          {t('factorBegin')}
        </Button>
      </Form>
    )
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={(body) => attempt(async () => onDone(await confirm.mutateAsync({ body })))}
    >
      <h2>{t('factorTitle')}</h2>
      {problem}
      <Qr text={secret.uri} label={t('factorQr')} />
      <p>
        {t('factorScan')} <code className="zj-mono">{secret.secret}</code>
      </p>
      <Form.Item name="code" label={t('code')} rules={digits}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={confirm.isPending}>
        {t('factorConfirm')}
      </Button>
    </Form>
  )
}

/** Drawn here in the browser: the secret never leaves for an image service. */
function Qr({ text, label }: { text: string; label: string }) {
  const [src, setSrc] = useState('')
  useEffect(() => {
    void import('qrcode').then(async ({ toDataURL }) => setSrc(await toDataURL(text, { width: 200, margin: 2 })))
  }, [text])
  return src ? <img src={src} width={200} height={200} alt={label} /> : null
}
