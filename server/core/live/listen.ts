import type { House } from '../house.ts'
import type { Stop } from '../room.ts'

interface Ear {
  /** Resolves when the connection is gone. */
  readonly gone: Promise<void>
  close(): void
}

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
  let ear = await openEar(house, channel, heard)
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
          ear = await openEar(house, channel, heard)
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

async function openEar(
  house: Pick<House, 'databases'>,
  channel: string,
  heard: (payload: string) => void,
): Promise<Ear> {
  const client = await house.databases.systemPool.connect()
  let close: () => void = () => undefined
  const gone = new Promise<void>((done) => {
    let over = false
    close = () => {
      if (over) return
      over = true
      // Destroyed rather than given back: a pooled connection must not go on listening.
      client.release(true)
      done()
    }
  })
  client.on('error', close)
  client.on('end', close)
  client.on('notification', (message) => {
    if (message.channel === channel) heard(message.payload ?? '')
  })
  try {
    await client.query(`listen ${client.escapeIdentifier(channel)}`)
  } catch (error) {
    close()
    throw error
  }
  return { gone, close }
}
