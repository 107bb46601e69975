import { type AlarmCause, type AlarmFile, alarms } from '@zhijiao/contract/alarms'
import { App, Form, Input, Select } from 'antd'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { causeChoices } from './causes.ts'
import { alarmWords } from './words.ts'

/** C42 不予处理: a form with a reason, approved by somebody else. */
export function DismissForm({ alarm, onClose }: { alarm: AlarmFile; onClose: () => void }) {
  const t = useWords(alarmWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const chosen = useChosen()
  const needed = useNeeded()
  const dismiss = useDo(alarms.dismiss, {
    refreshes: ['alarms', 'tasks'],
    onDone: () => void message.success(t('closeSent')),
  })
  return (
    <FormDialog<{ cause: AlarmCause; reason: string }>
      title={t('dismissTitle')}
      okText={t('dismissSend')}
      note={<p>{t('dismissNote')}</p>}
      onClose={onClose}
      onSend={(filled) =>
        dismiss.mutateAsync({ params: { id: alarm.id }, body: { ...filled, revision: alarm.revision } })
      }
    >
      <Form.Item name="cause" label={t('cause')} rules={chosen(t('cause'))}>
        <Select options={causeChoices(language, t)} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="reason" label={t('dismissReason')} rules={needed(t('dismissReason'))}>
        <Input.TextArea rows={5} maxLength={2000} showCount />
      </Form.Item>
    </FormDialog>
  )
}
