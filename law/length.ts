/** Lengths of penalties and terms as judgments write them: 一年六个月, 1年6个月, 十八个月, 两年, 半年. */

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** A whole number below a hundred, in Chinese or Arabic numerals; null for anything else. */
function numberIn(text: string): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text)
  const ten = text.indexOf('十')
  if (ten < 0) return digits[text] ?? null
  const [before, after] = [text.slice(0, ten), text.slice(ten + 1)]
  const [tens, ones] = [before === '' ? 1 : digits[before], after === '' ? 0 : digits[after]]
  return tens === undefined || ones === undefined ? null : tens * 10 + ones
}

const numeral = '[\\d零〇一二两三四五六七八九十]+'
const length = new RegExp(`^(?:(${numeral})年)?(?:又|零)?(?:(${numeral})个?月)?$`)

/** Whole months of a length in words; null where it is written otherwise or counts days. */
export function monthsInWords(text: string): number | null {
  const plain = text.replace(/\s/g, '')
  if (plain === '半年') return 6
  const found = length.exec(plain)
  if (!found || plain === '') return null
  const [years, months] = [found[1], found[2]].map((part) => (part === undefined ? 0 : numberIn(part)))
  return typeof years === 'number' && typeof months === 'number' ? years * 12 + months : null
}
