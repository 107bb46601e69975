import { procedureOf } from '@zhijiao/contract/procedures/all'
import { type Task, tasks } from '@zhijiao/contract/tasks'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { call, refresh } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { useMay, useMe } from '../me.ts'
import { LinkButton } from '../procedures/LinkButton.tsx'
import { useMayBegin } from '../procedures/mayBegin.ts'
import { beginSaid } from '../procedures/said.ts'
import { taskWords } from './words.ts'

/** How a plain duty ends: by the business registered from it, by a word of its owner, called off by a head. */
export function HandActs({ task }: { task: Task }) {
  const t = useWords(taskWords)
  const language = useLanguage()
  const may = useMay()
  const me = useMe()
  const mayBegin = useMayBegin()
  const [act, setAct] = useState<'complete' | 'callOff' | null>(null)
  if (!task.byHand) return null
  const his = task.owner === null || task.owner.id === me.id
  const heads = may('task.transfer')
  if (!his && !heads) return null
  const begins = task.byHand.begins.flatMap((id) => procedureOf(id) ?? []).filter(mayBegin)
  return (
    <>
      {task.person
        ? begins.map((of) => (
            <LinkButton
              key={of.id}
              to={`/matters/${of.id}/new`}
              search={{ person: task.person?.id ?? '', task: task.id }}
              type="link"
            >
              {beginSaid(of, language)}
            </LinkButton>
          ))
        : null}
      <Button size="small" type="link" onClick={() => setAct('complete')}>
        {t('complete')}
      </Button>
      {heads ? (
        <Button size="small" type="link" onClick={() => setAct('callOff')}>
          {t('callOff')}
        </Button>
      ) : null}
      {act ? <Ending task={task} act={act} onClose={() => setAct(null)} /> : null}
    </>
  )
}

function Ending({ task, act, onClose }: { task: Task; act: 'complete' | 'callOff'; onClose: () => void }) {
  const t = useWords(taskWords)
  const c = useWords(common)
  const needed = useNeeded()
  const { message } = App.useApp()
  const label = act === 'complete' ? t('completeWhat') : c('reason')
  return (
    <FormDialog<{ text: string }>
      title={t(act)}
      okText={t(act)}
      note={<p>{t(act === 'complete' ? 'completeNote' : 'callOffNote')}</p>}
      onClose={onClose}
      onSend={async ({ text }) => {
        const at = { params: { id: task.id } }
        if (act === 'complete') await call(tasks.complete, { ...at, body: { note: text, revision: task.revision } })
        else await call(tasks.callOff, { ...at, body: { reason: text, revision: task.revision } })
        refresh('tasks')
        void message.success(t(act === 'complete' ? 'completed' : 'calledOff'))
      }}
    >
      <Form.Item name="text" label={label} rules={needed(label)}>
        <Input.TextArea rows={3} maxLength={act === 'complete' ? 500 : 200} showCount />
      </Form.Item>
    </FormDialog>
  )
}
