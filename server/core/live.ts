import { livePath } from '@zhijiao/contract/live'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hashToken, keptSession } from './auth/session.ts'
import type { House } from './house.ts'
import { cookieName } from './http/buckets.ts'
import { liveChannel, type Notice } from './live/announce.ts'
import { beatMs, Line, type Socket } from './live/line.ts'
import { listenTo } from './live/listen.ts'
import { Ring } from './live/ring.ts'
import { NotSignedIn, OtherOrigin, refuse, stillOwes } from './refusals.ts'
import type { Room } from './room.ts'

export { type Announcement, announce } from './live/announce.ts'

/** Lines one person may hold open at once: tabs, a wall, a phone. */
const mostLines = 20
const recheckMs = 60_000

/**
 * The live line of a process: one listener on the database, fanned out to every open tab. Says that something changed and
 * never what it says: the tab fetches that through its promise.
 */
export function live(house: House): Room & { cursor(): string } {
  const { chance, databases } = house
  const ring = new Ring(() => chance.bytes(6).toString('hex'))
  /** Each line with the token of its cookie, by which its session is looked up again. */
  const lines = new Map<Line, string>()
  /** Of those being opened: whose session is idle. */
  const idleOnes = new WeakSet<FastifyRequest>()

  const heard = (payload: string) => {
    const kept = ring.add(JSON.parse(payload) as Notice, chance.now())
    for (const line of lines.keys()) line.tell(kept)
  }
  const broke = () => {
    ring.forget()
    for (const line of lines.keys()) line.resync()
  }

  /** Whether a line's session still stands: over, only idle, or well. Its posts may have changed too. */
  const recheck = async (line: Line, token: string) => {
    const kept = await keptSession(databases.system, chance, hashToken(token))
    if (kept) {
      line.session = kept.session
      return line.idling(kept.idle)
    }
    lines.delete(line)
    line.signOut()
  }

  return {
    cursor: () => ring.cursor,
    http: [],
    raw: (app: FastifyInstance) => {
      app.route<{ Querystring: { since?: string } }>({
        method: 'GET',
        url: livePath,
        websocket: true,
        preValidation: async (request) => {
          // A page of another site can open a socket with our cookie; its Origin gives it away.
          const { origin } = request.headers
          if (origin !== undefined && hostOf(origin) !== request.host) throw refuse(OtherOrigin)
          const token = request.cookies[cookieName]
          // A desk that went idle and whose line then broke must ring again: it is let in, and told that it is idle.
          const kept = token ? await keptSession(databases.system, chance, hashToken(token)) : null
          if (!kept) throw refuse(NotSignedIn)
          const { session, idle } = kept
          if (session.owes) throw stillOwes(session.owes)
          const open = [...lines.keys()].filter((l) => l.session.staff.id === session.staff.id)
          if (open.length >= mostLines) open[0]?.close()
          request.caller = session
          if (idle) idleOnes.add(request)
        },
        handler: (socket: Socket, request) => {
          const session = request.caller
          const token = request.cookies[cookieName]
          if (!session || !token) return socket.close()
          const line = new Line(socket, session, ring, () => chance.now())
          lines.set(line, token)
          socket.on('close', () => lines.delete(line))
          socket.on('error', () => socket.terminate())
          line.open(request.query.since)
          line.idling(idleOnes.has(request))
        },
      })
    },
    background: {
      api: async () => {
        const stopListening = await listenTo(house, liveChannel, heard, broke)
        const beat = setInterval(() => {
          for (const line of lines.keys()) line.beat()
        }, beatMs)
        const check = setInterval(() => {
          for (const [line, token] of lines) recheck(line, token).catch(() => undefined)
        }, recheckMs)
        return async () => {
          clearInterval(beat)
          clearInterval(check)
          for (const line of lines.keys()) line.close()
          await stopListening()
        }
      },
    },
  }
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}
