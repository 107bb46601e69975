import type { Task } from '@zhijiao/contract/tasks'
import { useActor } from '../../ui/actor.ts'
import { Cite } from '../../ui/Cite.tsx'
import { minute } from '../../ui/format.ts'
import { useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { OwnFiles } from './OwnFiles.tsx'
import { taskWords } from './words.ts'

/** What one row has no room for: how the clock is counted, what was done to it, who was called. */
export function TaskMore({ task, attaches = false }: { task: Task; attaches?: boolean }) {
  const t = useWords(taskWords)
  const { list } = useStringing()
  const actor = useActor()
  const say = useSpoken()
  return (
    <dl className="zj-task-more">
      <dt>{t('howCounted')}</dt>
      <dd>
        {task.clock.counted ? say(task.clock.counted) : t(task.clock.dueAt ? 'setClock' : 'noClock')}
        {task.clock.uncounted ? <strong> {say(task.clock.uncounted)}</strong> : null}
      </dd>
      <dt>{t('reminded')}</dt>
      <dd>{task.remindedAt ? minute(task.remindedAt) : t('notYet')}</dd>
      {task.clockChanges.length > 0 ? (
        <>
          <dt>{t('clockHistory')}</dt>
          <dd>
            <ul className="zj-rows">
              {task.clockChanges.map((change) => (
                <li key={`${change.what}${change.at}`}>
                  <span>
                    {minute(change.at)} {actor(change.by)} {t(change.what)}
                    {change.agreedWith ? ` · ${change.agreedWith} ${change.agreedOn ?? ''}` : ''} · {change.reason}
                    {change.dueAfter ? ` · ${t('dueOn', { day: minute(change.dueAfter).slice(0, 10) })}` : ''}
                  </span>
                  {change.citation ? <Cite of={change.citation} /> : null}
                </li>
              ))}
            </ul>
          </dd>
        </>
      ) : null}
      {task.called.length > 0 ? (
        <>
          <dt>{t('calledWho')}</dt>
          <dd>{list(task.called.map((one) => `${one.name} ${minute(one.at)}`))}</dd>
        </>
      ) : null}
      {attaches ? (
        <>
          <dt>{t('attachments')}</dt>
          <dd>
            <OwnFiles subject={task.subject} />
          </dd>
        </>
      ) : null}
    </dl>
  )
}
