import { staff } from '@zhijiao/contract/orgs'
import { App, Button, Drawer, Space } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { TroubleNotice, useComplain } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMay, useMe } from '../me.ts'
import { GrantForm } from './GrantForm.tsx'
import type { Once } from './PasswordOnce.tsx'
import { useRoles } from './roleNames.ts'
import { StaffForm } from './StaffForm.tsx'
import { Certificate, StateMarks } from './StaffList.tsx'
import { recoveryWords, staffWords } from './words.ts'

type Reasoned = 'deactivate' | 'reset' | 'recover'

/** One account. Each administrator finds only what is his: opening and closing, posts, or passwords. */
export function StaffCard({
  id,
  onClose,
  onPassword,
}: {
  id: string
  onClose: () => void
  onPassword: (once: Once) => void
}) {
  const t = useWords(staffWords)
  const r = useWords(recoveryWords)
  const c = useWords(common)
  const me = useMe()
  const may = useMay()
  const { name } = useRoles()
  const { message, modal } = App.useApp()
  const complain = useComplain()
  const asked = useAsk(staff.get, { params: { id } })
  const [doing, setDoing] = useState<'change' | 'grant' | Reasoned | null>(null)
  const settled = (text: string) => () => {
    setDoing(null)
    void message.success(text)
  }
  const showOnce = (answer: { staff: { name: string; login: string }; password: string }) => {
    setDoing(null)
    onPassword({ name: answer.staff.name, login: answer.staff.login, password: answer.password })
  }
  const deactivate = useDo(staff.deactivate, { refreshes: ['staff', 'orgs'], onDone: settled(t('deactivated')) })
  const reactivate = useDo(staff.reactivate, { refreshes: ['staff', 'orgs'], onDone: showOnce })
  const reset = useDo(staff.resetPassword, { onDone: showOnce })
  const unlock = useDo(staff.unlock, { onDone: settled(t('unlocked')) })
  const recover = useDo(staff.askRecovery, { onDone: settled(r('sent')) })
  const one = asked.data
  const own = id === me.id
  const params = { id }
  const sorry = { onError: (error: unknown) => complain(error) }
  const send: Record<Reasoned, (reason: string) => void> = {
    deactivate: (reason) => deactivate.mutate({ params, body: { reason } }, sorry),
    reset: (reason) => reset.mutate({ params, body: { reason } }, sorry),
    recover: (reason) => recover.mutate({ params, body: { reason } }, sorry),
  }
  const what: Record<Reasoned, { title: string; note: string; danger: boolean }> = {
    deactivate: { title: t('deactivate'), note: t('deactivateWhat', { name: one?.name ?? '' }), danger: true },
    reset: { title: t('reset'), note: t('resetWhat', { name: one?.name ?? '' }), danger: false },
    recover: { title: t('recover'), note: r('note'), danger: false },
  }
  const reasoned = doing === 'deactivate' || doing === 'reset' || doing === 'recover' ? doing : null
  return (
    <Drawer open size={640} title={one ? t('detail', { login: one.login }) : ' '} onClose={onClose}>
      {asked.isPending ? <Waiting /> : null}
      {asked.error ? <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} /> : null}
      {one ? (
        <>
          <h2 className="zj-tight">{one.name}</h2>
          <p>
            <StateMarks of={one} />
          </p>
          <dl className="zj-facts zj-gap">
            <Fact name={t('number')}>{one.number}</Fact>
            <Fact name={t('org')}>{one.org.name}</Fact>
            <Fact name={t('roles')}>{one.roles.map(name).join('、') || t('noRoles')}</Fact>
            <Fact name={t('designations')}>{one.designations.map((d) => t(d)).join('、') || '—'}</Fact>
            <Fact name={t('certificate')}>
              <Certificate of={one} />
            </Fact>
            <Fact name={t('factor')}>{t(one.secondFactor ? 'bound' : 'noFactor')}</Fact>
            <Fact name={t('phone')}>{one.phone ?? '—'}</Fact>
            <Fact name={t('lastLogin')}>{one.lastLoginAt ? minute(one.lastLoginAt) : t('never')}</Fact>
            <Fact name={t('created')}>{minute(one.createdAt)}</Fact>
          </dl>
          {own ? <p className="zj-muted">{t('self')}</p> : null}
          <Space wrap>
            {may('staff.edit') && one.active ? (
              <>
                <Button type="primary" disabled={own} onClick={() => setDoing('change')}>
                  {c('edit')}
                </Button>
                <Button disabled={own} onClick={() => setDoing('deactivate')}>
                  {t('deactivate')}
                </Button>
              </>
            ) : null}
            {may('staff.edit') && !one.active ? (
              <Button
                onClick={() =>
                  modal.confirm({
                    title: t('reactivateSure', { name: one.name }),
                    content: t('reactivateWhat'),
                    okText: t('reactivate'),
                    onOk: () => reactivate.mutateAsync({ params }).then(() => undefined, sorry.onError),
                  })
                }
              >
                {t('reactivate')}
              </Button>
            ) : null}
            {may('staff.roles') && one.active ? (
              <Button type="primary" disabled={own} onClick={() => setDoing('grant')}>
                {t('grant')}
              </Button>
            ) : null}
            {may('staff.recover') && one.active ? (
              <Button disabled={own} onClick={() => setDoing('reset')}>
                {t('reset')}
              </Button>
            ) : null}
            {may('staff.recover') && one.locked ? (
              <Button disabled={own} loading={unlock.isPending} onClick={() => unlock.mutate({ params }, sorry)}>
                {t('unlock')}
              </Button>
            ) : null}
            {may('recovery.decide') && one.active && one.secondFactor ? (
              <Button disabled={own} onClick={() => setDoing('recover')}>
                {t('recover')}
              </Button>
            ) : null}
          </Space>
          {doing === 'change' ? <StaffForm of={one} onClose={() => setDoing(null)} /> : null}
          {doing === 'grant' ? <GrantForm of={one} onClose={() => setDoing(null)} /> : null}
        </>
      ) : null}
      <ReasonDialog
        open={reasoned !== null}
        title={reasoned ? what[reasoned].title : ''}
        note={reasoned ? what[reasoned].note : ''}
        {...(reasoned ? { okText: what[reasoned].title, danger: what[reasoned].danger } : {})}
        busy={deactivate.isPending || reset.isPending || recover.isPending}
        onCancel={() => setDoing(null)}
        onReason={(reason) => (reasoned ? send[reasoned](reason) : undefined)}
      />
    </Drawer>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
