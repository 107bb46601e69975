/** Hours of the day such as LOC-07 `22:00-08:00`, Asia/Shanghai; the end may lie on the next day. */
export interface Hours {
  /** Minutes after midnight, 0–1439. */
  readonly from: number
  readonly until: number
}

/** Reads `HH:MM-HH:MM`; null when it is no such text, or no time at all lies between. */
export function readHours(text: string): Hours | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text.trim())
  if (!found) return null
  const [, a, b, c, d] = found
  const hours = { from: Number(a) * 60 + Number(b), until: Number(c) * 60 + Number(d) }
  return hours.from === hours.until ? null : hours
}
