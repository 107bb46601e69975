import { type Obligation, obligations } from '@zhijiao/contract/obligations'
import { App, Form, Input } from 'antd'
import { call, refresh } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { dayOf } from '../../ui/format.ts'
import { useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { FileIds } from '../tasks/FileIds.tsx'
import { obligationWords } from './words.ts'

/** Says that a duty was done, or why it need not be. */
export function SettleDialog({
  duty,
  act,
  onClose,
}: {
  duty: Obligation
  act: 'fulfil' | 'excuse'
  onClose: () => void
}) {
  const t = useWords(obligationWords)
  const { named } = useStringing()
  const c = useWords(common)
  const say = useSpoken()
  const needed = useNeeded()
  const { message } = App.useApp()
  return (
    <FormDialog<{ on: string; note?: string; reason: string; files?: string[] }>
      title={named(t(act), say(duty.kindName))}
      note={<p>{t(act === 'fulfil' ? 'fulfilNote' : 'excuseNote')}</p>}
      {...(act === 'fulfil' ? { initial: { on: dayOf(now()) } } : {})}
      onClose={onClose}
      onSend={async ({ on, note, reason, files }) => {
        const params = { id: duty.id }
        const proof = files?.length ? { files } : {}
        const { revision } = duty
        if (act === 'fulfil')
          await call(obligations.fulfil, { params, body: { on, ...(note ? { note } : {}), ...proof, revision } })
        else await call(obligations.excuse, { params, body: { reason, ...proof, revision } })
        refresh('obligations', 'tasks', 'people')
        void message.success(t('fulfilled'))
      }}
    >
      {act === 'fulfil' ? (
        <>
          <Form.Item name="on" label={t('doneOn')} rules={[...needed(t('doneOn')), isDay(c('badDay'))]}>
            <DayField />
          </Form.Item>
          <Form.Item name="note" label={t('note')}>
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        </>
      ) : (
        <Form.Item name="reason" label={c('reason')} rules={needed(c('reason'))}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      )}
      <Form.Item name="files" label={t('proof')}>
        <FileIds about={{ person: duty.person.id, subject: duty.id }} />
      </Form.Item>
    </FormDialog>
  )
}
