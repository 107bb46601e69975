import type { Problem } from '@zhijiao/contract/common'
import { wordsOfPermission } from '@zhijiao/law/permission-words'

/**
 * A refusal's kind: a code, a status, and what to do next in both languages. `{name}` is filled from `data`; `{name}` of a
 * text in both languages (`{ zh, en }`) by the language of the sentence.
 */
export interface RefusalKind {
  readonly code: `ZJ_${string}`
  readonly status: number
  readonly zh: string
  readonly en: string
}

export interface FieldFault {
  readonly path: string
  readonly zh: string
  readonly en: string
}

const kinds = new Map<string, RefusalKind>()

export function refusal(code: `ZJ_${string}`, status: number, says: { zh: string; en: string }): RefusalKind {
  const kind = { code, status, ...says }
  if (!kinds.has(code)) kinds.set(code, kind)
  return kind
}

/** The kind behind a code, of the rooms that this process has; null: none of them refuses so. */
export const refusalOf = (code: string): RefusalKind | null => kinds.get(code) ?? null

/** A decision not to do what was asked. Pure functions return it; `settled` throws it at the edge. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly data: Readonly<Record<string, unknown>>
  readonly fields: readonly FieldFault[]
  constructor(kind: RefusalKind, data: Readonly<Record<string, unknown>> = {}, fields: readonly FieldFault[] = []) {
    super(kind.code)
    this.kind = kind
    this.data = data
    this.fields = fields
  }
}

export const refuse = (kind: RefusalKind, data?: Readonly<Record<string, unknown>>, fields?: readonly FieldFault[]) =>
  new Refusal(kind, data, fields)

/** Hands on a decision, or throws its refusal so that the transaction around it is undone. */
export function settled<T>(decision: T | Refusal): T {
  if (decision instanceof Refusal) throw decision
  return decision
}

export function problemOf(refused: Refusal, request: string): Problem {
  const fill = (language: 'zh' | 'en') =>
    refused.kind[language].replace(/\{(\w+)\}/g, (_, name: string) => {
      const given = refused.data[name] ?? '—'
      return String(isSaid(given) ? given[language] : given)
    })
  return {
    code: refused.kind.code,
    zh: fill('zh'),
    en: fill('en'),
    request,
    ...(refused.fields.length ? { fields: refused.fields.map((f) => ({ ...f })) } : {}),
    ...(Object.keys(refused.data).length ? { data: { ...refused.data } } : {}),
  }
}

const isSaid = (given: unknown): given is { readonly zh: unknown; readonly en: unknown } =>
  typeof given === 'object' && given !== null && 'zh' in given && 'en' in given

export const NotFound = refusal('ZJ_NOT_FOUND', 404, {
  zh: '没有找到，或不在您的权限范围内。请核对后再查，或请上级确认管辖。',
  en: 'Not found, or outside your scope. Check what you are looking for, or ask your superior who is in charge.',
})
export const Invalid = refusal('ZJ_INVALID', 400, {
  zh: '有 {count} 处填写不符合要求，请按提示改正后再提交。',
  en: '{count} entries do not fit. Correct them as marked and send again.',
})
export const NotSignedIn = refusal('ZJ_NOT_SIGNED_IN', 401, {
  zh: '登录已失效，请重新登录；已填写的内容会保留。',
  en: 'You are signed out. Sign in again; what you filled in is kept.',
})
export const NotAllowed = refusal('ZJ_NOT_ALLOWED', 403, {
  zh: '您的岗位没有“{power}”权限。需要时请联系本单位安全管理员。',
  en: 'Your post does not carry "{power}". If you need it, ask your security administrator.',
})
/** What a session still owes comes first: a new password, a second factor. */
export const StillOwes = refusal('ZJ_NOT_ALLOWED', 403, {
  zh: '请先{owed}，然后再办理其他事项。',
  en: 'First {owed}; then go on with the rest.',
})
/** A page of another address. */
export const OtherOrigin = refusal('ZJ_NOT_ALLOWED', 403, {
  zh: '请求来自其他网站，未予接受。请从本平台的地址打开页面。',
  en: 'The request comes from another site and is not taken. Open the page at the address of this platform.',
})
export const Changed = refusal('ZJ_CHANGED', 409, {
  zh: '内容已被他人修改（现为第 {revision} 版）。请刷新核对后再提交，您填写的内容不会丢失。',
  en: 'Somebody else changed this (now revision {revision}). Refresh, compare and send again; your entries are kept.',
})
export const TooMany = refusal('ZJ_TOO_MANY_REQUESTS', 429, {
  zh: '操作过于频繁，请 {after} 秒后再试。',
  en: 'Too many requests. Try again in {after} seconds.',
})
export const TooLarge = refusal('ZJ_TOO_LARGE', 413, {
  zh: '内容过大，上限 {limit}。请压缩或分次提交。',
  en: 'Too large; the limit is {limit}. Compress it or send it in parts.',
})
export const Unavailable = refusal('ZJ_UNAVAILABLE', 503, {
  zh: '数据库暂时不可用，内容尚未保存。请稍后重试。',
  en: 'The database is not available; nothing was saved. Try again shortly.',
})
export const Unexpected = refusal('ZJ_UNEXPECTED', 500, {
  zh: '系统出错，内容尚未保存。请稍后重试；如再次出现，请把流水号告诉管理员。',
  en: 'Something broke; nothing was saved. Try again; if it happens again, give the request number to your administrator.',
})
export const NoReason = refusal('ZJ_REASON_MISSING', 400, {
  zh: '查看此内容须写明事由（至少 4 个字）。',
  en: 'State a reason (at least 4 characters) to see this.',
})

