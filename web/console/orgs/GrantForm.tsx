import { type StaffMember, staff } from '@zhijiao/contract/orgs'
import { Alert, App, Checkbox, Form, Input } from 'antd'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { useRoles } from './roleNames.ts'
import { orgWords, staffWords } from './words.ts'

interface Filled {
  roles: string[]
  designations: ('minors' | 'sealed')[]
  reason: string
}

/** Gives and takes posts and designations (专人). What would be refused for the three administrators is said before it is sent. */
export function GrantForm({ of, onClose }: { of: StaffMember; onClose: () => void }) {
  const t = useWords(staffWords)
  const o = useWords(orgWords)
  const c = useWords(common)
  const language = useLanguage()
  const needed = useNeeded()
  const { message } = App.useApp()
  const { cards, name } = useRoles()
  const [form] = Form.useForm<Filled>()
  const chosen: string[] = Form.useWatch('roles', form) ?? of.roles
  const set = useDo(staff.setRoles, { refreshes: ['staff'], onDone: () => void message.success(t('granted')) })
  const admin = chosen.length > 1 ? cards.find((card) => card.administrator && chosen.includes(card.role)) : undefined
  const gives = chosen.filter((role) => !of.roles.includes(role))
  const takes = of.roles.filter((role) => !chosen.includes(role))
  return (
    <FormDialog<Filled>
      title={t('grantTitle', { name: of.name })}
      form={form}
      width={680}
      initial={{ roles: [...of.roles], designations: [...of.designations] }}
      note={<p className="zj-muted">{t('grantHint')}</p>}
      onClose={onClose}
      onSend={({ roles, designations, reason }) =>
        set.mutateAsync({ params: { id: of.id }, body: { roles, designations, reason: reason.trim() } })
      }
    >
      <Form.Item name="roles" label={t('roles')}>
        <Checkbox.Group
          className="zj-columns"
          options={cards.map((card) => ({
            value: card.role,
            label: (
              <>
                {card[language]} <span className="zj-muted zj-small">{o(card.level)}</span>
              </>
            ),
          }))}
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
        <Alert
          type="warning"
          role="alert"
          showIcon
          title={t('exclude', { admin: admin[language] })}
          className="zj-gap"
        />
      ) : null}
      <p aria-live="polite">
        {gives.length > 0 ? `${t('gives')}：${gives.map(name).join('、')}　` : ''}
        {takes.length > 0 ? `${t('takes')}：${takes.map(name).join('、')}` : ''}
        {gives.length + takes.length === 0 ? t('nothing') : ''}
      </p>
      <Form.Item
        name="reason"
        label={c('reason')}
        extra={c('reasonHint')}
        rules={[...needed(c('reason')), { min: 4, message: c('reasonShort') }]}
      >
        <Input.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
    </FormDialog>
  )
}
