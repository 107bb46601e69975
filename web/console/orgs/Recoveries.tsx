import type { Static } from '@zhijiao/contract/kernel'
import { type Recovery, staff } from '@zhijiao/contract/orgs'
import { App, Button, Space } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useStringing, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { SecretShown } from '../devices/SecretShown.tsx'
import { useMe } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { orgWords } from './words.ts'

const lostWord = { secondFactor: 'lostSecondFactor', password: 'lostPassword' } as const
const sureWord = { secondFactor: 'approveSure', password: 'approvePasswordSure' } as const
const whatWord = { secondFactor: 'approveWhat', password: 'approvePasswordWhat' } as const
const stateWord = { asked: 'rAsked', approved: 'rApproved', refused: 'rRefused' } as const

/** What somebody signs in with comes back only when two people agree. */
export default function Recoveries() {
  const t = useWords(orgWords)
  const c = useWords(common)
  const { aside } = useStringing()
  const me = useMe()
  const complain = useComplain()
  const { message, modal } = App.useApp()
  const [password, setPassword] = useState<string | null>(null)
  const decide = useDo(staff.decideRecovery, { onDone: () => void message.success(t('done')) })
  const ask = (r: Static<typeof Recovery>, approve: boolean) =>
    modal.confirm({
      title: t(approve ? sureWord[r.about] : 'refuseSure', { name: r.staff.name }),
      content: t(approve ? whatWord[r.about] : 'refuseWhat'),
      okText: t(approve ? 'approve' : 'refuse'),
      onOk: () =>
        decide.mutateAsync({ params: { id: r.id }, body: { approve } }).then(
          (answer) => setPassword(answer.password),
          (error: unknown) => complain(error),
        ),
    })
  return (
    <Screen title={t('recoveriesTitle')} note={<span className="zj-muted">{t('recoveriesNote')}</span>}>
      <SearchTable
        name="recoveries"
        label={t('recoveriesTitle')}
        kept={staff.recoveries}
        rowKey={(r) => r.id}
        empty={{ what: t('noRecoveries') }}
        columns={[
          { key: 'who', title: t('who'), render: (r) => aside(r.staff.name, r.staff.login) },
          { key: 'about', title: t('lost'), render: (r) => t(lostWord[r.about]) },
          { key: 'reason', title: c('reason'), width: 300, render: (r) => r.reason },
          { key: 'asked', title: t('asked'), render: (r) => `${r.requestedBy} ${minute(r.requestedAt)}` },
          {
            key: 'state',
            title: t('state'),
            render: (r) => <Mark tone={r.state === 'asked' ? 'blue' : 'quiet'}>{t(stateWord[r.state])}</Mark>,
          },
          {
            key: 'decided',
            title: t('decided'),
            render: (r) => (r.decidedBy ? `${r.decidedBy} ${r.decidedAt ? minute(r.decidedAt) : ''}` : '—'),
          },
          {
            key: 'actions',
            title: c('actions'),
            render: (r) =>
              r.state === 'asked' && r.requestedById !== me.id && r.staff.id !== me.id ? (
                <Space size={0}>
                  {[true, false].map((approve) => (
                    <Button
                      key={String(approve)}
                      size="small"
                      type="link"
                      aria-label={`${t(approve ? 'approve' : 'refuse')} ${r.staff.name}`}
                      onClick={() => ask(r, approve)}
                    >
                      {t(approve ? 'approve' : 'refuse')}
                    </Button>
                  ))}
                </Space>
              ) : r.state === 'asked' ? (
                <span className="zj-muted">{t('anotherDecides')}</span>
              ) : null,
          },
        ]}
      />
      <SecretShown secret={password} title={t('password')} note={t('passwordNote')} onClose={() => setPassword(null)} />
    </Screen>
  )
}
