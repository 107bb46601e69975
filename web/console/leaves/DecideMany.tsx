import { type Leave, leaves } from '@zhijiao/contract/permits'
import { Alert, Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { call, refresh } from '../../ui/api.ts'
import { type Batched, BatchResult } from '../../ui/BatchResult.tsx'
import { useNeeded } from '../../ui/FormDialog.tsx'
import { useLanguage, useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { troubleOf } from '../../ui/problem.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { leaveWords } from './words.ts'

/** Sent a few at a time, so that progress is real and a long batch is no one request. */
const atOnce = 5

/** 批量审批: each leave is judged anew for itself; those that cannot be decided are named with the reason. */
export function DecideMany({ chosen, onClose }: { chosen: readonly Leave[]; onClose: (acted: boolean) => void }) {
  const t = useWords(leaveWords)
  const c = useWords(common)
  const say = useSpoken()
  const { list } = useStringing()
  const language = useLanguage()
  const needed = useNeeded()
  const complain = useComplain()
  const [form] = Form.useForm<{ verdict: 'approved' | 'refused'; note: string }>()
  const [result, setResult] = useState<Batched | null>(null)
  const names = new Map(chosen.map((l) => [l.id, l.person.name]))
  const busy = result !== null && !result.over

  const go = async ({ verdict, note }: { verdict: 'approved' | 'refused'; note: string }) => {
    let done = 0
    const refused: { id: string; text: string }[] = []
    setResult({ sent: 0, done, refused, over: false })
    for (let at = 0; at < chosen.length; at += atOnce) {
      const some = chosen.slice(at, at + atOnce)
      try {
        const answer = await call(leaves.decideMany, {
          body: { leaves: some.map(({ id, revision }) => ({ id, revision })), verdict, note },
        })
        done += answer.done.length
        refused.push(...answer.refused.map((r) => ({ id: r.id, text: say(r) })))
      } catch (error) {
        complain(error)
        const { text } = troubleOf(error, language)
        refused.push(...chosen.slice(at).map((l) => ({ id: l.id, text })))
        break
      }
      setResult({ sent: at + some.length, done, refused: [...refused], over: false })
    }
    setResult({ sent: chosen.length, done, refused, over: true })
    refresh('leaves', 'tasks', 'documents')
  }
  return (
    <Modal
      open
      title={t('decideManyTitle', { n: chosen.length })}
      width={640}
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
            <Button type="primary" onClick={() => form.submit()}>
              {c('submit')}
            </Button>
          </>
        )
      }
    >
      {result ? (
        <BatchResult
          of={result}
          total={chosen.length}
          names={names}
          doing={t('decideManyDoing', { done: result.sent, n: chosen.length })}
          done={t('decideManyDone', { n: result.done })}
          left={t('decideManyLeft', { n: result.refused.length })}
        />
      ) : (
        <>
          <Alert className="zj-gap" type="info" title={t('decideManyNote')} />
          <p className="zj-muted">{list(chosen.map((l) => l.person.name))}</p>
          <Form
            form={form}
            name="decideMany"
            layout="vertical"
            initialValues={{ verdict: 'approved' }}
            onFinish={(filled) => void go(filled)}
          >
            <Form.Item name="verdict" label={t('decide')}>
              <Radio.Group
                options={[
                  { value: 'approved', label: t('approve') },
                  { value: 'refused', label: t('refuse') },
                ]}
              />
            </Form.Item>
            <Form.Item name="note" label={t('note')} rules={needed(t('note'))}>
              <Input.TextArea rows={3} maxLength={500} showCount />
            </Form.Item>
          </Form>
        </>
      )}
    </Modal>
  )
}
