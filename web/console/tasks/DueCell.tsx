import type { Task } from '@zhijiao/contract/tasks'
import { Tooltip } from 'antd'
import { Cite } from '../../ui/Cite.tsx'
import { Countdown } from '../../ui/Countdown.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { useTold } from '../../ui/useTold.ts'
import { taskWords } from './words.ts'

type Clock = Task['clock']

/** A due day in one cell: how long is left, which day, how it is counted, by which article. */
export function DueCell({ clock, paused = false }: { clock: Clock; paused?: boolean }) {
  const t = useWords(taskWords)
  const say = useSpoken()
  const told = useTold()
  return (
    <div className="zj-due">
      {paused ? (
        <Mark tone="yellow">{t('clockRests')}</Mark>
      ) : clock.uncounted ? (
        <Tooltip title={say(clock.uncounted)} {...told.popover}>
          <button type="button" className="zj-due-why" {...told.button}>
            <Mark tone="yellow">{t('dueUnknown')}</Mark>
          </button>
        </Tooltip>
      ) : clock.dueAt ? (
        <Countdown until={clock.dueAt} />
      ) : (
        <span className="zj-muted">{clock.counted ? say(clock.counted) : '—'}</span>
      )}
      <span className="zj-due-basis">
        {clock.dueOn && !paused ? <span className="zj-muted zj-small">{t('dueOn', { day: clock.dueOn })}</span> : null}
        {clock.citation ? <Cite of={clock.citation} /> : null}
      </span>
    </div>
  )
}
