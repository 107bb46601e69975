import { type Leave, leaves } from '@zhijiao/contract/permits'
import { App, Form, Input, Radio } from 'antd'
import { useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { dayOf } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { Competence } from './Competence.tsx'
import { leaveWords } from './words.ts'

interface Filled {
  verdict: 'approved' | 'refused'
  note: string
  on: string
}

/** Decides, takes back, or ends a leave on return. */
export function LeaveAct({
  what,
  leave,
  onClose,
}: {
  what: 'decide' | 'cancel' | 'return'
  leave: Leave
  onClose: () => void
}) {
  const t = useWords(leaveWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const said = { refreshes: ['leaves', 'tasks', 'alarms'], onDone: () => void message.success(t('done')) }
  const decide = useDo(leaves.decide, said)
  const cancel = useDo(leaves.cancel, said)
  const back = useDo(leaves.return, said)
  const params = { id: leave.id }
  const { revision } = leave
  return (
    <FormDialog<Filled>
      title={`${t(what === 'decide' ? 'decide' : what === 'cancel' ? 'cancelIt' : 'back')} · ${leave.person.name}`}
      initial={{ verdict: 'approved', on: dayOf(now()) }}
      onClose={onClose}
      note={what === 'decide' ? <Competence of={leave.competence} /> : null}
      onSend={({ verdict, note, on }) =>
        what === 'decide'
          ? decide.mutateAsync({ params, body: { verdict, note, revision } })
          : what === 'cancel'
            ? cancel.mutateAsync({ params, body: { note, revision } })
            : back.mutateAsync({ params, body: { on, ...(note ? { note } : {}), revision } })
      }
    >
      {what === 'decide' ? (
        <Form.Item name="verdict" label={t('decide')}>
          <Radio.Group
            options={[
              { value: 'approved', label: t('approve') },
              { value: 'refused', label: t('refuse') },
            ]}
          />
        </Form.Item>
      ) : null}
      {what === 'return' ? (
        <Form.Item name="on" label={t('on')} rules={[...chosen(t('on')), isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
      ) : null}
      <Form.Item name="note" label={t('note')} rules={what === 'return' ? [] : needed(t('note'))}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  )
}
