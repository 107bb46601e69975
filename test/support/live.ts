import { createRequire } from 'node:module'
import type { LiveMessage, LiveNews } from '@zhijiao/contract/live'
import { livePath } from '@zhijiao/contract/live'

/** What is used of a WebSocket client; Node 20 has none of its own, so the server's library serves. */
interface Client {
  on(event: 'message', listener: (data: Buffer) => void): void
  on(event: 'open', listener: () => void): void
  on(event: 'error', listener: (error: Error) => void): void
  on(event: 'close', listener: (code: number) => void): void
  on(event: 'unexpected-response', listener: (request: unknown, response: { statusCode: number }) => void): void
  close(): void
  terminate(): void
}
const { WebSocket } = createRequire(import.meta.url)('ws') as {
  WebSocket: new (url: string, options: { headers: Record<string, string> }) => Client
}

export interface Listening {
  readonly messages: LiveMessage[]
  readonly news: LiveNews[]
  /** Cursor of the last message. */
  readonly cursor: () => string
  /** The first message, heard or to come, that fits; fails after `ms`. */
  until(fits: (message: LiveMessage) => boolean, ms?: number): Promise<LiveMessage>
  readonly closed: Promise<number>
  close(): void
}

/** Opens the live line as somebody; fails with the HTTP status when it is refused. */
export async function listen(
  url: string,
  cookie: string,
  options: { since?: string; origin?: string } = {},
): Promise<Listening> {
  const at = `${url.replace(/^http/, 'ws')}${livePath}${options.since ? `?since=${options.since}` : ''}`
  const socket = new WebSocket(at, { headers: { cookie, ...(options.origin ? { origin: options.origin } : {}) } })
  const messages: LiveMessage[] = []
  const waiting = new Set<() => void>()
  let cursor = ''
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString('utf8')) as LiveMessage
    messages.push(message)
    if ('cursor' in message) cursor = message.cursor
    for (const look of waiting) look()
  })
  const closed = new Promise<number>((done) => socket.on('close', done))
  await new Promise<void>((done, fail) => {
    socket.on('open', done)
    socket.on('unexpected-response', (_, response) => {
      fail(new Error(`refused ${response.statusCode}`))
      socket.terminate()
    })
    socket.on('error', fail)
  })
  const listening: Listening = {
    messages,
    get news() {
      return messages.filter((m): m is LiveNews => m.type === 'news')
    },
    cursor: () => cursor,
    until: (fits, ms = 10_000) =>
      new Promise((done, fail) => {
        const timer = setTimeout(() => {
          waiting.delete(look)
          fail(new Error(`nothing of the kind within ${ms} ms; heard ${JSON.stringify(messages)}`))
        }, ms)
        const look = () => {
          const found = messages.find(fits)
          if (!found) return
          clearTimeout(timer)
          waiting.delete(look)
          done(found)
        }
        waiting.add(look)
        look()
      }),
    closed,
    close: () => socket.close(),
  }
  await listening.until((m) => m.type === 'hello')
  return listening
}
