import { dayWritten } from './papers.ts'
import type { BlankValue, Moment } from './practice.ts'

/** One line of the register of materials. */
export interface Material {
  readonly on: string
  readonly way: '收' | '发'
  readonly name: string
  readonly number?: string
  readonly copies?: string
  readonly with: string
}

/** Blanks of 材料收发登记表 (D34c): what came in and what went out in a business, line by line. */
export function materialBlanks(
  m: Pick<Moment, 'today' | 'by'>,
  unit: string,
  materials: readonly Material[],
): Readonly<Record<string, BlankValue>> {
  return {
    时间: dayWritten(m.today),
    地点: unit,
    人员: m.by.name,
    内容: materials.map(({ on, way, name, number = '', copies = '1', with: other }) => ({
      日期: on,
      '收/发': way,
      材料名称: name,
      文号: number,
      份数: copies,
      来往单位: other,
      经手人: m.by.name,
    })),
  }
}
