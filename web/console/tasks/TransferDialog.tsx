import { tasks } from '@zhijiao/contract/tasks'
import { App, Form, Input, Modal, Select } from 'antd'
import { useAsk, useDo } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { taskWords } from './words.ts'

/** 转办: to whom and why; the clock runs on. */
export function TransferDialog({ task, onClose }: { task: { id: string; revision: number }; onClose: () => void }) {
  const t = useWords(taskWords)
  const c = useWords(common)
  const { message } = App.useApp()
  const complain = useComplain()
  const [form] = Form.useForm<{ to: string; reason: string }>()
  const receivers = useAsk(tasks.receivers, { params: { id: task.id } })
  const transfer = useDo(tasks.transfer, { refreshes: ['tasks', 'alarms'] })
  return (
    <Modal
      open
      title={t('transfer')}
      okText={t('transfer')}
      cancelText={c('cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'zj-transfer', loading: transfer.isPending }}
      onCancel={onClose}
      destroyOnHidden
    >
      <p>{t('transferNote')}</p>
      <Form
        id="zj-transfer"
        form={form}
        layout="vertical"
        onFinish={async (filled) => {
          try {
            await transfer.mutateAsync({ params: { id: task.id }, body: { ...filled, revision: task.revision } })
            void message.success(t('transferred'))
            onClose()
          } catch (error) {
            complain(error, form)
          }
        }}
      >
        <Form.Item
          name="to"
          label={t('transferTo')}
          rules={[{ required: true, message: c('required', { label: t('transferTo') }) }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={receivers.isPending}
            options={receivers.data?.map((r) => ({ value: r.id, label: r.name }))}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={c('reason')}
          rules={[{ required: true, whitespace: true, message: c('required', { label: c('reason') }) }]}
        >
          <Input.TextArea rows={3} maxLength={200} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
