import { refusal } from '../core/refusals.ts'

export const FileUnreadable = refusal('ZJ_FENCE_FILE', 422, {
  zh: '文件不是可用的 GeoJSON：{detail}。请从地图软件重新导出（GeoJSON，UTF-8）后再试。',
  en: 'The file is not usable GeoJSON: {detail}. Export it again (GeoJSON, UTF-8) and retry.',
})
export const Implausible = refusal('ZJ_FENCE_IMPLAUSIBLE', 422, {
  zh: '围栏不合常理，未保存：{found}。请按提示更正图形或坐标系后再提交。',
  en: 'The fence is not plausible and was not saved: {foundEn}. Correct the outline or its datum and send it again.',
})
export const NotLookedAt = refusal('ZJ_FENCE_NOT_LOOKED_AT', 409, {
  zh: '围栏有需要人工确认之处：{found}。请在地图上核对，确认后再提交。',
  en: 'Somebody must look at this fence first: {foundEn}. Check it on the map, accept it, and send it again.',
})
export const NotATerritory = refusal('ZJ_FENCE_TERRITORY', 422, {
  zh: '市县活动范围须以县级单位（六位代码）登记，不能登记在 {org}。市区各区请分别登记，系统按设区的市合并（实施办法第二十六条）。',
  en: 'A living area is registered for a county-level unit (six digits), not {org}. Register each district; the city is joined from them (Measures 26).',
})
export const Elsewhere = refusal('ZJ_FENCE_ELSEWHERE', 403, {
  zh: '单位“{org}”不存在、已撤销，或不在您的管辖范围内。请选择本辖区的单位。',
  en: 'There is no unit "{org}" in use within your area. Choose one of yours.',
})
export const NotPersonal = refusal('ZJ_FENCE_PERSONAL', 422, {
  zh: '只有活动范围可以“仅为个人划定”；必到区域、禁入区域关联到谁就只约束谁。请取消勾选。',
  en: 'Only a living area is drawn for single persons; other fences bind whomever they are assigned to anyway. Take the mark away.',
})
export const Retired = refusal('ZJ_FENCE_RETIRED', 409, {
  zh: '围栏“{name}”已停用。请另画一个，或选择在用的围栏。',
  en: 'The fence "{name}" is out of use. Draw another, or choose one in use.',
})
export const NotYours = refusal('ZJ_FENCE_NOT_YOURS', 403, {
  zh: '围栏“{name}”由其他单位划定，或还约束其他单位的对象，不能在此更改。请另画一个关联给本单位的对象，再把他从这个围栏解除。',
  en: 'The fence "{name}" was drawn by another unit, or binds persons of another unit too, and is not changed here. Draw your own, bind your person to it, then release him from this one.',
})
export const Nobody = refusal('ZJ_FENCE_NOBODY', 422, {
  zh: '没有可关联的对象：所选人员不在您的管辖范围，或已解矫。请重新选择。',
  en: 'There is nobody to bind: those chosen are outside your scope or no longer in correction. Choose again.',
})
export const DaysReversed = refusal('ZJ_FENCE_DAYS', 422, {
  zh: '结束日 {until} 早于开始日 {from}。请改正日期。',
  en: 'The last day {until} lies before the first day {from}. Correct the dates.',
})
export const NotAssigned = refusal('ZJ_FENCE_NOT_ASSIGNED', 404, {
  zh: '此人目前没有关联这个围栏。请刷新后再试。',
  en: 'This person is not bound by this fence now. Refresh and try again.',
})
