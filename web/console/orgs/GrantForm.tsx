import { type StaffMember, staff } from '@zhijiao/contract/orgs'
import { isAdministrator, isRole, roleNames, roles } from '@zhijiao/law/roles'
import { Alert, App, Checkbox, Form, Input } from 'antd'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { useLanguage, useStringing, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import './orgs.css'
import { orgWords } from './words.ts'

interface Filled {
  roles: string[]
  designations: ('minors' | 'sealed')[]
  reason: string
}

/** Gives and takes posts and designations (专人). What the separation of the three administrators forbids is said before it is sent. */
export function GrantForm({ member, onClose }: { member: StaffMember; onClose: () => void }) {
  const t = useWords(orgWords)
  const { list } = useStringing()
  const c = useWords(common)
  const language = useLanguage()
  const needed = useNeeded()
  const { message } = App.useApp()
  const [form] = Form.useForm<Filled>()
  const chosen: string[] = Form.useWatch('roles', form) ?? member.roles
  const grant = useDo(staff.setRoles, { onDone: () => void message.success(t('granted')) })
  const name = (role: string) => (isRole(role) ? roles[role][language] : role)
  const admin = chosen.length > 1 ? chosen.find((role) => isRole(role) && isAdministrator(role)) : undefined
  const gives = chosen.filter((role) => !member.roles.includes(role))
  const takes = member.roles.filter((role) => !chosen.includes(role))
  return (
    <FormDialog<Filled>
      title={t('setRolesTitle', { name: member.name })}
      okText={c('save')}
      form={form}
      width={860}
      note={<p className="zj-muted">{t('setRolesNote')}</p>}
      initial={{ roles: [...member.roles], designations: [...member.designations] }}
      onClose={onClose}
      onSend={(body) => grant.mutateAsync({ params: { id: member.id }, body })}
    >
      <Form.Item name="roles" label={t('roles')}>
        <Checkbox.Group
          className="zj-posts"
          options={roleNames.map((value) => ({ value, label: roles[value][language] }))}
        />
      </Form.Item>
      <Form.Item name="designations" label={t('designations')} extra={t('designHint')}>
        <Checkbox.Group
          options={[
            { value: 'minors', label: t('minors') },
            { value: 'sealed', label: t('sealed') },
          ]}
        />
      </Form.Item>
      {admin ? (
        <Alert type="warning" role="alert" showIcon className="zj-gap" title={t('exclude', { admin: name(admin) })} />
      ) : null}
      <div aria-live="polite" className="zj-gap">
        {gives.length > 0 ? <div>{`${t('gives')} ${list(gives.map(name))}`}</div> : null}
        {takes.length > 0 ? <div>{`${t('takes')} ${list(takes.map(name))}`}</div> : null}
        {gives.length + takes.length === 0 ? <span className="zj-muted">{t('noChange')}</span> : null}
      </div>
      <Form.Item
        name="reason"
        label={c('reason')}
        extra={c('reasonHint')}
        rules={[...needed(c('reason')), { min: 4, message: c('reasonShort') }]}
      >
        <Input.TextArea rows={1} maxLength={200} showCount />
      </Form.Item>
    </FormDialog>
  )
}
