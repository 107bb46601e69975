const instantIn = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/
const dayIn = /^\d{4}-\d\d-\d\d$/
/** A word of the program: letters and figures with no Chinese and no space among them. */
const coded = /^[\w.+:/,-]*$/

const isSaid = (value: unknown): value is { zh: string; en: string } =>
  typeof value === 'object' && value !== null && 'zh' in value && typeof value.zh === 'string'

/** Days and instants that mean something to a reader, by the name they are kept under; the others stay in the payload. */
const moments: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  from: ['自', 'from'],
  startsAt: ['起', 'from'],
  until: ['至', 'until'],
  endsAt: ['止', 'until'],
  lastDay: ['末日', 'last day'],
  due: ['期限', 'due'],
  on: ['日期', 'on'],
  day: ['日期', 'day'],
  endedAt: ['结束', 'ended'],
  startedAt: ['通话时间', 'call at'],
  at: ['时间', 'at'],
}

/** 2026-11-21 22:30, Asia/Shanghai; an end at midnight is the last moment of the day before, and said as that day. */
function written(at: string): string {
  if (dayIn.test(at)) return at
  const local = new Date(Date.parse(at) + 8 * 3_600_000).toISOString()
  if (!local.includes('T00:00')) return local.slice(0, 16).replace('T', ' ')
  return new Date(Date.parse(local) - 1).toISOString().slice(0, 10)
}

/**
 * The texts of a ledger entry's payload as people say them: sentences in the reader's language, days and instants by name.
 * Codes, ids, hashes and nested data are left out; whoever needs them reads the payload itself.
 */
export function toldOf(payload: Readonly<Record<string, unknown>>, language: 'zh' | 'en'): string[] {
  const told: string[] = []
  for (const [name, value] of Object.entries(payload)) {
    if (isSaid(value)) told.push(language === 'en' && value.en ? value.en : value.zh)
    else if (typeof value !== 'string' || value.length < 2) continue
    else if (instantIn.test(value) || dayIn.test(value)) {
      const words = Object.hasOwn(moments, name) ? moments[name] : undefined
      if (words) told.push(`${words[language === 'zh' ? 0 : 1]} ${written(value)}`)
    } else if (!coded.test(value)) told.push(value)
  }
  return told
}
