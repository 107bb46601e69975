import type { Problem } from '@zhijiao/contract/common'

/** A refusal's kind: a code, a status, and what to do next in both languages. `{name}` is filled from `data`. */
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

export function refusal(code: `ZJ_${string}`, status: number, says: { zh: string; en: string }): RefusalKind {
  return { code, status, ...says }
}

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
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(refused.data[name] ?? '—'))
  return {
    code: refused.kind.code,
    zh: fill(refused.kind.zh),
    en: fill(refused.kind.en),
    request,
    ...(refused.fields.length ? { fields: refused.fields.map((f) => ({ ...f })) } : {}),
    ...(Object.keys(refused.data).length ? { data: { ...refused.data } } : {}),
  }
}

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
  zh: '您的岗位没有“{may}”权限。需要时请联系本单位安全管理员。',
  en: 'Your post does not carry "{may}". If you need it, ask your security administrator.',
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

/** For `executeTakeFirstOrThrow`. */
export const notFound = () => new Refusal(NotFound)
