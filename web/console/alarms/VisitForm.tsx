import { type AlarmFile, alarms } from '@zhijiao/contract/alarms'
import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { InstantField, isInstant } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { newId } from '../../ui/newId.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { alarmWords } from './words.ts'

interface Filled {
  at: string
  place: string
  metPerson: boolean
  text: string
}

export function VisitForm({ alarm, onClose }: { alarm: AlarmFile; onClose: () => void }) {
  const t = useWords(alarmWords)
  const c = useWords(common)
  const chosen = useChosen()
  const needed = useNeeded()
  // Whatever is sent twice, by a double click or after a break of the line, is recorded once.
  const [id] = useState(newId)
  const record = useDo(alarms.visit, { refreshes: ['alarms'] })
  return (
    <FormDialog<Filled>
      title={t('visit')}
      initial={{ at: new Date(now()).toISOString(), metPerson: true }}
      onClose={onClose}
      onSend={(body) => record.mutateAsync({ params: { id: alarm.id }, body: { ...body, id } })}
    >
      <Form.Item name="at" label={t('visitAt')} rules={[...chosen(t('visitAt')), isInstant(c('badInstant'))]}>
        <InstantField />
      </Form.Item>
      <Form.Item name="place" label={t('visitPlace')} rules={needed(t('visitPlace'))}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="metPerson" label={t('met')}>
        <Radio.Group
          options={[
            { value: true, label: t('metYes') },
            { value: false, label: t('metNo') },
          ]}
        />
      </Form.Item>
      <Form.Item name="text" label={t('visitText')} rules={needed(t('visitText'))}>
        <Input.TextArea rows={4} maxLength={2000} showCount />
      </Form.Item>
    </FormDialog>
  )
}
