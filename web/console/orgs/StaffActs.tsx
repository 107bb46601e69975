import { type StaffMember, staff } from '@zhijiao/contract/orgs'
import { App, Button, Dropdown, Space } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { SecretShown } from '../devices/SecretShown.tsx'
import { useMay, useMe } from '../me.ts'
import { CloseAccount } from './CloseAccount.tsx'
import { GrantForm } from './GrantForm.tsx'
import { StaffForm } from './StaffForm.tsx'
import { orgWords } from './words.ts'

type WithReason = 'resetPassword' | 'recover' | 'recoverPassword'
const noteWord = { resetPassword: 'resetNote', recover: 'recoverNote', recoverPassword: 'recoverPasswordNote' } as const

/** What this administrator may do with an account; nothing with his own. */
export function StaffActs({ member }: { member: StaffMember }) {
  const t = useWords(orgWords)
  const may = useMay()
  const me = useMe()
  const complain = useComplain()
  const { message, modal } = App.useApp()
  const [editing, setEditing] = useState(false)
  const [granting, setGranting] = useState(false)
  const [closing, setClosing] = useState(false)
  const [asking, setAsking] = useState<WithReason | null>(null)
  const [password, setPassword] = useState<string | null>(null)
  const done = () => {
    setAsking(null)
    void message.success(t('done'))
  }
  const reset = useDo(staff.resetPassword, { onDone: done })
  const recover = useDo(staff.askRecovery, { onDone: done })
  const reactivate = useDo(staff.reactivate)
  const unlock = useDo(staff.unlock, { onDone: done })
  if (member.id === me.id) return null
  const params = { id: member.id }
  const sorry = { onError: (error: unknown) => complain(error) }
  const items = [
    ...(may('staff.recover') && member.active ? [{ key: 'resetPassword', label: t('resetPassword') }] : []),
    ...(may('staff.recover') && member.locked ? [{ key: 'unlock', label: t('unlock') }] : []),
    ...(may('recovery.ask') && member.secondFactor ? [{ key: 'recover', label: t('recover') }] : []),
    // Whoever resets passwords needs nobody for it.
    ...(may('recovery.ask') && !may('staff.recover') && member.active && member.roles.includes('securityAdmin')
      ? [{ key: 'recoverPassword', label: t('recoverPassword') }]
      : []),
    ...(may('staff.edit')
      ? [member.active ? { key: 'deactivate', label: t('deactivate') } : { key: 'reactivate', label: t('reactivate') }]
      : []),
  ]
  const choose = (key: string) => {
    if (key === 'unlock') unlock.mutate({ params }, sorry)
    else if (key === 'reactivate')
      void modal.confirm({
        title: t('reactivateSure', { name: member.name }),
        content: t('reactivateWhat'),
        okText: t('reactivate'),
        onOk: () => reactivate.mutateAsync({ params }).then((answer) => setPassword(answer.password), sorry.onError),
      })
    else if (key === 'deactivate') setClosing(true)
    else setAsking(key as WithReason)
  }
  const give = (reason: string) => {
    if (asking === 'recover') recover.mutate({ params, body: { reason } }, sorry)
    if (asking === 'recoverPassword') recover.mutate({ params, body: { reason, about: 'password' } }, sorry)
    if (asking === 'resetPassword')
      reset.mutate({ params, body: { reason } }, { ...sorry, onSuccess: (answer) => setPassword(answer.password) })
  }
  return (
    <Space size={0}>
      {may('staff.edit') ? (
        <Button size="small" type="link" onClick={() => setEditing(true)}>
          {t('edit')}
        </Button>
      ) : null}
      {may('staff.roles') ? (
        <Button size="small" type="link" onClick={() => setGranting(true)}>
          {t('setRoles')}
        </Button>
      ) : null}
      {items.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
          <Button size="small" type="link" aria-label={`${t('moreActs')} ${member.name}`}>
            {t('moreActs')}
          </Button>
        </Dropdown>
      ) : null}
      {editing ? <StaffForm member={member} onClose={() => setEditing(false)} /> : null}
      {granting ? <GrantForm member={member} onClose={() => setGranting(false)} /> : null}
      {closing ? <CloseAccount member={member} onClose={() => setClosing(false)} /> : null}
      <ReasonDialog
        open={asking !== null}
        title={asking ? `${t(asking)} · ${member.name}` : ''}
        note={asking ? t(noteWord[asking]) : null}
        {...(asking ? { okText: t(asking) } : {})}
        busy={reset.isPending || recover.isPending}
        onReason={give}
        onCancel={() => setAsking(null)}
      />
      <SecretShown secret={password} title={t('password')} note={t('passwordNote')} onClose={() => setPassword(null)} />
    </Space>
  )
}
