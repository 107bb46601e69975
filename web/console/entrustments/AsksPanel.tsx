import { type Entrustment, type EntrustmentAsk, entrustments } from '@zhijiao/contract/entrustments'
import { App, Button, Form, Input, Space } from 'antd'
import { useState } from 'react'
import { call, refresh } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { FilesField } from '../procedures/FilesField.tsx'
import { AskItem } from './AskItem.tsx'
import { entrustWords } from './words.ts'

type Way = 'answer' | 'agree' | 'decline'

/** What the county asks of this organ: a question, an annex, more time; answered here once. */
export function AsksPanel({ of }: { of: Entrustment }) {
  const t = useWords(entrustWords)
  const [act, setAct] = useState<{ ask: EntrustmentAsk; way: Way } | null>(null)
  if (of.asks.length === 0) return null
  const ways = (ask: EntrustmentAsk): readonly Way[] => (ask.kind === 'extension' ? ['agree', 'decline'] : ['answer'])
  return (
    <Panel title={t('asks')}>
      <ul className="zj-asks">
        {[...of.asks].reverse().map((ask) => (
          <AskItem
            key={ask.id}
            of={ask}
            acts={
              ask.state === 'open' ? (
                <Space wrap>
                  {ways(ask).map((way) => (
                    <Button
                      key={way}
                      type={way === 'decline' ? 'default' : 'primary'}
                      onClick={() => setAct({ ask, way })}
                    >
                      {t(way)}
                    </Button>
                  ))}
                </Space>
              ) : null
            }
          />
        ))}
      </ul>
      {act ? <Answer id={of.id} {...act} onClose={() => setAct(null)} /> : null}
    </Panel>
  )
}

function Answer({ id, ask, way, onClose }: { id: string; ask: EntrustmentAsk; way: Way; onClose: () => void }) {
  const t = useWords(entrustWords)
  const needed = useNeeded()
  const { message } = App.useApp()
  const fill = { from: ask.dueBefore ?? '—', to: ask.newDue ?? '—' }
  const title = way === 'answer' ? t(ask.kind) : way === 'agree' ? t('agreeTitle', fill) : t('declineTitle')
  const needsWords = way === 'decline' || ask.kind === 'question'
  return (
    <FormDialog<{ words?: string; files?: string[] }>
      title={title}
      okText={t(way)}
      onClose={onClose}
      note={
        <p className="zj-wrap">
          {way === 'agree' ? t('agreeNote', fill) : way === 'decline' ? t('declineNote', fill) : ask.words}
        </p>
      }
      onSend={async ({ words = '', files = [] }) => {
        await call(entrustments.reply, {
          params: { id, askId: ask.id },
          body: { words, files, ...(way === 'answer' ? {} : { agrees: way === 'agree' }) },
        })
        refresh('entrustments', 'files')
        void message.success(t('replied'))
      }}
    >
      <Form.Item
        name="words"
        label={way === 'decline' ? t('why') : t('replyWords')}
        rules={needsWords ? needed(way === 'decline' ? t('why') : t('replyWords')) : []}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={1000} showCount />
      </Form.Item>
      <Form.Item name="files" label={t('replyFiles')}>
        <FilesField label={t('replyFiles')} />
      </Form.Item>
    </FormDialog>
  )
}
