import { type Task, tasks } from '@zhijiao/contract/tasks'
import { App, Form, Input, Select } from 'antd'
import { call, refresh, useAsk } from '../../ui/api.ts'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { taskWords } from './words.ts'

/** 批量转办: each for itself; those that cannot go stay and say why. */
export function BatchTransfer({
  chosen,
  onClose,
  onDone,
}: {
  chosen: readonly Task[]
  onClose: () => void
  onDone: () => void
}) {
  const t = useWords(taskWords)
  const { named } = useStringing()
  const c = useWords(common)
  const say = useSpoken()
  const needed = useNeeded()
  const chosenRule = useChosen()
  const { message, modal } = App.useApp()
  const receivers = useAsk(tasks.receivers, { params: { id: chosen[0]?.id ?? '' } }, { enabled: chosen.length > 0 })
  return (
    <FormDialog<{ to: string; reason: string }>
      title={t('transferMany', { n: chosen.length })}
      okText={t('transfer')}
      note={<p>{t('transferNote')}</p>}
      onClose={onClose}
      onSend={async (filled) => {
        const answer = await call(tasks.transferMany, { body: { ids: chosen.map((task) => task.id), ...filled } })
        refresh('tasks', 'alarms')
        onDone()
        if (answer.kept.length === 0) void message.success(t('movedMany', { n: answer.moved.length }))
        else
          modal.warning({
            title: t('keptMany', { n: answer.moved.length, kept: answer.kept.length }),
            content: (
              <ul>
                {answer.kept.map((one) => (
                  <li key={one.id}>
                    {named(
                      say(chosen.find((task) => task.id === one.id)?.title ?? { zh: one.id, en: one.id }),
                      say(one),
                    )}
                  </li>
                ))}
              </ul>
            ),
          })
      }}
    >
      <Form.Item name="to" label={t('transferTo')} rules={chosenRule(t('transferTo'))}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={receivers.isPending}
          options={receivers.data?.map((r) => ({ value: r.id, label: r.name }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={c('reason')} rules={needed(c('reason'))}>
        <Input.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
    </FormDialog>
  )
}
