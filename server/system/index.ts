import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { serveConsole } from './console.ts'
import { systemHandlers } from './http.ts'
import { openApi } from './openapi.ts'

export { type DemoAccount, demoAccounts } from './demo-accounts.ts'
export { listenForHealth } from './health.ts'

/** Health, metrics, the API document and the pages themselves. `others` are the rooms whose promises the document prints. */
export function systemRoom(house: House, others: readonly Room[]): Room {
  const http = [systemHandlers(house)]
  const promises = () => [...others.flatMap((r) => r.http), ...http].flatMap((r) => r.promises.map((p) => p.kept))
  return {
    http,
    raw: (app) => {
      for (const document of ['internal', 'exchange'] as const) {
        const text = JSON.stringify(openApi(promises(), document))
        app.get(document === 'internal' ? '/api/openapi.json' : '/api/exchange/openapi.json', async (_request, reply) =>
          reply.type('application/json; charset=utf-8').send(text),
        )
      }
      serveConsole(app, house)
    },
  }
}
