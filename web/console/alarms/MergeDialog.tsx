import { type AlarmFile, alarms } from '@zhijiao/contract/alarms'
import { App, Form, Input, Radio } from 'antd'
import { useAsk, useDo } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { minute } from '../../ui/format.ts'
import { LevelMark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { alarmWords } from './words.ts'

/** 合并: another open alarm of the same person becomes part of this one, which goes on under the earlier clock. */
export function MergeDialog({ alarm, onClose }: { alarm: AlarmFile; onClose: () => void }) {
  const t = useWords(alarmWords)
  const say = useSpoken()
  const { message } = App.useApp()
  const chosen = useChosen()
  const needed = useNeeded()
  const others = useOthers(alarm)
  const merge = useDo(alarms.merge, {
    refreshes: ['alarms', 'tasks'],
    onDone: () => void message.success(t('mergeDone')),
  })
  const [only] = others.items.length === 1 ? others.items : []
  if (others.pending) return <Waiting />
  return (
    <FormDialog<{ other: string; reason: string }>
      title={t('mergeTitle', { n: alarm.number })}
      okText={t('merge')}
      note={<p>{t('mergeNote')}</p>}
      initial={only ? { other: only.id } : {}}
      onClose={onClose}
      onSend={({ other, reason }) =>
        merge.mutateAsync({
          params: { id: alarm.id },
          body: {
            other,
            reason,
            revision: alarm.revision,
            otherRevision: others.items.find((o) => o.id === other)?.revision ?? 1,
          },
        })
      }
    >
      {others.items.length === 0 ? <EmptyState why="nothing" what={t('mergeNone')} /> : null}
      <Form.Item name="other" label={t('mergeOther')} rules={chosen(t('mergeOther'))}>
        <Radio.Group className="zj-merge-list">
          {others.items.map((one) => (
            <Radio key={one.id} value={one.id}>
              <LevelMark level={one.level} /> {t('number', { n: one.number })} · {say(one.kindName)} ·{' '}
              {minute(one.detectedAt)}
              <span className="zj-muted zj-small zj-merge-said">{say(one.said)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="reason" label={t('mergeReason')} extra={t('mergeReasonHint')} rules={needed(t('mergeReason'))}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  )
}

/** The person's other alarms that are still open: what could be one matter with this. */
export function useOthers(alarm: AlarmFile) {
  const asked = useAsk(
    alarms.list,
    { query: { person: alarm.person.id, state: ['raised', 'claimed'], size: 50 } },
    { enabled: alarm.may.includes('merge') },
  )
  return {
    pending: asked.isLoading,
    items: (asked.data?.items ?? []).filter((one) => one.id !== alarm.id && one.level >= alarm.level),
  }
}
