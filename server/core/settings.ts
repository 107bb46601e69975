import type { Db } from './db.ts'

/** A setting the operator may change, with its bounds. What the law or the graded protection asks for bounds it. */
export interface KnownSetting {
  readonly of: 'system' | 'security'
  readonly zh: string
  readonly en: string
  readonly shipped: number | string | boolean
  readonly min?: number
  readonly max?: number
  readonly unit?: { readonly zh: string; readonly en: string }
  readonly source?: string
}

const minutes = { zh: '分钟', en: 'minutes' }
const days = { zh: '天', en: 'days' }
const table = {
  'platform.name': { of: 'system', zh: '平台名称', en: 'Name of the platform', shipped: '智矫社区矫正平台' },
  'platform.nameEn': { of: 'system', zh: '平台英文名称', en: 'English name', shipped: 'Zhijiao' },
  'platform.notice': { of: 'system', zh: '登录页公告', en: 'Notice on the sign-in page', shipped: '' },
  'platform.helpPhone': { of: 'system', zh: '技术支持电话', en: 'Help line', shipped: '' },
  'session.idleMinutes': {
    of: 'security',
    zh: '无操作自动退出',
    en: 'Signed out after no activity',
    shipped: 15,
    min: 5,
    max: 30,
    unit: minutes,
    source: 'GB/T 22239—2019 8.1.4.1 b',
  },
  'password.days': {
    of: 'security',
    zh: '密码有效期',
    en: 'A password lasts',
    shipped: 90,
    min: 30,
    max: 90,
    unit: days,
    source: 'GB/T 22239—2019 8.1.4.1 a',
  },
  'lockout.failures': {
    of: 'security',
    zh: '连续失败锁定次数',
    en: 'Failures that lock an account',
    shipped: 5,
    min: 3,
    max: 10,
    unit: { zh: '次', en: 'times' },
    source: 'GB/T 22239—2019 8.1.4.1 b',
  },
  'lockout.minutes': {
    of: 'security',
    zh: '锁定时长',
    en: 'A lockout lasts',
    shipped: 30,
    min: 10,
    max: 1440,
    unit: minutes,
    source: 'GB/T 22239—2019 8.1.4.1 b',
  },
  'look.minutes': {
    of: 'security',
    zh: '上级查看单份档案时长',
    en: 'A superior’s look at one file lasts',
    shipped: 30,
    min: 5,
    max: 120,
    unit: minutes,
    source: '个人信息保护法第六条',
  },
  'audit.months': {
    of: 'security',
    zh: '审计日志保存',
    en: 'Audit lines are kept',
    shipped: 36,
    min: 6,
    max: 240,
    unit: { zh: '个月', en: 'months' },
    source: '网络安全法第二十一条',
  },
  'retention.tracksDays': {
    of: 'security',
    zh: '解除矫正后轨迹保存',
    en: 'Tracks are kept after the end of correction',
    shipped: 180,
    min: 0,
    max: 3650,
    unit: days,
    source: '社区矫正法第二十九条、第三十四条；个人信息保护法第十九条、第四十七条',
  },
  'retention.payloadYears': {
    of: 'security',
    zh: '解除矫正后记录内容保存（0 为长期）',
    en: 'Contents of entries are kept after the end (0: for good)',
    shipped: 0,
    min: 0,
    max: 60,
    unit: { zh: '年', en: 'years' },
    source: '个人信息保护法第十九条',
  },
  'retention.tracesDays': {
    of: 'security',
    zh: '未知终端、拒收统计、已发消息保存',
    en: 'Unknown devices, refusal counts and sent messages are kept',
    shipped: 365,
    min: 30,
    max: 3650,
    unit: days,
  },
} as const satisfies Record<string, KnownSetting>

export type SettingKey = keyof typeof table
export const knownSettings: Readonly<Record<SettingKey, KnownSetting>> = table
export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(table, key)
type Keys<T> = { [K in SettingKey]: (typeof table)[K]['shipped'] extends T ? K : never }[SettingKey]

export interface Settings {
  number(key: Keys<number>): number
  text(key: Keys<string>): string
}

const known = new WeakMap<Db, { at: number; settings: Settings }>()

/** Forgets what this process remembers, so that a change holds from the next request on. */
export const forgetSettings = (db: Db) => known.delete(db)

/** The settings in force; read again at most every ten seconds, so that other processes follow. */
export async function settingsOf(db: Db, now: number): Promise<Settings> {
  const held = known.get(db)
  if (held && Math.abs(now - held.at) < 10_000) return held.settings
  const rows = await db.selectFrom('setting').select(['key', 'value']).where('org_code', '=', '').execute()
  const values = new Map(rows.map((r) => [r.key, r.value]))
  const settings: Settings = {
    number: (key) => {
      const value = values.get(key)
      return typeof value === 'number' ? value : table[key].shipped
    },
    text: (key) => {
      const value = values.get(key)
      return typeof value === 'string' ? value : table[key].shipped
    },
  }
  known.set(db, { at: now, settings })
  return settings
}
