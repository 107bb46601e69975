import type { Language } from './language.ts'

/**
 * How times, durations and measures are written. Instants are always shown in Asia/Shanghai, whatever the zone of the
 * browser; civil dates are strings and never become a `Date` of the browser's zone.
 */
const zone = 'Asia/Shanghai'
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

type Instant = string | number | Date
const pieces = (at: Instant) => {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return null
  const found: Record<string, string> = {}
  for (const { type, value } of parts.formatToParts(date)) found[type] = value
  return { date: `${found.year}-${found.month}-${found.day}`, time: `${found.hour}:${found.minute}:${found.second}` }
}

/** 2026-11-21 08:30:05 */
export const instant = (at: Instant): string => {
  const p = pieces(at)
  return p ? `${p.date} ${p.time}` : '—'
}
/** 2026-11-21 08:30 */
export const minute = (at: Instant): string => instant(at).slice(0, 16)
/** 08:30:05 */
export const clockTime = (at: Instant): string => pieces(at)?.time ?? '—'
/** The civil date of an instant. */
export const dayOf = (at: Instant): string => pieces(at)?.date ?? '—'
/** 11-21 08:30, or 08:30 when it is today. */
export const short = (at: Instant, now: Instant): string => {
  const p = pieces(at)
  if (!p) return '—'
  return p.date === dayOf(now) ? p.time.slice(0, 5) : `${p.date.slice(5)} ${p.time.slice(0, 5)}`
}

const units = [
  { ms: 86_400_000, zh: '天', en: ['day', 'days'] },
  { ms: 3_600_000, zh: '小时', en: ['hour', 'hours'] },
  { ms: 60_000, zh: '分钟', en: ['minute', 'minutes'] },
  { ms: 1_000, zh: '秒', en: ['second', 'seconds'] },
] as const

/** A length of time in plain words, two units at most: “1 小时 5 分钟”. */
export function duration(ms: number, language: Language): string {
  let rest = Math.max(0, Math.abs(ms))
  const said: string[] = []
  for (const [i, unit] of units.entries()) {
    if (said.length === 2 || (unit.ms === 1_000 && said.length > 0)) break
    const n = Math.floor(rest / unit.ms)
    if (n === 0 && !(i === units.length - 1 && said.length === 0)) {
      if (said.length > 0) break
      continue
    }
    said.push(language === 'zh' ? `${n} ${unit.zh}` : `${n} ${unit.en[n === 1 ? 0 : 1]}`)
    rest -= n * unit.ms
  }
  return said.join(' ')
}

/** How long ago, one unit: “3 分钟前”, “刚刚”. */
export function ago(at: Instant, now: Instant, language: Language): string {
  const ms = new Date(now).getTime() - new Date(at).getTime()
  if (Number.isNaN(ms)) return '—'
  if (ms < 10_000) return language === 'zh' ? '刚刚' : 'just now'
  const unit = units.find((u) => ms >= u.ms) ?? units[3]
  const n = Math.floor(ms / unit.ms)
  return language === 'zh' ? `${n} ${unit.zh}前` : `${n} ${unit.en[n === 1 ? 0 : 1]} ago`
}

const dayMs = 86_400_000
const civil = (day: string) => Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)))
/** Days from one civil date to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((civil(to) - civil(from)) / dayMs)
export const addDays = (day: string, days: number): string =>
  new Date(civil(day) + days * dayMs).toISOString().slice(0, 10)
/** The instant a civil day starts in Asia/Shanghai, ISO UTC. China keeps no summer time since 1991. */
export const startOfDay = (day: string): string => new Date(civil(day) - 8 * 3_600_000).toISOString()

/**
 * A date as officers type it: 20261121, 2026-11-21, 2026/11/21, 2026.11.21, 2026年11月21日. Null when it is no day of the
 * calendar.
 */
export function typedDay(text: string): string | null {
  const found =
    /^\s*(\d{4})(\d{2})(\d{2})\s*$/.exec(text) ??
    /^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*$/.exec(text)
  if (!found) return null
  const day = `${found[1]}-${String(found[2]).padStart(2, '0')}-${String(found[3]).padStart(2, '0')}`
  const date = new Date(civil(day))
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day ? day : null
}

/** 2026-11-21 08:30 as typed, read in Asia/Shanghai, to an ISO instant. */
export function typedInstant(text: string): string | null {
  const [date = '', time = '00:00'] = text.trim().split(/[\sT]+/)
  const day = typedDay(date)
  const clock = /^([01]?\d|2[0-3])[:：]?([0-5]\d)(?:[:：]?([0-5]\d))?$/.exec(time)
  if (!day || !clock) return null
  const ms = ((Number(clock[1]) - 8) * 60 + Number(clock[2])) * 60_000 + Number(clock[3] ?? 0) * 1000
  return new Date(civil(day) + ms).toISOString()
}

/** Metres as people say them. */
export function distance(m: number, language: Language): string {
  if (m < 1000) return language === 'zh' ? `${Math.round(m)} 米` : `${Math.round(m)} m`
  const km = m / 1000
  const text = km < 10 ? km.toFixed(1) : Math.round(km).toLocaleString('en-US')
  return language === 'zh' ? `${text} 公里` : `${text} km`
}

export const count = (n: number): string => n.toLocaleString('en-US')
export const percent = (share: number): string => `${Math.round(share * 100)}%`
export const bytes = (n: number): string =>
  n < 1024 ? `${n} B` : n < 1048576 ? `${(n / 1024).toFixed(0)} KB` : `${(n / 1048576).toFixed(1)} MB`
