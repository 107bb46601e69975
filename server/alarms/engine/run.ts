import type { House } from '../../core/house.ts'
import { locks } from '../../core/locks.ts'
import { pauses } from '../../core/pause.ts'
import type { Stop } from '../../core/room.ts'
import type { ArrivalSource } from '../../positions/index.ts'
import type { ClerkDoors } from './clerk.ts'
import { Engine } from './engine.ts'
import { type Watch, whileHeld } from './held.ts'
import { Turn, takeTurn } from './turn.ts'

/** Advisory lock of the one engine of a database. */
const lockKey = locks.engine
const retryMs = 1_000
/** A connection that does not answer is not waited for longer than this to give the lock back, ms. */
const unlockMs = 1_000

export interface RunningEngine {
  /** The engine while this process holds the lock; null while another does. */
  readonly engine: Engine | null
  readonly stop: Stop
  /** Ends as a crash would: nothing is finished, nothing is written. */
  readonly abandon: Stop
}

/**
 * Runs the engine as long as this process holds the database's one lock, and waits for it otherwise: a second process
 * stands by and takes over within seconds, from what the first made durable. One that lost the lock unheard writes nothing
 * more (`Turn`), and ends with the first write it tries.
 */
export function runEngine(
  house: House,
  source: ArrivalSource,
  doors: ClerkDoors,
  watch?: Watch,
): RunningEngine & { ready: Promise<void> } {
  let engine: Engine | null = null
  let stopped = false
  const { pause, wake } = pauses()
  let tellReady: () => void = () => undefined
  const ready = new Promise<void>((done) => {
    tellReady = done
  })

  const hold = async (): Promise<'lost' | 'busy'> => {
    const mine = await house.databases.systemPool.connect()
    const lost = new Promise<void>((done) => {
      mine.once('error', () => done())
      mine.once('end', () => done())
      release = done
    })
    const orLost = <T>(work: Promise<T>): Promise<T> =>
      Promise.race([work, lost.then(() => Promise.reject(new Error('the lock was lost while the engine started')))])
    let unwatched: () => void = () => undefined
    try {
      const got = await mine.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [lockKey])
      if (!got.rows[0]?.got) return 'busy'
      unwatched = whileHeld(mine, watch, release)
      const no = await orLost(takeTurn(mine, house))
      const made = new Engine(house, new Turn(house, no, release), source, doors)
      mine.on('notification', ({ channel, payload }) => {
        if (channel === 'zj_devices') made.deviceChanged(payload || null)
        else made.refence()
      })
      try {
        await mine.query('listen zj_devices; listen zj_fences')
        await orLost(made.start())
        if (stopped) throw new Error('stopped while the engine started')
      } catch (error) {
        // It may have begun to listen and to write: half an engine is none.
        await made.abandon()
        throw error
      }
      engine = made
      tellReady()
      await lost
      // Before the lock is anybody else's: two engines never write.
      if (!stopped) await letGo('abandon')
      return 'lost'
    } finally {
      unwatched()
      // At once for whoever stands by, rather than when the server notices that the connection is gone.
      await Promise.race([
        mine.query('select pg_advisory_unlock_all()').catch(() => undefined),
        new Promise<void>((done) => setTimeout(done, unlockMs).unref()),
      ])
      mine.release(true)
    }
  }
  let release: () => void = () => undefined

  const loop = (async () => {
    while (!stopped) {
      try {
        if ((await hold()) === 'busy') tellReady()
      } catch (error) {
        if (!stopped)
          house.log.warn(
            { why: error instanceof Error ? error.message : String(error) },
            'the engine waits for the database',
          )
      }
      if (!stopped) await pause(retryMs)
    }
  })()

  async function letGo(how: 'stop' | 'abandon'): Promise<void> {
    const made = engine
    engine = null
    await made?.[how]().catch(() => undefined)
  }

  const end = async (how: 'stop' | 'abandon') => {
    stopped = true
    await letGo(how)
    wake()
    release()
    await loop
  }
  return {
    get engine() {
      return engine
    },
    ready,
    stop: () => end('stop'),
    abandon: () => end('abandon'),
  }
}
