import { type MatterRow, matters } from '@zhijiao/contract/matters'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { Alert, Button, Form, Input, Modal, Radio } from 'antd'
import { useMemo, useState } from 'react'
import { call, refresh, useAsk } from '../../ui/api.ts'
import { type Batched, BatchResult } from '../../ui/BatchResult.tsx'
import { useLanguage, useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { troubleOf } from '../../ui/problem.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { AboutForm } from './about.ts'
import { Consequence } from './Consequence.tsx'
import { type Fault, Faults, faultsOf, ownFaults } from './Faults.tsx'
import { FormFields } from './FormFields.tsx'
import { stepSaid } from './said.ts'
import { type Filled, toSend } from './values.ts'
import { matterWords } from './words.ts'

/** Sent a few at a time, so that progress is real and a long batch is no one request. */
const atOnce = 10
const formName = 'batch'

/** 批量办理: one way for several matters at the same step; each stands or falls alone and says why. */
export function BatchDialog({
  of,
  chosen,
  onClose,
}: {
  of: Procedure
  chosen: readonly MatterRow[]
  onClose: (acted: boolean) => void
}) {
  const t = useWords(matterWords)
  const { list } = useStringing()
  const c = useWords(common)
  const say = useSpoken()
  const language = useLanguage()
  const complain = useComplain()
  const [form] = Form.useForm()
  const [way, setWay] = useState<string | null>(null)
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [sent, setSent] = useState(0)
  const [result, setResult] = useState<Omit<Batched, 'sent'> | null>(null)
  const step = of.steps.find((s) => s.id === chosen[0]?.step)
  const taken = step?.ways.find((w) => w.id === way)
  // What holds for the first holds for all of one step; whoever is an exception is named in the result.
  const sample = useAsk(matters.get, { params: { id: chosen[0]?.id ?? '' } })
  const about = useMemo(() => ({ matter: chosen[0]?.id ?? '', person: null, org: chosen[0]?.org ?? null }), [chosen])
  const names = useMemo(() => new Map(chosen.map((m) => [m.id, m.who])), [chosen])
  if (!step) return null
  const closed = sample.data?.ways.find((w) => !w.open && w.why)
  const busy = result !== null && !result.over

  const go = async () => {
    if (!taken) {
      setFaults([{ path: ['way'], text: c('required', { label: t('batchWay') }) }])
      return
    }
    const note = String(form.getFieldValue('note') ?? '').trim()
    try {
      if (taken.tone !== 'back') await form.validateFields()
    } catch (error) {
      setFaults(ownFaults(error))
      return
    }
    if (taken.tone !== 'on' && note === '') {
      setFaults([{ path: ['note'], text: t('noteMissing', { way: say(taken) }) }])
      return
    }
    setFaults([])
    const values = toSend(step.form ?? [], (form.getFieldValue('form') ?? {}) as Filled)
    let done = 0
    const refused: { id: string; text: string }[] = []
    setResult({ done, refused, over: false })
    for (let at = 0; at < chosen.length; at += atOnce) {
      const some = chosen.slice(at, at + atOnce)
      try {
        const answer = await call(matters.actOnMany, {
          body: {
            matters: some.map(({ id, revision }) => ({ id, revision })),
            way: taken.id,
            form: values,
            ...(note ? { note } : {}),
          },
        })
        done += answer.done.length
        refused.push(...answer.refused.map((r) => ({ id: r.id, text: say(r) })))
      } catch (error) {
        const trouble = troubleOf(error, language)
        if (at === 0 && trouble.fields.length > 0) {
          setFaults(faultsOf(form, trouble, ['form']))
          setResult(null)
          return
        }
        complain(error)
        refused.push(...chosen.slice(at).map((m) => ({ id: m.id, text: trouble.text })))
        setSent(chosen.length)
        break
      }
      setSent(at + some.length)
      setResult({ done, refused: [...refused], over: false })
    }
    setResult({ done, refused, over: true })
    refresh('matters', 'tasks', 'documents')
  }
  return (
    <Modal
      open
      title={t('batchTitle', { n: chosen.length, step: stepSaid(of, step.id, language) })}
      width={680}
      mask={{ closable: false }}
      closable={!busy}
      keyboard={!busy}
      onCancel={() => onClose(result !== null)}
      footer={
        result ? (
          <Button type="primary" disabled={busy} onClick={() => onClose(true)}>
            {c('close')}
          </Button>
        ) : (
          <>
            <Button onClick={() => onClose(false)}>{c('cancel')}</Button>
            <Button type="primary" danger={taken?.tone === 'no'} onClick={() => void go()}>
              {t('batchGo', { n: chosen.length })}
            </Button>
          </>
        )
      }
    >
      {result ? (
        <BatchResult
          of={{ ...result, sent }}
          total={chosen.length}
          names={names}
          doing={t('batchDoing', { done: sent, n: chosen.length })}
          done={t('batchDone', { n: result.done })}
          left={t('batchRefused', { n: result.refused.length })}
          note={<p className="zj-tight">{t('batchStays')}</p>}
        />
      ) : (
        <AboutForm value={about}>
          {closed?.why ? <Alert className="zj-gap" type="warning" showIcon title={say(closed.why)} /> : null}
          <Faults form={formName} of={faults} />
          <p className="zj-muted">{list(chosen.map((m) => m.who))}</p>
          <Form form={form} name={formName} layout="vertical">
            <Form.Item label={t('batchWay')} required>
              <Radio.Group
                id={`${formName}_way`}
                aria-label={t('batchWay')}
                value={way}
                onChange={(e) => setWay(e.target.value)}
                options={step.ways.map((w) => ({ value: w.id, label: say(w) }))}
              />
            </Form.Item>
            <FormFields fields={step.form ?? []} path={['form']} />
            <Form.Item name="note" label={taken && taken.tone !== 'on' ? t('noteNeeded') : t('noteOnly')}>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
            </Form.Item>
          </Form>
          {taken ? <Consequence of={of} step={step} way={taken} /> : null}
        </AboutForm>
      )}
    </Modal>
  )
}
