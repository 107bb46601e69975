import type { LegalPaper } from '@zhijiao/contract/documents'
import { notices } from '@zhijiao/contract/notices'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { newId } from '../../ui/newId.ts'
import { Panel } from '../../ui/Page.tsx'
import { useMay } from '../me.ts'
import { documentWords } from './words.ts'

const stateWord = { queued: 'noticeQueued', sent: 'noticeSent', failed: 'noticeFailed' } as const
const tone = { queued: 'blue', sent: 'green', failed: 'red' } as const

/** Short messages (短信) that a paper waits for the person: what was sent, what became of it, another one. */
export function NoticesPanel({ paper }: { paper: LegalPaper }) {
  const t = useWords(documentWords)
  const say = useSpoken()
  const { aside } = useStringing()
  const may = useMay()
  const { message } = App.useApp()
  const needed = useNeeded()
  const [id, setId] = useState<string | null>(null)
  const { data } = useAsk(notices.list, { params: { id: paper.id } }, { enabled: paper.person !== null, every: 30_000 })
  const send = useDo(notices.send, { refreshes: ['notices'], onDone: () => void message.success(t('noticeAsked')) })
  if (!data || (!data.on && data.items.length === 0 && !may('document.deliver'))) return null
  const why = data.on ? (data.to ? null : t('noticeNoPhone')) : t('noticeOff')
  return (
    <Panel title={t('notices')}>
      {data.items.length === 0 ? <p className="zj-muted">{t('noNotices')}</p> : null}
      <ul className="zj-tight">
        {data.items.map((one) => (
          <li key={one.id}>
            <Mark tone={tone[one.state]}>{t(stateWord[one.state])}</Mark> {minute(one.sentAt ?? one.askedAt)} · {one.to}{' '}
            · {one.askedBy}
            <div className="zj-muted">
              {one.text}
              {one.fault ? aside('', say(one.fault)) : ''}
            </div>
          </li>
        ))}
      </ul>
      {may('document.deliver') && paper.state === 'issued' ? (
        why ? (
          <p className="zj-muted zj-tight">{why}</p>
        ) : (
          <Button size="small" onClick={() => setId(newId())}>
            {t('noticeSend')}
          </Button>
        )
      ) : null}
      {id ? (
        <FormDialog<{ text: string }>
          title={t('noticeSend')}
          okText={t('noticeSendTo', { to: data.to ?? '' })}
          initial={{ text: data.suggested }}
          note={t('noticeNote')}
          onClose={() => setId(null)}
          onSend={({ text }) => send.mutateAsync({ params: { id: paper.id }, body: { id, text } })}
        >
          <Form.Item name="text" label={t('noticeText')} rules={needed(t('noticeText'))}>
            <Input.TextArea rows={4} maxLength={200} showCount />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Panel>
  )
}
