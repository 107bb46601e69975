import type pg from 'pg'

/** A connection that listens until it breaks or is closed. */
export interface Ear {
  /** Resolves when the connection is gone, for whatever reason. */
  readonly gone: Promise<void>
  close(): void
}

/**
 * Listens on channels of the database with a connection of its own. Its end may be told by the line, by what was asked of it
 * and by our own stop: it is given back once.
 * @throws when the database is away
 */
export async function openEar(
  pool: pg.Pool,
  channels: readonly string[],
  heard: (channel: string, payload: string) => void,
): Promise<Ear> {
  const client = await pool.connect()
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
  client.on('notification', ({ channel, payload }) => heard(channel, payload ?? ''))
  try {
    await client.query(channels.map((channel) => `listen ${client.escapeIdentifier(channel)}`).join('; '))
  } catch (error) {
    close()
    throw error
  }
  return { gone, close }
}

/**
 * Keeps an ear open for whoever looks again every second anyway: `open` makes one where there is none and never fails,
 * `close` is for good.
 */
export function keptEar(pool: pg.Pool, channels: readonly string[], heard: (channel: string, payload: string) => void) {
  let ear: Ear | null = null
  let closed = false
  return {
    get isOpen() {
      return ear !== null
    },
    async open(): Promise<void> {
      if (ear || closed) return
      try {
        const fresh = await openEar(pool, channels, heard)
        if (closed) return fresh.close()
        ear = fresh
        void fresh.gone.then(() => {
          if (ear === fresh) ear = null
        })
      } catch {
        // The database is away: asked for again at the next look.
      }
    },
    close(): void {
      closed = true
      ear?.close()
      ear = null
    },
  }
}
