import { refusal } from '../core/refusals.ts'

export const DeviceKnown = refusal('ZJ_DEVICE_KNOWN', 409, {
  zh: '该协议下已有编号相同的设备，在{org}。请核对编号，或请该单位调拨。',
  en: 'A device of that protocol and number is already registered with {org}. Check the number, or ask that unit to hand it over.',
})
export const DeviceOrg = refusal('ZJ_DEVICE_ORG', 403, {
  zh: '设备只能登记在本单位或下级单位（{unit}）。请改选单位。',
  en: 'A device belongs to your unit or one below it ({unit}). Choose another unit.',
})
export const NotInStock = refusal('ZJ_DEVICE_NOT_IN_STOCK', 409, {
  zh: '该设备不在库（现为“{state}”），不能发放。请先收回、修好或另选一台。',
  en: 'The device is not in stock (now "{state}"). Take it back, have it repaired, or choose another.',
})
export const NotIssued = refusal('ZJ_DEVICE_NOT_ISSUED', 409, {
  zh: '该设备没有发放给任何人。请刷新后核对。',
  en: 'Nobody holds this device. Refresh and check.',
})
export const StillIssued = refusal('ZJ_DEVICE_ISSUED', 409, {
  zh: '该设备正由矫正对象使用，请先办理收回。',
  en: 'Somebody holds this device. Take it back first.',
})
export const OtherKind = refusal('ZJ_DEVICE_KIND', 409, {
  zh: '更换的设备须与原设备同类（均为腕带或均为手机）。请另选一台。',
  en: 'A device is swapped for one of its own kind (band for band, phone for phone). Choose another.',
})
export const PersonState = refusal('ZJ_DEVICE_PERSON_STATE', 409, {
  zh: '该对象不在矫正期内（状态：{state}），不能发放或启用定位。',
  en: 'The person is not in correction (state: {state}); no device can be issued or put to use.',
})
export const OverCeiling = refusal('ZJ_DEVICE_COMMAND_OVER_CEILING', 409, {
  zh: '信息化核查不得连续定位：间隔不少于 {ceilingMin} 分钟。可改用“立即定位”，需连续定位的按《社区矫正法》29条报批电子定位装置。',
  en: 'The information check may not position continuously: at least {ceilingMin} minutes apart. Ask for a single position, or propose an electronic device under article 29.',
})
export const NoTerm = refusal('ZJ_DEVICE_NO_TERM', 409, {
  zh: '该设备没有生效中的定位启用，不能下发定位指令。请先办理启用审批。',
  en: 'No positioning term is running on this device, so it cannot be asked for positions. Propose one first.',
})
export const WrongKind = refusal('ZJ_ACTIVATION_KIND', 409, {
  zh: '手机只能用于信息化核查（社区矫正法第二十六条）；电子定位装置须为专用设备并按第二十九条报批（实施办法第三十七条）。请更换设备或核查方式。',
  en: 'A phone serves the information check only (art. 26); an electronic device is dedicated equipment approved under art. 29. Choose another device or regime.',
})
export const NotHolder = refusal('ZJ_ACTIVATION_HOLDER', 409, {
  zh: '该设备未发放给此人。请先办理发放，再启用定位。',
  en: 'The device was not issued to this person. Issue it first.',
})
export const TermRefused = refusal('ZJ_ACTIVATION_TERM', 409, {
  zh: '期限不合法：{detail}。电子定位装置每次不超过三个月，不得超过矫正期满日，延长须在届满前评估并重新批准。',
  en: 'The term is not lawful: {detail}. At most three months at a time and never beyond the correction; an extension is assessed and approved before the end.',
})
export const Overlap = refusal('ZJ_ACTIVATION_OVERLAP', 409, {
  zh: '该设备在这段时间已有定位启用。请先结束原启用，或改用延长。',
  en: 'The device already has a term in that time. End it first, or extend it.',
})
export const WrongState = refusal('ZJ_ACTIVATION_STATE', 409, {
  zh: '该启用现为“{state}”，不能这样办理。请刷新后核对。',
  en: 'The activation is now "{state}"; this cannot be done. Refresh and check.',
})
export const AlreadyExtended = refusal('ZJ_ACTIVATION_EXTENDED', 409, {
  zh: '该启用已有延长申请或已延长，请在延长的记录上办理。',
  en: 'It was extended already, or an extension is proposed. Work on that record.',
})
export const RemovalDecided = refusal('ZJ_ACTIVATION_REMOVAL', 409, {
  zh: '解除电子定位装置须由批准使用的县级司法行政部门负责人决定（《社区矫正法》29条，EPD-05）。请办理“电子定位装置审批”，申请类型选“解除”；批准后定位立即停止。',
  en: 'Removing an electronic device is decided by the head of the county judicial administration who approved it (art. 29, EPD-05). Begin the business “Use of an electronic device” and choose removal; positioning stops with the approval.',
})
