import type { Law } from '@zhijiao/law/in-force'
import { isRuleId, type Rule } from '@zhijiao/law/rule'
import type { TaskRow } from './store.ts'

export type Said = { readonly zh: string; readonly en: string }
type CountedRow = Partial<
  Pick<TaskRow, 'clock_rule' | 'clock_from' | 'due_on' | 'clock_counted' | 'clock_unknown' | 'clock_min' | 'clock_said'>
>

/** Setting of the law's table: hours in which duty clocks run, `08:30-12:00,14:30-17:30`. */
export const dutyHours = 'SET-21'

const lengths = {
  day: { zh: ' 日', en: ['day', 'days'] },
  working: { zh: ' 个工作日', en: ['working day', 'working days'] },
  month: { zh: ' 个月', en: ['month', 'months'] },
  hour: { zh: ' 小时', en: ['hour', 'hours'] },
} as const

function length(amount: Rule['value'], unit: keyof typeof lengths): Said {
  if (amount === null) return { zh: '', en: '' }
  const { zh, en } = lengths[unit]
  const text = typeof amount === 'number' ? String(amount) : `${amount.min}–${amount.max}`
  return { zh: `${text}${zh}`, en: `${text} ${en[amount === 1 ? 0 : 1]}` }
}

/** A number of minutes as people say it. */
function minutesSaid(min: number): Said {
  const hours = min / 60
  return Number.isInteger(hours)
    ? length(hours, 'hour')
    : { zh: `${min} 分钟`, en: `${min} ${min === 1 ? 'minute' : 'minutes'}` }
}

/** How a clock that the law sets is counted, in words. */
function ruleCounted(rule: Rule): Said {
  if (rule.unit === 'promptly')
    return { zh: '法律要求“及时”，未定天数', en: 'promptly; the law names no number of days' }
  if (rule.unit === 'immediately') return { zh: '法律要求“立即”', en: 'at once' }
  if (rule.unit === 'hour') {
    const { zh, en } = length(rule.value, 'hour')
    return { zh: `${zh}，昼夜连续计算，节假日不停`, en: `${en}, counted day and night, holidays included` }
  }
  const unit = rule.unit === 'day' ? (rule.dayType === 'working' ? 'working' : 'day') : 'month'
  const { zh, en } = length(rule.value, unit)
  if (rule.kind === 'duration') return { zh: `${zh}，到期日为届满前一日`, en: `${en}, ending the day before` }
  if (rule.operator === 'ge')
    return { zh: `至迟提前${zh}，遇节假日不顺延`, en: `at least ${en} ahead, not moved by holidays` }
  if (unit === 'working') return { zh: `${zh}，不含首日`, en: `${en}, the first day not counted` }
  return rule.rolls
    ? {
        zh: `${zh}，不含首日，末日遇节假日顺延`,
        en: `${en}, the first day not counted, a last day on a holiday moves on`,
      }
    : { zh: `${zh}，不含首日，末日遇节假日不顺延`, en: `${en}, the first day not counted, not moved by holidays` }
}

/** How the clock of a task runs; null where there is none. */
export function countedIn(row: CountedRow, law: Law): Said | null {
  if (row.clock_said) return row.clock_said
  if (row.clock_rule && isRuleId(row.clock_rule)) return ruleCounted(law.read(row.clock_rule))
  if (!row.clock_min) return null
  const { zh, en } = minutesSaid(row.clock_min)
  if (row.clock_counted !== 'duty') return { zh: `${zh}，每日 24 小时连续计算`, en: `${en}, around the clock` }
  const hours = law.text(dutyHours).replaceAll('-', '–').replaceAll(',', '、')
  return {
    zh: `${zh}，仅工作时间计时（工作日 ${hours}）`,
    en: `${en}, counted in hours of duty only (working days ${hours.replaceAll('、', ', ')})`,
  }
}

/** The rule of its clock is known, the day it is counted from is not. */
export const waits = (row: Partial<Pick<TaskRow, 'clock_rule' | 'clock_from' | 'due_on'>>): boolean =>
  Boolean(row.clock_rule) && row.clock_from === null && row.due_on === null

/** Why a clock that the law sets has no due day. */
export function uncountedIn(row: CountedRow): Said | null {
  if (waits(row))
    return {
      zh: '期限尚未起算：据以起算的材料未收齐',
      en: 'the clock has not begun: what it is counted from is not all there',
    }
  if (!row.clock_unknown) return null
  return {
    zh: `${row.clock_unknown} 年放假调休安排尚未录入，期限暂不能计算；录入后自动补算`,
    en: `the holiday arrangement of ${row.clock_unknown} is not loaded; the deadline is counted as soon as it is`,
  }
}
