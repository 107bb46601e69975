import { type AlarmFile, alarms } from '@zhijiao/contract/alarms'
import { Form, Input, InputNumber, Radio, Select } from 'antd'
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
  to: 'person' | 'family' | 'guarantor' | 'village' | 'police' | 'other'
  answered: boolean
  startedAt: string
  seconds?: number | null
  text: string
}
const whom = {
  person: 'toPerson',
  family: 'toFamily',
  guarantor: 'toGuarantor',
  village: 'toVillage',
  police: 'toPolice',
  other: 'toOther',
} as const

export function CallForm({ alarm, onClose }: { alarm: AlarmFile; onClose: () => void }) {
  const t = useWords(alarmWords)
  const c = useWords(common)
  const chosen = useChosen()
  const needed = useNeeded()
  // Whatever is sent twice, by a double click or after a break of the line, is recorded once.
  const [id] = useState(newId)
  const record = useDo(alarms.call, { refreshes: ['alarms'] })
  return (
    <FormDialog<Filled>
      title={t('call')}
      initial={{ to: 'person', answered: true, startedAt: new Date(now()).toISOString() }}
      onClose={onClose}
      onSend={({ seconds, ...filled }) =>
        record.mutateAsync({ params: { id: alarm.id }, body: { ...filled, id, ...(seconds ? { seconds } : {}) } })
      }
    >
      <Form.Item name="to" label={t('callTo')} rules={chosen(t('callTo'))}>
        <Select options={Object.entries(whom).map(([value, word]) => ({ value, label: t(word) }))} />
      </Form.Item>
      <Form.Item name="answered" label={t('answered')}>
        <Radio.Group
          options={[
            { value: true, label: t('answeredYes') },
            { value: false, label: t('answeredNo') },
          ]}
        />
      </Form.Item>
      <div className="zj-formrow">
        <Form.Item
          name="startedAt"
          label={t('startedAt')}
          rules={[...chosen(t('startedAt')), isInstant(c('badInstant'))]}
        >
          <InstantField />
        </Form.Item>
        <Form.Item name="seconds" label={t('seconds')}>
          <InputNumber min={0} max={86_400} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="text" label={t('callText')} rules={needed(t('callText'))}>
        <Input.TextArea rows={4} maxLength={2000} showCount />
      </Form.Item>
    </FormDialog>
  )
}
