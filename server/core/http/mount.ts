import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FileAnswer, Kept } from '@zhijiao/contract/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { writeAudit } from '../audit.ts'
import { findSession, type Session } from '../auth/session.ts'
import { circumstancesOf } from '../circumstances.ts'
import { asSeenBy, type Eyes } from '../db.ts'
import type { House } from '../house.ts'
import { ledgerIn } from '../ledger/append.ts'
import { Invalid, NotAllowed, NotSignedIn, notAllowed, Refusal, stillOwes, TokenWrong } from '../refusals.ts'
import type { Asked, KeptRoom, UploadedFile } from '../room.ts'
import { sameBytes } from '../vault.ts'
import { type Buckets, cookieName } from './buckets.ts'
import { kindParser, type Parse, strictParser } from './validation.ts'

const nobody: Eyes = { staff: null, unit: 'nobody', reach: 'none', classes: [] }
const idPattern = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'

/** Promises a session may use while it still owes a new password or a second factor. */
const openWhileOwing = new Set(['account'])

/** Mounts what rooms promised. Session and permission come first, before a byte of the body is read. */
export function mountRooms(app: FastifyInstance, house: House, rooms: readonly KeptRoom[]): void {
  for (const room of rooms) for (const { kept, handler } of room.promises) mountOne(app, house, kept, handler)
}

function mountOne(app: FastifyInstance, house: House, kept: Kept, handler: (asked: Asked) => Promise<unknown>): void {
  const { terms } = kept
  const names = [...kept.path.matchAll(/:(\w+)/g)].map((m) => String(m[1]))
  const readParams = kindParser({
    type: 'object',
    properties: Object.fromEntries(
      names.map((n) => [
        n,
        n === 'id' || n.endsWith('Id') ? { type: 'string', pattern: idPattern } : { type: 'string', maxLength: 200 },
      ]),
    ),
  })
  const readQuery = kindParser(terms.query ?? { type: 'object', additionalProperties: false })
  const readBody: Parse = terms.body
    ? terms.upload
      ? kindParser(terms.body)
      : strictParser(terms.body)
    : () => undefined

  app.route({
    method: kept.verb.toUpperCase() as 'GET',
    url: kept.path,
    onRequest: async (request) => {
      request.caller = await permit(house, app.buckets, kept, request)
    },
    handler: async (request, reply) => {
      const who = request.caller
      const now = house.chance.now()
      const about: Parameters<Asked['note']>[0] = {}
      const params = readParams(request.params) as Record<string, string>
      const query = readQuery(request.query) as Record<string, unknown>
      const { fields, file } = terms.upload ? await readUpload(request) : { fields: request.body, file: null }
      const body = readBody(fields)
      const circumstances = await circumstancesOf(house, who?.staff.org ?? '', now)
      const asked: Asked = {
        params: params as Asked['params'],
        query: query as Asked['query'],
        body: body as Asked['body'],
        file,
        who,
        circumstances,
        request: request.id,
        ip: request.ip,
        agent: request.headers['user-agent'] ?? null,
        inTransaction: (work) =>
          asSeenBy(house.databases.api, who?.eyes ?? nobody, (db) =>
            work({
              db,
              ledger: ledgerIn(db, house.chance, {
                id: who?.staff.id ?? null,
                name: who?.staff.name ?? 'public',
                lawRevision: circumstances.law.revision,
              }),
            }),
          ),
        note: (facts) => Object.assign(about, facts),
        cookie: (token) => setCookie(house, reply, token),
      }
      const line = {
        request: request.id,
        act: terms.audits ?? 'view',
        promise: `${kept.room}.${kept.name}`,
        staff: who?.staff ?? null,
        roles: who?.roles ?? [],
        ip: request.ip,
      }
      const asks = { ...masked(query), ...params }
      // A look is read while its attempt is being written, and shown only when that stands; an act is not begun before.
      const looking = kept.verb === 'get' ? (async () => handler(asked))() : null
      looking?.catch(() => undefined)
      if (terms.audits)
        await writeAudit(house.databases.system, house.chance, {
          ...line,
          phase: 'attempt',
          person: personOf(params),
          reason: typeof query.reason === 'string' ? query.reason : null,
          detail: asks,
        })
      const finish = async (outcome: string) => {
        if (terms.audits)
          await writeAudit(house.databases.system, house.chance, {
            ...line,
            phase: 'result',
            person: about.person ?? personOf(params),
            reason: about.reason ?? null,
            detail: about.detail ?? {},
            outcome,
            ...(about.rows === undefined ? {} : { rows: about.rows }),
          })
      }
      try {
        const answer = await (looking ?? handler(asked))
        await finish('ok')
        return send(reply, kept, answer)
      } catch (error) {
        await finish(error instanceof Refusal ? error.kind.code : 'ZJ_UNEXPECTED').catch(() => undefined)
        throw error
      }
    },
  })
}

