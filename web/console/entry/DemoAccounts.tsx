import { account, type Me } from '@zhijiao/contract/account'
import { system } from '@zhijiao/contract/system'
import { Button } from 'antd'
import { useState } from 'react'
import { call, useAsk } from '../../ui/api.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { entryWords } from './words.ts'

/** The demonstration's accounts, one click each; a production installation names none. */
export function DemoAccounts({ onIn }: { onIn: (me: Me) => void }) {
  const t = useWords(entryWords)
  const language = useLanguage()
  const complain = useComplain()
  const [busy, setBusy] = useState<string | null>(null)
  const accounts = useAsk(system.facts, {}, { staleTime: 30_000 }).data?.demoAccounts ?? []
  if (accounts.length === 0) return null
  const enter = async (login: string) => {
    setBusy(login)
    try {
      // The code of now: the one on the page may have run out while somebody read.
      const { demoAccounts } = await call(system.facts, {})
      const one = demoAccounts.find((a) => a.login === login)
      if (!one) return
      const answer = await call(account.signIn, {
        body: { login, password: one.password, ...(one.totp ? { code: one.totp } : {}) },
      })
      if (answer.me) onIn(answer.me)
    } catch (error) {
      complain(error)
    } finally {
      setBusy(null)
    }
  }
  return (
    <section className="zj-demo" aria-label={t('demoAccounts')}>
      <h2>{t('demoAccounts')}</h2>
      <p className="zj-muted zj-small">{t('demoPassword', { password: accounts[0]?.password ?? '' })}</p>
      <table>
        <tbody>
          {accounts.map((a) => (
            <tr key={a.login}>
              <td className="zj-mono">{a.login}</td>
              <td>{a[language]}</td>
              <td>
                <Button
                  size="small"
                  loading={busy === a.login}
                  aria-label={`${t('signIn')} ${a.login}`}
                  onClick={() => void enter(a.login)}
                >
                  {t('signIn')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
