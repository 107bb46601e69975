import { type StaffMember, staff } from '@zhijiao/contract/orgs'
import { App, Form, Input, Select } from 'antd'
import { useAsk, useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { orgWords } from './words.ts'

interface Filled {
  reason: string
  successor?: string
}

/** Closes an account; what its holder had in hand goes to a colleague of the unit or back to the post, never nowhere. */
export function CloseAccount({ member, onClose }: { member: StaffMember; onClose: () => void }) {
  const t = useWords(orgWords)
  const needed = useNeeded()
  const { message } = App.useApp()
  const colleagues = useAsk(staff.list, { query: { org: member.org.code, active: true, size: 200 } }).data?.items ?? []
  const deactivate = useDo(staff.deactivate, { onDone: () => void message.success(t('done')) })
  return (
    <FormDialog<Filled>
      title={`${t('deactivate')} · ${member.name}`}
      okText={t('deactivate')}
      note={<p>{t('deactivateNote')}</p>}
      onClose={onClose}
      onSend={({ reason, successor }) =>
        deactivate.mutateAsync({
          params: { id: member.id },
          body: { reason, ...(successor ? { successor } : {}) },
        })
      }
    >
      <Form.Item name="reason" label={t('reason')} rules={needed(t('reason'))}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
      <Form.Item name="successor" label={t('successor')}>
        <Select
          allowClear
          placeholder={t('toPost')}
          showSearch={{ optionFilterProp: 'label' }}
          options={colleagues
            .filter((one) => one.id !== member.id)
            .map((one) => ({ value: one.id, label: `${one.name} ${one.number}` }))}
        />
      </Form.Item>
    </FormDialog>
  )
}
