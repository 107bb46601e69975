import { type AlarmFile, alarms } from '@zhijiao/contract/alarms'
import { App, Form, Input, Radio } from 'antd'
import { useDo } from '../../ui/api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { ClosureCard } from './ClosureCard.tsx'
import { alarmWords } from './words.ts'

/** The director's review: approve, or return with what is missing. */
export function ReviewForm({ alarm, onClose }: { alarm: AlarmFile; onClose: () => void }) {
  const t = useWords(alarmWords)
  const { message } = App.useApp()
  const [form] = Form.useForm<{ verdict: 'approved' | 'returned'; note?: string }>()
  const review = useDo(alarms.review, {
    refreshes: ['alarms', 'tasks'],
    onDone: () => void message.success(t('reviewDone')),
  })
  return (
    <FormDialog<{ verdict: 'approved' | 'returned'; note?: string }>
      title={t('reviewTitle')}
      form={form}
      initial={{ verdict: 'approved', note: '' }}
      note={<ClosureCard alarm={alarm} />}
      onClose={onClose}
      onSend={({ verdict, note }) =>
        review.mutateAsync({ params: { id: alarm.id }, body: { verdict, note: note ?? '', revision: alarm.revision } })
      }
    >
      <Form.Item name="verdict" label={t('reviewTitle')}>
        <Radio.Group
          options={[
            { value: 'approved', label: t('approve') },
            { value: 'returned', label: t('return') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="note"
        label={t('reviewNote')}
        dependencies={['verdict']}
        rules={[
          {
            validator: (_, note: string | undefined) =>
              form.getFieldValue('verdict') === 'returned' && !note?.trim()
                ? Promise.reject(new Error(t('reviewNoteNeeded')))
                : Promise.resolve(),
          },
        ]}
      >
        <Input.TextArea rows={4} maxLength={1000} showCount />
      </Form.Item>
    </FormDialog>
  )
}
