import type { House } from '../core/house.ts'
import { makeApp } from '../core/http/app.ts'
import { mountRooms } from '../core/http/mount.ts'
import type { Stop } from '../core/room.ts'
import { systemHandlers } from './http.ts'

const shown: ReadonlySet<string> = new Set(['health', 'ready', 'metrics'])

/**
 * Health, readiness and metrics on a port of their own (`ZJ_HEALTH_PORT`), for a process that serves no console: whoever
 * supervises a gateway, an engine or a worker asks it what it would ask the api. Null: no port is set.
 */
export async function listenForHealth(house: House): Promise<{ url: string; stop: Stop } | null> {
  const { host, port } = house.config.health
  if (port < 0) return null
  const app = await makeApp(house)
  const room = systemHandlers(house)
  mountRooms(app, house, [{ ...room, promises: room.promises.filter(({ kept }) => shown.has(kept.name)) }])
  const url = (await app.listen({ host, port })).replace('[::1]', '127.0.0.1')
  return {
    url,
    stop: async () => {
      await app.close()
    },
  }
}
