import { type Alarm, alarms } from '@zhijiao/contract/alarms'
import { App, Button } from 'antd'
import { useDo } from '../../ui/api.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { alarmWords } from './words.ts'

/** 批量: seen or claimed, several at once. What a colleague was faster with is named, the rest is done. */
export function BatchBar({ chosen, onDone }: { chosen: readonly Alarm[]; onDone: () => void }) {
  const t = useWords(alarmWords)
  const c = useWords(common)
  const say = useSpoken()
  const { message, modal } = App.useApp()
  const complain = useComplain()
  const batch = useDo(alarms.batch, {
    refreshes: ['alarms', 'tasks'],
    onDone: ({ done, refused }) => {
      onDone()
      if (refused.length === 0) {
        void message.success(t('batchDone', { n: done.length }))
        return
      }
      modal.warning({
        title: t('batchSome', { n: done.length, bad: refused.length }),
        content: (
          <ul className="zj-tight">
            {refused.map((one) => (
              <li key={one.id}>
                {one.number === null ? '' : `${t('number', { n: one.number })} · `}
                {say(one)}
              </li>
            ))}
          </ul>
        ),
      })
    },
  })
  const send = (act: 'acknowledge' | 'claim') =>
    batch.mutate(
      { body: { act, items: chosen.map(({ id, revision }) => ({ id, revision })) } },
      { onError: (error) => complain(error) },
    )
  return (
    <div className="zj-batch" role="toolbar" aria-label={c('chosen', { n: chosen.length })}>
      <strong aria-live="polite">{c('chosen', { n: chosen.length })}</strong>
      <Button size="small" type="primary" loading={batch.isPending} onClick={() => send('acknowledge')}>
        {t('acknowledge')}
      </Button>
      <Button size="small" loading={batch.isPending} onClick={() => send('claim')}>
        {t('claim')}
      </Button>
      <Button size="small" type="link" onClick={onDone}>
        {c('clearChosen')}
      </Button>
    </div>
  )
}
