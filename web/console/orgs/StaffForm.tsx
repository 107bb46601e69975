import { type StaffMember, staff } from '@zhijiao/contract/orgs'
import { App, AutoComplete, Form, Input } from 'antd'
import { useRef, useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { SecretShown } from '../devices/SecretShown.tsx'
import { useMe } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { orgWords } from './words.ts'

interface Filled {
  login: string
  number: string
  name: string
  org: string
  organ?: string
  phone?: string
  certificate?: string
  certificateUntil?: string | null
}

/** Opens or corrects an account; the first password is shown once. */
export function StaffForm({ member, onClose }: { member: StaffMember | null; onClose: () => void }) {
  const t = useWords(orgWords)
  const c = useWords(common)
  const me = useMe()
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const opened = useRef(false)
  const organs = useAsk(staff.organs, { query: {} })
  const [password, setPassword] = useState<string | null>(null)
  const add = useDo(staff.add)
  const change = useDo(staff.change, { onDone: () => void message.success(t('done')) })
  if (password !== null)
    return <SecretShown secret={password} title={t('password')} note={t('passwordNote')} onClose={onClose} />
  return (
    <FormDialog<Filled>
      title={member ? `${t('edit')} · ${member.name}` : t('addStaff')}
      okText={c('save')}
      note={member ? null : <p className="zj-muted">{t('addNote')}</p>}
      initial={
        member
          ? {
              number: member.number,
              name: member.name,
              org: member.org.code,
              organ: member.organ?.name ?? '',
              phone: member.phone ?? '',
              certificate: member.certificate ?? '',
              certificateUntil: member.certificateUntil,
            }
          : { org: me.org.code }
      }
      onClose={() => (opened.current ? undefined : onClose())}
      {...(member ? { revision: member.revision } : {})}
      onSend={async ({ login, organ, phone, certificate, certificateUntil, ...rest }, revision) => {
        const fields = {
          ...rest,
          organ: organ?.trim() || null,
          phone: phone || null,
          certificate: certificate || null,
          certificateUntil: certificateUntil || null,
        }
        if (member) return change.mutateAsync({ params: { id: member.id }, body: { ...fields, revision } })
        const answer = await add.mutateAsync({ body: { login, ...fields } })
        opened.current = true
        setPassword(answer.password)
        return answer
      }}
    >
      <div className="zj-formrow">
        {member ? null : (
          <Form.Item name="login" label={t('login')} extra={t('loginHint')} rules={needed(t('login'))}>
            <Input maxLength={32} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          </Form.Item>
        )}
        <Form.Item name="name" label={t('staffName')} rules={needed(t('staffName'))}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="number" label={t('number')} rules={needed(t('number'))}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="org" label={t('org')} rules={chosen(t('org'))}>
          <OrgPick />
        </Form.Item>
        <Form.Item name="organ" label={t('organ')} extra={t('organHint')}>
          <AutoComplete
            allowClear
            maxLength={60}
            options={[...new Set(organs.data?.items.map((one) => one.name))].map((value) => ({ value }))}
            showSearch={{ filterOption: (typed, option) => String(option?.value ?? '').includes(typed.trim()) }}
          />
        </Form.Item>
        <Form.Item name="phone" label={t('phone')} rules={[{ pattern: /^[0-9+ -]{5,20}$/, message: t('phoneBad') }]}>
          <Input maxLength={20} inputMode="tel" />
        </Form.Item>
        <Form.Item name="certificate" label={t('certificate')}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="certificateUntil" label={t('certificateUntil')} rules={[isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
      </div>
    </FormDialog>
  )
}