/** A scraper's bearer token. */
export const TokenWrong = refusal('ZJ_TOKEN_WRONG', 401, {
  zh: '令牌不对，或本进程未设令牌。请核对 ZJ_METRICS_TOKEN，修改后重新启动本进程。',
  en: 'The token is wrong, or this process has none. Check ZJ_METRICS_TOKEN; restart the process after a change.',
})
/** Of a process that starts: its key is not the one the database was made with. */
export const KeyDiffers = refusal('ZJ_KEY_DIFFERS', 409, {
  zh: '数据库“{database}”不是用现在的主密钥建立的，未做任何改动。请把 ZJ_MASTER_KEY 或 ZJ_MASTER_KEY_FILE 设为建立时的主密钥（两者都未设时使用的是演示密钥）；更换主密钥时，请同时用 ZJ_MASTER_KEY_FORMER 提供原主密钥；另建一套请另指定 ZJ_DATA 或 DATABASE_URL。',
  en: 'Database "{database}" was not made with the present master key; nothing was changed. Set ZJ_MASTER_KEY or ZJ_MASTER_KEY_FILE to the key it was made with (without either, the demonstration key is used); to change the key give the one of before in ZJ_MASTER_KEY_FORMER as well; for another installation name another ZJ_DATA or DATABASE_URL.',
})
/** Of a process that starts: roles belong to the whole PostgreSQL server, and these are another installation's. */
export const DatabaseRights = refusal('ZJ_DATABASE_RIGHTS', 403, {
  zh: 'DATABASE_URL 的账号 {account} 权限不足，结构和数据未作改动。它须能建角色（CREATEROLE）并是本库的所有者；服务器上已有角色 zj_api、zj_system、zj_tracks 的，还须对它们有 ADMIN 权。请由数据库管理员执行：ALTER ROLE "{account}" CREATEROLE; ALTER DATABASE <本库> OWNER TO "{account}"; 然后再启动。',
  en: 'The account {account} of DATABASE_URL lacks rights; neither schema nor data was changed. It must be allowed to make roles (CREATEROLE) and own the database; where the server already has the roles zj_api, zj_system and zj_tracks, it needs the ADMIN option on them too. Have the administrator of the database run: ALTER ROLE "{account}" CREATEROLE; ALTER DATABASE <this one> OWNER TO "{account}"; then start again.',
})

export const LoginsOfAnother = refusal('ZJ_LOGINS_OF_ANOTHER', 409, {
  zh: '这台 PostgreSQL 服务器的登录角色 zj_api、zj_system 属于另一套安装（涉及的其他数据库：{others}），未做任何改动。请为本套另用一台 PostgreSQL，或不设 DATABASE_URL 而用内置数据库；另一套如已停用，请先删除其数据库，再执行 npx zhijiao logins --reset。',
  en: 'The logins zj_api and zj_system of this PostgreSQL server belong to another installation (other databases that use them: {others}); nothing was changed. Give this one a PostgreSQL server of its own, or leave DATABASE_URL out for the embedded one; if the other is given up, drop its database first, then run npx zhijiao logins --reset.',
})

/** Of a process that starts, or of one value: sealed with a master key that was not given. */
export const KeyNotGiven = refusal('ZJ_KEY_NOT_GIVEN', 409, {
  zh: '库中还有内容由未提供的主密钥（编号 {keys}）封存，无法读取，未做任何改动。请把该主密钥写入 ZJ_MASTER_KEY_FORMER 或 ZJ_MASTER_KEY_FORMER_FILE 后重新启动，再执行 npx zhijiao rotate；完成后方可撤下。',
  en: 'Something stored is sealed with a master key that was not given (id {keys}) and cannot be read; nothing was changed. Put that key into ZJ_MASTER_KEY_FORMER or ZJ_MASTER_KEY_FORMER_FILE, start again and run npx zhijiao rotate; when it is done the key may be taken out.',
})
/** Of the first process with a new master key: others still work with the one of before. */
export const FormerAtWork = refusal('ZJ_FORMER_KEY_AT_WORK', 409, {
  zh: '仍有进程以原主密钥登录数据库（{databases}），未做任何改动。请先停止本套安装的全部进程，再以新旧两把主密钥启动。',
  en: 'Processes are still signed in to the database with the former master key ({databases}); nothing was changed. Stop every process of this installation first, then start with both keys.',
})

/** Of a production start at a database of the operator's own that an older program made. */
export const UpgradeFirst = refusal('ZJ_UPGRADE_FIRST', 409, {
  zh: '数据库结构比程序旧（待执行 {count} 项：{names}），未做任何改动。请先用数据库自己的工具备份（pg_basebackup 或 pg_dump），再执行 npx zhijiao upgrade，然后启动。',
  en: 'The database is older than the program ({count} migrations pending: {names}); nothing was changed. Back it up with its own tools first (pg_basebackup or pg_dump), then run npx zhijiao upgrade, then start.',
})

/** For `executeTakeFirstOrThrow`. */
export const notFound = () => new Refusal(NotFound)

/** For whoever lacks a permission: said in its words, named by its key for programs. */
export const notAllowed = (may: string) => new Refusal(NotAllowed, { may, power: wordsOfPermission(may) })

const owed = {
  password: { zh: '修改初始密码', en: 'change your initial password' },
  secondFactor: { zh: '绑定动态口令', en: 'set up the second factor' },
} as const
export const stillOwes = (owes: keyof typeof owed) => new Refusal(StillOwes, { may: owes, owes, owed: owed[owes] })
