import type { Citation } from '@zhijiao/law/in-force'

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const

/** A number below 10,000 as articles are written: 三十四, 一百零五, 二百七十七. */
export function hanNumber(n: number): string {
  if (!Number.isInteger(n) || n <= 0 || n >= 10_000) return String(n)
  const places = ['', '十', '百', '千']
  const text = String(n)
  let out = ''
  let zero = false
  for (let i = 0; i < text.length; i++) {
    const d = Number(text[i])
    if (d === 0) zero = out !== ''
    else {
      out += (zero ? '零' : '') + digits[d] + places[text.length - 1 - i]
      zero = false
    }
  }
  return out.startsWith('一十') ? out.slice(1) : out
}

const full: Readonly<Record<string, string>> = {
  社区矫正法: '中华人民共和国社区矫正法',
  社区矫正法实施办法: '中华人民共和国社区矫正法实施办法',
  刑法: '中华人民共和国刑法',
  刑事诉讼法: '中华人民共和国刑事诉讼法',
  出境入境管理法: '中华人民共和国出境入境管理法',
  个人信息保护法: '中华人民共和国个人信息保护法',
  网络安全法: '中华人民共和国网络安全法',
  '最高法刑诉法解释(2021)': '最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释',
  '最高法减刑假释规定(2016)': '最高人民法院关于办理减刑、假释案件具体应用法律的规定',
  '人民检察院刑事诉讼规则(2019)': '人民检察院刑事诉讼规则',
  '适用禁止令规定(试行)2011': '关于对判处管制、宣告缓刑的犯罪分子适用禁止令有关问题的规定（试行）',
}
const instrument = (source: string) =>
  `《${full[source] ?? full[source.replace(/\(.*\)$/, '')] ?? nationalLaw(source)}》`
const nationalLaw = (source: string) => {
  const plain = source.replace(/[(（].*[)）]$/, '').trim()
  return /法$/.test(plain) ? `中华人民共和国${plain}` : plain
}

/** `35(5)` → 第三十五条第（五）项; `27+58` → 第二十七条、第五十八条; what names no article → 有关规定. */
function articles(article: string): string {
  const parts = article
    .split(/[+,、]/)
    .map((part) => /^\s*(\d+)(?:\((\d+)\))?\s*$/.exec(part))
    .map((m) => m && `第${hanNumber(Number(m[1]))}条${m[2] ? `第（${hanNumber(Number(m[2]))}）项` : ''}`)
  return parts.length > 0 && parts.every(Boolean) ? parts.join('、') : '的有关规定'
}

/**
 * The clause of a rule as a document quotes it: 《中华人民共和国社区矫正法》第二十九条. A rule that rests on two instruments
 * (`A / B` with articles `1 / 2`) quotes both.
 */
export function clauseOf({ source, article }: Pick<Citation, 'source' | 'article'>): string {
  const sources = source.split('/').map((s) => s.trim())
  const places = article.split('/').map((s) => s.trim())
  return sources.map((s, i) => `${instrument(s)}${articles(places[i] ?? '')}`).join('、')
}
