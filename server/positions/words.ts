import { FixFault } from '@zhijiao/geo/fix'
import type { RefusalReason } from './judge.ts'

type Says = { readonly zh: string; readonly en: string }
type FaultName = keyof typeof FixFault

/** Why a fix was not believed, in words an officer can use. */
const faultWords: Readonly<Record<FaultName, Says>> = {
  none: { zh: '有效', en: 'Believed' },
  outOfRange: { zh: '坐标数值不合法', en: 'Not a coordinate' },
  zeroIsland: { zh: '坐标为零（未定位）', en: 'Zero coordinate: the device had no position' },
  outsideChina: { zh: '坐标在境外范围', en: 'Outside the range of the country' },
  fromTheFuture: { zh: '定位时间超前于当前时间', en: 'Taken in the future: the clock of the device is wrong' },
  tooOld: { zh: '七日以前的旧数据', en: 'Older than seven days on arrival' },
  stale: { zh: '连接前的缓存位置', en: 'A cached position from before the connection' },
  tooFast: { zh: '移动速度不可能，待下一点印证', en: 'Impossible speed; waits for a second one that agrees' },
  notFixed: { zh: '设备自报未定位', en: 'The device itself says it has no fix' },
  clockWrong: { zh: '设备时钟错误（如 1970 年）', en: 'The clock of the device was reset (1970 or alike)' },
  overCeiling: { zh: '超出采样频次上限', en: 'Beyond the sampling ceiling' },
}

const names = new Map<number, FaultName>(Object.entries(FixFault).map(([name, n]) => [n, name as FaultName]))

export function faultSays(fault: FixFault): { code: FaultName; says: Says } {
  const code = names.get(fault) ?? 'none'
  return { code, says: faultWords[code] }
}

const refusalWords: Readonly<Record<RefusalReason, Says>> = {
  noActivation: { zh: '没有定位启用，不得保存', en: 'No positioning term: may not be kept' },
  outOfTerm: { zh: '定位时间不在启用期限内', en: 'Taken outside the term' },
  tooLate: { zh: '期限届满 72 小时后才送达', en: 'Arrived more than 72 hours after the end of the term' },
  overCeiling: { zh: '超出信息化核查采样上限', en: 'Beyond the sampling ceiling of the information check' },
  duplicate: { zh: '重复上传', en: 'Sent twice' },
  clockWrong: { zh: '设备时钟错误且不在期限内', en: 'Wrong clock, and received outside the term' },
  malformed: { zh: '内容无法识别，未保存', en: 'Could not be read, and was not kept' },
  flood: { zh: '单日数量异常', en: 'More in one day than a day has seconds' },
}

export function refusalSays(reason: string): Says {
  return Object.hasOwn(refusalWords, reason) ? refusalWords[reason as RefusalReason] : { zh: reason, en: reason }
}
