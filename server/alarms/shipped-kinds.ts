import type { AlarmKindName, KindRow, Said } from './kinds.ts'

/** A row as it ships. */
type Card = Omit<KindRow, 'kind' | 'from'>

const card = (
  name: Said,
  [level, clockMin, ladderS]: readonly [number, number, number],
  toPerson: Said,
  toOfficer: Said,
  more: { parameters?: Record<string, number>; keepsOn?: true; rule?: string; enabled?: false } = {},
): Card => ({
  name,
  level,
  clockMin,
  ladderS,
  toPerson,
  toOfficer,
  parameters: more.parameters ?? {},
  keepsOn: more.keepsOn ?? false,
  rule: more.rule ?? null,
  enabled: more.enabled ?? true,
})
const nothing: Said = { zh: '', en: '' }

/**
 * What ships with the product. Clocks are a proposal, to be set by the province; the local figures LOC-10 … LOC-14 of
 * the handbook and the thresholds of positioning (POS-…) are parameters of the law, drafted and published
 * (engine/thresholds.ts). `raiseAt` is the sureness at which unconfirmed evidence reaches an officer; `patienceMin` how long
 * evidence may gather without an answer.
 */
export const shippedKinds: Readonly<Record<AlarmKindName, Card>> = {
  boundaryOut: card(
    { zh: '越界', en: 'Left the area' },
    [2, 60, 60],
    {
      zh: '系统显示您可能已离开{fence}。如有批准请忽略；如未请假，请立即返回并联系司法所。',
      en: 'You seem to have left {fence}. Ignore this if it was approved; otherwise return at once and call the judicial office.',
    },
    {
      zh: '{who}自{since}起可能离开{fence}（{where}），{sure}。{next}',
      en: '{who} may have left {fence} since {since} ({where}); {sure}. {next}',
    },
    { parameters: { raiseAt: 0.8, patienceMin: 180 }, rule: 'LVE-08' },
  ),
  forbiddenIn: card(
    { zh: '进入禁入区', en: 'Entered a forbidden place' },
    [2, 60, 60],
    {
      zh: '您可能已进入禁止进入的区域“{fence}”，请立即离开并联系司法所。',
      en: 'You seem to be inside "{fence}", which you may not enter. Leave at once and call the judicial office.',
    },
    {
      zh: '{who}自{since}起可能在禁入区“{fence}”内（{where}），{sure}。{next}',
      en: '{who} may be inside the forbidden place "{fence}" since {since} ({where}); {sure}. {next}',
    },
    { parameters: { raiseAt: 0.8, patienceMin: 60 }, rule: 'INJ-01' },
  ),
  requiredAbsent: card(
    { zh: '未在规定场所', en: 'Not at the required place' },
    [3, 120, 60],
    {
      zh: '现在应在“{fence}”，系统未显示您在该处。请尽快到达或联系司法所说明。',
      en: 'You should be at "{fence}" now. Go there, or call the judicial office to explain.',
    },
    {
      zh: '{who}自{since}起应在“{fence}”而不在（{where}），{sure}。{next}',
      en: '{who} should be at "{fence}" but is not, since {since} ({where}); {sure}. {next}',
    },
    { parameters: { raiseAt: 0.8, patienceMin: 120 } },
  ),
  lostContact: card(
    { zh: '脱网/离线', en: 'Lost contact' },
    [2, 60, 60],
    {
      zh: '您的定位终端已离线。请检查电量和网络，开机后会自动恢复。',
      en: 'Your device is offline. Check its battery and network; it recovers by itself once on.',
    },
    {
      zh: '{who}的终端自{since}起完全没有信号{battery}，{sure}。{next}',
      en: "Nothing was heard from {who}'s device since {since}{battery}; {sure}. {next}",
    },
    { parameters: { patienceMin: 1440 }, rule: 'MIS-01' },
  ),
  noPosition: card(
    { zh: '定位缺失', en: 'No position' },
    [3, 120, 60],
    {
      zh: '系统暂时收不到您的位置。请打开定位，到开阔处停留几分钟。',
      en: 'Your position does not arrive. Switch location on and stay in the open for some minutes.',
    },
    {
      zh: '{who}自{since}起在线但没有可用定位{battery}，{sure}。{next}',
      en: '{who} is online but has had no usable position since {since}{battery}; {sure}. {next}',
    },
    { parameters: { patienceMin: 1440 } },
  ),
  strapOpen: card(
    { zh: '拆卸', en: 'Strap opened' },
    [1, 30, 0],
    {
      zh: '终端报告表带已打开。请立即扣好并联系司法所。',
      en: 'Your band reports an open strap. Close it at once and call the judicial office.',
    },
    {
      zh: '{who}的腕带自{since}起报告表带打开（{where}），{sure}。{next}',
      en: "{who}'s band reports an open strap since {since} ({where}); {sure}. {next}",
    },
    { keepsOn: true, rule: 'EPD-07' },
  ),
  deviceDamaged: card({ zh: '终端损坏', en: 'Device damaged' }, [2, 60, 0], nothing, {
    zh: '{who}的终端自{since}起报告{where}，{sure}。{next}',
    en: "{who}'s device reports {where} since {since}; {sure}. {next}",
  }),
  lowBattery: card(
    { zh: '低电', en: 'Low battery' },
    [4, 240, 1800],
    { zh: '终端电量仅剩{battery}，请尽快充电。', en: 'Your device has {battery} left. Charge it soon.' },
    {
      zh: '{who}的终端自{since}起电量不足{battery}，提醒后仍未充电。{next}',
      en: "{who}'s device is low on battery since {since}{battery} and was not charged after a reminder. {next}",
    },
    { parameters: { patienceMin: 600 } },
  ),
  powerOff: card(
    { zh: '关机', en: 'Switched off' },
    [2, 60, 60],
    nothing,
    {
      zh: '{who}的终端于{since}关机{battery}，此后没有信号，{sure}。{next}',
      en: "{who}'s device was switched off at {since}{battery} and has been silent since; {sure}. {next}",
    },
    { parameters: { patienceMin: 1440 } },
  ),
  sos: card(
    { zh: '一键求助', en: 'Call for help' },
    [1, 10, 0],
    { zh: '已收到您的求助，工作人员正在联系您。', en: 'Your call for help has arrived; staff are contacting you.' },
    {
      zh: '{who}于{since}按下求助键（{where}）。{next}',
      en: '{who} pressed the help key at {since} ({where}). {next}',
    },
    { keepsOn: true },
  ),
  apart: card(
    { zh: '人机分离', en: 'Person and device apart' },
    [2, 60, 60],
    {
      zh: '系统显示您可能未随身携带终端，请随身携带并完成签到。',
      en: 'You may not be carrying your device. Carry it, and check in now.',
    },
    {
      zh: '{who}与终端可能自{since}起分离（{where}），{sure}。{next}',
      en: '{who} may be apart from the device since {since} ({where}); {sure}. {next}',
    },
    { parameters: { patienceMin: 240 } },
  ),
  spoof: card(
    { zh: '定位异常', en: 'Position doubtful' },
    [3, 120, 300],
    { zh: '请关闭模拟定位类软件，并完成一次签到。', en: 'Switch off position simulators and check in once.' },
    {
      zh: '{who}的定位自{since}起有多项异常（{where}），{sure}，可能为模拟定位。{next}',
      en: "{who}'s positions look wrong in several ways since {since} ({where}); {sure}: perhaps simulated. {next}",
    },
    { parameters: { raiseAt: 0.6, patienceMin: 240 } },
  ),
  gathered: card(
    { zh: '聚集', en: 'Gathering' },
    [4, 480, 300],
    nothing,
    {
      zh: '{who}自{since}起与他人聚集（{where}），{sure}。{next}',
      en: '{who} has gathered with others since {since} ({where}); {sure}. {next}',
    },
    { enabled: false },
  ),
  nightAbsent: card({ zh: '夜不归宿', en: 'Away at night' }, [3, 480, 0], nothing, {
    zh: '{who}多夜未在居所（{where}），{sure}。{next}',
    en: '{who} was away from home on several nights ({where}); {sure}. {next}',
  }),
}
