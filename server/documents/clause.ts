import { articlesWritten } from '@zhijiao/law/article'
import type { Citation } from '@zhijiao/law/in-force'

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

/**
 * The clause of a rule as a document quotes it: 《中华人民共和国社区矫正法》第二十九条. A rule that rests on two instruments
 * (`A / B` with articles `1 / 2`) quotes both.
 */
export function clauseOf({ source, article }: Pick<Citation, 'source' | 'article'>): string {
  const sources = source.split('/').map((s) => s.trim())
  const places = article.split('/').map((s) => s.trim())
  return sources.map((s, i) => `${instrument(s)}${articlesWritten(places[i] ?? '') ?? '的有关规定'}`).join('、')
}
