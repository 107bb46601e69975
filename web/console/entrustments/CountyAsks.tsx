import { type CountyAsks as Asks, askKinds, entrustments } from '@zhijiao/contract/entrustments'
import type { Matter } from '@zhijiao/contract/matters'
import { App, Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { call, keyOf, queries, useAsk } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { newId } from '../../ui/newId.ts'
import { Panel } from '../../ui/Page.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { AskItem } from './AskItem.tsx'
import { entrustWords } from './words.ts'

/** The county's side: what was asked of the organ that entrusted it, and a new question. Nothing where it came on paper. */
export default function CountyAsks({ matter }: { matter: Matter }) {
  const t = useWords(entrustWords)
  const complain = useComplain()
  const { modal } = App.useApp()
  const params = { id: matter.id }
  const asked = useAsk(entrustments.asks, { params }, { every: 60_000 })
  const [asking, setAsking] = useState(false)
  const took = (asks: Asks) => queries.setQueryData(keyOf(entrustments.asks, { params }), asks)
  if (!asked.data?.organ) return null
  const { organ, fetchedAt, asks } = asked.data
  const mine = matter.ways.some((way) => way.open)
  const signed = matter.passages.some((p) => p.step === 'sign' && p.way === 'sign')
  const takeBack = (askId: string) =>
    void modal.confirm({
      title: t('takeBack'),
      content: t('takeBackSure'),
      onOk: () =>
        call(entrustments.takeBack, { params: { id: matter.id, askId } })
          .then(took)
          .catch((error: unknown) => complain(error)),
    })
  return (
    <Panel
      title={t('countyAsks')}
      extra={
        mine ? (
          <Button size="small" onClick={() => setAsking(true)}>
            {t('askTitle')}
          </Button>
        ) : null
      }
    >
      <p className="zj-muted zj-small">
        {fetchedAt
          ? t('fetchedBy', { organ, time: minute(fetchedAt) })
          : t(signed ? 'fetchedNot' : 'onDesk', { organ })}
      </p>
      {asks.length === 0 ? (
        <p className="zj-muted zj-tight">{t('countyNone')}</p>
      ) : (
        <ul className="zj-asks">
          {[...asks].reverse().map((ask) => (
            <AskItem
              key={ask.id}
              of={ask}
              by={ask.askedBy}
              acts={
                mine && ask.state === 'open' ? (
                  <Button size="small" onClick={() => takeBack(ask.id)}>
                    {t('takeBack')}
                  </Button>
                ) : null
              }
            />
          ))}
        </ul>
      )}
      {asking ? <AskDialog matter={matter} onAsked={took} onClose={() => setAsking(false)} /> : null}
    </Panel>
  )
}

interface Wish {
  kind: (typeof askKinds)[number]
  words: string
  newDue?: string
}

function AskDialog({
  matter,
  onAsked,
  onClose,
}: {
  matter: Matter
  onAsked: (asks: Asks) => void
  onClose: () => void
}) {
  const t = useWords(entrustWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const [id] = useState(newId)
  const [form] = Form.useForm<Wish>()
  const kind = Form.useWatch('kind', form)
  // More time is asked for only where a clock runs.
  const kinds = askKinds.filter((one) => one !== 'extension' || matter.clock.dueAt !== null)
  return (
    <FormDialog<Wish>
      form={form}
      title={t('askTitle')}
      okText={t('askSend')}
      onClose={onClose}
      onSend={async ({ kind, words, newDue }) => {
        onAsked(
          await call(entrustments.ask, {
            params: { id: matter.id },
            body: { id, kind, words, ...(kind === 'extension' && newDue ? { newDue } : {}) },
          }),
        )
        void message.success(t('askSent'))
      }}
    >
      <Form.Item name="kind" label={t('askKind')} rules={chosen(t('askKind'))}>
        <Radio.Group options={kinds.map((one) => ({ value: one, label: t(one) }))} aria-label={t('askKind')} />
      </Form.Item>
      {kind === 'extension' ? (
        <Form.Item
          name="newDue"
          label={t('newDue')}
          extra={t('newDueHelp')}
          rules={[...needed(t('newDue')), isDay(c('badDay'))]}
        >
          <DayField />
        </Form.Item>
      ) : null}
      {kind === 'annex' ? <p className="zj-muted">{t(matter.step === 'assign' ? 'annexHolds' : 'annexRuns')}</p> : null}
      <Form.Item name="words" label={t('askWords')} rules={needed(t('askWords'))}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={1000} showCount />
      </Form.Item>
    </FormDialog>
  )
}
