import { refusal } from '../core/refusals.ts'

export const NotADay = refusal('ZJ_TRACK_DAY', 400, {
  zh: '“{given}”不是有效日期。请写成 2026-11-21。',
  en: '"{given}" is not a date. Write it as 2026-11-21.',
})
export const CellsFile = refusal('ZJ_CELLS_FILE', 400, {
  zh: '文件里没有一行基站可用（{faults} 行有误）。请用 CSV：mcc,mnc,lac,cell,lat,lon,radius_m，坐标为 WGS-84。',
  en: 'Not a single tower could be read ({faults} lines are wrong). Use CSV: mcc,mnc,lac,cell,lat,lon,radius_m in WGS-84.',
})
export const CellsFull = refusal('ZJ_CELLS_FULL', 409, {
  zh: '导入后将有 {total} 个基站，超出上限 {most} 个（{over} 个放不下），本次未导入任何内容。请只保留本省及邻县、在用制式的基站，或选择“替换”以清除旧库后导入。',
  en: 'There would be {total} towers, {over} more than the {most} that fit; nothing was imported. Keep only towers of the province and its neighbours and of networks in use, or choose "replace" so that the old table goes first.',
})
export const CellColumns = refusal('ZJ_CELLS_COLUMNS', 422, {
  zh: '这一行不足 7 列。请按 mcc,mnc,lac,cell,lat,lon,radius_m 补齐，列与列之间用英文逗号。',
  en: 'The line has fewer than 7 columns. Complete it as mcc,mnc,lac,cell,lat,lon,radius_m with commas between.',
})
export const CellNumber = refusal('ZJ_CELLS_NUMBER', 422, {
  zh: '{field} 这一列是空的或不是数字。请填十进制数字，不带单位和引号。',
  en: 'Column {field} is empty or no number. Give a decimal number without unit or quotes.',
})
export const CellRange = refusal('ZJ_CELLS_RANGE', 422, {
  zh: '{field} 超出范围。请核对列的顺序和数值：mcc、mnc 为 0 至 999 的整数，lac、cell 为非负整数，纬度在前、经度在后，半径大于 0、不超过 100000 米。',
  en: 'Column {field} is out of range. Check the order of columns and the value: mcc and mnc are whole numbers to 999, lac and cell whole numbers, latitude before longitude, the radius above 0 and at most 100,000 m.',
})
export const ImportFile = refusal('ZJ_TRACK_IMPORT', 400, {
  zh: '轨迹导入文件无法读取：{detail}。请按《轨迹导入格式》每行一个 JSON，可用 gzip 压缩。',
  en: 'The track import could not be read: {detail}. One JSON a line as the reference says, gzipped if you like.',
})
export const OldLine = refusal('ZJ_TRACK_OLD_LINE', 422, {
  zh: '不是合法的一行 JSON。请检查引号、括号和换行，每行写一条。',
  en: 'Not a line of JSON. Check quotes, brackets and line breaks: one record a line.',
})
export const OldShape = refusal('ZJ_TRACK_OLD_SHAPE', 422, {
  zh: '既不是 activation 也不是 track，或字段不符：{fault}。请按字段说明改正。',
  en: 'Neither an activation nor a track, or a field does not fit: {faultEn}. Correct it by the list of fields.',
})
export const OldPerson = refusal('ZJ_TRACK_OLD_PERSON', 422, {
  zh: '没有这个人，或不在您的权限范围内。请先导入档案，或交由主管单位导入。',
  en: 'No such person, or outside your scope. Import the file first, or let the unit in charge import the term.',
})
export const OldTermUnknown = refusal('ZJ_TRACK_OLD_TERM', 422, {
  zh: '没有这个定位启用，或它所在的一行未能导入。请先改正那一行，再连同轨迹一起导入。',
  en: 'No such term, or its own line was left out. Correct that line and import it together with its tracks.',
})
export const OldDates = refusal('ZJ_TRACK_OLD_DATES', 422, {
  zh: '起止时间不合法：止日无效、早于起始时间，或起始时间晚于现在。请核对旧系统中的起止时间。',
  en: 'The term ends before it begins, ends on no date, or begins in the future. Check its times in the old system.',
})
export const OldOverlap = refusal('ZJ_TRACK_OLD_OVERLAP', 409, {
  zh: '该设备在这段时间已有定位启用。请核对设备号码和起止时间。',
  en: 'The device already has a term in that time. Check its number and the times.',
})
export const OldDevice = refusal('ZJ_TRACK_OLD_DEVICE', 409, {
  zh: '该设备属于其他单位或由他人持有。请先在终端管理中收回，或核对设备号码。',
  en: 'The device belongs to another unit, or somebody else holds it. Take it back in the inventory first, or check its number.',
})
export const OldTrackUnreadable = refusal('ZJ_TRACK_OLD_TRACK', 422, {
  zh: '轨迹数据无法读取。请核对点位格式：时间（毫秒）、纬度、经度、半径、来源。',
  en: 'The track cannot be read. Check its rows: time (ms), latitude, longitude, radius, source.',
})
export const OldOutOfTerm = refusal('ZJ_TRACK_OLD_OUT_OF_TERM', 422, {
  zh: '有点位在启用期限之外，这些点位未导入。期限有误的请改正后重新导入，其余不必处理。',
  en: 'Fixes outside the term were left out. If the term is wrong, correct it and import again; otherwise nothing is to be done.',
})
const history = {
  zh: '已经不再使用的，请填 endedAt，作为历史导入。',
  en: 'If it is over, give endedAt and it comes in as history.',
} as const
export const OldKind = refusal('ZJ_TRACK_OLD_KIND', 422, {
  zh: `这一启用仍在运行，但设备种类不合规定：手机只用于信息化核查（社区矫正法 26 条），电子定位装置须为专用设备（实施办法 37 条，EPD-07）。请核对 regime 与 device.kind；${history.zh}`,
  en: `The term would still run, and the device is of the wrong kind: a phone serves the information check only (art. 26), an electronic device is dedicated equipment (Measures 37, EPD-07). Check regime and device.kind. ${history.en}`,
})
export const OldGround = refusal('ZJ_TRACK_OLD_GROUND', 422, {
  zh: `这一启用仍在运行，但没有写明社区矫正法 29 条的五种情形之一（EPD-01）。请填 injunctionBreach、leftWithoutApproval、refusedToReport、policePenalty 或 revocationProposed；${history.zh}`,
  en: `The term would still run, and names none of the five grounds of article 29 (EPD-01). Give injunctionBreach, leftWithoutApproval, refusedToReport, policePenalty or revocationProposed. ${history.en}`,
})
export const OldLength = refusal('ZJ_TRACK_OLD_LENGTH', 422, {
  zh: `这一启用仍在运行，但期限超过法定：电子定位装置每次批准不超过三个月，都不得超过矫正期满日（社区矫正法 29 条，EPD-03）。批准过延长的，每次批准各写一行；没有批准的，须重新报批；${history.zh}`,
  en: `The term would still run, and is longer than the law allows: a device three months by each approval, nothing beyond the correction (art. 29, EPD-03). Give each approved extension a line of its own; without one, propose it anew. ${history.en}`,
})
export const OldCeiling = refusal('ZJ_TRACK_OLD_CEILING', 422, {
  zh: `这一启用仍在运行，但采样比本省规定更密：信息化核查不得连续定位（社区矫正法 26 条，EPD-09）。请按规定填写 ceilingS（秒）；${history.zh}`,
  en: `The term would still run, and samples more often than the province allows: the information check may not position continuously (art. 26, EPD-09). Give a lawful ceilingS in seconds. ${history.en}`,
})
export const OldState = refusal('ZJ_TRACK_OLD_STATE', 422, {
  zh: '此人不在矫正期内，不能再有运行中的定位启用（EPD-05）。请填 endedAt，作为历史导入；或先核对档案状态。',
  en: 'The person is not in correction, so no term of his can run (EPD-05). Give endedAt and it comes in as history, or check the state of the file first.',
})
