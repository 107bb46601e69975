import { type Call, client, Refused } from '@zhijiao/contract/client'

/** Calls promises under the names of the clerks whose sessions the demonstration handed over. */
export interface Clerks {
  /** Of a county: enters files, devices, fences. */
  county(code: string): Call
  /** The system administrator, who keeps the table of cells. */
  readonly system: Call
}

const attempts = 5

/** Calls under a session. The server may be busy or just restarting; what it refuses it refuses at once. */
export function callWith(url: string, cookie: string): Call {
  const call = client({ base: url, headers: () => ({ cookie }) })
  return async (kept, brings) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call(kept, brings)
      } catch (error) {
        const busy = error instanceof Refused ? error.status === 429 || error.status === 503 : true
        if (!busy || attempt === attempts) throw error
        const told = error instanceof Refused ? error.problem.data?.after : undefined
        await new Promise((done) => setTimeout(done, typeof told === 'number' ? told * 1000 : 400 * 2 ** attempt))
      }
    }
  }
}

export function clerksOf(url: string, cookies: Readonly<Record<string, string>>): Clerks {
  const as = (login: string): Call => callWith(url, cookies[login] ?? '')
  return { county: (code) => as(`twin-${code}`), system: as('twin-system') }
}

/** Does a list with a few hands at once, in order of taking. */
export async function together<T>(list: readonly T[], hands: number, work: (one: T) => Promise<void>): Promise<void> {
  let at = 0
  await Promise.all(
    Array.from({ length: hands }, async () => {
      while (at < list.length) {
        const one = list[at++]
        if (one !== undefined) await work(one)
      }
    }),
  )
}