async function permit(house: House, buckets: Buckets, kept: Kept, request: FastifyRequest): Promise<Session | null> {
  const { may } = kept.terms
  // Another site can make a browser send the cookie with a form, but not with a header of ours.
  if (kept.verb !== 'get' && request.headers['x-zj-client'] === undefined)
    throw new Refusal(Invalid, { count: 1 }, [
      { path: 'x-zj-client', zh: '缺少请求头 x-zj-client', en: 'header x-zj-client is missing' },
    ])
  if (kept.terms.orToken && request.headers.authorization !== undefined) {
    if (!bears(request.headers.authorization, house.config.metricsToken)) throw new Refusal(TokenWrong)
    return null
  }
  const session = await findSession(
    house.databases.system,
    house.chance,
    request.cookies[cookieName],
    may === 'anyone' || request.headers['x-zj-background'] === undefined,
  )
  buckets.learn(request, session !== null)
  if (may === 'anyone') return session
  if (!session) throw new Refusal(NotSignedIn)
  if (session.owes && !openWhileOwing.has(kept.room)) throw stillOwes(session.owes)
  if (may !== 'signedIn' && !session.permissions.has(may)) {
    await writeAudit(house.databases.system, house.chance, {
      request: request.id,
      phase: 'result',
      act: 'refused',
      promise: `${kept.room}.${kept.name}`,
      staff: session.staff,
      roles: session.roles,
      // What was missing, so that whoever reads the line need not guess.
      detail: { permission: may },
      outcome: NotAllowed.code,
      ip: request.ip,
    })
    throw notAllowed(may)
  }
  return session
}

/** Compared by digests of one length, in a time that tells nothing of either. */
function bears(header: string, token: string | null): boolean {
  const given = /^Bearer (\S+)$/i.exec(header)?.[1]
  if (token === null || given === undefined) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return sameBytes(digest(given), digest(token))
}

async function readUpload(
  request: FastifyRequest,
): Promise<{ fields: Record<string, unknown>; file: UploadedFile | null }> {
  const fields: Record<string, unknown> = {}
  let file: UploadedFile | null = null
  for await (const part of request.parts()) {
    if (part.type === 'file')
      file = { name: part.filename.slice(0, 200), mime: part.mimetype, content: await part.toBuffer() }
    else fields[part.fieldname] = part.value
  }
  if (!file) throw new Refusal(Invalid, { count: 1 }, [{ path: 'file', zh: '请选择文件', en: 'choose a file' }])
  return { fields, file }
}

function setCookie(house: House, reply: FastifyReply, token: string | null): void {
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: house.config.http.secureCookie } as const
  if (token === null) reply.clearCookie(cookieName, options)
  else reply.setCookie(cookieName, token, options)
}

function send(reply: FastifyReply, kept: Kept, answer: unknown): unknown {
  if (kept.terms.answers === 'nothing') return reply.code(204).send()
  if (kept.terms.answers !== 'file') return answer
  const file = answer as FileAnswer
  reply.header('content-type', file.mime)
  reply.header(
    'content-disposition',
    `${file.inline ? 'inline' : 'attachment'}; filename="file"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  )
  reply.header('cache-control', 'no-store')
  return reply.send(file.content instanceof Uint8Array ? Buffer.from(file.content) : Readable.from(file.content))
}

/** The person a path speaks of, for the audit. */
function personOf(params: Readonly<Record<string, string>>): string | null {
  return params.personId ?? null
}

/** Queries go into the audit without the values that would make the audit itself a register of persons. */
function masked(query: Readonly<Record<string, unknown>>): Record<string, string | number | boolean | null> {
  const out: Record<string, string | number | boolean | null> = {}
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || key === 'reason') continue
    const text = String(value)
    out[key] =
      /identity|phone|name|q/i.test(key) && text.length > 1
        ? `${text.slice(0, 1)}${'*'.repeat(Math.min(text.length - 1, 8))}`
        : text.slice(0, 100)
  }
  return out
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Session | null
  }
}
