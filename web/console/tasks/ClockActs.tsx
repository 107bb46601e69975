import { Link } from '@tanstack/react-router'
import { type Task, tasks } from '@zhijiao/contract/tasks'
import { placeWritten } from '@zhijiao/law/article'
import { App, Button, Dropdown, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { call, refresh } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { FileIds } from './FileIds.tsx'
import { placeOf } from './places.ts'
import { taskWords } from './words.ts'

type Act = 'pause' | 'resume' | 'extend'

/** What the law lets be done to the clock of this task; nothing is offered that it does not. */
export function ClockActs({ task }: { task: Task }) {
  const t = useWords(taskWords)
  const [act, setAct] = useState<Act | null>(null)
  const { extension, pauses } = task.clockTerms
  const items = [
    ...(extension && !task.paused && task.clock.dueOn ? [{ key: 'extend', label: t('extend') }] : []),
    ...(pauses.length > 0 && !task.paused ? [{ key: 'pause', label: t('pause') }] : []),
    ...(task.paused ? [{ key: 'resume', label: t('resume') }] : []),
  ]
  if (items.length === 0) return null
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => setAct(key as Act) }}>
        <Button size="small" type="link">
          {t('clockActs')}
        </Button>
      </Dropdown>
      {act === 'extend' ? <Extend task={task} onClose={() => setAct(null)} /> : null}
      {act === 'pause' || act === 'resume' ? <Rest task={task} act={act} onClose={() => setAct(null)} /> : null}
    </>
  )
}

function Extend({ task, onClose }: { task: Task; onClose: () => void }) {
  const t = useWords(taskWords)
  const c = useWords(common)
  const say = useSpoken()
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const { extension } = task.clockTerms
  if (!extension) return null
  return (
    <FormDialog<{
      newDue: string
      agreedWith: string
      agreedOn: string
      level?: 'county' | 'city' | 'province'
      reason: string
      files?: string[]
    }>
      title={t('extend')}
      note={
        <>
          <p>
            {t('extendNote', {
              whose: say(extension.whose),
              due: task.clock.dueOn ?? '—',
              article: placeWritten(extension.citation),
            })}
          </p>
          {task.kind === 'matter.assessment' ? (
            <p>
              {t('extendDesk')} <Link to={placeOf(task) ?? '/tasks'}>{t('extendAsk')}</Link>
            </p>
          ) : null}
        </>
      }
      onClose={onClose}
      onSend={async (filled) => {
        await call(tasks.extend, {
          params: { id: task.id },
          body: { ...filled, files: filled.files ?? [], revision: task.revision },
        })
        refresh('tasks')
        void message.success(t('extended'))
      }}
    >
      <Form.Item name="newDue" label={t('newDue')} rules={[...needed(t('newDue')), isDay(c('badDay'))]}>
        <DayField />
      </Form.Item>
      <Form.Item name="agreedWith" label={t('agreedWith')} rules={needed(t('agreedWith'))}>
        <Input maxLength={80} placeholder={say(extension.whose)} />
      </Form.Item>
      {extension.by === 'approval' ? (
        <Form.Item name="level" label={t('approvalLevel')} rules={chosen(t('approvalLevel'))}>
          <Select
            options={(['county', 'city', 'province'] as const).map((level) => ({ value: level, label: t(level) }))}
          />
        </Form.Item>
      ) : null}
      <Form.Item name="agreedOn" label={t('agreedOn')} rules={[...needed(t('agreedOn')), isDay(c('badDay'))]}>
        <DayField />
      </Form.Item>
      <Form.Item name="reason" label={c('reason')} rules={needed(c('reason'))}>
        <Input.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
      <Form.Item name="files" label={t('agreement')} rules={chosen(t('agreement'))}>
        <FileIds about={{ person: task.person?.id ?? null, subject: task.subject }} />
      </Form.Item>
    </FormDialog>
  )
}

function Rest({ task, act, onClose }: { task: Task; act: 'pause' | 'resume'; onClose: () => void }) {
  const t = useWords(taskWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  return (
    <FormDialog<{ cause: 'custody' | 'away' | 'hospital'; reason: string }>
      title={t(act)}
      note={<p>{t(act === 'pause' ? 'pauseNote' : 'resumeNote')}</p>}
      onClose={onClose}
      onSend={async ({ cause, reason }) => {
        const at = { params: { id: task.id } }
        if (act === 'pause') await call(tasks.pause, { ...at, body: { cause, reason, revision: task.revision } })
        else await call(tasks.resume, { ...at, body: { reason, revision: task.revision } })
        refresh('tasks')
      }}
    >
      {act === 'pause' ? (
        <Form.Item name="cause" label={t('cause')} rules={chosen(t('cause'))}>
          <Select options={task.clockTerms.pauses.map((cause) => ({ value: cause, label: t(cause) }))} />
        </Form.Item>
      ) : null}
      <Form.Item name="reason" label={c('reason')} rules={needed(c('reason'))}>
        <Input.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
    </FormDialog>
  )
}
