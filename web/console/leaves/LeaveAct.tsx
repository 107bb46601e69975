import { type Leave, leaves } from '@zhijiao/contract/permits'
import { App, Form, Input, Radio } from 'antd'
import { useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { dayOf } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { Hints } from '../procedures/Hints.tsx'
import '../procedures/procedures.css'
import { Competence } from './Competence.tsx'
import { LeaveBrought } from './LeaveBrought.tsx'
import { ProofField } from './ProofField.tsx'
import { leaveWords } from './words.ts'

interface Filled {
  verdict: 'approved' | 'refused'
  note: string
  on: string
  unproven?: string
  proofs?: string[]
}

export type LeaveActName = 'decide' | 'cancel' | 'return' | 'opine' | 'delay' | 'prove'
const titles = {
  decide: 'decide',
  cancel: 'cancelIt',
  return: 'back',
  opine: 'opine',
  delay: 'delayIt',
  prove: 'prove',
} as const

/** Decides, opines, takes back, notes a late return, or ends a leave on return. */
export function LeaveAct({ what, leave, onClose }: { what: LeaveActName; leave: Leave; onClose: () => void }) {
  const t = useWords(leaveWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const said = { refreshes: ['leaves', 'tasks', 'alarms', 'documents'], onDone: () => void message.success(t('done')) }
  const decide = useDo(leaves.decide, said)
  const cancel = useDo(leaves.cancel, said)
  const back = useDo(leaves.return, said)
  const opine = useDo(leaves.opine, said)
  const delay = useDo(leaves.delay, said)
  const prove = useDo(leaves.prove, said)
  const [form] = Form.useForm<Filled>()
  const verdict = Form.useWatch('verdict', form) ?? 'approved'
  const noteWord = what === 'delay' ? 'delayReason' : what === 'opine' ? 'opinion' : 'note'
  const params = { id: leave.id }
  const { revision } = leave
  return (
    <FormDialog<Filled>
      title={`${t(titles[what])} · ${leave.person.name}`}
      form={form}
      initial={{ verdict: 'approved', on: dayOf(now()) }}
      onClose={onClose}
      note={
        what === 'decide' || what === 'opine' ? (
          <>
            <Competence of={leave.competence} />
            <LeaveBrought leave={leave} />
            {leave.hints.length > 0 ? <Hints of={leave.hints} /> : null}
          </>
        ) : what === 'delay' ? (
          t('delayNote')
        ) : null
      }
      onSend={({ verdict, note, on, unproven, proofs = [] }) =>
        what === 'prove'
          ? prove.mutateAsync({ params, body: { proofs, revision } })
          : what === 'opine'
            ? opine.mutateAsync({ params, body: { text: note, revision } })
            : what === 'delay'
              ? delay.mutateAsync({ params, body: { until: on, reason: note, revision } })
              : what === 'decide'
                ? decide.mutateAsync({ params, body: { verdict, note, ...(unproven ? { unproven } : {}), revision } })
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
      {what === 'return' || what === 'delay' ? (
        <Form.Item
          name="on"
          label={t(what === 'delay' ? 'delayUntil' : 'on')}
          rules={[...chosen(t(what === 'delay' ? 'delayUntil' : 'on')), isDay(c('badDay'))]}
        >
          <DayField />
        </Form.Item>
      ) : null}
      {what === 'decide' && verdict === 'approved' && leave.proofs.length === 0 ? (
        <Form.Item name="unproven" label={t('unproven')} extra={t('unprovenHint')} rules={needed(t('unproven'))}>
          <Input maxLength={200} />
        </Form.Item>
      ) : null}
      {what === 'prove' ? (
        <ProofField leave={leave.id} person={leave.person.id} required />
      ) : (
        <Form.Item name="note" label={t(noteWord)} rules={what === 'return' ? [] : needed(t(noteWord))}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      )}
    </FormDialog>
  )
}
