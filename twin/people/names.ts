import type { Chance } from '../chance.ts'

const surnames: readonly [string, number][] = [
  ['王', 72],
  ['李', 72],
  ['张', 68],
  ['刘', 54],
  ['陈', 45],
  ['杨', 31],
  ['黄', 30],
  ['韦', 28],
  ['覃', 24],
  ['莫', 16],
  ['周', 20],
  ['吴', 20],
  ['徐', 17],
  ['孙', 15],
  ['罗', 15],
  ['梁', 18],
  ['蒙', 8],
  ['潘', 12],
  ['蓝', 9],
  ['谢', 10],
  ['何', 14],
  ['邓', 9],
  ['欧阳', 2],
]
const male = [...'伟强军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林阳建成']
const female = [...'芳娜敏静丽娟艳秀霞燕玲桂英丹萍红玉兰洁梅琳雪慧莹欣云莲珍']

/** A made-up name by tables of common surnames and given characters. */
export function nameOf(chance: Chance, sex: 'male' | 'female'): string {
  const [first, ...rest] = surnames
  const surname = first ? chance.weighted([first, ...rest]) : '王'
  const table = sex === 'male' ? male : female
  const one = table[chance.whole(0, table.length - 1)] ?? '华'
  const two = chance.happens(0.72) ? (table[chance.whole(0, table.length - 1)] ?? '') : ''
  return surname + one + two
}
