import type pg from 'pg'

/** How often the connection that holds the lock is asked whether it stands, and how long an answer may take, ms. */
export interface Watch {
  readonly everyMs: number
  readonly patienceMs: number
}

const shipped: Watch = { everyMs: 10_000, patienceMs: 5_000 }

/**
 * Asks a connection again and again, and says so once when it fails or does not answer. A firewall that drops it tells
 * nobody: notices would no longer come, and the server, once it notices, gives the lock to another. Returns what stops it.
 */
export function whileHeld(client: pg.PoolClient, watch: Watch = shipped, lost: () => void): () => void {
  let asked = false
  const timer = setInterval(() => {
    if (asked) return
    asked = true
    const late = setTimeout(() => {
      // An answer that came while this process was busy is read first.
      setImmediate(() => {
        if (asked) lost()
      })
    }, watch.patienceMs)
    client
      .query('select 1')
      .then(() => {
        asked = false
      }, lost)
      .finally(() => clearTimeout(late))
  }, watch.everyMs)
  return () => clearInterval(timer)
}
