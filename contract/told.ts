const instantIn = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/
/** A word of the program: letters and figures with no Chinese and no space among them, unless it is a date. */
const coded = /^(?!\d{4}-\d\d-\d\d$)[\w.+:/,-]*$/

const isSaid = (value: unknown): value is { zh: string; en: string } =>
  typeof value === 'object' && value !== null && 'zh' in value && typeof value.zh === 'string'

/** Instants that mean something to a reader, by the name they are kept under; the others stay in the payload. */
const moments: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  due: ['期限', 'due'],
  startsAt: ['起', 'from'],
  endsAt: ['止', 'until'],
  until: ['至', 'until'],
  endedAt: ['结束', 'ended'],
  startedAt: ['通话时间', 'call at'],
  at: ['时间', 'at'],
}

/** 2026-11-21 22:30, Asia/Shanghai. */
const minute = (iso: string) => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/**
 * The texts of a ledger entry's payload as people say them: sentences in the reader's language, instants by name. Codes,
 * ids, hashes and nested data are left out; whoever needs them reads the payload itself.
 */
export function toldOf(payload: Readonly<Record<string, unknown>>, language: 'zh' | 'en'): string[] {
  const told: string[] = []
  for (const [name, value] of Object.entries(payload)) {
    if (isSaid(value)) told.push(language === 'en' && value.en ? value.en : value.zh)
    else if (typeof value !== 'string' || value.length < 2) continue
    else if (instantIn.test(value)) {
      const words = Object.hasOwn(moments, name) ? moments[name] : undefined
      if (words) told.push(`${words[language === 'zh' ? 0 : 1]} ${minute(value)}`)
    } else if (!coded.test(value)) told.push(value)
  }
  return told
}
