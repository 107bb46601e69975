import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Me } from '@zhijiao/contract/account'
import { App } from 'antd'
import { queries } from '../../ui/api.ts'
import { instant } from '../../ui/format.ts'
import { clearShelf, dropDrafts } from '../../ui/kept.ts'
import { useWords } from '../../ui/language.ts'
import { speakAs, tellTabs, welcome } from '../me.ts'
import { DemoAccounts } from './DemoAccounts.tsx'
import { EntryFrame } from './EntryFrame.tsx'
import { SignInFlow } from './SignInFlow.tsx'
import { entryWords } from './words.ts'

/** C01 登录. Says when the account was last used, so that a stranger's sign-in is noticed. */
export default function SignInPage() {
  const t = useWords(entryWords)
  const navigate = useNavigate()
  const { notification } = App.useApp()
  const { next } = useSearch({ strict: false }) as { next?: string }
  const enter = (me: Me) => {
    queries.clear()
    clearShelf()
    dropDrafts(me.id)
    welcome(me)
    tellTabs()
    speakAs(me)
    notification.info({
      title: me.name,
      description: me.lastLoginAt
        ? t('lastLogin', { time: instant(me.lastLoginAt), ip: me.lastLoginIp ?? '—' })
        : t('firstLogin'),
    })
    // Only a path of this very site: a crafted address must not lead a freshly signed-in officer elsewhere.
    void navigate({ to: next?.startsWith('/') && !next.startsWith('//') ? next : '/', replace: true })
  }
  return (
    <EntryFrame title={t('welcome')}>
      <SignInFlow onIn={enter} />
      <DemoAccounts onIn={enter} />
    </EntryFrame>
  )
}
