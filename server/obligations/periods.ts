import { type CivilDate, plusDays, plusMonths } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import { levelsOf } from '@zhijiao/law/level-setting'
import { settingOf } from '@zhijiao/law/levels'

/** Every how long a duty recurs. */
export interface Every {
  readonly count: number
  readonly unit: 'd' | 'w' | 'm'
}

const words = { d: ['日', 'day'], w: ['周', 'week'], m: ['个月', 'month'] } as const

/** Reads `2w`, `1m`, `10d`; null when it is nothing of the kind. */
export function readEvery(text: string): Every | null {
  const given = /^\s*(\d{1,3})\s*([dwm])\s*$/.exec(text)
  const count = Number(given?.[1])
  return given && count > 0 ? { count, unit: given[2] as Every['unit'] } : null
}

/**
 * Reads `1=1m,2=2w,3=1w` for one level; null: nothing is asked for at that level (`4=-`, or none named). A level that
 * the setting does not name takes the period of the nearest milder one that it names. `order`: the codes, mildest first.
 */
export function everyAt(setting: string, level: string, order: readonly string[]): Every | null {
  const named = new Map<string, string>()
  for (const part of setting.split(/[,，、;；]/)) {
    const [at, every] = part.split('=')
    if (at && every && !named.has(at.trim())) named.set(at.trim(), every)
  }
  const at = settingOf(level, order, (code) => named.has(code))
  return at === undefined ? null : readEvery(named.get(at) ?? '')
}

/** The same by the law in force: what a setting asks of a level, in the order of the levels there. */
export const everyIn = (law: Law, setting: string, level: string): Every | null =>
  everyAt(
    law.text(setting),
    level,
    levelsOf(law).offered.map((l) => l.code),
  )

export const everySaid = ({ count, unit }: Every) => {
  const [zh, en] = words[unit]
  return {
    zh: count === 1 ? (unit === 'm' ? '每月一次' : `每${zh}一次`) : `每 ${count} ${zh}一次`,
    en: count === 1 ? `once every ${en}` : `once every ${count} ${en}s`,
  }
}

/** A length in words: 3 个月, 30 日. */
export const lengthSaid = ({ count, unit }: Every) => {
  const [zh, en] = words[unit]
  return { zh: `${count} ${zh}`, en: `${count} ${en}${count === 1 ? '' : 's'}` }
}

/** The day `n` lengths after the anchor; months clamp to their last day, always counted from the anchor. */
export function stepFrom(anchor: CivilDate, { count, unit }: Every, n: number): CivilDate {
  return unit === 'm' ? plusMonths(anchor, count * n) : plusDays(anchor, count * n * (unit === 'w' ? 7 : 1))
}

/** The first day of the period that `on` lies in, on the lattice of the anchor; the anchor itself when it is later. */
export function periodAt(anchor: CivilDate, every: Every, on: CivilDate): CivilDate {
  let n = 0
  while (stepFrom(anchor, every, n + 1) <= on) n++
  return stepFrom(anchor, every, n)
}

/** The next day of the lattice after `day`. */
export function nextOnLattice(anchor: CivilDate, every: Every, day: CivilDate): CivilDate {
  let n = 0
  while (stepFrom(anchor, every, n) <= day) n++
  return stepFrom(anchor, every, n)
}
