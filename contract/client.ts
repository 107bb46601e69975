import type { Problem } from './common.ts'
import type { AnswerOf, BodyOf, Kept, ParamsOf, QueryOf } from './kernel.ts'

/** An answer that was a refusal; carries the coded, bilingual problem. */
export class Refused extends Error {
  readonly status: number
  readonly problem: Problem
  constructor(status: number, problem: Problem) {
    super(`${problem.code} ${problem.zh}`)
    this.status = status
    this.problem = problem
  }
}

type Empty = Record<never, never>
type Needs<K extends string, T> = [T] extends [undefined]
  ? Empty
  : keyof T extends never
    ? Empty
    : Empty extends T
      ? { [P in K]?: T }
      : { [P in K]: T }
/** What a call must bring: path parameters, query, body, and the file of an upload. */
export type Brings<S> = Needs<'params', ParamsOf<S>> &
  Needs<'query', QueryOf<S>> &
  Needs<'body', BodyOf<S>> &
  (S extends { upload: true } ? { file: Blob; fileName: string } : Empty)
export type Gets<S> = S extends { answers: 'file' } ? Response : AnswerOf<S>

export interface ClientOptions {
  readonly base: string
  readonly fetch?: typeof globalThis.fetch
  /** Sent with each request, e.g. a cookie in tests. */
  readonly headers?: () => Record<string, string>
}

/** The address of a promise with its parameters and query filled in. */
export function addressOf(
  kept: Pick<Kept, 'path'>,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = kept.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/** A typed caller of promises over HTTP. Throws `Refused` for coded refusals and passes network errors on. */
export function client(options: ClientOptions) {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis)
  return async function call<S>(kept: Kept<S>, brings: Brings<S>): Promise<Gets<S>> {
    const { params, query, body, file, fileName } = brings as {
      params?: Record<string, string>
      query?: Record<string, unknown>
      body?: unknown
      file?: Blob
      fileName?: string
    }
    // A state-changing request carries a header no other site's form can set, beside the SameSite cookie.
    const headers: Record<string, string> = { 'x-zj-client': '1', ...options.headers?.() }
    let payload: BodyInit | undefined
    if (file) {
      const form = new FormData()
      for (const [key, value] of Object.entries((body ?? {}) as Record<string, unknown>))
        if (value !== undefined) form.append(key, String(value))
      form.append('file', file, fileName)
      payload = form
    } else if (body !== undefined) {
      headers['content-type'] = 'application/json'
      payload = JSON.stringify(body)
    }
    const response = await send(options.base + addressOf(kept, params, query), {
      method: kept.verb.toUpperCase(),
      headers,
      body: payload,
      credentials: 'same-origin',
    })
    if (!response.ok) throw new Refused(response.status, await problemOf(response))
    if (kept.terms.answers === 'file') return response as Gets<S>
    if (response.status === 204) return undefined as Gets<S>
    return (await response.json()) as Gets<S>
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text()
  try {
    const parsed = JSON.parse(text) as Problem
    if (typeof parsed.code === 'string') return parsed
  } catch {
    // Not ours: a proxy's page or a cut connection; named below.
  }
  return {
    code: 'ZJ_UNREACHABLE',
    zh: `服务暂时没有正常应答（${response.status}）。请稍后重试。`,
    en: `The service did not answer properly (${response.status}). Try again shortly.`,
    request: response.headers.get('x-request-id') ?? '',
  }
}

export type Call = ReturnType<typeof client>
