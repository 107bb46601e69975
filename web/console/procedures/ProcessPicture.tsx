import {
  CheckCircleFilled,
  ClockCircleOutlined,
  FlagFilled,
  FlagOutlined,
  MinusCircleOutlined,
  RightCircleFilled,
} from '@ant-design/icons'
import type { Matter } from '@zhijiao/contract/matters'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { useLayoutEffect, useRef } from 'react'
import { useActor } from '../../ui/actor.ts'
import { minute } from '../../ui/format.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { pictureOf, type Return } from './picture.ts'
import { endOf, endSaid, placeSaid, postSaid, stepSaid, waySaid } from './said.ts'
import { matterWords } from './words.ts'

const icons = {
  done: <CheckCircleFilled aria-hidden className="zj-tone-green" />,
  now: <RightCircleFilled aria-hidden className="zj-tone-blue" />,
  ahead: <ClockCircleOutlined aria-hidden className="zj-tone-quiet" />,
  passedOver: <MinusCircleOutlined aria-hidden className="zj-tone-quiet" />,
  end: <FlagFilled aria-hidden className="zj-tone-green" />,
}
/** An end that granted nothing is no green flag. */
const over = <FlagOutlined aria-hidden className="zj-tone-quiet" />
const words = { done: 'stDone', now: 'stNow', ahead: 'stAhead', passedOver: 'stPassedOver', end: 'stEnd' } as const
/** Width of a box with its arrow, pixels; the arcs of returns are drawn on the same measure. */
const cell = 190
const boxWidth = 158

/**
 * The picture of a process: which hands it went through, who has it now, what lies ahead, and every way back as an arc.
 * An ordered list first; the arrows are drawn beside it and said in words below it.
 */
export function ProcessPicture({ of, matter }: { of: Procedure; matter: Matter }) {
  const t = useWords(matterWords)
  const language = useLanguage()
  const actor = useActor()
  const frame = useRef<HTMLElement>(null)
  const { boxes, returns } = pictureOf(of, matter)
  // Whoever has it now is seen first, however long the way behind.
  const current = boxes.findIndex((box) => box.state === 'now')
  useLayoutEffect(() => {
    const at = frame.current
    if (at && current >= 0) at.scrollLeft = Math.max(0, (current + 1) * cell - at.clientWidth + boxWidth / 2)
  }, [current])
  const drawn = returns.filter((r) => r.from > r.to && r.to >= 0)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section ref={frame} className="zj-process-frame" tabIndex={0} aria-label={t('picture')}>
        <ol className="zj-process">
          {boxes.map((box) => (
            <li
              key={`${box.step}.${box.state}`}
              className={`zj-box zj-box-${box.state}`}
              {...(box.state === 'now' ? { 'aria-current': 'step' as const } : {})}
            >
              <div className="zj-box-name">
                {box.state === 'end' && endOf(of, box.step)?.tone !== 'good' ? over : icons[box.state]}{' '}
                {box.state === 'end' ? endSaid(of, box.step, language) : stepSaid(of, box.step, language)}
              </div>
              <div className="zj-small">
                {box.way
                  ? waySaid(of, box.step, box.way, '', language)
                  : t(box.step === 'register' ? 'stDone' : words[box.state])}
                {box.state === 'now' && matter.holder ? (
                  <div>
                    {matter.holder.unitName} {postSaid(matter.holder.post, language)}
                    <div>{matter.holder.staff ? matter.holder.staff.name : t('nobody')}</div>
                  </div>
                ) : null}
                {box.by ? <div>{actor(box.by)}</div> : null}
                {box.at ? (
                  <div className="zj-muted">
                    <time dateTime={box.at}>{minute(box.at)}</time>
                  </div>
                ) : null}
              </div>
            </li>
          ))}
        </ol>
        {drawn.length > 0 ? <Arcs of={drawn} width={boxes.length * cell} /> : null}
      </section>
      {returns.length > 0 ? (
        <ul className="zj-returns">
          {returns.map((r) => (
            <li key={r.id}>
              <strong className="zj-tone-yellow">↩ {t('returned')}</strong>{' '}
              {t('returnedBy', {
                from: stepSaid(of, r.step, language),
                to: placeSaid(of, r.toStep, language),
                way: waySaid(of, r.step, r.way, r.toStep, language),
              })}{' '}
              <span className="zj-muted zj-small">
                {r.by} · {minute(r.at)}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

/** Ways back, each a little deeper than the one before, so that none hides another. */
function Arcs({ of, width }: { of: readonly Return[]; width: number }) {
  const height = 22 + of.length * 9
  return (
    <svg className="zj-arcs" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {of.map((r, at) => {
        const [x1, x2] = [r.from * cell + boxWidth / 2 - 10, r.to * cell + boxWidth / 2 + 10]
        const y = 18 + at * 9
        return (
          <g key={r.id} stroke="#874d00" strokeWidth="1.5" fill="none">
            <path
              d={`M${x1},2 L${x1},${y - 6} Q${x1},${y} ${x1 - 6},${y} L${x2 + 6},${y} Q${x2},${y} ${x2},${y - 6} L${x2},8`}
            />
            <path d={`M${x2 - 4},8 L${x2},1 L${x2 + 4},8 z`} fill="#874d00" stroke="none" />
          </g>
        )
      })}
    </svg>
  )
}
