import { Link } from '@tanstack/react-router'
import { type Activation, activations } from '@zhijiao/contract/devices'
import { App, Button, Form, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { addDays, dayOf } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { deviceWords, endWord } from './words.ts'

const facts = ['release', 'custody', 'death', 'transfer'] as const
type Act = 'approve' | 'refuse' | 'extend' | 'end'
interface Filled {
  document?: string
  note?: string
  reason: string
  assessedOn: string
  assessment: string
  lastDay: string
  why: 'removal' | 'release' | 'custody' | 'death' | 'transfer'
}

/** Approve and refuse belong to the head of the judicial administration; extending and ending to who proposes. */
export function ActivationActs({ activation }: { activation: Activation }) {
  const t = useWords(deviceWords)
  const may = useMay()
  const [act, setAct] = useState<Act | null>(null)
  const device = activation.regime === 'device'
  return (
    <Space size={4} wrap>
      {activation.state === 'proposed' && may('activation.approve') ? (
        <>
          <Button size="small" type="primary" onClick={() => setAct('approve')}>
            {t('approve')}
          </Button>
          <Button size="small" onClick={() => setAct('refuse')}>
            {t('refuse')}
          </Button>
        </>
      ) : null}
      {activation.state === 'running' && may('activation.propose') ? (
        <>
          {device ? (
            <Button size="small" onClick={() => setAct('extend')}>
              {t('extend')}
            </Button>
          ) : null}
          <Button size="small" onClick={() => setAct('end')}>
            {t('end')}
          </Button>
        </>
      ) : null}
      {act ? <ActForm act={act} activation={activation} onClose={() => setAct(null)} /> : null}
    </Space>
  )
}

function ActForm({ act, activation, onClose }: { act: Act; activation: Activation; onClose: () => void }) {
  const t = useWords(deviceWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const said = {
    refreshes: ['activations', 'devices', 'tasks', 'positions'],
    onDone: () => void message.success(t('done')),
  }
  const approve = useDo(activations.approve, said)
  const refuse = useDo(activations.refuse, said)
  const extend = useDo(activations.extend, said)
  const end = useDo(activations.end, said)
  const params = { id: activation.id }
  const { revision } = activation
  // Whether a device is needed any more is for who approved it; what happened to the person is not.
  const decided = activation.regime === 'device'
  return (
    <FormDialog<Filled>
      title={`${t(act)} · ${activation.person.name}`}
      note={
        act === 'approve' ? (
          <p>{t('approveNote')}</p>
        ) : act === 'end' ? (
          <>
            <p>{t('endNote')}</p>
            {decided ? (
              <p>
                {t('removalNote')}{' '}
                <Link to="/matters/deviceUse/new" search={{ person: activation.person.id }}>
                  {t('removalBegin')}
                </Link>
              </p>
            ) : null}
          </>
        ) : null
      }
      initial={{
        document: activation.document,
        assessedOn: dayOf(now()),
        lastDay: addDays(activation.lastDay, 90),
        ...(decided ? {} : { why: 'removal' as const }),
      }}
      onClose={onClose}
      onSend={(v) =>
        act === 'approve'
          ? approve.mutateAsync({
              params,
              body: { ...(v.document ? { document: v.document } : {}), ...(v.note ? { note: v.note } : {}), revision },
            })
          : act === 'refuse'
            ? refuse.mutateAsync({ params, body: { reason: v.reason, revision } })
            : act === 'extend'
              ? extend.mutateAsync({
                  params,
                  body: { assessedOn: v.assessedOn, assessment: v.assessment, lastDay: v.lastDay, revision },
                })
              : end.mutateAsync({ params, body: { why: v.why, reason: v.reason, revision } })
      }
    >
      {act === 'approve' ? (
        <>
          <Form.Item name="document" label={t('document')}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="note" label={t('note')}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </>
      ) : null}
      {act === 'extend' ? (
        <>
          <div className="zj-formrow">
            <Form.Item
              name="assessedOn"
              label={t('assessedOn')}
              rules={[...chosen(t('assessedOn')), isDay(c('badDay'))]}
            >
              <DayField />
            </Form.Item>
            <Form.Item name="lastDay" label={t('lastDay')} rules={[...chosen(t('lastDay')), isDay(c('badDay'))]}>
              <DayField />
            </Form.Item>
          </div>
          <Form.Item name="assessment" label={t('assessment')} rules={needed(t('assessment'))}>
            <Input.TextArea rows={4} maxLength={1000} showCount />
          </Form.Item>
        </>
      ) : null}
      {act === 'end' ? (
        <Form.Item name="why" label={t('endWhy')} rules={chosen(t('endWhy'))}>
          <Select
            options={(decided ? facts : (['removal', ...facts] as const)).map((value) => ({
              value,
              label: t(endWord[value]),
            }))}
          />
        </Form.Item>
      ) : null}
      {act === 'refuse' || act === 'end' ? (
        <Form.Item name="reason" label={c('reason')} rules={needed(c('reason'))}>
          <Input.TextArea rows={3} maxLength={200} showCount />
        </Form.Item>
      ) : null}
    </FormDialog>
  )
}
