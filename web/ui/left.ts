import { dayOf, daysBetween, duration } from './format.ts'
import { type Language, sayIn } from './language.ts'
import { common } from './words.ts'

export interface Left {
  readonly state: 'calm' | 'soon' | 'over'
  readonly text: string
  /** The last day on which it is in time, Asia/Shanghai. */
  readonly lastDay: string
}

/** Days before the last one from which a clock asks for attention. */
const soonDays = 3

/**
 * A deadline in plain words, the same of a matter, a task and an alarm: 还剩 3 天, 今天到期, 已超期 2 天. Counted in civil
 * days of Asia/Shanghai; a deadline at midnight belongs to the day before. Within 24 hours of it, before or after, a clock of
 * hours says the hours.
 */
export function leftUntil(dueAt: string, nowMs: number, language: Language): Left {
  const due = new Date(dueAt).getTime()
  const t = sayIn(common, language)
  const lastDay = dayOf(due - 1)
  const days = daysBetween(dayOf(nowMs), lastDay)
  const wholeDay = dayOf(due) !== lastDay
  const inHours = !wholeDay && Math.abs(due - nowMs) < 24 * 3_600_000
  const time = duration(due - nowMs, language)
  if (nowMs >= due)
    return { state: 'over', lastDay, text: inHours ? t('overByTime', { time }) : t('overBy', { n: -days }) }
  const state = days <= soonDays ? 'soon' : 'calm'
  if (inHours) return { state, lastDay, text: t('dueInTime', { time }) }
  return { state, lastDay, text: days > 0 ? t('dueIn', { n: days }) : t('dueToday') }
}
