import { openEar } from '../ear.ts'
import type { House } from '../house.ts'
import type { Stop } from '../room.ts'

/**
 * Listens on one channel of the database with one connection of this process. When the connection breaks it is taken up
 * again and `broke` is called: what was said in between is lost to this listener.
 */
export async function listenTo(
  house: Pick<House, 'databases' | 'log'>,
  channel: string,
  heard: (payload: string) => void,
  broke: () => void,
): Promise<Stop> {
  let stopped = false
  const listen = () => openEar(house.databases.systemPool, [channel], (_, payload) => heard(payload))
  let ear = await listen()
  let wake: () => void = () => undefined
  const pause = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms)
      wake = () => {
        clearTimeout(timer)
        done()
      }
    })

  const loop = (async () => {
    while (!stopped) {
      await ear.gone
      for (let wait = 100; !stopped; wait = Math.min(wait * 2, 5_000)) {
        try {
          ear = await listen()
          broke()
          break
        } catch (error) {
          house.log.warn({ channel, why: error instanceof Error ? error.message : '' }, 'cannot listen, trying again')
          await pause(wait)
        }
      }
    }
  })()
  return async () => {
    stopped = true
    wake()
    ear.close()
    await loop
    // One may have been opened while we were told to stop.
    ear.close()
  }
}
