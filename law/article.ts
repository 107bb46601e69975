/**
 * Articles (条) in the words of the law: the data says `35(5)`, a person reads 第三十五条第（五）项. A place is quoted in
 * its own language whatever the reader's.
 */
const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const
const places = ['', '十', '百', '千'] as const

/** A number below 10,000 as articles are written: 三十四, 一百零五, 二百七十七; any other as it is. */
export function hanNumber(n: number): string {
  if (!Number.isInteger(n) || n <= 0 || n >= 10_000) return String(n)
  const text = String(n)
  let out = ''
  let zero = false
  for (const [i, digit] of [...text].entries()) {
    const d = Number(digit)
    if (d === 0) zero = out !== ''
    else {
      out += (zero ? '零' : '') + digits[d] + places[text.length - 1 - i]
      zero = false
    }
  }
  return out.startsWith('一十') ? out.slice(1) : out
}

const oneArticle = (number: string, item: string | undefined, paragraph?: string) =>
  [
    `第${hanNumber(Number(number))}条`,
    paragraph ? `第${hanNumber(Number(paragraph))}款` : '',
    item ? `第（${hanNumber(Number(item))}）项` : '',
  ].join('')

/**
 * `35(5)` → 第三十五条第（五）项; `77[2]` → 第七十七条第二款; `27+58` → 第二十七条、第五十八条; null for what names no
 * article.
 */
export function articlesWritten(article: string): string | null {
  const found = article.split(/[+,、]/).map((part) => /^\s*(\d+)(?:\[(\d+)\])?(?:\((\d+)\))?\s*$/.exec(part))
  const written = found.flatMap((m) => (m?.[1] ? oneArticle(m[1], m[3], m[2]) : []))
  return written.length === found.length ? written.join('、') : null
}

/**
 * Where a rule stands, in short: 社区矫正法实施办法第三十五条第（五）项. A rule that rests on two instruments (`A / B` with
 * articles `1 / 2`) names both; one whose article is not known (`条号待核`, `—`) names its source and says so.
 */
export function placeWritten({ source, article }: { readonly source: string; readonly article: string }): string {
  const articles = article.split('/').map((part) => part.trim())
  return source
    .split('/')
    .map((part, i) => {
      const name = part.trim().replace(/\(([^()]*)\)/g, '（$1）')
      const given = articles[i] ?? ''
      return `${name}${articlesWritten(given) ?? (given === '' || given === '—' ? '' : `（${given}）`)}`
    })
    .join('、')
}

/** The short places of the ladder in words: `实施办法 46(2)；刑诉法解释 543` → 实施办法第四十六条第（二）项；刑诉法解释第五百四十三条. */
export function placesWritten(text: string): string {
  return text.replace(/ (\d+)(?:\((\d+)\))?(?=$|[；、])/g, (_, number: string, item: string | undefined) =>
    oneArticle(number, item),
  )
}
