import { evidence } from '@zhijiao/contract/evidence'
import { Alert, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { call, saveFile } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { dayOf } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { packWords } from './words.ts'

interface Filled {
  from?: string
  until?: string
  reason: string
}

/** Downloads a sealed pack about one alarm or one person, and says how anybody can check it. */
export function PackButton({ about, id }: { about: 'episode' | 'person'; id: string }) {
  const t = useWords(packWords)
  const c = useWords(common)
  const complain = useComplain()
  const needed = useNeeded()
  const [open, setOpen] = useState(false)
  const [got, setGot] = useState<string | null>(null)
  const today = dayOf(now())
  const head = async () => {
    try {
      const signed = await call(evidence.head, {})
      await saveFile(new Response(JSON.stringify(signed, null, 2)), `tree-head-${signed.size}.json`)
    } catch (error) {
      complain(error)
    }
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('button')}</Button>
      {open ? (
        <FormDialog<Filled>
          title={t('title')}
          okText={t('make')}
          note={<p>{t('note')}</p>}
          initial={about === 'person' ? { from: `${today.slice(0, 8)}01`, until: today } : {}}
          onClose={() => setOpen(false)}
          onSend={async ({ from, until, reason }) => {
            const answer = await call(evidence.export, {
              body: { about, id, reason, ...(from ? { from } : {}), ...(until ? { until } : {}) },
            })
            setGot(await saveFile(answer, 'evidence.zip'))
          }}
        >
          {about === 'person' ? (
            <div className="zj-formrow">
              <Form.Item name="from" label={t('from')} rules={[isDay(c('badDay'))]}>
                <DayField />
              </Form.Item>
              <Form.Item name="until" label={t('until')} rules={[isDay(c('badDay'))]}>
                <DayField />
              </Form.Item>
            </div>
          ) : null}
          <Form.Item name="reason" label={c('reason')} extra={c('reasonHint')} rules={needed(c('reason'))}>
            <Input.TextArea rows={3} maxLength={200} showCount />
          </Form.Item>
        </FormDialog>
      ) : null}
      <Modal open={got !== null} title={t('title')} footer={null} onCancel={() => setGot(null)}>
        <Alert type="success" showIcon title={t('ready', { name: got ?? '' })} />
        <p>{t('how')}</p>
        <pre className="zj-mono zj-wrap">npx zhijiao verify {got} --head tree-head.json</pre>
        <p className="zj-muted">{t('head')}</p>
        <Button onClick={() => void head()}>{t('getHead')}</Button>
      </Modal>
    </>
  )
}
