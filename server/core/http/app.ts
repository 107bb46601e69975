import { readFileSync } from 'node:fs'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import { Invalid, NotFound, problemOf, Refusal, TooLarge, TooMany, Unavailable, Unexpected } from '../refusals.ts'
import { Buckets } from './buckets.ts'

/** Largest upload, bytes. */
export const uploadLimit = 20 * 1024 * 1024

/** The HTTP server without any room: security headers, limits, errors that say what to do. */
export async function makeApp(house: House): Promise<FastifyInstance> {
  const { config, chance } = house
  const app = Fastify({
    loggerInstance: house.log,
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    // The address is the last one in X-Forwarded-For that none of our proxies has.
    trustProxy: config.http.trustProxy.length > 0 && [...config.http.trustProxy],
    bodyLimit: 2 * 1024 * 1024,
    genReqId: () => chance.id(),
    ...(config.tls ? { https: { cert: readFileSync(config.tls.cert), key: readFileSync(config.tls.key) } } : {}),
  }) as unknown as FastifyInstance // with or without TLS, the rooms see the same server
  app.decorateRequest('caller', null)
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...tileOrigins(config.tiles)],
        connectSrc: ["'self'", ...tileOrigins(config.tiles)],
        workerSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        // The preview of a document is the PDF itself, in the browser's own viewer.
        frameSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: config.tls ? [] : null,
      },
    },
    strictTransportSecurity: config.tls ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
  })
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: 1024,
    // A day's track is half a megabyte of text: at these levels it costs a third of the processor time of the usual ones
    // and is a few per cent longer.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
    zlibOptions: { level: 1 },
  })
  await app.register(multipart, { limits: { fileSize: uploadLimit, files: 1, fields: 30 } })
  const buckets = new Buckets()
  app.decorate('buckets', buckets)
  await app.register(rateLimit, {
    global: false,
    max: config.http.requestsPerMinute,
    timeWindow: '1 minute',
    // Addresses and sessions counted at once; of more the longest silent begins anew.
    cache: 100_000,
    keyGenerator: (request) => buckets.of(request),
    errorResponseBuilder: (_request, context) => new Refusal(TooMany, { after: Math.ceil(context.ttl / 1000) }),
  })
  // Before the session is looked up: what is refused here has cost no query.
  app.addHook('onRequest', app.rateLimit())
  await app.register(websocket, { options: { maxPayload: 64 * 1024 } })

  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  app.setErrorHandler((error, request, reply) => {
    const refused = refusalOf(error)
    if (refused.kind.status >= 500)
      request.log.error(
        {
          request: request.id,
          route: request.routeOptions.url,
          err: {
            name: nameOf(error),
            message: messageOf(error),
            stack: error instanceof Error ? error.stack : undefined,
          },
        },
        'request failed',
      )
    return reply.code(refused.kind.status).send(problemOf(refused, request.id))
  })
  app.setNotFoundHandler((request, reply) => reply.code(404).send(problemOf(new Refusal(NotFound), request.id)))
  return app
}

/** Every error becomes a coded refusal; what is not ours says nothing of its inside. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const code = (error as { code?: string }).code ?? ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE')
    return new Refusal(TooLarge, { limit: '20 MB' })
  if (
    code === 'FST_ERR_CTP_INVALID_JSON_BODY' ||
    code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ||
    code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' ||
    code === 'FST_INVALID_MULTIPART_CONTENT_TYPE'
  )
    return new Refusal(Invalid, { count: 1 }, [
      { path: '', zh: '内容不是合法的 JSON 或表单', en: 'the body is not valid JSON or form data' },
    ])
  if (
    /^(ECONN|08|57P0|53)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(messageOf(error))
  )
    return new Refusal(Unavailable)
  return new Refusal(Unexpected)
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error)
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Where map tiles come from when it is not here: the only other place a browser may fetch from. */
function tileOrigins(tiles: House['config']['tiles']): string[] {
  if (!tiles || tiles.kind === 'pmtiles') return []
  const plain = tiles.at.replace(/\{[^}]*\}/g, '0')
  return URL.canParse(plain) ? [new URL(plain).origin] : []
}
