import { type Level, levelNamed, levelsSetting, settingOf } from '@zhijiao/law/levels'
import type { Language, Pair } from '../../ui/language.ts'
import { levelsNow } from '../../ui/levels.ts'

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
  'both | departure': ['', ''],
  '1 = delegated, 0 = not': ['', ''],
  'days, comma between': ['日前', 'days ahead'],
  'hours, comma between': ['小时前', 'hours ahead'],
  'codes, comma between; - none': ['', ''],
  'level=number and d, w or m; - none': ['', ''],
  'code=name/English name, comma between': ['', ''],
  'number and d or m, comma between': ['前', 'ahead'],
  promptly: ['及时', 'promptly'],
  immediately: ['立即', 'immediately'],
}

/** Levels as SET-34 writes them, for reading; whether they are right the server says. */
const levelsIn = (text: string): readonly Level[] =>
  text.split(/[,，]/).map((part) => {
    const [code = '', names = ''] = part.split('=').map((word) => word.trim())
    const [zh = '', en = zh] = names.split('/').map((name) => name.trim())
    return { code, zh, en }
  })

/** The levels of a list of settings or of a draft; those in force where it sets none. */
export function levelsAmong(values: Readonly<Record<string, Value | undefined>>): readonly Level[] {
  const text = values[levelsSetting]
  return typeof text === 'string' && text.trim() ? levelsIn(text) : levelsNow().offered
}

/** 7 日, 3–24 个月; a duty without a number reads by its unit alone. `levels`: of the same draft or list, else those in force. */
export function valueText(
  value: Value,
  unit: string | null,
  language: Language,
  levels: readonly Level[] = levelsNow().offered,
): string {
  const said = unit ? (units[unit]?.[language === 'zh' ? 0 : 1] ?? unit) : ''
  if (value === null) return said || '—'
  const text = wordsOf(value, unit, language, levels)
  return said ? `${text} ${said}` : text
}

/** Texts that settings are kept as, in words: `1=1m,2=2w` reads 宽松每 1 个月、普通每 2 周. */
function wordsOf(
  value: Exclude<Value, null>,
  unit: string | null,
  language: Language,
  levels: readonly Level[],
): string {
  const at = language === 'zh' ? 0 : 1
  if (typeof value === 'object') return `${value.min}–${value.max}`
  const text = String(value)
  const known = said[unit ?? '']?.[text] ?? said['']?.[text]
  if (known) return known[at]
  const parts = text.split(',')
  if (unit?.startsWith('level=')) return periodsSaid(parts, levels, language)
  if (unit?.startsWith('code='))
    return levelsIn(text)
      .map((l) => `${l.code} ${l[language]}`)
      .join(at === 0 ? '、' : ', ')
  if (/^\d+[dwm]$/.test(parts[0] ?? '')) return parts.map((part) => span(part, at)).join(at === 0 ? '、' : ', ')
  return unit?.includes('comma between') ? parts.join(at === 0 ? '、' : ', ') : text
}

const none: Pair = ['不设', 'none']
const said: Readonly<Record<string, Readonly<Record<string, Pair>>>> = {
  'both | departure': {
    both: ['出发日、返回日均计入', 'both count'],
    departure: ['只计出发日', 'departure only'],
  },
  '1 = delegated, 0 = not': { 1: ['已委托', 'delegated'], 0: ['未委托', 'not delegated'] },
  'codes, comma between; - none': { '-': none },
  'level=number and d, w or m; - none': { '-': none },
  '': {
    'monthly/quarterly/yearly': ['每月／每季／每年', 'monthly, quarterly, yearly'],
    '1d/1w/1m/1q/1y': ['每日／每周／每月／每季／每年', 'daily, weekly, monthly, quarterly, yearly'],
    monthly: ['每月', 'monthly'],
    '3m/1m': ['前 3 个月／最后 1 个月', 'first 3 months, last month'],
  },
}
const lengths: Readonly<Record<string, Pair>> = { d: ['日', 'd'], w: ['周', 'w'], m: ['个月', 'mo'] }

function span(text: string, at: 0 | 1): string {
  const [, n = '', unit = ''] = /^(\d+)([dwm])$/.exec(text.trim()) ?? []
  return n ? `${n} ${lengths[unit]?.[at] ?? unit}` : text
}

/** Every level with its period; one that the text does not name says from which milder level it has it. */
function periodsSaid(parts: readonly string[], levels: readonly Level[], language: Language): string {
  const zh = language === 'zh'
  const named = new Map(
    parts.map((part) => {
      const [code = '', period = '-'] = part.split('=').map((word) => word.trim())
      return [code, period]
    }),
  )
  const order = levels.map((l) => l.code)
  const of = (code: string) => levelNamed({ offered: levels, former: levelsNow().former }, code)
  const beside = [...named.keys()].filter((code) => !order.includes(code))
  return [...order, ...beside]
    .map((code) => {
      const from = settingOf(code, order, (one) => named.has(one))
      const period = from === undefined ? '-' : (named.get(from) ?? '-')
      const name = of(code)[language]
      const said = period === '-' ? (zh ? '不设' : ' none') : zh ? `每 ${span(period, 0)}` : ` every ${span(period, 1)}`
      const as = from === undefined || from === code ? '' : zh ? `（未写，同${of(from).zh}）` : ` (as ${of(from).en})`
      return `${name}${said}${as}`
    })
    .join(zh ? '、' : ', ')
}

export const sameValue = (a: Value, b: Value): boolean =>
  typeof a === 'object' && typeof b === 'object' && a && b ? a.min === b.min && a.max === b.max : a === b
