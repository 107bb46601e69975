import type { Shift } from '@zhijiao/contract/roster'
import { Button, Grid } from 'antd'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { clock, daysOf, gapsOf, type Stretch, standingOn, stretchesOf } from './week.ts'
import { rosterWords } from './words.ts'

const places = ['duty', 'head'] as const
const dayWords = ['day0', 'day1', 'day2', 'day3', 'day4', 'day5', 'day6'] as const

interface WeekProps {
  readonly org: string
  readonly monday: string
  readonly today: string
  readonly shifts: readonly Shift[]
  readonly onSee: (shift: Shift) => void
  readonly onAdd?: (day: string) => void
}

interface Line {
  readonly key: string
  readonly unit: string
  readonly place: (typeof places)[number]
  readonly shifts: readonly Shift[]
  readonly own: boolean
}

/** The week as a table; on a phone, day by day. The units above follow, because alarms climb to them. */
export function WeekTable(props: WeekProps) {
  const { md } = Grid.useBreakpoint()
  const lines = linesOf(props)
  return md === false ? <DayList {...props} lines={lines} /> : <WeekGrid {...props} lines={lines} />
}

function linesOf({ org, shifts }: WeekProps): Line[] {
  const above = [...new Set(shifts.map((s) => s.org))]
    .filter((code) => code !== org)
    .sort((a, b) => b.length - a.length)
  return [org, ...above].flatMap((code) =>
    places.map((place) => ({
      key: `${code}.${place}`,
      unit: shifts.find((s) => s.org === code)?.orgName ?? '',
      place,
      shifts: shifts.filter((s) => s.org === code && s.place === place),
      own: code === org,
    })),
  )
}

function WeekGrid({ monday, today, lines, onSee, onAdd }: WeekProps & { lines: Line[] }) {
  const t = useWords(rosterWords)
  const days = daysOf(monday)
  return (
    <div className="zj-panel zj-panel-flush zj-roster-scroll">
      <table className="zj-roster">
        <caption className="zj-hidden">{t('title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('place')}</th>
            {days.map((day, i) => (
              <th key={day} scope="col" {...(day === today ? { 'aria-current': 'date' as const } : {})}>
                <DayHead day={day} index={i} {...(onAdd && day >= today ? { onAdd } : {})} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className={line.own ? '' : 'zj-roster-above'}>
              <th scope="row" title={t(line.place === 'duty' ? 'dutyHint' : 'headHint')}>
                {t(line.place)}
                {line.unit ? <div className="zj-small zj-muted">{line.unit}</div> : null}
              </th>
              {days.map((day) => (
                <td key={day} className={day === today ? 'zj-roster-today' : ''}>
                  <DayOfLine line={line} day={day} today={today} onSee={onSee} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DayHead({ day, index, onAdd }: { day: string; index: number; onAdd?: (day: string) => void }) {
  const t = useWords(rosterWords)
  const name = `${t(dayWords[index] ?? 'day0')} ${day.slice(5)}`
  return onAdd ? (
    <Button type="text" size="small" aria-label={`${t('set')} ${name}`} title={t('set')} onClick={() => onAdd(day)}>
      {name} <span aria-hidden="true">＋</span>
    </Button>
  ) : (
    <span>{name}</span>
  )
}

/** On a phone today comes first; what is past waits at the end. */
function DayList({ monday, today, lines, onSee, onAdd }: WeekProps & { lines: Line[] }) {
  const all = daysOf(monday).map((day, i) => ({ day, i }))
  const days = [...all.filter(({ day }) => day >= today), ...all.filter(({ day }) => day < today)]
  return (
    <div className="zj-roster-days">
      {days.map(({ day, i }) => (
        <section key={day} className={`zj-panel${day === today ? ' zj-roster-today' : ''}`}>
          <h2 className="zj-roster-head">
            <DayHead day={day} index={i} {...(onAdd && day >= today ? { onAdd } : {})} />
          </h2>
          {lines.map((line) => (
            <div key={line.key} className="zj-roster-line">
              <LineName line={line} />
              <DayOfLine line={line} day={day} today={today} onSee={onSee} />
            </div>
          ))}
        </section>
      ))}
    </div>
  )
}

function LineName({ line }: { line: Line }) {
  const t = useWords(rosterWords)
  return (
    <span className="zj-muted zj-small">
      {t(line.place)} {line.own ? '' : line.unit}
    </span>
  )
}

function DayOfLine({ line, day, today, onSee }: { line: Line; day: string; today: string; onSee: (s: Shift) => void }) {
  const t = useWords(rosterWords)
  const stretches = stretchesOf(line.shifts, day)
  if (stretches.length === 0) return <span className="zj-muted zj-small">{day < today ? t('past') : t('open')}</span>
  // A day half covered is what people overlook; a day with nobody is plain to see.
  const gaps = line.own && day >= today ? gapsOf(stretches) : []
  return (
    <div className="zj-roster-cell">
      {stretches.map((s) => (
        <StretchButton key={s.shift.id} of={s} onSee={onSee} />
      ))}
      {gaps.map((g) => (
        <Mark key={g.from} tone={line.place === 'duty' ? 'yellow' : 'quiet'}>
          {t('gap', { from: clock(g.from), until: clock(g.until) })}
        </Mark>
      ))}
    </div>
  )
}

function StretchButton({ of, onSee }: { of: Stretch; onSee: (s: Shift) => void }) {
  const t = useWords(rosterWords)
  const { shift, from, until } = of
  const standing = standingOn(of, now())
  return (
    <button type="button" className={`zj-roster-shift zj-roster-${standing}`} onClick={() => onSee(shift)}>
      <strong>{shift.staff.name}</strong>
      <span>
        {clock(from)}–{clock(until)}
      </span>
      {standing === 'running' ? <span className="zj-small">{t('running')}</span> : null}
      {shift.handedFrom ? <span className="zj-small">{t('handed')}</span> : null}
    </button>
  )
}
