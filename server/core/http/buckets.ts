import { normalizeIP } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import { hashToken } from '../auth/session.ts'

declare module 'fastify' {
  interface FastifyInstance {
    buckets: Buckets
  }
}

export const cookieName = 'zj_session'
/** A token as sessions begin with it: 32 bytes in base64url. */
const wellFormed = /^[\w-]{43}$/
/** Sessions remembered; the longest known are dropped first, and their next request goes by the address. */
const mostKnown = 50_000

/**
 * Whose requests are counted together: those of one session that this process found in the database, else those of one
 * address. An office or a city sits behind one address, and nobody there shall use up what all others have. A cookie counts
 * for nothing until a session was found behind it, so that whoever invents cookies stays with the address.
 */
export class Buckets {
  readonly #known = new Set<string>()

  of(request: FastifyRequest): string {
    const key = keyOf(request)
    return key !== null && this.#known.has(key) ? `session ${key}` : `address ${normalizeIP(request.ip)}`
  }

  /** What the database said of the request's cookie: from now on it is counted so. */
  learn(request: FastifyRequest, found: boolean): void {
    const key = keyOf(request)
    if (key === null) return
    if (!found) this.#known.delete(key)
    else if (!this.#known.has(key)) {
      this.#known.add(key)
      const [oldest] = this.#known
      if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest)
    }
  }
}

function keyOf(request: FastifyRequest): string | null {
  const token = request.cookies[cookieName]
  return token !== undefined && wellFormed.test(token) ? hashToken(token).toString('base64url') : null
}
