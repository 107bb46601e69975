import { account, type Me } from '@zhijiao/contract/account'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { useLanguage, useStringing, useWords } from '../../ui/language.ts'
import { placeFaults, type Trouble, troubleOf } from '../../ui/problem.ts'
import { TroubleAlert } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { FactorForm } from './FactorForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { entryWords } from './words.ts'

type Step = { at: 'password' } | { at: 'code'; login: string; password: string } | { at: 'owes'; me: Me }

/** Password, then the code, then whatever the account still owes; used on the page and in the dialog over a lost session. */
export function SignInFlow({ login, owing, onIn }: { login?: string; owing?: Me; onIn: (me: Me) => void }) {
  const [step, setStep] = useState<Step>(owing ? { at: 'owes', me: owing } : { at: 'password' })
  const arrive = (me: Me) => (me.owes ? setStep({ at: 'owes', me }) : onIn(me))
  if (step.at === 'owes')
    return step.me.owes === 'password' ? <PasswordForm onDone={arrive} /> : <FactorForm onDone={arrive} />
  return <Credentials login={login} step={step} onStep={setStep} onIn={arrive} />
}

interface Filled {
  login: string
  password: string
  code?: string
}

function Credentials({
  login,
  step,
  onStep,
  onIn,
}: {
  login: string | undefined
  step: Exclude<Step, { at: 'owes' }>
  onStep: (step: Step) => void
  onIn: (me: Me) => void
}) {
  const t = useWords(entryWords)
  const c = useWords(common)
  const language = useLanguage()
  const { named } = useStringing()
  const [form] = Form.useForm<Filled>()
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const signIn = useDo(account.signIn, { refreshes: [] })
  const submit = async (filled: Filled) => {
    setTrouble(null)
    const known =
      step.at === 'code'
        ? { login: step.login, password: step.password }
        : { login: (login ?? filled.login).trim().toLowerCase(), password: filled.password }
    try {
      const answer = await signIn.mutateAsync({ body: filled.code ? { ...known, code: filled.code } : known })
      if (answer.step === 'secondFactor') onStep({ at: 'code', ...known })
      else if (answer.me) onIn(answer.me)
    } catch (error) {
      const said = troubleOf(error, language)
      setTrouble(said)
      placeFaults(form, said)
      if (step.at === 'code') form.setFieldValue('code', '')
    }
  }
  return (
    <Form form={form} layout="vertical" requiredMark={false} size="large" onFinish={submit} key={step.at}>
      {trouble ? <TroubleAlert trouble={trouble} /> : null}
      {step.at === 'code' ? (
        <>
          <p>{t('secondStep')}</p>
          <Form.Item
            name="code"
            label={t('code')}
            extra={t('codeHint')}
            rules={[{ required: true, pattern: /^\d{6}$/, message: t('codeBad') }]}
          >
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
          </Form.Item>
        </>
      ) : (
        <>
          {login ? (
            <p>
              {named(t('login'), '')}
              <strong>{login}</strong>
            </p>
          ) : (
            <Form.Item
              name="login"
              label={t('login')}
              rules={[{ required: true, whitespace: true, message: c('required', { label: t('login') }) }]}
            >
              <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
            </Form.Item>
          )}
          <Form.Item
            name="password"
            label={t('password')}
            rules={[{ required: true, message: c('required', { label: t('password') }) }]}
          >
            <Input.Password autoComplete="current-password" autoFocus={Boolean(login)} />
          </Form.Item>
        </>
      )}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {t('signIn')}
      </Button>
      {step.at === 'code' ? (
        <Button type="link" block onClick={() => onStep({ at: 'password' })}>
          {t('otherAccount')}
        </Button>
      ) : null}
    </Form>
  )
}
