import { contactMeans, contactResults, type Leave, leaveHelp, leaves, recallWays } from '@zhijiao/contract/permits'
import { Alert, App, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { InstantField, isInstant } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { newId } from '../../ui/newId.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { UnitField } from '../procedures/UnitField.tsx'
import { leaveWords, meansWord, resultWord, toldWord } from './words.ts'

interface Of {
  readonly leave: Leave
  readonly onClose: () => void
}
const refreshes = ['leaves', 'leaveHelp', 'tasks', 'alarms']

/** 联系登记 (LVE-10): by what, when, with what result. */
export function CallDialog({ leave, onClose }: Of) {
  const t = useWords(leaveWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  // Sent again after a lost answer it is the same contact.
  const [id] = useState(newId)
  const call = useDo(leaves.call, { refreshes, onDone: () => void message.success(t('done')) })
  return (
    <FormDialog<{
      at: string
      means: Leave['calls'][number]['means']
      result: Leave['calls'][number]['result']
      note?: string
    }>
      title={`${t('call')} · ${leave.person.name}`}
      initial={{ at: new Date(now()).toISOString(), means: 'phone', result: 'reached' }}
      onClose={onClose}
      onSend={({ note, ...rest }) =>
        call.mutateAsync({ params: { id: leave.id }, body: { id, ...rest, ...(note ? { note } : {}) } })
      }
    >
      <Form.Item name="at" label={t('callAt')} rules={[...chosen(t('callAt')), isInstant(c('badInstant'))]}>
        <InstantField />
      </Form.Item>
      <Form.Item name="means" label={t('means')}>
        <Radio.Group options={contactMeans.map((value) => ({ value, label: t(meansWord[value]) }))} />
      </Form.Item>
      <Form.Item name="result" label={t('result')}>
        <Radio.Group options={contactResults.map((value) => ({ value, label: t(resultWord[value]) }))} />
      </Form.Item>
      <Form.Item name="note" label={t('callNote')} rules={needed(t('callNote'))}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  )
}

/** 请目的地协助 (LVE-10): a county of this platform gets a duty, another is written to. */
export function HelpDialog({ leave, onClose }: Of) {
  const t = useWords(leaveWords)
  const needed = useNeeded()
  const { message } = App.useApp()
  const [form] = Form.useForm<{
    where: 'here' | 'letter'
    county?: string
    organ?: string
    letter?: string
    wish: string
  }>()
  const where = Form.useWatch('where', form) ?? 'here'
  const [id] = useState(newId)
  const ask = useDo(leaves.askHelp, { refreshes, onDone: () => void message.success(t('done')) })
  return (
    <FormDialog
      title={`${t('help')} · ${leave.person.name}`}
      form={form}
      initial={{ where: 'here' }}
      note={<Alert className="zj-gap" type="info" title={t('helpNote')} />}
      onClose={onClose}
      onSend={({ county, organ, letter, wish }) =>
        ask.mutateAsync({
          params: { id: leave.id },
          body: {
            id,
            wish,
            ...(where === 'here'
              ? { ...(county ? { county } : {}) }
              : { ...(organ ? { organ } : {}), ...(letter ? { letter } : {}) }),
          },
        })
      }
    >
      <Form.Item name="where" label={t('helpWhere')}>
        <Radio.Group
          options={[
            { value: 'here', label: t('helpHere') },
            { value: 'letter', label: t('helpLetter') },
          ]}
        />
      </Form.Item>
      {where === 'here' ? (
        <Form.Item name="county" label={t('helpCounty')} rules={needed(t('helpCounty'))}>
          <UnitField level="county" />
        </Form.Item>
      ) : (
        <div className="zj-formrow">
          <Form.Item name="organ" label={t('helpOrgan')} rules={needed(t('helpOrgan'))}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="letter" label={t('helpLetterNo')}>
            <Input maxLength={60} />
          </Form.Item>
        </div>
      )}
      <Form.Item name="wish" label={t('helpWish')} rules={needed(t('helpWish'))}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  )
}

/** The answer to a request for help, given there or entered from a letter. */
export function AnswerDialog({ help, who, onClose }: { help: string; who: string; onClose: () => void }) {
  const t = useWords(leaveWords)
  const needed = useNeeded()
  const { message } = App.useApp()
  const answer = useDo(leaveHelp.answer, { refreshes, onDone: () => void message.success(t('done')) })
  return (
    <FormDialog<{ answer: string }>
      title={`${t('helpAnswer')} · ${who}`}
      onClose={onClose}
      onSend={(body) => answer.mutateAsync({ params: { id: help }, body })}
    >
      <Form.Item name="answer" label={t('helpFound')} rules={needed(t('helpFound'))}>
        <Input.TextArea rows={4} maxLength={1000} showCount />
      </Form.Item>
    </FormDialog>
  )
}

/** 责令立即返回 (LVE-11). */
export function RecallDialog({ leave, onClose }: Of) {
  const t = useWords(leaveWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const recall = useDo(leaves.recall, { refreshes, onDone: () => void message.success(t('done')) })
  return (
    <FormDialog<{ until: string; reason: string; told: (typeof recallWays)[number] }>
      title={`${t('recall')} · ${leave.person.name}`}
      initial={{ told: 'phone' }}
      note={<Alert className="zj-gap" type="warning" showIcon title={t('recallNote')} />}
      onClose={onClose}
      onSend={(body) => recall.mutateAsync({ params: { id: leave.id }, body: { ...body, revision: leave.revision } })}
    >
      <Form.Item
        name="until"
        label={t('recallUntil')}
        rules={[...chosen(t('recallUntil')), isInstant(c('badInstant'))]}
      >
        <InstantField />
      </Form.Item>
      <Form.Item name="told" label={t('recallTold')}>
        <Radio.Group options={recallWays.map((value) => ({ value, label: t(toldWord[value]) }))} />
      </Form.Item>
      <Form.Item name="reason" label={t('recallReason')} rules={needed(t('recallReason'))}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  )
}
