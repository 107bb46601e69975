import { type AlarmCause, type AlarmFile, alarms, followOns } from '@zhijiao/contract/alarms'
import { Alert, App, Form, Input, Select } from 'antd'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { useMe } from '../me.ts'
import { causeChoices } from './causes.ts'
import { alarmWords } from './words.ts'

interface Filled {
  cause: AlarmCause
  finding: string
  measures?: string
  followOn?: (typeof followOns)[number]['code']
}

/** C41 结案单. What is still missing is said before anything is typed. */
export function CloseForm({ alarm, onClose }: { alarm: AlarmFile; onClose: () => void }) {
  const t = useWords(alarmWords)
  const say = useSpoken()
  const language = useLanguage()
  const { message } = App.useApp()
  const { phrases } = useMe()
  const chosen = useChosen()
  const needed = useNeeded()
  const [form] = Form.useForm<Filled>()
  const submit = useDo(alarms.submit, {
    refreshes: ['alarms', 'tasks'],
    onDone: () => void message.success(t('closeSent')),
  })
  const former = alarm.closure?.way === 'handled' ? alarm.closure : null
  return (
    <FormDialog<Filled>
      title={t('closeTitle')}
      okText={t('closeSend')}
      width={680}
      form={form}
      initial={former ? { cause: former.cause as AlarmCause, finding: former.finding, measures: former.measures } : {}}
      onClose={onClose}
      note={
        alarm.lacks.length > 0 ? (
          <Alert
            className="zj-gap"
            type="info"
            title={t('lacks')}
            description={
              <ul className="zj-tight">
                {alarm.lacks.map((one) => (
                  <li key={one.zh}>{say(one)}</li>
                ))}
              </ul>
            }
          />
        ) : null
      }
      onSend={(filled) =>
        submit.mutateAsync({
          params: { id: alarm.id },
          body: {
            cause: filled.cause,
            finding: filled.finding,
            measures: filled.measures ?? '',
            followOn: filled.followOn ?? null,
            revision: alarm.revision,
          },
        })
      }
    >
      <Form.Item name="cause" label={t('cause')} rules={chosen(t('cause'))}>
        <Select options={causeChoices(language, t)} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="finding" label={t('finding')} extra={t('findingHint')} rules={needed(t('finding'))}>
        <Input.TextArea rows={5} maxLength={2000} showCount />
      </Form.Item>
      {phrases.length > 0 ? (
        <Select
          className="zj-gap"
          style={{ width: '100%' }}
          placeholder={t('phrases')}
          aria-label={t('phrases')}
          options={phrases.map((p) => ({ value: p, label: p }))}
          value={null}
          onChange={(p) => form.setFieldValue('finding', `${form.getFieldValue('finding') ?? ''}${p ?? ''}`)}
        />
      ) : null}
      <Form.Item name="measures" label={t('measures')}>
        <Input.TextArea rows={3} maxLength={2000} showCount />
      </Form.Item>
      <Form.Item name="followOn" label={t('followOn')} extra={t('followOnHint')}>
        <Select
          allowClear
          placeholder={t('followOnNone')}
          options={followOns.map((f) => ({ value: f.code, label: f[language] }))}
        />
      </Form.Item>
    </FormDialog>
  )
}
