import { dayOf, daysBetween, duration } from '../../ui/format.ts'
import { type Language, sayIn } from '../../ui/language.ts'
import { matterWords } from './words.ts'

export interface Left {
  readonly state: 'calm' | 'soon' | 'over'
  readonly text: string
  /** The last day on which it is in time, Asia/Shanghai. */
  readonly lastDay: string
}

/** Days before the last one from which a clock asks for attention. */
const soonDays = 3

/**
 * A deadline in plain words: 还剩 3 天, 今天到期, 已超期 2 天. Counted in civil days of Asia/Shanghai; a deadline at
 * midnight belongs to the day before. On its last day, and on the first day past it, a clock of hours says the hours.
 */
export function leftUntil(dueAt: string, nowMs: number, language: Language): Left {
  const due = new Date(dueAt).getTime()
  const t = sayIn(matterWords, language)
  const lastDay = dayOf(due - 1)
  const days = daysBetween(dayOf(nowMs), lastDay)
  const wholeDay = dayOf(due) !== lastDay
  if (nowMs >= due)
    return {
      state: 'over',
      lastDay,
      text: days < 0 ? t('overBy', { n: -days }) : t('overByTime', { time: duration(nowMs - due, language) }),
    }
  const state = days <= soonDays ? 'soon' : 'calm'
  if (days > 0) return { state, lastDay, text: t('dueIn', { n: days }) }
  return { state, lastDay, text: wholeDay ? t('dueToday') : t('dueInTime', { time: duration(due - nowMs, language) }) }
}
