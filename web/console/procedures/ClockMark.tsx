import { BookOutlined, ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import type { Citation } from '@zhijiao/contract/common'
import type { Static } from '@zhijiao/contract/kernel'
import { placeWritten } from '@zhijiao/law/article'
import { Button, Popover, Tooltip } from 'antd'
import { minute } from '../../ui/format.ts'
import { useLanguage, useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { leftUntil } from '../../ui/left.ts'
import { useNow } from '../../ui/time.ts'
import { useTold } from '../../ui/useTold.ts'
import { matterWords } from './words.ts'

type Cited = Static<typeof Citation>
interface Timed {
  readonly dueAt: string | null
  readonly citation: Cited | null
  readonly counted?: { zh: string; en: string } | null
  readonly uncounted?: { zh: string; en: string } | null
}

/** The clock of a matter in plain words; pointer, tap or focus shows the article it comes from. */
export function ClockMark({ of }: { of: Timed }) {
  const t = useWords(matterWords)
  const { named } = useStringing()
  const say = useSpoken()
  const language = useLanguage()
  const now = useNow(60_000)
  const told = useTold()
  if (!of.dueAt)
    return of.uncounted ? (
      <Tooltip title={say(of.uncounted)}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable without a pointer */}
        <span className="zj-muted" tabIndex={0}>
          {t('uncounted')}
        </span>
      </Tooltip>
    ) : (
      <span className="zj-muted">{t('noClock')}</span>
    )
  const left = leftUntil(of.dueAt, now, language)
  const words = (
    <span className={`zj-count zj-count-${left.state}`}>
      {left.state === 'over' ? <ExclamationCircleFilled aria-hidden /> : <ClockCircleOutlined aria-hidden />}{' '}
      {left.text}
    </span>
  )
  if (!of.citation) return <Tooltip title={minute(of.dueAt)}>{words}</Tooltip>
  return (
    <Popover
      {...told.popover}
      title={placeWritten(of.citation)}
      content={
        <div className="zj-cite">
          <p>{named(t('lawful'), t('until2', { day: left.lastDay }))}</p>
          {of.counted ? <p>{say(of.counted)}</p> : null}
          {/* Law is quoted in its own language, never translated. */}
          <p lang="zh-CN">{of.citation.zh}</p>
        </div>
      }
    >
      <Button type="link" size="small" className="zj-cite-button" {...told.button}>
        {words} <BookOutlined aria-hidden />
      </Button>
    </Popover>
  )
}
