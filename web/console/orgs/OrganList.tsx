import { staff } from '@zhijiao/contract/orgs'
import { App, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { orgWords } from './words.ts'

/** Courts, procuratorates, police bureaus and prisons with accounts here; two entries of one organ are joined. */
export function OrganList({ onClose }: { onClose: () => void }) {
  const t = useWords(orgWords)
  const may = useMay()
  const organs = useAsk(staff.organs, { query: {} })
  const [joining, setJoining] = useState<{ id: string; name: string } | null>(null)
  const items = organs.data?.items ?? []
  return (
    <Modal open title={t('organs')} footer={null} onCancel={onClose} width={640}>
      <p className="zj-muted">{t('organsNote')}</p>
      {organs.isPending ? <Waiting rows={3} /> : null}
      {organs.error ? <TroubleNotice error={organs.error} onRetry={() => void organs.refetch()} /> : null}
      {organs.data && items.length === 0 ? (
        <EmptyState why="nothing" what={t('noOrgans')} hint={t('organHint')} />
      ) : null}
      <ul className="zj-rows">
        {items.map((one) => (
          <li key={one.id}>
            <span>
              {one.name}{' '}
              <span className="zj-muted zj-small">{t('organAccounts', { n: one.accounts, org: one.org })}</span>
            </span>
            {may('staff.edit') && items.length > 1 ? (
              <Button size="small" onClick={() => setJoining(one)} aria-label={`${t('join')} ${one.name}`}>
                {t('join')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {joining ? (
        <JoinDialog of={joining} others={items.filter((o) => o.id !== joining.id)} onClose={() => setJoining(null)} />
      ) : null}
    </Modal>
  )
}

function JoinDialog({
  of,
  others,
  onClose,
}: {
  of: { id: string; name: string }
  others: readonly { id: string; name: string }[]
  onClose: () => void
}) {
  const t = useWords(orgWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const join = useDo(staff.joinOrgans, {
    onDone: ({ accounts, requests }) => void message.success(t('joined', { accounts, requests })),
  })
  return (
    <FormDialog<{ into: string; reason: string }>
      title={`${t('join')} · ${of.name}`}
      okText={t('join')}
      note={<p className="zj-muted">{t('joinNote')}</p>}
      onClose={onClose}
      onSend={(body) => join.mutateAsync({ params: { id: of.id }, body })}
    >
      <Form.Item name="into" label={t('joinInto')} rules={chosen(t('joinInto'))}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={c('reason')} rules={needed(c('reason'))}>
        <Input.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
    </FormDialog>
  )
}
