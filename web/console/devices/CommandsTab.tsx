import { type DeviceCommand, devices } from '@zhijiao/contract/devices'
import { actorSaid } from '@zhijiao/contract/facts'
import { App, Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { minute, short } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { now } from '../../ui/time.ts'
import { useMay } from '../me.ts'
import { useSpelling } from './spelling.ts'
import { deviceWords } from './words.ts'

const kinds = {
  locate: 'cLocate',
  burst: 'cBurst',
  interval: 'cInterval',
  text: 'cText',
  selfCheck: 'cSelfCheck',
  readParameters: 'cReadParameters',
  stop: 'cStop',
} as const
const states = {
  waiting: 'sWaiting',
  sent: 'sSent',
  answered: 'sAnswered',
  refused: 'sRefused',
  unsupported: 'sUnsupported',
  expired: 'sExpired',
  withdrawn: 'sWithdrawn',
} as const

/** What the device was told, and what it answered. */
export function CommandsTab({ id }: { id: string }) {
  const t = useWords(deviceWords)
  const may = useMay()
  const say = useSpoken()
  const spelling = useSpelling()
  const [sending, setSending] = useState(false)
  return (
    <>
      <SearchTable
        name="device.commands"
        label={t('commands')}
        kept={devices.commands}
        params={{ id }}
        rowKey={(line) => line.id}
        every={5_000}
        empty={{ what: t('noCommands') }}
        tools={() =>
          may('device.command') ? (
            <Button type="primary" onClick={() => setSending(true)}>
              {t('send')}
            </Button>
          ) : null
        }
        columns={[
          { key: 'command', title: t('command'), render: (line) => t(kinds[line.command.kind]) },
          {
            key: 'state',
            title: t('state'),
            render: (line) => (
              <>
                <Mark tone={line.state === 'refused' ? 'yellow' : 'quiet'}>{t(states[line.state])}</Mark>
                {line.sentAt ? (
                  <div className="zj-muted zj-small">
                    {t(line.sends > 1 ? 'sentTimes' : 'sentOnce', { n: line.sends, at: short(line.sentAt, now()) })}
                  </div>
                ) : null}
              </>
            ),
          },
          {
            key: 'asked',
            title: t('asked'),
            render: (line) => `${minute(line.askedAt)} ${say(actorSaid(line.askedBy))}`,
          },
          {
            key: 'answered',
            title: t('answered'),
            render: (line) => (line.answeredAt ? minute(line.answeredAt) : '—'),
          },
          { key: 'why', title: t('why'), width: 240, render: (line) => line.why },
          {
            key: 'reply',
            title: t('reply'),
            width: 260,
            render: (line) =>
              line.withdrawn ? `${minute(line.withdrawn.at)} ${say(line.withdrawn.says)}` : spelling.line(line.detail),
          },
        ]}
      />
      {sending ? <SendForm id={id} onClose={() => setSending(false)} /> : null}
    </>
  )
}

interface Filled {
  kind: DeviceCommand['kind']
  intervalS?: number
  validityS?: number
  text?: string
  why: string
}

function SendForm({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useWords(deviceWords)
  const needed = useNeeded()
  const { message } = App.useApp()
  const [form] = Form.useForm<Filled>()
  const kind = Form.useWatch('kind', form)
  const send = useDo(devices.command, { onDone: () => void message.success(t('done')) })
  return (
    <FormDialog<Filled>
      title={t('send')}
      form={form}
      initial={{ kind: 'locate', intervalS: 10, validityS: 120 }}
      onClose={onClose}
      onSend={({ why, ...filled }) => send.mutateAsync({ params: { id }, body: { command: commandOf(filled), why } })}
    >
      <Form.Item name="kind" label={t('command')}>
        <Select options={Object.entries(kinds).map(([value, word]) => ({ value, label: t(word) }))} />
      </Form.Item>
      {kind === 'burst' || kind === 'interval' ? (
        <Form.Item name="intervalS" label={t('intervalS')}>
          <InputNumber min={5} max={86_400} precision={0} />
        </Form.Item>
      ) : null}
      {kind === 'burst' ? (
        <Form.Item name="validityS" label={t('validityS')}>
          <InputNumber min={10} max={3600} precision={0} />
        </Form.Item>
      ) : null}
      {kind === 'text' ? (
        <Form.Item name="text" label={t('text')} rules={needed(t('text'))}>
          <Input.TextArea rows={2} maxLength={200} showCount />
        </Form.Item>
      ) : null}
      <Form.Item name="why" label={t('why')} rules={needed(t('why'))}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}

function commandOf({ kind, intervalS = 10, validityS = 120, text = '' }: Omit<Filled, 'why'>): DeviceCommand {
  if (kind === 'burst') return { kind, intervalS, validityS }
  if (kind === 'interval') return { kind, seconds: intervalS }
  if (kind === 'text') return { kind, text }
  return { kind }
}
