import type { Language, Pair } from '../../ui/language.ts'

export type Value = number | string | { min: number; max: number } | null

/** The law data's own units in both languages; one it does not know stays as it came. */
const units: Readonly<Record<string, Pair>> = {
  'working day': ['个工作日', 'working days'],
  day: ['日', 'days'],
  month: ['个月', 'months'],
  year: ['年', 'years'],
  hour: ['小时', 'hours'],
  minute: ['分钟', 'minutes'],
  second: ['秒', 'seconds'],
  metre: ['米', 'metres'],
  'metre/second': ['米/秒', 'm/s'],
  positions: ['个定位', 'positions'],
  '%': ['%', '%'],
  times: ['次', 'times'],
  person: ['人', 'persons'],
  grounds: ['种情形', 'grounds'],
  admonitions: ['次训诫', 'admonitions'],
  warnings: ['次警告', 'warnings'],
  penalty: ['次处罚', 'penalties'],
  'per day': ['次/日', 'a day'],
  'per month': ['次/月', 'a month'],
  'month (every)': ['个月一次', 'months, every'],
  'day in 2 months': ['日/两个月内', 'days in two months'],
  'day/day': ['日/日', 'days for days'],
  'day/year': ['日/年', 'days a year'],
  'local time': ['（北京时间）', '(Beijing time)'],
  promptly: ['及时', 'promptly'],
  immediately: ['立即', 'immediately'],
}

/** 7 日, 3–24 个月; a duty without a number reads by its unit alone. */
export function valueText(value: Value, unit: string | null, language: Language): string {
  const said = unit ? (units[unit]?.[language === 'zh' ? 0 : 1] ?? unit) : ''
  if (value === null) return said || '—'
  const text = typeof value === 'object' ? `${value.min}–${value.max}` : String(value)
  return said ? `${text} ${said}` : text
}

export const sameValue = (a: Value, b: Value): boolean =>
  typeof a === 'object' && typeof b === 'object' && a && b ? a.min === b.min && a.max === b.max : a === b
