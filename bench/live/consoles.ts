import { createRequire } from 'node:module'
import { type LiveMessage, livePath } from '@zhijiao/contract/live'

interface Client {
  on(event: 'message', listener: (data: Buffer) => void): void
  on(event: 'open' | 'close', listener: () => void): void
  on(event: 'error', listener: (error: Error) => void): void
  close(): void
}
// Node 20 has no WebSocket of its own that sends a cookie; the server's library serves.
const { WebSocket } = createRequire(import.meta.url)('ws') as {
  WebSocket: new (url: string, options: { headers: Record<string, string> }) => Client
}

/** When each alarm had been heard by every console that is open, ms UTC. */
export interface Consoles {
  readonly raised: ReadonlyMap<string, number>
  close(): void
}

export async function openConsoles(base: string, cookie: string, count: number): Promise<Consoles> {
  const heard = new Map<string, number>()
  const raised = new Map<string, number>()
  const take = (message: LiveMessage) => {
    if (message.type !== 'news' || message.topic !== 'alarm' || message.what !== 'raised') return
    const ears = (heard.get(message.id) ?? 0) + 1
    heard.set(message.id, ears)
    if (ears === count) raised.set(message.id, Date.now())
  }
  const clients = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Client>((done, fail) => {
          const client = new WebSocket(base.replace(/^http/, 'ws') + livePath, { headers: { cookie } })
          client.on('error', fail)
          client.on('message', (data) => take(JSON.parse(data.toString('utf8')) as LiveMessage))
          client.on('open', () => done(client))
        }),
    ),
  )
  return {
    raised,
    close: () => {
      for (const client of clients) client.close()
    },
  }
}
