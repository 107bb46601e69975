import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { House } from '../core/house.ts'

const built = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** Serves the built console; every address of its own falls back to its page, the API's and the assets' never do. */
export function serveConsole(app: FastifyInstance, house: House): void {
  const tiles = house.config.tiles?.kind === 'pmtiles' ? house.config.tiles.at : null
  if (tiles && existsSync(tiles)) {
    app.get('/tiles.pmtiles', async (request, reply) => {
      const size = statSync(tiles).size
      const range = /^bytes=(\d+)-(\d+)?$/.exec(request.headers.range ?? '')
      if (!range)
        return reply
          .header('accept-ranges', 'bytes')
          .header('content-length', size)
          .type('application/octet-stream')
          .send(createReadStream(tiles))
      const start = Number(range[1])
      const end = Math.min(range[2] ? Number(range[2]) : size - 1, size - 1)
      if (start > end) return reply.code(416).header('content-range', `bytes */${size}`).send()
      return reply
        .code(206)
        .header('content-range', `bytes ${start}-${end}/${size}`)
        .header('content-length', end - start + 1)
        .type('application/octet-stream')
        .send(createReadStream(tiles, { start, end }))
    })
  }
  if (!existsSync(`${built}/index.html`)) {
    app.get('/', async (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .send('网页尚未构建，请执行 npm run build / The console is not built yet: npm run build\n'),
    )
    return
  }
  const page = readFileSync(`${built}/index.html`)
  app.register(fastifyStatic, {
    root: built,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const own = async (
    _request: unknown,
    reply: { type(t: string): { header(k: string, v: string): { send(b: Buffer): unknown } } },
  ) => reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
  app.get('/', own)
  app.get('/:page', own)
  app.get('/:page/*', async (request, reply) =>
    /^\/(api|assets)\//.test(request.url) ? reply.callNotFound() : own(request, reply),
  )
}
