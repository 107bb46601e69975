import type { Entrustment } from '@zhijiao/contract/entrustments'
import { wallTime } from '../../core/wall-time.ts'
import type { Cell } from '../../core/xlsx.ts'

const at = (when: string | null) => (when ? wallTime(Date.parse(when)) : null)

/** The views of an organ's list, in words. */
export const viewWords = { fresh: '有新进展', asked: '待答复', unstated: '待反馈采信' } as const

export const entrustmentHeadings: readonly string[] = [
  '被调查人',
  '委托函',
  '受托单位',
  '状态',
  '收到时间',
  '期限',
  '评估意见',
  '出具时间',
  '领取时间',
  '采信情况',
]
export const entrustmentWidths: readonly number[] = [14, 30, 24, 14, 17, 17, 20, 17, 17, 16]

/** One request of an organ as a line of its register. */
export const entrustmentCells = (one: Entrustment): Cell[] => [
  one.who,
  typeof one.form.letter === 'string' ? one.form.letter : null,
  one.countyName,
  one.said.zh,
  at(one.times.receivedAt),
  at(one.dueAt),
  one.opinion?.said.zh ?? null,
  at(one.times.opinionAt),
  at(one.fetchedAt),
  one.adoption?.said.zh ?? null,
]
