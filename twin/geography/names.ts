import { chanceOf } from '../chance.ts'

/** Invented names. None is a county of Guangxi; a township may by accident share its name with one somewhere. */
export const provinceName = { zh: '示例省（合成）', en: 'Example Province (synthetic)' }
export const cityName = { zh: '示例市（合成）', en: 'Example City (synthetic)' }

export const countyNames: readonly { readonly zh: string; readonly en: string; readonly urban: boolean }[] = [
  { zh: '榕湾区', en: 'Banyan Bay District', urban: true },
  { zh: '鹤桥区', en: 'Crane Bridge District', urban: true },
  { zh: '松埠区', en: 'Pine Wharf District', urban: true },
  { zh: '石岭区', en: 'Stone Ridge District', urban: true },
  { zh: '青禾县', en: 'Green Grain County', urban: false },
  { zh: '岚溪县', en: 'Mist Creek County', urban: false },
  { zh: '望岭县', en: 'Ridge View County', urban: false },
  { zh: '临浦县', en: 'Riverside County', urban: false },
  { zh: '云麓县', en: 'Cloud Foot County', urban: false },
]

const heads = [...'东南西北上下新古长清白青龙凤金银石沙竹梅兰桂枫柏']
const tails = ['塘', '坪', '湾', '岭', '桥', '溪', '冲', '洲', '屯', '坡', '山', '田']
/** In step with `heads` and `tails`. */
const headsEn = [
  'East',
  'South',
  'West',
  'North',
  'Upper',
  'Lower',
  'New',
  'Old',
  'Long',
  'Clear',
  'White',
  'Green',
  'Dragon',
  'Phoenix',
  'Gold',
  'Silver',
  'Stone',
  'Sand',
  'Bamboo',
  'Plum',
  'Orchid',
  'Osmanthus',
  'Maple',
  'Cypress',
]
const tailsEn = ['Pond', 'Flat', 'Bay', 'Ridge', 'Bridge', 'Creek', 'Gully', 'Isle', 'Hamlet', 'Slope', 'Hill', 'Field']

/** So many different names of townships, in the seed's order. At most 288. */
export function townshipNames(seed: number, count: number): { zh: string; en: string }[] {
  const all = heads.flatMap((head, i) =>
    tails.map((tail, j) => ({ zh: `${head}${tail}`, en: `${headsEn[i] ?? ''} ${tailsEn[j] ?? ''}`.trim() })),
  )
  const chance = chanceOf(seed, 'townships')
  for (let i = all.length - 1; i > 0; i--) {
    const j = chance.whole(0, i)
    const [a, b] = [all[i], all[j]]
    if (a && b) {
      all[i] = b
      all[j] = a
    }
  }
  return all.slice(0, count)
}
