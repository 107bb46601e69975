import { type AlarmFile, alarms } from '@zhijiao/contract/alarms'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { newId } from '../../ui/newId.ts'
import { alarmWords } from './words.ts'

export function NoteForm({ alarm, onClose }: { alarm: AlarmFile; onClose: () => void }) {
  const t = useWords(alarmWords)
  const needed = useNeeded()
  // Whatever is sent twice, by a double click or after a break of the line, is recorded once.
  const [id] = useState(newId)
  const record = useDo(alarms.note, { refreshes: ['alarms'] })
  return (
    <FormDialog<{ text: string }>
      title={t('note')}
      onClose={onClose}
      onSend={(body) => record.mutateAsync({ params: { id: alarm.id }, body: { ...body, id } })}
    >
      <Form.Item name="text" label={t('noteText')} rules={needed(t('noteText'))}>
        <Input.TextArea rows={4} maxLength={2000} showCount autoFocus />
      </Form.Item>
    </FormDialog>
  )
}
