import type { AreaFinding } from '@zhijiao/geo/inspect'

type Said = { readonly zh: string; readonly en: string }

const percent = (share = 0) => `${Math.round(share * 100)}%`
const size = (m2 = 0) => (m2 < 1e6 ? `${Math.round(m2)} m²` : `${Math.round(m2 / 1e6)} km²`)

/** What each finding means to the person who drew or imported the fence, and what to do about it. */
const words: Readonly<Record<AreaFinding['kind'], (finding: AreaFinding) => Said>> = {
  'too-few-corners': () => ({ zh: '图形不足三个角点', en: 'the outline has fewer than three corners' }),
  'ring-open': () => ({ zh: '边界没有闭合，已自动闭合', en: 'the outline was open and has been closed' }),
  'wrong-orientation': () => ({
    zh: '边界方向不合规范，已自动调整',
    en: 'the outline ran the wrong way round and was turned',
  }),
  'self-intersection': ({ at }) => ({
    zh: `边界自相交叉${at ? `（经度 ${at[0].toFixed(5)}，纬度 ${at[1].toFixed(5)}）` : ''}`,
    en: `the outline crosses itself${at ? ` (lon ${at[0].toFixed(5)}, lat ${at[1].toFixed(5)})` : ''}`,
  }),
  'out-of-range': () => ({
    zh: '坐标不在地球范围内，可能是投影坐标',
    en: 'coordinates are not degrees; the file may be projected',
  }),
  'outside-china': () => ({ zh: '图形在国境范围之外', en: 'the outline lies outside the country' }),
  'axes-swapped': () => ({ zh: '经纬度写反了', en: 'longitude and latitude are swapped' }),
  'too-small': ({ measure }) => ({
    zh: `面积只有 ${size(measure)}，小于定位误差，无法判断`,
    en: `only ${size(measure)}: smaller than the error of a position, so nothing could be decided`,
  }),
  'too-large': ({ measure }) => ({ zh: `面积 ${size(measure)}，大得少见`, en: `${size(measure)}: unusually large` }),
  'datum-mismatch': ({ measure, datum }) => ({
    zh: `${percent(measure)} 的登记住址落在界外，按 ${datum} 解释则相符：坐标系申报有误`,
    en: `${percent(measure)} of registered homes fall outside, but they fit if the file is ${datum}: the datum is declared wrongly`,
  }),
  'residences-outside': ({ measure }) => ({
    zh: `${percent(measure)} 的登记住址落在界外（上限 5%）`,
    en: `${percent(measure)} of registered homes fall outside (at most 5 % may)`,
  }),
}

export function saidOf(finding: AreaFinding): Said {
  return words[finding.kind](finding)
}
