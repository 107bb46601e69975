import { refusal } from '../core/refusals.ts'

export const NotADay = refusal('ZJ_TRACK_DAY', 400, {
  zh: '“{given}”不是有效日期。请写成 2026-11-21。',
  en: '"{given}" is not a date. Write it as 2026-11-21.',
})
export const CellsFile = refusal('ZJ_CELLS_FILE', 400, {
  zh: '文件里没有一行基站可用({faults} 行有误)。请用 CSV:mcc,mnc,lac,cell,lat,lon,radius_m,坐标为 WGS-84。',
  en: 'Not a single tower could be read ({faults} lines are wrong). Use CSV: mcc,mnc,lac,cell,lat,lon,radius_m in WGS-84.',
})
export const ImportFile = refusal('ZJ_TRACK_IMPORT', 400, {
  zh: '轨迹导入文件无法读取:{detail}。请按《轨迹导入格式》每行一个 JSON,可用 gzip 压缩。',
  en: 'The track import could not be read: {detail}. One JSON a line as the reference says, gzipped if you like.',
})
