/** A number as an old system gave it (文号): kept as written, compared and counted by what it says. */
export interface OldNumber {
  /** The number as it stands on the paper, without what surrounds it. */
  readonly text: string
  /** The same for the same number, whichever brackets, spaces, digits or leading zeros it was written with. */
  readonly key: string
  /** Year and serial, where they can be read from it; of one that says neither nothing is counted on. */
  readonly year: number | null
  readonly serial: number | null
}

const pairs: Readonly<Record<string, string>> = {
  '〔': '（',
  '[': '（',
  '(': '（',
  '【': '（',
  '〕': '）',
  ']': '）',
  ')': '）',
  '】': '）',
}

/** No register of a county reaches a million papers of one kind in a year: what reads so is something else. */
const greatest = 999_999

/** Two numbers of one key are one number: （2025）示社矫训字第12号, 〔2025〕示社矫训字第 012 号. */
export function numberKey(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[〔〕[\]()【】]/g, (sign) => pairs[sign] ?? sign)
    .replace(/\s/g, '')
    .replace(/第0+(?=\d)/, '第')
}

/** Reads 「（2025）示社矫训字第 12 号」: the year in brackets, the serial before 号 or at the end. */
export function oldNumber(text: string): OldNumber {
  const key = numberKey(text)
  const year = Number(/（((?:19|20)\d{2})）/.exec(key)?.[1] ?? Number.NaN)
  const serial = Number(/(\d+)(?:号|$)/.exec(key)?.[1] ?? Number.NaN)
  const read = Number.isInteger(year) && Number.isInteger(serial) && serial >= 1 && serial <= greatest
  return { text: text.trim(), key, year: read ? year : null, serial: read ? serial : null }
}
