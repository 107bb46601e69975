/**
 * What a court of the twin decides (判决): a penalty and a term of correction that the Criminal Law allows for it (articles
 * 38, 42, 45, 73, 83). The twin counts days and months by itself, so that the product's own counting has a peer.
 */
import { addDays, type LegalDay } from '@zhijiao/geo/day'
import type { Chance } from '../chance.ts'

type Category = '01' | '02' | '03' | '04'
type Crimes = readonly [string, ...string[]]

/** Months of correction, as often as courts give them. */
const lengths = [
  [6, 10],
  [12, 30],
  [18, 20],
  [24, 20],
  [36, 15],
  [60, 5],
] as const

const crimes: Readonly<Record<Category, Crimes>> = {
  '01': ['聚众斗殴罪', '妨害公务罪'],
  '02': [
    '盗窃罪',
    '故意伤害罪',
    '开设赌场罪',
    '交通肇事罪',
    '诈骗罪',
    '掩饰、隐瞒犯罪所得罪',
    '帮助信息网络犯罪活动罪',
  ],
  '03': ['抢劫罪', '故意伤害罪', '贩卖毒品罪'],
  '04': ['贩卖毒品罪', '诈骗罪', '盗窃罪'],
}
/** Under a year of probation there is detention (拘役) alone, which is all that this crime is punished with. */
const detained: Crimes = ['危险驾驶罪']

/** How long the correction lasts, whole months; control at most two years. */
export function lengthOf(chance: Chance, category: Category): number {
  const months = chance.weighted<number>(lengths)
  return category === '01' ? Math.min(24, months) : months
}

export interface Sentence {
  readonly crime: string
  /** Penalty and probation (原判刑罚): 有期徒刑八个月，缓刑一年. */
  readonly penalty: string
  /** Length of the penalty alone (原判刑期). */
  readonly length: string
}

/** The penalty behind a correction of `months`. */
export function sentenceOf(chance: Chance, category: Category, months: number): Sentence {
  const isDetention = category === '02' && months < 12
  const crime = chance.pick(isDetention ? detained : crimes[category])
  if (category === '01') return { crime, penalty: `管制${lengthInWords(months)}`, length: lengthInWords(months) }
  if (category === '02') {
    // Probation is never shorter than the penalty, and of penalties only those up to three years are suspended.
    const least = isDetention ? 2 : Math.max(6, Math.ceil(months / 3))
    const length = lengthInWords(chance.whole(least, Math.min(36, months)))
    const kind = isDetention ? '拘役' : '有期徒刑'
    return { crime, penalty: `${kind}${length}，缓刑${lengthInWords(months)}`, length }
  }
  // Part of the penalty was served inside before: on parole at least half of it.
  const length = lengthInWords(months * 2 + 12 * chance.whole(category === '03' ? 1 : 0, 4))
  return { crime, penalty: `有期徒刑${length}`, length }
}

/**
 * Last day of a correction that begins on `start`. Control and probation end on the day before their anniversary; what is no
 * whole number of years and begins on the last of a month, before the last of one (SPC 2021, 202). Parole and service
 * outside prison end with the sentence, on whatever day that falls.
 */
export function lastDayOf(category: Category, start: LegalDay, months: number): LegalDay {
  if (category !== '01' && category !== '02') return addDays(start, Math.round(months * 30.4))
  const next = addDays(start, 1)
  if (months % 12 !== 0 && next.endsWith('-01')) return addDays(addMonths(next, months), -2)
  return addDays(addMonths(start, months), -1)
}

/** First day of a correction that ends on `end`, or up to three days before it where none ends on that day. */
export function firstDayOf(category: Category, end: LegalDay, months: number): LegalDay {
  if (category !== '01' && category !== '02') return addDays(end, -Math.round(months * 30.4))
  const first = addMonths(addDays(end, 1), -months)
  return lastDayOf(category, first, months) > end ? addDays(first, -1) : first
}

/** The day `months` later or earlier; the last of the month where the month is too short for it. */
export function addMonths(day: LegalDay, months: number): LegalDay {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return `${first.toISOString().slice(0, 8)}${String(Math.min(date, last)).padStart(2, '0')}`
}

const digits = '零一二三四五六七八九十'
const numeral = (n: number): string =>
  n <= 10
    ? digits.charAt(n)
    : `${n < 20 ? '' : digits.charAt(Math.floor(n / 10))}十${n % 10 === 0 ? '' : digits.charAt(n % 10)}`

/** 一年六个月. */
export function lengthInWords(months: number): string {
  const [years, rest] = [Math.floor(months / 12), months % 12]
  return `${years > 0 ? `${numeral(years)}年` : ''}${rest > 0 ? `${numeral(rest)}个月` : ''}`
}
